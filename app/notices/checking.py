"""What is said of a notice, held against what can be: before it is kept, whoever says it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app.cases.clock import LONDON
from app.landlords.shapes import Landlord
from app.notices.models import Notice
from app.notices.refusals import Unusable, WordsMissing
from app.notices.shapes import KINDS, SERVICES, SEVERITIES, Given
from app.notices.showing import district_of, shown_from

LONGEST_TITLE, LONGEST_WORDS, MOST_AREAS = 120, 5_000, 100  # characters; districts
FARTHEST = timedelta(days=731)  # ahead, and back: whoever types another year has mistyped it
PARTS = ("title", "words")


def checked(given: Given, at: datetime, landlord: Landlord, before: Notice | None = None) -> dict[str, Any]:
    """The columns of Notice that it sets. ``before``: the notice that is changed. Raises Unusable, WordsMissing."""
    _refuse_unknown("kind", (given.kind,), KINDS)
    _refuse_unknown("severity", (given.severity,), SEVERITIES)
    _refuse_unknown("services", given.services, SERVICES)
    if before is not None:
        given = _as_it_was(given, before)
    _refuse_moments(given, at)
    return {
        "kind": given.kind,
        "severity": given.severity,
        "services": [service for service in SERVICES if service in given.services],
        "areas": _areas(given.areas),
        "words": _words(given.words, landlord),
        "starts_at": given.starts_at,
        "ends_at": given.ends_at,
        "announce_at": _announcement(given, at, before),
    }


def checked_update(words: Mapping[str, str], landlord: Landlord, *, is_needed: bool) -> dict[str, str]:
    """By language, without the empty ones. Raises Unusable, WordsMissing: the first language is never left out."""
    _refuse_unknown("words", tuple(words), landlord.languages)
    said = {tag: tidy(words[tag]) for tag in landlord.languages if tidy(words.get(tag, ""))}
    for tag, text in said.items():
        _refuse_length("words", text, LONGEST_WORDS, tag)
    if (said or is_needed) and landlord.languages[0] not in said:
        raise WordsMissing(landlord.languages[0])
    return said


def tidy(typed: str) -> str:
    """Without signs that nobody sees, each line ending in one way."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def _words(words: Mapping[str, Mapping[str, str]], landlord: Landlord) -> dict[str, dict[str, str]]:
    _refuse_unknown("words", tuple(words), landlord.languages)
    made: dict[str, dict[str, str]] = {}
    for tag in landlord.languages:
        said = words.get(tag, {})
        _refuse_unknown("words", tuple(said), PARTS)
        title, text = " ".join(tidy(said.get("title", "")).split()), tidy(said.get("words", ""))
        if not (title or text) and tag != landlord.languages[0]:
            continue
        for part, value in (("title", title), ("words", text)):
            if not value:
                raise WordsMissing(tag, part)
        _refuse_length("title", title, LONGEST_TITLE, tag)
        _refuse_length("words", text, LONGEST_WORDS, tag)
        made[tag] = {"title": title, "words": text}
    return made


def _areas(areas: tuple[str, ...]) -> list[str]:
    found = set()
    for area in areas:
        district = district_of(area)
        if district is None:
            raise Unusable("areas", "unknown", area)
        found.add(district)
    if len(found) > MOST_AREAS:
        raise Unusable("areas", "too-long")
    return sorted(found, key=_by_number)


def _by_number(district: str) -> tuple[str, int, str]:
    """EX4 before EX10."""
    letters, number, rest = re.fullmatch(r"([A-Z]+)([0-9]+)([A-Z]?)", district).groups()  # type: ignore[union-attr]
    return letters, int(number), rest


def _as_it_was(given: Given, before: Notice) -> Given:
    """A moment that stands in the form as it was shown there is the same moment, seconds and all: nobody moved it."""
    was = {name: getattr(before, name) for name in ("starts_at", "ends_at", "announce_at")}
    same = {name: moment for name, moment in was.items() if moment and _shown(moment) == _shown(getattr(given, name))}
    return replace(given, **same)


def _shown(moment: datetime | None) -> str | None:
    """As London's clocks show it; of the hour that comes twice, either one."""
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}" if moment and moment.tzinfo else None


def _refuse_moments(given: Given, at: datetime) -> None:
    moments = {"starts_at": given.starts_at, "ends_at": given.ends_at, "announce_at": given.announce_at}
    for field, moment in moments.items():
        if moment is None:
            continue
        if moment.tzinfo is None:
            raise Unusable(field, "no-zone")
        if abs(moment - at) > FARTHEST:
            raise Unusable(field, "too-far")
    if given.ends_at is not None:
        if given.ends_at <= given.starts_at:
            raise Unusable("ends_at", "not-before-end")
        if given.ends_at <= at:
            raise Unusable("ends_at", "past")
    if given.announce_at is not None and given.announce_at > given.starts_at:
        raise Unusable("announce_at", "after-start")


def _announcement(given: Given, at: datetime, before: Notice | None) -> datetime:
    """What is shown already is not hidden again. What is not said, or has passed, is as soon as can be."""
    shown = shown_from(before) if before else None
    if before is not None and shown is not None and shown <= at:
        return before.announce_at
    return given.announce_at or min(at, before.announce_at if before else at)


def _refuse_unknown(field: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    for one in given:
        if one not in known:
            raise Unusable(field, "unknown", one)


def _refuse_length(field: str, text: str, most: int, tag: str) -> None:
    if len(text) > most:
        raise Unusable(field, "too-long", tag)
