"""Opening a case: one transaction with its contact, promises, handler and history."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.cases import actions
from app.cases.actions import open_case
from app.cases.models import Case
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.tenants.actions import record_tenant
from tests.builders import a_colleague, answers, needs, person

LONDON = ZoneInfo("Europe/London")
CHRISTMAS_EVE = datetime(2026, 12, 24, 16, 59, tzinfo=LONDON)  # a Thursday, a minute before closing time


def opened(**different: object) -> Case:
    start_writing()
    values: dict[str, object] = {
        "landlord": current_landlord(),
        "kind": "complaint",
        "channel": "phone",
        "received_at": CHRISTMAS_EVE,
        "tenant": record_tenant(person(), needs(), "en", CHRISTMAS_EVE, None),
        "answers": answers(),
        "language": "en",
        **different,
    }
    case = open_case(**values)  # type: ignore[arg-type]
    db.session.commit()
    return case


def due(case: Case) -> dict[tuple[str, str], str]:
    return {
        (one.standard, one.regime): one.due_at.astimezone(LONDON).strftime("%a %d %b %H:%M") for one in case.promises
    }


def test_livewests_own_promises_run_beside_the_codes(app: Flask) -> None:
    case = opened()
    assert due(case) == {
        ("complaint.acknowledge", "landlord"): "Fri 25 Dec 16:59",  # 24 hours, closed or not
        ("complaint.acknowledge", "code"): "Tue 05 Jan 17:00",
        ("complaint.stage_1_response", "landlord"): "Tue 12 Jan 17:00",
    }
    assert case.next_due_at == datetime(2026, 12, 25, 16, 59, tzinfo=UTC)


def test_livvs_own_promises_run_beside_the_codes(make_app) -> None:
    with make_app("livv").app_context():
        case = opened()
        assert due(case) == {
            ("complaint.acknowledge", "landlord"): "Tue 05 Jan 17:00",
            ("complaint.acknowledge", "code"): "Tue 05 Jan 17:00",
            ("complaint.stage_1_contact", "landlord"): "Tue 05 Jan 17:00",
            ("complaint.stage_1_response", "landlord"): "Tue 12 Jan 17:00",
        }


def test_a_promise_keeps_its_working_day_by_day(app: Flask) -> None:
    case = opened()
    db.session.expire_all()
    codes = next(one for one in case.promises if one.regime == "code")
    assert [(row["date"], row["counts"]) for row in codes.working] == [
        ("2026-12-24", False),
        ("2026-12-25", False),
        ("2026-12-26", False),
        ("2026-12-27", False),
        ("2026-12-28", False),  # Boxing Day's substitute
        ("2026-12-29", True),
        ("2026-12-30", True),
        ("2026-12-31", True),
        ("2027-01-01", False),
        ("2027-01-02", False),
        ("2027-01-03", False),
        ("2027-01-04", True),
        ("2027-01-05", True),
    ]
    assert codes.working[1]["reason"] == "Christmas Day"
    assert codes.source.startswith("Complaint Handling Code 2024")


def test_the_contact_keeps_the_tenants_own_words(app: Flask) -> None:
    case = opened(answers={"what_happened": "Y lifft\r\nwedi torri \x00\x07", "raised_before": "no"}, language="cy")
    db.session.expire_all()
    (contact,) = case.contacts
    assert contact.answers == {"what_happened": "Y lifft\nwedi torri", "raised_before": "no"}
    assert (contact.channel, contact.language, contact.received_at) == ("phone", "cy", CHRISTMAS_EVE)


def test_history_begins_with_the_opening_and_the_naming_of_the_handler(app: Flask) -> None:
    a_colleague("ada@landlord.example", roles=("complaints-team",), name="Ada Byron")
    case = opened(recorded_by="sam@landlord.example")
    assert [(event.what, event.who) for event in case.events] == [
        ("case_opened", "sam@landlord.example"),
        ("handler_named", None),
    ]
    assert case.events[1].details == {"handler": "ada@landlord.example", "name": "Ada Byron"}


def test_letters_fall_back_to_the_landlords_first_language_and_the_history_says_so(app: Flask) -> None:
    case = opened(language="so")
    assert case.language == "en"
    assert case.contacts[0].language == "so"
    assert [event.details for event in case.events if event.what == "language_not_written"] == [
        {"asked_for": "so", "letters_in": "en"}
    ]


@pytest.mark.parametrize(("kind", "is_restricted"), [("antisocial-behaviour", True), ("complaint", False)])
def test_only_antisocial_behaviour_is_restricted_from_the_start(app: Flask, kind: str, is_restricted: bool) -> None:
    assert opened(kind=kind).is_restricted is is_restricted


def test_a_draft_makes_one_case_however_often_it_is_sent(app: Flask) -> None:
    opened(draft_id="the same draft")
    with pytest.raises(IntegrityError):
        opened(draft_id="the same draft")
    db.session.rollback()
    assert db.session.query(Case).count() == 1


def test_a_reference_that_is_taken_is_drawn_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter(["K7M4-QX9T", "K7M4-QX9T", "2222-2222"])
    monkeypatch.setattr(actions, "make_reference", lambda: next(draws))
    assert opened().reference == "K7M4-QX9T"
    second = opened()
    assert second.reference == "2222-2222"
    assert len(second.promises) == 3
    assert len(second.events) == 1


def test_nothing_is_kept_of_a_case_whose_opening_is_broken_off(app: Flask) -> None:
    start_writing()
    open_case(
        landlord=current_landlord(), kind="complaint", channel="web", received_at=CHRISTMAS_EVE,
        tenant=record_tenant(person(), needs(), "en", CHRISTMAS_EVE, None), answers=answers(), language="en",
    )  # fmt: skip
    db.session.rollback()
    for table in db.metadata.sorted_tables:
        if table.name != "alembic_version":
            assert db.session.execute(db.select(db.func.count()).select_from(table)).scalar_one() == 0, table.name


class TestWhoDealsWithIt:
    def test_the_colleague_of_the_complaints_team_with_the_fewest_open_cases(self, app: Flask) -> None:
        busy = a_colleague("busy@landlord.example", roles=("complaints-team",))
        free = a_colleague("free@landlord.example", roles=("complaints-team",))
        assert [opened().handler for _ in range(4)] == [busy, free, busy, free]

    def test_closed_cases_weigh_nothing(self, app: Flask) -> None:
        first = a_colleague("first@landlord.example", roles=("complaints-team",))
        a_colleague("second@landlord.example", roles=("complaints-team",))
        case = opened()
        assert case.handler is first
        case.status = "closed"
        db.session.commit()
        assert opened().handler is first

    def test_not_somebody_who_has_left(self, app: Flask) -> None:
        a_colleague("gone@landlord.example", roles=("complaints-team",), active=False)
        assert opened().handler is None

    def test_another_colleague_where_the_team_is_empty(self, app: Flask) -> None:
        officer = a_colleague("officer@landlord.example", roles=("officer",))
        assert opened().handler is officer

    @pytest.mark.parametrize("roles", [("auditor",), ("translator",), ()])
    def test_nobody_who_only_reads(self, app: Flask, roles: tuple[str, ...]) -> None:
        a_colleague("reader@landlord.example", roles=roles)
        assert opened().handler is None

    def test_each_kind_goes_to_those_whose_work_it_is(self, app: Flask) -> None:
        for role in ("complaints-team", "officer", "advisor"):
            a_colleague(f"{role}@landlord.example", roles=(role,))
        named = {kind: opened(kind=kind).handler for kind in ("complaint", "antisocial-behaviour", "enquiry")}
        assert {kind: one.email.partition("@")[0] for kind, one in named.items() if one} == {
            "complaint": "complaints-team",
            "antisocial-behaviour": "officer",
            "enquiry": "advisor",
        }

    def test_a_restricted_case_goes_to_nobody_who_may_not_read_it(self, app: Flask) -> None:
        a_colleague("advisor@landlord.example", roles=("advisor",))
        assert opened(kind="antisocial-behaviour").handler is None
        manager = a_colleague("manager@landlord.example", roles=("manager",))
        assert opened(kind="antisocial-behaviour").handler is manager

    def test_nobody_is_named_where_there_is_nobody(self, app: Flask) -> None:
        case = opened()
        assert case.handler is None
        assert [event.what for event in case.events] == ["case_opened"]
