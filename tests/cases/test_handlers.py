"""Who is named for a case: by the policy's rule, and nobody who is away."""

from datetime import date, datetime

import pytest
from flask import Flask

from app.cases.actions import name_handler, take_part
from app.cases.handlers import choose_for_stage_2
from app.cases.models import Case
from app.extensions import db
from app.landlords.standards import current_landlord
from app.staff.models import Absence, StaffMember, Team
from tests.builders import MONDAY_NOON, a_colleague, an_opened_case, answers
from tests.conftest import MakeApp

MONDAY, NEXT_MONDAY = date(2026, 11, 23), date(2026, 11, 30)


def colleague(name: str, *roles: str) -> StaffMember:
    return a_colleague(f"{name.lower()}@landlord.example", roles=roles, name=name)


def team(name: str, head: StaffMember | None, *services: str) -> Team:
    made = Team(name=name, head=head, services=list(services))
    db.session.add(made)
    db.session.commit()
    return made


def away(who: StaffMember, deputy: StaffMember | None = None, at: datetime = MONDAY_NOON) -> None:
    db.session.add(
        Absence(
            staff_member=who, away_from_on=MONDAY, back_on=NEXT_MONDAY, deputy=deputy, recorded_by="x", recorded_at=at
        )
    )
    db.session.commit()


def a_complaint(service: str = "repairs", **different: object) -> Case:
    return an_opened_case(answers=answers(service=service), **different)


def name_of(case: Case) -> str | None:
    return case.handler.name if case.handler else None


class TestLiveWest:
    """A named colleague of the complaints team at once, whatever the complaint is about."""

    def test_the_complaints_team_and_the_case_knows_whose_service_it_is(self, sqlite_app: Flask) -> None:
        head = colleague("Dewi", "manager")
        colleague("Priya", "complaints-team")
        repairs = team("Repairs", head, "repairs")
        case = a_complaint()
        assert (name_of(case), case.team) == ("Priya", repairs)

    def test_what_no_team_does_is_the_handlers_teams(self, sqlite_app: Flask) -> None:
        priya = colleague("Priya", "complaints-team")
        priya.team = team("Complaints", None)
        db.session.commit()
        assert a_complaint("moving").team.name == "Complaints"

    def test_whoever_is_away_gets_nothing_while_a_colleague_is_at_work(self, sqlite_app: Flask) -> None:
        priya, _gareth = colleague("Priya", "complaints-team"), colleague("Gareth", "complaints-team")
        away(priya, colleague("Leila", "manager"))
        assert [name_of(a_complaint()) for _ in range(2)] == ["Gareth", "Gareth"]

    def test_with_all_of_the_team_away_the_deputy(self, sqlite_app: Flask) -> None:
        away(colleague("Priya", "complaints-team"), colleague("Leila", "officer"))
        assert name_of(a_complaint()) == "Leila"

    def test_a_deputy_who_may_not_see_it_does_not_get_it(self, sqlite_app: Flask) -> None:
        away(colleague("Sam", "officer"), colleague("Kim", "advisor"))
        colleague("Grace", "manager")
        assert name_of(an_opened_case(kind="antisocial-behaviour")) == "Grace"

    def test_where_everybody_is_away_the_tenant_still_has_a_name(self, sqlite_app: Flask) -> None:
        away(colleague("Priya", "complaints-team"))
        assert name_of(a_complaint()) == "Priya"


class TestLivv:
    """The manager of the team that the complaint is about."""

    @pytest.fixture(autouse=True)
    def _livv(self, make_app: MakeApp) -> object:
        app = make_app(landlord="livv")
        with app.app_context():
            yield app
            db.session.rollback()

    def test_the_head_of_the_team_concerned(self) -> None:
        colleague("Priya", "complaints-team")
        grace, dewi = colleague("Grace", "manager"), colleague("Dewi", "manager")
        team("Neighbourhoods", grace, "neighbourhood")
        team("Repairs", dewi, "repairs", "damp-and-mould")
        assert [name_of(a_complaint(about)) for about in ("repairs", "neighbourhood", "damp-and-mould")] == [
            "Dewi", "Grace", "Dewi",
        ]  # fmt: skip

    def test_the_heads_deputy_before_another_manager(self) -> None:
        dewi = colleague("Dewi", "manager")
        colleague("Grace", "manager")
        team("Repairs", dewi, "repairs")
        away(dewi, colleague("Sam", "officer"))
        assert name_of(a_complaint()) == "Sam"

    def test_without_a_deputy_another_manager(self) -> None:
        dewi = colleague("Dewi", "manager")
        colleague("Grace", "manager")
        team("Repairs", dewi, "repairs")
        away(dewi)
        assert name_of(a_complaint()) == "Grace"

    def test_without_any_manager_the_complaints_team(self) -> None:
        colleague("Priya", "complaints-team")
        assert name_of(a_complaint()) == "Priya"


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
class TestStageTwo:
    @pytest.fixture(autouse=True)
    def _app(self, make_app: MakeApp, landlord: str) -> object:
        app = make_app(landlord=landlord)
        with app.app_context():
            yield app
            db.session.rollback()

    def chosen(self, case: Case) -> str | None:
        found = choose_for_stage_2(case, current_landlord(), MONDAY_NOON)
        return found.name if found else None

    def test_a_senior_colleague_who_took_no_part_and_has_least_to_do(self, landlord: str) -> None:
        grace, dewi, nadia = (
            colleague(name, role) for name, role in (("Grace", "manager"), ("Dewi", "manager"), ("Nadia", "reviewer"))
        )
        colleague("Priya", "complaints-team")
        case = a_complaint()
        name_handler(case, grace, MONDAY_NOON)
        name_handler(a_complaint(), dewi, MONDAY_NOON)
        db.session.commit()
        assert self.chosen(case) == "Nadia"
        take_part(case, nadia, 1, "contacted", MONDAY_NOON)
        assert self.chosen(case) == "Dewi"
        away(dewi, nadia)
        assert self.chosen(case) == "Dewi", "a deputy who took part cannot stand in"

    def test_nobody_where_all_seniors_took_part(self, landlord: str) -> None:
        grace = colleague("Grace", "manager")
        colleague("Priya", "complaints-team")
        case = a_complaint()
        take_part(case, grace, 1, "contacted", MONDAY_NOON)
        assert self.chosen(case) is None

    def test_a_restricted_complaint_only_to_who_may_read_it(self, landlord: str) -> None:
        colleague("Nadia", "reviewer")
        colleague("Priya", "complaints-team")
        case = a_complaint(is_restricted=True)
        assert self.chosen(case) is None
        colleague("Grace", "manager")
        assert self.chosen(case) == "Grace"
