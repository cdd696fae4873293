"""``cases record`` and ``cases show``: what came by any channel becomes a case, or is refused by name."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.cases.lists import case_of
from app.cases.models import CHANNELS, KINDS, Case
from app.cases.references import read_reference
from app.extensions import db

# The interface's own example, but for the language: letters are not written in Polish yet.
EXAMPLE: dict[str, Any] = {
    "kind": "complaint",
    "channel": "phone",
    "received_at": "2026-12-24T16:59",
    "language": "cy",
    "person": {
        "name": "Anna Nowak",
        "who": "customer",
        "email": None,
        "phone": "07700 900123",
        "address": ["1 High Street", "Exeter"],
        "postcode": "EX1 1AA",
    },
    "needs": {"format": "large-print", "point_size": 24, "braille_grade": 2},
    "answers": {"what_happened": "The lift is broken", "outcome_sought": "A lift that works"},
}


def example(**different: Any) -> dict[str, Any]:
    """The example with keys replaced: ``person__name="…"`` reaches inside; Ellipsis leaves a key out."""
    record = deepcopy(EXAMPLE)
    for path, value in different.items():
        *outer, last = path.split("__")
        inside = record
        for name in outer:
            inside = inside[name]
        if value is ...:
            inside.pop(last)
        else:
            inside[last] = value
    return record


def record(app: Flask, tmp_path: Path, record: Any) -> Result:
    file = tmp_path / "record.json"
    file.write_text(record if isinstance(record, str) else json.dumps(record), "utf-8")
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["cases", "record", str(file)])


def recorded(app: Flask, tmp_path: Path, **different: Any) -> Case:
    said = record(app, tmp_path, example(**different))
    assert said.exit_code == 0, said.output
    case = case_of(said.stdout.splitlines()[-1])
    assert case is not None
    return case


def refused(app: Flask, tmp_path: Path, what: Any) -> list[str]:
    said = record(app, tmp_path, what)
    assert said.exit_code == 1, said.output
    assert said.stdout == ""
    assert db.session.query(Case).count() == 0
    return said.stderr.removeprefix("Error: ").splitlines()


def test_the_example_becomes_a_case_with_its_letters(app: Flask, tmp_path: Path) -> None:
    case = recorded(app, tmp_path)
    assert (case.kind, case.language, case.landlord) == ("complaint", "cy", "livewest")
    assert case.received_at == datetime(2026, 12, 24, 16, 59, tzinfo=UTC)
    assert (case.tenant.name, case.tenant.who, case.tenant.phone) == ("Anna Nowak", "customer", "07700 900123")
    assert (case.tenant.address, case.tenant.postcode) == (["1 High Street", "Exeter"], "EX1 1AA")
    assert (case.tenant.needs.letter_format, case.tenant.needs.point_size) == ("large-print", 24)
    assert case.contacts[0].answers == EXAMPLE["answers"]
    written = [event.details["letter"] for event in case.events if event.what == "letter_written"]
    assert written == ["receipt", "acknowledgement"]


def test_paper_rate_and_page_of_braille_are_recorded_and_shown(sqlite_app: Flask, tmp_path: Path) -> None:
    given = {"paper": "cream", "rate": "slow", "braille_cells": 28, "braille_lines": 20}
    case = recorded(sqlite_app, tmp_path, **{f"needs__{key}": value for key, value in given.items()})
    needs = case.tenant.needs
    assert (needs.paper_colour, needs.speaking_rate, needs.braille_cells, needs.braille_lines) == (
        "cream", "slow", 28, 20,
    )  # fmt: skip
    answer = sqlite_app.test_cli_runner().invoke(args=["cases", "show", case.reference, "--json"])
    found = json.loads(answer.stdout)["needs"]
    assert {key: found[key] for key in given} == given


def test_the_reference_is_the_last_line(app: Flask, tmp_path: Path) -> None:
    reference = record(app, tmp_path, EXAMPLE).stdout.splitlines()[-1]
    assert read_reference(reference) == reference


def test_local_time_is_londons_summer_and_winter(app: Flask, tmp_path: Path) -> None:
    assert recorded(app, tmp_path, received_at="2026-07-01T10:00").received_at == datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_of_an_hour_that_comes_twice_the_first_is_meant(app: Flask, tmp_path: Path) -> None:
    case = recorded(app, tmp_path, received_at="2026-10-25T01:30")
    assert case.received_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_recorded_with_its_acknowledgement(sqlite_app: Flask, tmp_path: Path, kind: str) -> None:
    case = recorded(sqlite_app, tmp_path, kind=kind)
    assert case.kind == kind
    assert case.is_restricted is (kind == "antisocial-behaviour")
    assert "acknowledgement" in [event.details.get("letter") for event in case.events]


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_is_recorded(sqlite_app: Flask, tmp_path: Path, channel: str) -> None:
    assert recorded(sqlite_app, tmp_path, channel=channel).contacts[0].channel == channel


def test_words_in_a_language_that_we_do_not_write_are_kept_and_it_says_so(app: Flask, tmp_path: Path) -> None:
    said = record(app, tmp_path, example(language="so"))
    assert "Letters cannot be written in so yet: they are in en." in said.stdout
    case = case_of(said.stdout.splitlines()[-1])
    assert case is not None
    assert (case.language, case.contacts[0].language) == ("en", "so")


def test_what_may_be_left_out_has_its_usual_value(app: Flask, tmp_path: Path) -> None:
    minimal = example(language=..., needs=..., person={"name": "Jo"}, answers={"what_happened": "It rained in"})
    said = record(app, tmp_path, minimal)
    case = case_of(said.stdout.splitlines()[-1])
    assert case is not None
    assert (case.language, case.tenant.who, case.tenant.needs.letter_format) == ("en", "customer", "standard-print")


def test_a_null_is_as_good_as_left_out(app: Flask, tmp_path: Path) -> None:
    case = recorded(app, tmp_path, person__phone=None, needs__point_size=None, answers__outcome_sought=None)
    assert (case.tenant.phone, case.tenant.needs.point_size) == (None, 18)


@pytest.mark.parametrize(
    ("different", "problem"),
    [
        ({"knd": "x"}, "knd is not known: write only kind, channel, received_at, language, person, needs, answers"),
        ({"person__fone": "1"}, "person.fone is not known: write only name, who, email, phone, address, postcode"),
        ({"needs__size": 4}, "needs.size is not known: write only"),
        ({"answers__mood": "bad"}, "answers.mood is not known: write only"),
        ({"kind": "complain"}, "kind is 'complain': write one of complaint, compliment"),
        ({"kind": ["complaint"]}, "kind is ['complaint']: write one of"),
        ({"channel": "fax"}, "channel is 'fax': write one of web, phone"),
        ({"received_at": "2026-12-24"}, "received_at is '2026-12-24': write local time, like 2026-12-24T16:59"),
        ({"received_at": "2026-12-24T16:59Z"}, "write local time"),
        ({"received_at": "2026-02-30T10:00"}, "there is no such day or time"),
        ({"received_at": "2026-03-29T01:30"}, "there is no such time in London: the clocks go forward over it"),
        ({"received_at": 5}, "received_at is 5: write local time"),
        ({"language": "english"}, "language is 'english': write a language tag, such as en, cy, pl or zh-Hans"),
        ({"language": "xx"}, "language is 'xx': write a language tag"),
        ({"person": 7}, "person is 7: write an object, {…}"),
        ({"person__name": ""}, "person.name is '': write text of 1 to 500 characters, on one line"),
        ({"person__name": ...}, "person.name is missing: write it"),
        ({"person__who": "king"}, "person.who is 'king': write one of customer"),
        ({"person__email": "anna"}, "person.email is 'anna': write an email address"),
        ({"person__address": "1 High Street"}, "person.address is '1 High Street': write a list"),
        ({"person__address": ["a\nb"]}, "on one line"),
        ({"needs__format": "papyrus"}, "needs.format is 'papyrus': write one of standard-print"),
        ({"needs__paper": "pink"}, "needs.paper is 'pink': write one of white, yellow, cream, blue"),
        ({"needs__braille_cells": 60}, "needs.braille_cells is 60: write a whole number from 20 to 42"),
        ({"needs__point_size": 15}, "needs.point_size is 15: write a whole number from 16 to 28"),
        ({"needs__point_size": True}, "needs.point_size is True: write a whole number"),
        ({"needs__braille_grade": 3}, "needs.braille_grade is 3: write a whole number from 1 to 2"),
        ({"needs__consent": "yes"}, "needs.consent is 'yes': write true or false"),
        ({"answers__what_happened": ...}, "answers.what_happened is missing: write it"),
        ({"answers__service": "pizza"}, "answers.service is 'pizza': write one of"),
        ({"answers": ...}, "answers.what_happened is missing: write it"),
    ],
)
def test_what_is_wrong_is_refused_by_name_with_what_to_write(
    sqlite_app: Flask, tmp_path: Path, different: dict[str, Any], problem: str
) -> None:
    (said,) = refused(sqlite_app, tmp_path, example(**different))
    assert problem in said


def test_everything_that_is_wrong_is_told_at_once(sqlite_app: Flask, tmp_path: Path) -> None:
    said = refused(sqlite_app, tmp_path, example(kind="x", person__name=..., needs__size=1))
    assert [line.split(" is ")[0] for line in said] == ["kind", "person.name", "needs.size"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "the file is not JSON"),
        ("[]", "the file holds no object"),
        ('{"kind": "complaint", "kind": "enquiry"}', "kind is there twice"),
        ("[" * 100_000, "the file is not JSON"),
        ("null", "the file holds no object"),
    ],
)
def test_a_file_that_is_no_record_is_refused(sqlite_app: Flask, tmp_path: Path, text: str, problem: str) -> None:
    assert problem in refused(sqlite_app, tmp_path, text)[0]


def test_a_file_in_another_encoding_is_refused(sqlite_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "latin.json"
    file.write_bytes(json.dumps(EXAMPLE, ensure_ascii=False).replace("Anna", "Zoë").encode("latin-1"))
    said = sqlite_app.test_cli_runner().invoke(args=["cases", "record", str(file)])
    assert said.exit_code == 1
    assert "is not UTF-8 text" in said.stderr


class TestShow:
    def shown(self, app: Flask, *arguments: str) -> Result:
        db.session.rollback()
        return app.test_cli_runner().invoke(args=["cases", "show", *arguments])

    def test_it_prints_the_case_its_promises_with_working_and_its_history(self, app: Flask, tmp_path: Path) -> None:
        reference = recorded(app, tmp_path).reference
        text = self.shown(app, reference.lower().replace("-", " ")).stdout
        for words in (
            reference,
            "Anna Nowak",
            "2027-01-12T17:00:00+00:00  complaint.stage_1_response (landlord), open",
            "2026-12-28  not counted: Boxing Day (substitute day)",
            "2026-12-29  day 1",
            "case_opened",
        ):
            assert words in text

    def test_as_json_it_is_one_object(self, app: Flask, tmp_path: Path) -> None:
        case = recorded(app, tmp_path, received_at="2026-07-01T10:00")
        found = json.loads(self.shown(app, case.reference, "--json").stdout)
        assert found["received_at"] == "2026-07-01T10:00:00+01:00"
        assert found["person"]["name"] == "Anna Nowak"
        assert found["needs"]["point_size"] == 24
        (codes,) = [one for one in found["promises"] if one["regime"] == "code"]
        assert codes["due_at"] == "2026-07-08T17:00:00+01:00"
        assert codes["working"][-1] == {"date": "2026-07-08", "counts": True, "reason": ""}
        assert found["history"][0]["what"] == "case_opened"

    @pytest.mark.parametrize("reference", ["K7M4-QX9T", "nonsense"])
    def test_a_reference_that_nobody_has_is_refused(self, sqlite_app: Flask, reference: str) -> None:
        said = self.shown(sqlite_app, reference)
        assert said.exit_code == 1
        assert f"no case has the reference {reference}" in said.stderr


def test_to_whom_it_went_what_is_safe_and_several_answers_are_recorded_and_shown(
    sqlite_app: Flask, tmp_path: Path
) -> None:
    case = recorded(
        sqlite_app,
        tmp_path,
        kind="antisocial-behaviour",
        channel="voicemail",
        addressee="colleague",
        needs={"safe_ways": ["phone"]},
        answers={"what_happened": "Shouting at night.", "behaviour_kinds": ["noise"], "afraid": "very"},
    )
    assert case.contacts[0].answers["behaviour_kinds"] == ["noise"]
    assert ("contact.answer_colleague_voicemail", "landlord") in {(one.standard, one.regime) for one in case.promises}
    show = sqlite_app.test_cli_runner().invoke(args=["cases", "show", case.reference])
    assert "by voicemail, in cy, to a colleague directly" in show.stdout
    assert "safe ways    phone" in show.stdout
    shown = json.loads(sqlite_app.test_cli_runner().invoke(args=["cases", "show", case.reference, "--json"]).stdout)
    assert shown["needs"]["safe_ways"] == ["phone"]
    assert (shown["contacts"][0]["addressee"], shown["contacts"][0]["purpose"]) == ("colleague", "opening")
    assert (shown["hazard"], shown["signs_of_a_machine"], shown["person"]["is_anonymous"]) == (None, [], False)


def test_who_stays_anonymous_has_no_name_where_the_kind_allows_it(sqlite_app: Flask, tmp_path: Path) -> None:
    nobody = {"is_anonymous": True}
    case = recorded(sqlite_app, tmp_path, kind="antisocial-behaviour", person=nobody, needs=...)
    assert (case.tenant.is_anonymous, case.tenant.name) == (True, "")
    show = sqlite_app.test_cli_runner().invoke(args=["cases", "show", case.reference])
    assert "from         anonymous" in show.stdout
    said = record(sqlite_app, tmp_path, example(person=nobody))
    assert "person.is_anonymous is True: a contact of the kind complaint needs a name" in said.stderr


@pytest.mark.parametrize(
    ("different", "problem"),
    [
        ({"addressee": "everybody"}, "addressee is 'everybody': write one of team, colleague"),
        ({"needs__safe_ways": "phone"}, "needs.safe_ways is 'phone': write a list, […]"),
        ({"needs__safe_ways": ["fax"]}, "needs.safe_ways is ['fax']: in the list, write one of email, phone, letter"),
        ({"answers__behaviour_kinds": "noise"}, "answers.behaviour_kinds is 'noise': write a list, […]"),
        ({"person": {"is_anonymous": False}}, "person.name is missing: write it"),
    ],
)
def test_what_is_new_is_refused_by_name_too(
    sqlite_app: Flask, tmp_path: Path, different: dict[str, Any], problem: str
) -> None:
    assert problem in refused(sqlite_app, tmp_path, example(**different))
