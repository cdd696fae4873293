"""What the tenant sees when a date changes: that we wait for them, the new date and why, what no longer applies."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.cases import changes
from app.cases.models import Case
from app.cases.promises import acknowledge
from app.complaints.more_time import give_more_time
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.tracking import routes
from app.working_days import Holiday
from tests.builders import a_colleague
from tests.cases.moments import london
from tests.journeys.reader import Reader
from tests.laws.page_laws import words_of
from tests.tracking.following import a_case_that_came, follow

CAME, NEXT_DAY = london("Mon 2026-12-14 10:00"), london("Tue 2026-12-15 10:00")
QUESTION = {"what_happened": "How do I pay my rent?", "topic": "rent"}


@pytest.fixture(autouse=True)
def on_wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "now", lambda: london("Wed 2026-12-16 10:00"))


def seen(app: Flask, case: Case, part: str = "We send you our answer") -> str:
    db.session.commit()
    reader: Reader = follow(app.test_client(), case)
    parts: dict[str, Any] = {
        words_of(one.xpath("./h3")[0]): one for one in reader.page.xpath("//section[@class='promised']")
    }
    return words_of(parts[part])


def written_again(case: Case) -> Case:
    start_writing()
    return db.session.get_one(Case, case.id)


def test_that_we_wait_and_for_what(sqlite_app: Flask) -> None:
    case = written_again(a_case_that_came("enquiry", CAME, QUESTION))
    changes.pause(case, current_landlord(), NEXT_DAY, "sam@landlord.example", "Your tenancy number, please.")
    words = seen(sqlite_app, case)
    assert "We have been waiting for you since Tuesday, 15 December 2026. This time does not count." in words
    assert "This is what we need from you: Your tenancy number, please." in words
    assert "late" not in words


def test_the_new_date_and_why(sqlite_app: Flask) -> None:
    who = a_colleague(roles=("complaints-team",))
    case = written_again(a_case_that_came(at=CAME))
    acknowledge(case, current_landlord(), NEXT_DAY)
    give_more_time(case, date(2027, 1, 8), "The engineer is ill.", NEXT_DAY, who, agreed="yes", written_in="en")
    words = seen(sqlite_app, case)
    assert "By Friday, 8 January 2027." in words
    assert "The new date is Friday, 8 January 2027. Before, it was Wednesday, 30 December 2026." in words
    assert words.count("This is why: The engineer is ill.") == 1, "once for both clocks"


def test_that_a_new_holiday_moved_it(sqlite_app: Flask) -> None:
    case = written_again(a_case_that_came("enquiry", london("Tue 2026-12-15 10:00"), QUESTION))
    closed = (Holiday(date(2026, 12, 16), "Day of thanks"),)
    changes.recount(case, dataclasses.replace(current_landlord(), extra_holidays=closed), NEXT_DAY)
    words = seen(sqlite_app, case)
    assert "There is a new holiday. That is why it is Thursday, 17 December 2026 now." in words
    assert "Does not count: Day of thanks." in words


def test_what_does_not_apply_any_more(sqlite_app: Flask) -> None:
    case = written_again(a_case_that_came("enquiry", CAME, QUESTION))
    changes.end_promises(case, changes.ALL, NEXT_DAY, None, "withdrawn")
    assert "This does not apply any more, since Tuesday, 15 December 2026." in seen(sqlite_app, case)
