"""What cannot stand in a notice is refused by name; what nobody sees is left out."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from app.notices import actions
from app.notices.actions import Unusable, WordsMissing
from tests.cases.moments import london
from tests.notices.telling import (
    APPROVER,
    ENGLISH,
    MONDAY,
    THURSDAY_MORNING,
    WRITER,
    draft,
    published,
    read_anew,
    told,
)

HALF: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({}, "en", "title"),
    ({"cy": {"title": "Teitl", "words": "Geiriau"}}, "en", "title"),
    ({"en": {"title": "Title", "words": " \n"}}, "en", "words"),
    (ENGLISH | {"cy": {"title": "Teitl", "words": ""}}, "cy", "words"),
    (ENGLISH | {"cy": {"title": "", "words": "Geiriau"}}, "cy", "title"),
)
IMPOSSIBLE: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"kind": "party"}, "kind", "unknown"),
    ({"severity": "mild"}, "severity", "unknown"),
    ({"services": ("phone", "fax")}, "services", "unknown"),
    ({"areas": ("Exeter",)}, "areas", "unknown"),
    ({"words": ENGLISH | {"tlh": {"title": "a", "words": "b"}}}, "words", "unknown"),
    ({"words": {"en": {"title": "a" * 121, "words": "b"}}}, "title", "too-long"),
    ({"words": {"en": {"title": "a", "words": "b" * 5001}}}, "words", "too-long"),
    ({"ends_at": london("Thu 2026-12-31 06:00")}, "ends_at", "not-before-end"),
    ({"starts_at": london("Sun 2026-12-20 06:00"), "ends_at": MONDAY}, "ends_at", "past"),
    ({"announce_at": london("Thu 2026-12-31 06:01")}, "announce_at", "after-start"),
    ({"starts_at": london("Wed 2030-01-02 06:00"), "ends_at": None}, "starts_at", "too-far"),
    ({"starts_at": datetime(2026, 12, 31, 6)}, "starts_at", "no-zone"),  # noqa: DTZ001
)


def test_the_first_language_is_never_missing_and_no_version_is_half(sqlite_app: Flask) -> None:
    for words, language, part in HALF:
        with pytest.raises(WordsMissing) as refused:
            draft(told(*THURSDAY_MORNING, words=words))
        assert (refused.value.language, refused.value.part) == (language, part)


def test_what_cannot_be_is_refused_by_name(sqlite_app: Flask) -> None:
    for different, field, code in IMPOSSIBLE:
        with pytest.raises(Unusable) as refused:
            draft(told(*THURSDAY_MORNING, **different))
        assert (refused.value.field, refused.value.code) == (field, code)


def test_signs_that_nobody_sees_are_left_out(app: Flask) -> None:
    words = {"en": {"title": " Off\x00\nagain ", "words": "One\r\nTwo\x07\ud800\r\n"}, "cy": {"title": " "}}
    notice = read_anew(draft(told(*THURSDAY_MORNING, words=words)))
    assert notice.words == {"en": {"title": "Off again", "words": "One\nTwo"}}


def test_an_update_needs_the_first_language_and_an_end_that_is_to_come(sqlite_app: Flask) -> None:
    notice = published(told(*THURSDAY_MORNING))
    begun = london("Thu 2026-12-31 08:00")
    for words in ({}, {"en": " "}, {"cy": "Mwy."}):
        with pytest.raises(WordsMissing):
            actions.append_update(notice, words, WRITER, begun)
    for end in ("Thu 2026-12-31 08:00", "Thu 2026-12-31 05:00"):
        with pytest.raises(Unusable):
            actions.append_update(notice, {"en": "More."}, WRITER, begun, london(end))
    with pytest.raises(WordsMissing):
        actions.resolve(notice, {"cy": "Wedi gorffen."}, WRITER, begun)
    assert notice.updates == []
    assert actions.resolve(notice, {}, WRITER, begun).words == {}


def test_a_note_says_why_it_is_sent_back(sqlite_app: Flask) -> None:
    notice = draft(told(*THURSDAY_MORNING))
    actions.ask_for_approval(notice, WRITER, MONDAY)
    with pytest.raises(Unusable):
        actions.send_back(notice, APPROVER, MONDAY, " ")
