"""Who opens a case, with what; and that a wrong guess teaches nothing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.cases.models import Case
from app.cases.references import make_reference
from app.extensions import db
from app.reception import guesses
from app.reception.models import WrongGuess
from app.tracking import routes
from app.tracking.sitting import COOKIE
from tests.builders import a_case, person
from tests.journeys.reader import Reader
from tests.tracking.following import a_case_that_came, code_of, follow

AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)
ANONYMOUS = person(name="", is_anonymous=True, postcode="EX1 1AA")
Secret = Callable[[Case], str]
POSTCODE: Secret = lambda case: "EX1 1AA"  # noqa: E731
CODE: Secret = code_of
NOTHING_FITS = "We found nothing that fits both"


def try_with(client: FlaskClient, reference: str, secret: str, language: str = "en") -> Reader:
    return Reader(client).open(f"/{language}/track").answer(reference=reference, secret=secret)


WHO_OPENS_WHAT: list[tuple[str, dict[str, Any], Secret, bool]] = [
    ("complaint", {}, CODE, True),
    ("complaint", {}, POSTCODE, True),
    ("enquiry", {}, CODE, True),
    ("enquiry", {}, POSTCODE, True),
    ("antisocial-behaviour", {}, CODE, True),
    ("antisocial-behaviour", {}, POSTCODE, False),
    ("enquiry", {"is_restricted": True}, CODE, True),
    ("enquiry", {"is_restricted": True}, POSTCODE, False),
    ("suggestion", {"person": ANONYMOUS}, CODE, True),
    ("suggestion", {"person": ANONYMOUS}, POSTCODE, False),
    ("complaint", {}, lambda case: "EX1 1AB", False),
    ("complaint", {}, lambda case: case.reference, False),
    ("complaint", {"person": person(postcode=None)}, lambda case: "---", False),
]


def test_who_opens_what(sqlite_app: Flask) -> None:
    for kind, different, secret, opens in WHO_OPENS_WHAT:
        case = a_case_that_came(kind, at=AN_HOUR_AGO, **different)
        reader = try_with(sqlite_app.test_client(), case.reference, secret(case))
        assert (reader.path == "/en/track/case") is opens, (kind, different, secret(case))
        assert bool(reader.mistakes) is not opens


def test_how_it_is_typed_does_not_matter(sqlite_app: Flask) -> None:
    case = a_case_that_came(at=AN_HOUR_AGO)
    reference, code = case.reference, code_of(case)
    for typed, secret in (
        (reference.lower(), "ex11aa"),
        (reference.replace("-", " "), " EX1-1aa "),
        (reference.replace("-", ""), "e x 1 1 a a"),
        (f" {reference} ", code.lower().replace("-", "\u2013")),
    ):
        assert try_with(sqlite_app.test_client(), typed, secret).path == "/en/track/case", (typed, secret)


def test_an_old_case_without_a_code_opens_with_its_postcode_only(client: FlaskClient) -> None:
    case = a_case(reference=make_reference())
    assert case.return_code is None
    for wrong in ("-", "234679CDFGHJ"):
        assert try_with(client, case.reference, wrong).path == "/en/track"
    assert try_with(client, case.reference, "EX1 1AA").path == "/en/track/case"


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked, in order."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def without_what_was_typed(response: TestResponse, *typed: str) -> str:
    page = re.sub(r'(name="csrf_token"[^>]* value=|value=)"[^"]*"', "", response.get_data(as_text=True))
    for words in typed:
        page = page.replace(words, "")
    return page


def test_a_wrong_guess_teaches_nothing(sqlite_app: Flask) -> None:
    """The same page, status, headers and work, whether the case exists or not, and whatever is wrong."""
    case = a_case_that_came(at=AN_HOUR_AGO)
    restricted = a_case_that_came("antisocial-behaviour", at=AN_HOUR_AGO)
    anonymous = a_case_that_came("suggestion", at=AN_HOUR_AGO, person=ANONYMOUS)
    guessed = [
        (make_reference(), "EX1 1AA"),
        (case.reference, "EX9 9ZZ"),
        (case.reference, code_of(restricted)),
        (restricted.reference, "EX1 1AA"),
        (anonymous.reference, "EX1 1AA"),
        ("not a reference", "EX1 1AA"),
    ]
    seen = []
    for reference, secret in guessed:
        client = sqlite_app.test_client()
        reader = Reader(client).open("/en/track")
        data = reader.filled_in(reference=reference, secret=secret)
        with statements() as asked:
            answer = client.post("/en/track", data=data)
        headers = {name for name, _value in answer.headers}
        seen.append((answer.status_code, headers, without_what_was_typed(answer, reference, secret), len(asked)))
        assert NOTHING_FITS in answer.get_data(as_text=True)
    for other in seen[1:]:
        assert other == seen[0]


def test_what_was_typed_is_still_there(sqlite_app: Flask) -> None:
    reader = try_with(sqlite_app.test_client(), "K7M4 QX9T", "ex1 1aa")
    assert reader.response.status_code == 422
    fields = reader.fields()
    assert (fields["reference"], fields["secret"]) == ("K7M4 QX9T", "ex1 1aa")


def test_an_empty_answer_says_what_to_enter(sqlite_app: Flask) -> None:
    for language in ("en", "cy", "ar"):
        assert len(try_with(sqlite_app.test_client(), "", " ", language).mistakes) == 2


def test_after_ten_wrong_tries_even_the_right_one_waits(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client, case, other = sqlite_app.test_client(), a_case_that_came(at=AN_HOUR_AGO), a_case_that_came(at=AN_HOUR_AGO)
    for _try in range(guesses.MOST_AT_ONE_THING):
        assert try_with(client, case.reference, "EX9 9ZZ").response.status_code == 422
    reader = try_with(client, case.reference, code_of(case))
    assert reader.response.status_code == 429
    assert "Wait 15 minutes" in reader.words
    assert reader.fields()["secret"] == code_of(case)
    assert try_with(client, other.reference, code_of(other)).path == "/en/track/case"
    later = datetime.now(UTC) + timedelta(minutes=16)
    monkeypatch.setattr(routes, "now", lambda: later)
    assert try_with(client, case.reference, code_of(case)).path == "/en/track/case"


def test_a_reference_that_nobody_has_is_throttled_alike(sqlite_app: Flask) -> None:
    client, reference = sqlite_app.test_client(), make_reference()
    tried = [try_with(client, reference, "EX1 1AA").response.status_code for _try in range(11)]
    assert tried == [422] * 10 + [429]


def test_one_line_that_tries_many_references_is_stopped(sqlite_app: Flask) -> None:
    case, now = a_case_that_came(at=AN_HOUR_AGO), datetime.now(UTC)
    db.session.add_all(
        WrongGuess(about=guesses.of_network("127.0.0.1"), at=now) for _ in range(guesses.MOST_FROM_ONE_NETWORK)
    )
    db.session.commit()
    assert try_with(sqlite_app.test_client(), case.reference, code_of(case)).response.status_code == 429


def test_opening_counts_no_wrong_guess(sqlite_app: Flask) -> None:
    follow(sqlite_app.test_client(), a_case_that_came(at=AN_HOUR_AGO))
    assert db.session.scalar(db.select(db.func.count(WrongGuess.id))) == 0


def test_a_lost_token_costs_nothing_that_was_typed(sqlite_app: Flask) -> None:
    case, client = a_case_that_came(at=AN_HOUR_AGO), sqlite_app.test_client()
    reader = Reader(client).open("/en/track")
    client.delete_cookie("session")
    reader.answer(reference=case.reference, secret="EX1 1AA")
    assert reader.response.status_code == 400
    assert reader.press().path == "/en/track/case"


def test_the_pages_are_kept_by_nobody_and_name_no_reference(sqlite_app: Flask) -> None:
    case, client = a_case_that_came(at=AN_HOUR_AGO), sqlite_app.test_client()
    reader = follow(client, case)
    assert case.reference not in reader.response.request.url
    assert reader.response.headers["Cache-Control"] == "no-store"
    assert reader.response.headers["X-Robots-Tag"] == "noindex"
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert cookie.http_only
    assert case.reference not in cookie.value
    assert code_of(case) not in cookie.value


def test_leaving_ends_it_at_once(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = follow(client, a_case_that_came(at=AN_HOUR_AGO))
    client.post("/en/track/leave", data=reader.fields())
    assert client.get_cookie(COOKIE) is None
    assert Reader(client).open("/en/track/left").heading == "You have left your case"
    assert Reader(client).open("/en/track/case").path == "/en/track"


def test_it_ends_half_an_hour_after_the_last_page(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sqlite_app.test_client()
    follow(client, a_case_that_came(at=AN_HOUR_AGO))
    start = datetime.now(UTC)
    for minutes, path in ((29, "/en/track/case"), (58, "/en/track/case"), (89, "/en/track")):
        monkeypatch.setattr(routes, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        reader = Reader(client).open("/en/track/case")
        assert reader.path == path, minutes
    assert "we closed it here after 30 minutes" in reader.words


def test_no_page_of_a_case_opens_without_it(sqlite_app: Flask) -> None:
    a_case_that_came(at=AN_HOUR_AGO)
    for path in ("", "/add", "/diary", "/stage-two", "/complaint", "/added/1", "/letters/1/text"):
        client = sqlite_app.test_client()
        client.set_cookie(COOKIE, "WzEsdHJ1ZSwxOTAwMDAwMDAwXQ.made-up")
        assert Reader(client).open(f"/en/track/case{path}").path == "/en/track", path


def test_a_case_that_becomes_restricted_closes_for_whoever_came_by_the_postcode(sqlite_app: Flask) -> None:
    case, client = a_case_that_came(at=AN_HOUR_AGO), sqlite_app.test_client()
    follow(client, case, "EX1 1AA")
    case.is_restricted = True
    db.session.commit()
    assert Reader(client).open("/en/track/case").path == "/en/track"


TEXT = st.text(max_size=60) | st.text(alphabet="K7M4-QX9T \0\x85\u2028\ud800\u202e٣é", max_size=20)


def test_whatever_is_typed_gets_an_answer(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "too_many", lambda about, at: False)
    client = sqlite_app.test_client()
    token = Reader(client).open("/en/track").fields()["csrf_token"]

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(reference=TEXT, secret=TEXT)
    @example(reference="K7M4-QX9T", secret="\ud800")
    @example(reference="a" * 70_000, secret="{{ 7 * 7 }}</script>")
    def asked(reference: str, secret: str) -> None:
        data = {"csrf_token": token, "reference": reference, "secret": secret}
        data = {name: words.encode("utf-8", "surrogatepass") for name, words in data.items()}
        assert client.post("/en/track", data=data).status_code == 422

    asked()


def test_who_comes_with_a_postcode_is_not_given_the_code(sqlite_app: Flask) -> None:
    """The receipt says it: with the code a case stays open to its holder, however restricted it becomes later."""
    case = a_case_that_came()
    by_code = follow(sqlite_app.test_client(), case)
    (address, *_others) = by_code.page.xpath("//a[contains(@href, '/letters/') and contains(@href, '/text')]/@href")
    by_postcode = follow(sqlite_app.test_client(), case, "ex1 1aa")
    assert not by_postcode.page.xpath("//a[contains(@href, '/letters/')]")
    assert by_code.client.get(address).status_code == 200
    assert by_postcode.client.get(address).status_code == 404
