"""Letters that colleagues write: versions, approval, and what is written in the end."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.cases.models import Case
from app.extensions import db, start_writing
from app.landlords.shapes import Approval
from app.landlords.standards import current_landlord
from app.letters import drafts
from app.letters.forgetting import forget
from app.letters.models import Letter, LetterDraft, LetterDraftVersion
from app.letters.unsent import as_it_would_be
from app.staff.actions import find_staff_member
from app.staff.models import StaffMember
from tests.builders import a_colleague
from tests.caseload.desk import a_case_that_came_in

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
GIVEN = {"title": "Your new roof", "words": "We start on Monday.", "words_language": "en"}


@pytest.fixture
def case(sqlite_app: Flask) -> Case:
    return a_case_that_came_in()


def writer() -> StaffMember:
    return somebody("kim@landlord.example")


def somebody(email: str, role: str = "manager") -> StaffMember:
    return find_staff_member(email) or a_colleague(email, roles=(role,))


def begun(case: Case) -> LetterDraft:
    start_writing()
    return drafts.start(case, "letter", GIVEN, "en", AT, writer())


def test_each_saving_is_a_version_that_can_be_taken_up_again(case: Case) -> None:
    draft, who = begun(case), writer()
    assert drafts.save(draft, {**GIVEN, "words": "On Tuesday."}, "en", AT, who, after=1)
    assert not drafts.save(draft, {**GIVEN, "words": "On Tuesday."}, "en", AT, who, after=2), "nothing was changed"
    with pytest.raises(drafts.DraftChanged):
        drafts.save(draft, {**GIVEN, "words": "On Friday."}, "en", AT, who, after=1)
    drafts.take_up(draft, 1, AT, who)
    assert (draft.number, draft.given) == (3, GIVEN)
    assert [one.given["words"] for one in draft.versions] == ["We start on Monday.", "On Tuesday.", GIVEN["words"]]


def test_nobody_approves_their_own_words_nor_without_the_role(case: Case) -> None:
    draft = begun(case)
    with pytest.raises(drafts.NotApproved):
        drafts.issue(draft, AT, writer())
    drafts.ask_for_approval(draft, AT, somebody("asks@landlord.example"))
    for who in ("kim@landlord.example", "asks@landlord.example"):
        with pytest.raises(drafts.MayNotApprove):
            drafts.approve(draft, AT, somebody(who), number=1)
    with pytest.raises(drafts.MayNotApprove):
        drafts.approve(draft, AT, somebody("off@landlord.example", "officer"), number=1)
    drafts.approve(draft, AT, somebody("head@landlord.example"), number=1)
    letter = drafts.issue(draft, AT, writer())
    assert (letter.title, draft.state, draft.letter_id) == ("Your new roof", "issued", letter.id)
    assert "We start on Monday." in letter.body
    with pytest.raises(drafts.DraftIsOver):
        drafts.save(draft, GIVEN, "en", AT, writer(), after=1)


def test_an_approval_is_of_exactly_these_words(case: Case) -> None:
    draft, head = begun(case), somebody("head@landlord.example")
    drafts.ask_for_approval(draft, AT, writer())
    with pytest.raises(drafts.DraftChanged):
        drafts.approve(draft, AT, head, number=7)
    drafts.approve(draft, AT, head, number=1)
    drafts.save(draft, {**GIVEN, "words": "Never."}, "en", AT, writer(), after=1)
    with pytest.raises(drafts.NotApproved):
        drafts.issue(draft, AT, writer())


def test_a_letter_sent_back_says_what_to_change(case: Case) -> None:
    draft, head = begun(case), somebody("head@landlord.example")
    drafts.ask_for_approval(draft, AT, writer())
    assert drafts.waiting_drafts(current_landlord()) == [draft]
    drafts.send_back(draft, "Say which day.", AT, head, number=1)
    assert (draft.state, draft.decision_note) == ("writing", "Say which day.")
    assert drafts.waiting_drafts(current_landlord()) == []
    assert [event.what for event in case.events[-3:]] == ["letter_drafted", "letter_approval_asked", "letter_sent_back"]


def test_without_a_policy_for_it_a_letter_needs_no_approval(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(current_landlord()), "approver_of", lambda self, name: None)
    assert drafts.issue(begun(case), AT, writer()).name == "letter"
    assert Approval("letter", "manager") in current_landlord().approvals


def test_looking_at_a_letter_writes_nothing(case: Case) -> None:
    before = db.session.scalar(db.select(db.func.count(Letter.id)))
    seen = as_it_would_be(case, "letter", GIVEN, AT)
    assert (seen.title, seen.document.recipient[0]) == ("Your new roof", case.tenant.name)
    db.session.commit()
    assert db.session.scalar(db.select(db.func.count(Letter.id))) == before


def test_drafts_go_with_the_words_of_their_case(case: Case) -> None:
    draft = begun(case)
    drafts.save(draft, {**GIVEN, "words": "On Tuesday."}, "en", AT, writer(), after=1)
    forget(case)
    db.session.commit()
    for model in (LetterDraft, LetterDraftVersion):
        assert db.session.scalar(db.select(db.func.count(model.id))) == 0
