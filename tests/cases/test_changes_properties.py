"""Whatever is done to promises, in whatever order: no date is earlier than the rule says, and the history tells why."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases import changes
from app.cases.clock import due
from app.cases.models import Case, Promise
from app.cases.more_time import NoMoreTime, extend, limit_for
from app.cases.waiting import waits_of
from app.landlords.standards import Landlord, load_landlord
from app.working_days import Holiday

LANDLORDS = {key: load_landlord(key) for key in ("livewest", "livv")}
WHO = "sam@landlord.example"
START = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)  # a Monday, two weeks before the holidays
FEW = settings(max_examples=60, deadline=None)

days = st.dates(date(2026, 12, 14), date(2027, 2, 28))
steps = st.lists(
    st.tuples(st.sampled_from(("pause", "resume", "recount", "sweep")), st.integers(0, 60), st.none() | days),
    max_size=12,
)


def with_holidays(landlord: Landlord, closed: list[date]) -> Landlord:
    return dataclasses.replace(landlord, extra_holidays=tuple(Holiday(day, "Closed") for day in sorted(set(closed))))


def a_promise(landlord: Landlord, standard: str, regime: str, amount: int, unit: str, at: datetime) -> Promise:
    promise = Promise(standard=standard, regime=regime, amount=amount, unit=unit, source="")
    counted = due(at, promise, landlord.calendar, landlord.hours)
    promise.counted_from_at, promise.due_at, promise.working = counted.counted_from, counted.at, counted.rows()
    return promise


def an_enquiry(landlord: Landlord, amount: int, unit: str, at: datetime) -> tuple[Case, Promise, Promise]:
    """Our own promise, which may wait, and one of the law, which may not."""
    own = a_promise(landlord, "contact.answer_web_form", "landlord", amount, unit, at)
    law = a_promise(landlord, "hazard.investigate", "law", amount, "working_days", at)
    return Case(kind="enquiry", status="open", received_at=at, promises=[own, law]), own, law


@FEW
@given(steps, st.integers(1, 12), st.sampled_from(("working_days", "hours")), st.integers(0, 12 * 24))
def test_waiting_and_new_holidays_never_make_a_date_earlier_and_the_history_replays(
    todo: list[tuple[str, int, date | None]], amount: int, unit: str, later: int
) -> None:
    landlord, closed, now = LANDLORDS["livewest"], [], START + timedelta(hours=later)
    case, own, law = an_enquiry(landlord, amount, unit, now)
    told = own.due_at
    for act, hours, holiday in todo:
        now += timedelta(hours=hours)
        if act == "recount" and holiday:
            closed.append(holiday)
            landlord = with_holidays(landlord, closed)
        before = own.due_at
        _do(act, case, landlord, now)
        assert own.due_at >= before >= told
        assert law.paused_at is None
    _settle(case, landlord, now)
    assert own.due_at >= due(own.counted_from_at, own, landlord.calendar, landlord.hours).at, "earlier than the rule"
    assert own.due_at == due(own.counted_from_at, own, landlord.calendar, landlord.hours, waits_of(own)).at
    _replays(own, told)
    if unit == "working_days":
        assert sum(row["counts"] for row in own.working) == amount


def _do(act: str, case: Case, landlord: Landlord, now: datetime) -> None:
    try:
        if act == "pause":
            changes.pause(case, landlord, now, WHO, "Your tenancy number")
        elif act == "resume":
            changes.resume(case, landlord, now, WHO)
        elif act == "sweep":
            changes.mark_missed(case, now)
        else:
            changes.recount(case, landlord, now)
            assert not changes.recount(case, landlord, now), "counted again, something moved once more"
    except (changes.NothingMayWait, changes.NothingWaits):
        pass


def _settle(case: Case, landlord: Landlord, now: datetime) -> None:
    _do("resume", case, landlord, now)
    changes.recount(case, landlord, now)


def _replays(promise: Promise, told: datetime) -> None:
    """From the first date each change leads to the next, and the last to the date of now; no wait begins in a wait."""
    found = list(promise.changes)
    assert [told, *(one.due_after_at for one in found)] == [*(one.due_before_at for one in found), promise.due_at]
    waits = [one.what for one in found if one.what in ("paused", "resumed")]
    assert all(one != other for one, other in pairwise(waits))
    assert not waits or waits[0] == "paused"


@FEW
@given(
    st.sampled_from(sorted(LANDLORDS)),
    st.sampled_from((1, 2)),
    st.lists(days, max_size=10),
    st.lists(st.tuples(st.integers(0, 30), days, st.booleans()), min_size=1, max_size=4),
    st.integers(0, 20 * 24),
)
def test_an_answer_is_put_off_beyond_the_limit_only_once_and_only_when_that_is_confirmed(
    key: str, stage: int, closed: list[date], tries: list[tuple[int, date, bool]], later: int
) -> None:
    landlord, now = with_holidays(LANDLORDS[key], closed), START + timedelta(hours=later)
    standard = f"complaint.stage_{stage}_response"
    own = a_promise(landlord, standard, "landlord", 10 * stage, "working_days", now)
    code = a_promise(landlord, standard, "code", 10 * stage, "working_days", now + timedelta(days=1))
    case = Case(kind="complaint", status="open", stage=stage, received_at=now, promises=[own, code])
    extension = next(one for one in landlord.standards if one.key == f"complaint.stage_{stage}_extension")
    limit = due(code.due_at, extension, landlord.calendar, landlord.hours).at
    first_dues, had_more_time = {own: own.due_at, code: code.due_at}, False
    for hours, new_on, is_confirmed in tries:
        now += timedelta(hours=hours)
        was_late = {one for one in first_dues if one.due_at < now}
        before = {one: one.due_at for one in first_dues}
        try:
            extend(case, landlord, stage, new_on, now, WHO, "The engineer is ill", is_beyond_confirmed=is_confirmed)
        except NoMoreTime:
            assert {one: one.due_at for one in first_dues} == before, "refused, and moved all the same"
            continue
        assert max(own.due_at, code.due_at) > now, "into the past"
        assert all(one.due_at == before[one] for one in was_late), "what was late is not any more"
        assert max(own.due_at, code.due_at) <= limit or (is_confirmed and not had_more_time)
        had_more_time = True
    assert limit_for(case, landlord, stage) == limit, "the limit counts from the first date, whatever came later"
    for promise, told in first_dues.items():
        assert promise.due_at >= told
        _replays(promise, told)
