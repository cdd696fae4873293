"""The caseload as it is chosen: each choice and filter shows its cases and no others, in each order, page by page."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from lxml import html

from app.caseload.choices import SHOWN, Choices, orders_for, wanted
from app.caseload.places import place_from, place_in_address
from app.caseload.words import LONDON
from app.cases.lists import Place, caseload
from app.cases.models import Case
from app.cases.references import make_reference
from app.extensions import db
from app.landlords.standards import current_landlord
from app.languages.sorting import stored_key
from app.staff.models import StaffMember, Team
from tests.builders import a_colleague, a_tenant, needs
from tests.caseload.test_queue import rows
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


def a_case_like(name: str = "Anna Nowak", **different: Any) -> Case:
    tenant = a_tenant(name=name, language=different.pop("language", "en"), needs=different.pop("needs", None))
    case = Case(
        **{
            "reference": make_reference(),
            "landlord": "livewest",
            "kind": "complaint",
            "language": "en",
            "received_at": NOW - HOUR,
            "tenant": tenant,
            "sort_name": stored_key(name),
            **different,
        }
    )
    db.session.add(case)
    db.session.commit()
    return case


def shown(colleague: StaffMember, address: str, limit: int = 50) -> list[str]:
    """The references on the pages of this choice, each page after the place in the address of the one before."""
    found: list[str] = []
    choices = Choices.from_address(dict(parse_qsl(address)), current_landlord())
    meant, place = wanted(choices, colleague, NOW, "en"), None
    while True:
        page = caseload(meant, choices.sort, place, limit)
        found += [case.reference for case in page.cases]
        if page.next_place is None:
            return found
        place = place_from(place_in_address(page.next_place), choices.sort)
        assert place == page.next_place


def test_each_choice_and_filter_shows_its_cases_and_no_others(app: Flask) -> None:
    me = a_colleague(roles=("officer",))
    other = a_colleague("kim@landlord.example")
    team = Team(name="Repairs", services=[])
    db.session.add(team)
    db.session.commit()
    me.team_id = team.id
    hazard = current_landlord().hazards[0].key
    cases = {
        "plain": a_case_like(next_due_at=NOW + 50 * HOUR),
        "mine": a_case_like(handler_id=me.id, next_due_at=NOW + 51 * HOUR),
        "late": a_case_like(handler_id=other.id, next_due_at=NOW - 30 * HOUR, stage=2),
        "team": a_case_like(team_id=team.id, handler_id=other.id, kind="enquiry"),
        "waiting": a_case_like(handler_id=other.id, waiting_since_at=NOW - 9 * HOUR, hazard=hazard),
        "restricted": a_case_like(kind="antisocial-behaviour", is_restricted=True, handler_id=other.id),
        "braille": a_case_like(handler_id=other.id, needs=needs(format="braille")),
        "arabic": a_case_like("فاطمة السيد", handler_id=other.id, language="ar"),
        "closed": a_case_like(status="closed", closed_at=NOW - 30 * HOUR, handler_id=me.id),
        "closed long ago": a_case_like(status="closed", closed_at=NOW - 999 * HOUR),
    }
    names = {case.reference: name for name, case in cases.items()}
    is_open = {name for name, case in cases.items() if case.status == "open"}
    for address, meant in {
        "": is_open,
        "show=mine": {"mine"},
        "show=team": {"team"},
        "show=unassigned": {"plain"},
        "show=overdue": {"late"},
        "show=waiting": {"waiting"},
        "show=closed": {"closed"},
        "kind=enquiry": {"team"},
        "stage=2": {"late"},
        "hazard=any": {"waiting"},
        f"hazard={hazard}": {"waiting"},
        "restricted=1": {"restricted"},
        f"handler={me.id}": {"mine"},
        f"team={team.id}": {"team"},
        "language=ar": {"arabic"},
        "language=other": {"arabic"},
        "format=braille": {"braille"},
        "format=other": {"braille"},
        "show=mine&kind=enquiry": set(),
        f"show=mine&handler={other.id}": set(),
        f"handler={other.id}&kind=complaint&format=other&sort=name": {"braille"},
        "show=&kind=&stage=&handler=&sort=name": is_open,
    }.items():
        assert sorted(names[one] for one in shown(me, address)) == sorted(meant), address


def test_what_is_due_on_the_landlords_day_is_due_today(sqlite_app: Flask) -> None:
    me = a_colleague(roles=("officer",))
    midnight = datetime.now(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    first, last = (
        a_case_like(next_due_at=midnight),
        a_case_like(next_due_at=midnight + 24 * HOUR - timedelta(seconds=1)),
    )
    a_case_like(next_due_at=midnight - timedelta(seconds=1))
    a_case_like(next_due_at=midnight + 24 * HOUR)
    assert shown(me, "show=today") == [first.reference, last.reference]


def test_every_order_goes_page_by_page_without_a_gap_or_a_double(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    me = a_colleague(roles=("officer",))
    # Each beside the one that it is written like, whatever its capitals and accents are; no name at all comes first.
    names = ["", "anna b", "Émile Zola", "Lucy", "Łukasz Nowak", "Luz", "Zoë", "Ґанна", "Єва", "Ігор", "Яна", "علی"]
    tenants = [a_tenant(name=name) for name in reversed(names)]
    for n in range(44):
        tenant = tenants[n % len(tenants)]
        case = Case(reference=make_reference(), landlord="livewest", kind="complaint", language="en", tenant=tenant,
                    received_at=NOW - (n // 4) * HOUR, next_due_at=None if n % 9 == 0 else NOW + (n // 3) * HOUR,
                    handler_id=me.id, waiting_since_at=NOW - (n % 7) * HOUR,
                    sort_name=stored_key(tenant.name))  # fmt: skip
        db.session.add(case)
    db.session.commit()
    cases = {case.reference: case for case in db.session.scalars(db.select(Case))}
    key: dict[str, Any] = {
        "due": lambda case: (case.next_due_at is None, case.next_due_at or NOW, case.id),
        "received": lambda case: (-case.received_at.timestamp(), -case.id),
        "name": lambda case: (names.index(case.tenant.name), case.id),
        "reference": lambda case: case.reference,
        "waiting": lambda case: (case.waiting_since_at, case.id),
    }
    for show, few in (("all", 1000), ("mine", 1000), ("mine", 10), ("waiting", 1000)):
        monkeypatch.setattr("app.cases.lists.FEW", few)  # sorted at once, or walked along the index
        for order in orders_for(show):
            found = [cases[one] for one in shown(me, f"show={show}&sort={order}", limit=15)]
            assert found == sorted(cases.values(), key=key[order]), (show, order)


def test_the_address_says_all_and_the_page_says_it_in_words(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    me = a_colleague_with_a_password()
    a_case_like(handler_id=me.id, stage=2)
    sign_in(client)
    page = client.get(f"/staff/?show=all&kind=complaint&stage=2&handler={me.id}&sort=name")
    assert "Only: Complaint, Stage 2 and Handler: Sam Field." in words_of(page)
    assert "Order: By name." in words_of(page)
    assert ["Stage 2" in row for row in rows(page)] == [True]
    tree = html.fromstring(page.get_data(as_text=True))
    (clear,) = (link.get("href") for link in tree.xpath("//a") if link.text_content() == "Clear filters")
    assert clear == "/staff/?sort=name"
    assert_page_laws(page)
    for nonsense in ("kind=x", "stage=3", "sort=waiting", "hazard=x", "format=x", "handler=x", "handler=99999999999999",
                     "language=%00", "restricted=2", "show=closed&sort=name"):  # fmt: skip
        assert client.get(f"/staff/?{nonsense}").status_code == 404, nonsense
    assert "No case is like this." in words_of(client.get("/staff/?handler=999"))


def test_counts_end_where_they_would_only_cost_time(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password()
    for _number in range(4):
        a_case_like()
    monkeypatch.setattr("app.caseload.queue.MOST_COUNTED", 3)
    monkeypatch.setattr("app.caseload.choice_words.MOST_COUNTED", 3)
    sign_in(client)
    assert "All open cases (3+) Mine (0)" in words_of(client.get("/staff/"))


def test_choices_and_places_survive_their_way_through_an_address(sqlite_app: Flask) -> None:
    landlord = current_landlord()
    for show in SHOWN:
        for order in orders_for(show):
            choices = Choices(show, stage=2, language="zh-Hans", format="other", handler=3, sort=order)
            given = {name: str(value) for name, value in choices.address().items()}
            assert Choices.from_address(given, landlord) == choices
    for order, place in (("name", Place("anna-marie o-brien", 4)), ("reference", Place("K7M4-QX9T", 4))):
        assert place_from(place_in_address(place), order) == place
        assert place_from(place_in_address(place), "due") is None
        assert str(place.value) not in str(place_in_address(place)), "addresses are kept in logs"
    for nonsense in ("~a\x00b-3", "~-", "~a-99999999999", "12-3-", "-"):
        assert place_from(nonsense, "name") is None
