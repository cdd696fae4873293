"""Closed complaints that are checked again: drawn at random, the same again, by nobody who took part (V02)."""

import hashlib
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from app.cases.actions import take_part
from app.cases.models import Case, Event
from app.extensions import db
from app.landlords.shapes import QualitySample
from app.landlords.standards import current_landlord
from app.measures import checks, sampling
from app.measures.models import QualityCheck
from app.measures.months import Month
from tests.builders import a_colleague
from tests.measures.rows import a_case_of, moment
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

OCTOBER = Month(2026, 10)
SEED = "2026-10/livewest/0123456789abcdef"
TUESDAY = moment("2026-11-03T09:00")


def closed(at: str = "2026-10-14T09:00", **different: Any) -> Case:
    return a_case_of(status="closed", closed_at=moment(at), stage=1, **different)


@pytest.mark.parametrize(("closed_in_month", "size"), [(0, 0), (7, 7), (10, 10), (200, 10), (201, 11), (1000, 50)])
def test_the_size_is_five_of_a_hundred_and_at_least_ten(closed_in_month: int, size: int) -> None:
    assert QualitySample(5, 10).size(closed_in_month) == size


@settings(max_examples=20)
@given(st.lists(st.text("234679CDFG", min_size=8, max_size=8), unique=True, max_size=30), st.integers(0, 12), st.data())
def test_a_sample_is_the_same_in_whatever_order_the_cases_come(
    names: list[str], size: int, data: st.DataObject
) -> None:
    """As docs say: the lowest SHA-256 of seed:reference."""
    mixed = data.draw(st.permutations(names))
    by_hand = sorted(names, key=lambda name: hashlib.sha256(f"{SEED}:{name}".encode()).hexdigest())[:size]
    assert sampling.drawn(mixed, SEED, size) == by_hand


def test_a_month_is_drawn_once_from_the_complaints_that_were_closed_in_it(app: Flask) -> None:
    a_colleague(roles=("reviewer",))
    wanted = {closed().reference for _ in range(12)}
    wanted |= {closed("2026-10-31T23:59").reference, closed("2026-09-30T23:00").reference}  # 1 October in London
    closed("2026-11-01T00:00")
    closed("2026-09-30T22:59")
    closed(kind="enquiry")
    a_case_of(closed_at=None)
    first = sampling.draw(OCTOBER, current_landlord(), TUESDAY, SEED)
    references = [check.case.reference for check in first]
    assert references == sampling.drawn(wanted, SEED, 10)
    closed()
    again = sampling.draw(OCTOBER, current_landlord(), TUESDAY)
    assert [check.id for check in again] == [check.id for check in first]
    assert {check.seed for check in again} == {SEED}
    with pytest.raises(sampling.NotOverYet):
        sampling.draw(Month(2026, 11), current_landlord(), TUESDAY)


def test_the_worker_draws_on_the_first_working_day(sqlite_app: Flask) -> None:
    case = closed()
    sampling.sweep(moment("2026-11-01T23:59"))  # a Sunday
    assert sampling.sample_of(OCTOBER) == []
    sampling.sweep(moment("2026-11-02T00:00"))  # Monday
    (check,) = sampling.sample_of(OCTOBER)
    assert (check.case_id, check.reviewer_id) == (case.id, None), "there is nobody who may check it"
    assert check.seed.startswith("2026-10/livewest/")


def test_nobody_checks_their_own_case_and_restricted_ones_go_to_those_who_may_open_them(sqlite_app: Flask) -> None:
    ann, ben = (a_colleague(f"{name}@landlord.example", name=name, roles=("reviewer",)) for name in ("ann", "ben"))
    mia = a_colleague("mia@landlord.example", name="mia", roles=("manager",))
    gone = a_colleague("gone@landlord.example", name="gone", roles=("reviewer",), active=False)
    of_ann, of_ben = closed(handler=ann), closed()
    take_part(of_ben, ben, 1, "answered", TUESDAY)
    take_part(of_ann, mia, 1, "decided", TUESDAY)
    hidden = closed(is_restricted=True)
    usual = [closed() for _ in range(6)]
    db.session.commit()
    sample = sampling.draw(OCTOBER, current_landlord(), TUESDAY, SEED)
    reviewer = {check.case_id: check.reviewer for check in sample}
    assert reviewer[of_ann.id] == ben
    assert reviewer[of_ben.id] in (ann, mia)
    assert reviewer[hidden.id] == mia
    shares = [sum(one == who for one in reviewer.values()) for who in (ann, ben, mia)]
    assert sum(shares) == len(usual) + 3
    assert shares == [3, 3, 3]
    assert gone not in reviewer.values()
    (own,), answers = [check for check in sample if check.case_id == of_ann.id], dict.fromkeys(checks.QUESTIONS, "yes")
    with pytest.raises(checks.NotTheirs):
        checks.record(own, ann, answers, "", TUESDAY)


def test_a_reviewer_writes_down_what_they_found_and_keeps_it_through_a_mistake(sqlite_app: Flask) -> None:
    colleague = a_colleague_with_a_password(roles=("reviewer",))
    case, hidden = closed(), closed(is_restricted=True)
    sampling.draw(OCTOBER, current_landlord(), TUESDAY, SEED)
    check = db.session.scalars(db.select(QualityCheck).where(QualityCheck.case_id == case.id)).one()
    other = db.session.scalars(db.select(QualityCheck).where(QualityCheck.case_id == hidden.id)).one()
    address, forbidden = f"/staff/quality/checks/{check.id}", f"/staff/quality/checks/{other.id}"
    client = sqlite_app.test_client()
    sign_in(client)
    assert case.reference in words_of(client.get("/staff/quality"))
    assert client.get(forbidden).status_code == 403
    page = client.get(address)
    found = {"effect": "yes", "consistency": "yes", "points": "partly", "tone": "yes", "format": "not-applicable"}
    given = {"csrf_token": token_of(page), **found}
    answer = client.post(address, data=given)
    assert answer.status_code == 422
    assert "Write what could have been better" in words_of(answer)
    tree = html.fromstring(answer.get_data(as_text=True))
    assert tree.xpath("//input[@name='points' and @checked]/@value") == ["partly"]
    assert tree.xpath("//*[@id='notes']")
    assert tree.xpath("//a[@href='#notes']")
    del given["tone"]
    assert client.post(address, data=given).status_code == 422
    answer = client.post(address, data={**given, **found, "notes": "One point came last."})
    assert answer.status_code == 303
    db.session.expire_all()
    assert (check.answers, check.notes, check.reviewer_id) == (found, "One point came last.", colleague.id)
    assert db.session.scalars(db.select(Event.what).where(Event.case_id == case.id)).all() == ["quality_checked"]
    client.post(address, data={**given, **found, "effect": "no", "notes": "Second thoughts."})
    db.session.expire_all()
    assert check.answers == found, "what was found stays"
    page = client.get("/staff/quality?first=2026-10&last=2026-10")
    assert "Points answered · 0%" in page.get_data(as_text=True)
    listed = client.get("/staff/quality/checks?first=2026-10&last=2026-10&question=points&answer=partly")
    assert case.reference in words_of(listed)
    waiting = client.get("/staff/quality/checks?first=2026-10&last=2026-10&answer=waiting")
    assert hidden.reference not in waiting.get_data(as_text=True)
