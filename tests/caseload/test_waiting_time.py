"""The waiting time on the phone: said until a time of the day, ended at once, over by itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.caseload import waiting_routes
from app.extensions import db, start_writing
from app.notices import waiting
from tests.caseload.desk import a_desk_for_many_tests
from tests.cases.moments import london
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import token_of, words_of

PAGE = "/staff/waiting-time"
WHO = "sam.field@landlord.example"
AT = london("Wed 2026-12-23 10:00")


class Clock(datetime):
    """A clock on the wall that stands still."""

    moment = AT

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return cls.moment


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(waiting_routes, "datetime", Clock)
    monkeypatch.setattr(Clock, "moment", AT)
    return Clock


def say(client: FlaskClient, minutes: str, until: str) -> TestResponse:
    answer = client.post(PAGE, data={"csrf_token": token_of(client.get(PAGE)), "minutes": minutes, "until": until})
    db.session.rollback()
    return answer


def said(at: datetime) -> tuple[int, datetime] | None:
    found = waiting.current(at)
    return (found.minutes, found.until) if found else None


def test_what_is_said_counts_from_now_and_is_over_at_its_minute(client: FlaskClient) -> None:
    assert say(client, "25", "11.30").status_code == 303
    end = london("Wed 2026-12-23 11:30")
    assert said(AT) == said(end - timedelta(seconds=1)) == (25, end)
    assert said(end) is None
    assert said(AT - timedelta(seconds=1)) is None
    page = client.get(PAGE)
    assert_page_laws(page)
    assert "Callers wait about 25 minutes. Said Wed 23 Dec 2026, 10am by sam.field@landlord.example" in words_of(page)


def test_the_newest_counts_and_what_it_replaced_does_not_come_back(client: FlaskClient, clock: type[Clock]) -> None:
    say(client, "40", "17:00")
    clock.moment = AT + timedelta(minutes=5)
    say(client, "10", "11:00")
    assert said(clock.moment) == (10, london("Wed 2026-12-23 11:00"))
    assert said(london("Wed 2026-12-23 11:00")) is None


def test_a_button_ends_it_at_once(client: FlaskClient, clock: type[Clock]) -> None:
    say(client, "40", "17:00")
    clock.moment = AT + timedelta(minutes=5)
    data = {"csrf_token": token_of(client.get(PAGE))}
    assert client.post(f"{PAGE}/end", data=data).status_code == 303
    assert said(clock.moment) is None
    assert "Nothing is said about the waiting time." in words_of(client.get(PAGE))


@pytest.mark.parametrize(
    ("minutes", "until", "words"),
    [
        ("many", "17:00", "Enter a number from 1 to 240"),
        ("0", "17:00", "Enter a number from 1 to 240"),
        ("241", "17:00", "Enter a number from 1 to 240"),
        ("", "17:00", "Enter a number of minutes"),
        ("20", "noon", "Enter a time of day, such as 17:00"),
        ("20", "10:00", "Enter a time later today, twelve hours from now at most"),
        ("20", "22:01", "Enter a time later today, twelve hours from now at most"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(client: FlaskClient, minutes: str, until: str, words: str) -> None:
    before = len(waiting.earlier(100))
    answer = say(client, minutes, until)
    assert answer.status_code == 422
    assert_page_laws(answer)
    assert words_of(answer).count(words) == 2
    assert f'value="{until}"' in answer.text
    assert len(waiting.earlier(100)) == before


def test_the_field_begins_with_two_hours_from_now_or_when_the_lines_close(
    client: FlaskClient, clock: type[Clock]
) -> None:
    assert 'value="12:00"' in client.get(PAGE).text
    clock.moment = london("Wed 2026-12-23 16:10")
    assert 'value="17:00"' in client.get(PAGE).text
    clock.moment = london("Wed 2026-12-23 23:10")
    assert 'value="23:59"' in client.get(PAGE).text


def test_both_databases_keep_it_and_no_other_writer_says_what_nobody_can_wait(app: Flask) -> None:
    start_writing()
    for minutes, until, code in (
        (0, AT + timedelta(1), "minutes"),
        (5, AT, "until-past"),
        (5, AT + timedelta(1), "until-far"),
    ):
        with pytest.raises(waiting.WrongWaitingTime) as wrong:
            waiting.set_waiting_time(minutes, until, WHO, AT)
        assert wrong.value.code == code
    waiting.set_waiting_time(5, AT + timedelta(hours=1), WHO, AT)
    db.session.commit()
    found = waiting.current(AT.astimezone(UTC))
    assert found is not None
    assert (found.minutes, found.until) == (5, AT + timedelta(hours=1))
