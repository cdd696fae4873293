"""What colleagues do with a complaint at stage 1, and our answer: what each act changes, and what stands against it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from sqlalchemy.exc import DBAPIError

from app.caseload.actions import write_again
from app.cases import case_actions, closing
from app.cases.actions import NotIndependent, name_handler
from app.cases.models import Case
from app.cases.promises import letter_went_out, make_for_hazard
from app.complaints import answering, points, stage_one
from app.complaints.casework import file_of, standing_of
from app.complaints.models import ComplaintStage
from app.complaints.stages import NotAllowed
from app.extensions import db, start_writing
from app.formats.document import parse, text_of
from app.landlords.standards import current_landlord
from app.letters.compose import compose
from app.letters.lacks import LetterLacks
from app.letters.models import Letter
from app.letters.setting_out import set_out
from app.staff.models import StaffMember
from tests.complaints.casework import a_complaint, a_complaint_ready_for_its_answer, answered, now, somebody
from tests.conftest import MakeApp

CONTACT, RESPONSE = "complaint.stage_1_contact", "complaint.stage_1_response"


def words_of(body: str) -> str:
    return " ".join(html.fromstring(f"<main>{body}</main>").text_content().split())


def open_promises(case: Case) -> set[str]:
    return {f"{one.standard} {one.regime}" for one in case.promises if one.is_open}


def happened(case: Case) -> list[str]:
    return [event.what for event in case.events]


def reasons(act: Callable[[], Any]) -> set[str]:
    with pytest.raises(NotAllowed) as refused:
        act()
    return set(refused.value.reasons)


def test_a_service_request_ends_what_we_promised_a_complaint_and_the_laws_times_go_on(sqlite_app: Flask) -> None:
    case, who = a_complaint()
    start_writing()
    case.hazard = "damp-and-mould"
    make_for_hazard(case, current_landlord(), now())
    before = open_promises(case)
    with pytest.raises(stage_one.NothingSaid):
        stage_one.triage(case, "service-request", now(), who, tenants_say=" ", tenant_agrees=True)
    assert stage_one.triage(case, "service-request", now(), who, tenants_say="A complaint, please.") == "complaint"
    assert open_promises(case) == before, "without the tenant's yes nothing falls away"
    assert stage_one.triage(case, "service-request", now(), who, tenants_say="Just mend it.", tenant_agrees=True)
    assert open_promises(case) == {one for one in before if one.endswith(" law")} != set()
    assert {"service-request"} <= reasons(lambda: points.list_point(case, "The lift.", now(), who))
    assert stage_one.triage(case, "complaint", now(), who, tenants_say="Now I complain.") == "complaint"
    assert open_promises(case) == before, "each counts again"


def test_a_closed_service_request_is_an_open_complaint_when_the_tenant_says_so(sqlite_app: Flask) -> None:
    case, who = a_complaint(days_ago=30)
    start_writing()
    stage_one.triage(case, "service-request", now(), who, tenants_say="Just mend it.", tenant_agrees=True)
    closing.close(case, "service-request-done", now(), who.email)
    stage_one.take_as_complaint(case, now(), who)
    assert (case.status, standing_of(case).triage) == ("open", "complaint")
    again = [one for one in case.promises if one.standard == "complaint.acknowledge"]
    assert all(one.is_open and one.due_at > now() and one.changes[-1].what == "recounted" for one in again)
    events = happened(case)
    stage_one.take_as_complaint(case, now())
    assert happened(case) == events, "saying it twice changes nothing"


def test_nothing_is_answered_before_all_that_the_code_asks_for_is_done(make_app: MakeApp) -> None:
    """Each reason once, in the order in which they fall away."""
    with make_app("livv").app_context():
        case, who = a_complaint()
        start_writing()
        case.handler = None
        against = {"nobody-handles-it", "not-defined", "not-acknowledged", "no-points-listed", "no-remedy"}
        against |= {"tenant-not-contacted"}  # this landlord promises that (V09)

        def now_against() -> set[str]:
            return set(answering.against_answering(case, "upheld"))

        assert reasons(lambda: answering.answer(case, "upheld", "Why.", now(), who)) == now_against() == against
        name_handler(case, who, now())
        assert now_against() == against - {"nobody-handles-it"}
        letter_went_out(case, current_landlord(), "acknowledgement", now())
        stage_one.define(case, "The lift.", now(), who)
        assert now_against() == {"no-points-listed", "no-remedy", "tenant-not-contacted"}
        stage_one.record_contact(case, "phone", "We talked.", now(), who)
        assert now_against() == {"no-points-listed", "no-remedy"}
        point = points.list_point(case, "The lift is broken.", now(), who)
        assert now_against() == {"points-without-answer", "no-remedy", answering.NOT_FITTING}
        points.answer_point(case, point, "not-upheld", "It was not.", "Our log.", now(), who)
        assert now_against() == {"no-remedy", answering.NOT_FITTING}
        points.answer_point(case, point, "partly-upheld", "It was, for a day.", "Our log.", now(), who)
        assert set(answering.against_answering(case, "not-upheld")) == {"no-remedy", answering.NOT_FITTING}
        assert now_against() == {"no-remedy"}
        points.offer_remedy(case, "apology", "We are sorry.", now(), who)
        assert now_against() == set()
        answering.answer(case, "upheld", "Why.", now(), who)
        assert now_against() == {"answered-already"}


def test_keeping_in_touch_is_a_promise_that_talking_keeps(make_app: MakeApp) -> None:
    """V09: and no other promise is kept by it."""
    with make_app("livv").app_context():
        case, who = a_complaint()
        start_writing()
        before = open_promises(case)
        talk = stage_one.record_contact(case, "visit", "I saw the lift.", now(), who)
        assert before - open_promises(case) == {f"{CONTACT} landlord"}
        assert (talk.summary, file_of(case).stages[0].contacted_by) == ("I saw the lift.", who.email)
        with pytest.raises(stage_one.NothingSaid):
            stage_one.record_contact(case, "visit", "  ", now(), who)


def test_putting_right_at_once_closes_nothing_and_keeps_no_answer(sqlite_app: Flask) -> None:
    """V07, L33."""
    case, who = a_complaint()
    start_writing()
    before = open_promises(case)
    letter = stage_one.record_there_and_then(case, "The lift runs again.", now(), who)
    letter_went_out(case, current_landlord(), letter.name, now())
    assert (open_promises(case), case.status) == (before, "open")
    words = words_of(letter.body)
    assert "The lift runs again." in words
    assert "We are still looking into your complaint, and we will still answer it." in words
    assert "If everything is put right and you want no answer any more, please tell us. Only you can say so" in words
    parse(letter.body, "en")


def test_the_acknowledgement_says_our_understanding_once_there_is_one(sqlite_app: Flask) -> None:
    case, who = a_complaint()
    start_writing()
    assert "In our own words" not in words_of(write_again(case, now()).body)
    stage_one.define(case, "The lift stood still.", now(), who, outcomes_sought="That it runs.", written_in="cy")
    body = write_again(case, now()).body
    assert '<span lang="cy">The lift stood still.</span>' in body
    words = words_of(body)
    assert "We would like to agree this with you." in words
    assert "As we understood it, this would put things right: That it runs." in words
    assert "Kim Lee is dealing with your complaint." in words
    stage_one.define(case, "The lift stood still.", now(), who, is_agreed=True)
    assert "We would like to agree this with you." not in words_of(write_again(case, now()).body)


@pytest.mark.parametrize(("landlord", "until"), [("livewest", "no last day"), ("livv", "within 28 days")])
def test_the_answer_holds_all_that_it_must_and_keeps_the_promise_when_it_goes_out(
    make_app: MakeApp, landlord: str, until: str
) -> None:
    with make_app(landlord).app_context():
        case, who = a_complaint_ready_for_its_answer()
        answered(case, who)
        stage = file_of(case).stages[0]
        letter = db.session.get_one(Letter, stage.letter_id)
        parse(letter.body, "en")
        words = words_of(letter.body)
        for item in (
            "called stage 1", "The lift did not work for three weeks.", "A working lift.",
            "We agree with your complaint.",
            "We were too slow.", "The part was late.", "The lift is broken.", "We agree with you about this.",
            "It was broken.", "Our repairs policy, part 4.", "We offer you £150.50.",
            "We fit a new motor. We do this by",
            "Kim Lee makes sure that it is done.", "This is called stage 2.", until, "0300 111 3000", case.reference,
        ):  # fmt: skip
            assert item in words, item
        assert f"{RESPONSE} code" in open_promises(case), "written is not sent"
        letter_went_out(case, current_landlord(), letter.name, now())
        assert not any(one.startswith(RESPONSE) for one in open_promises(case))
        given = dict(letter.given or {})
        for item in ("complaint_definition", "decision", "reasons", "points", "remedies"):
            with pytest.raises(LetterLacks):
                compose(case, letter.name, current_landlord(), given={**given, item: None})
        without_basis = [{**given["points"][0], "basis": ""}]
        with pytest.raises(LetterLacks, match="good practice"):
            compose(case, letter.name, current_landlord(), given={**given, "points": without_basis})
        assert reasons(lambda: points.list_point(case, "More.", now(), who)) == {"answered-already"}
        assert reasons(lambda: answering.draft_answer(case, "upheld", "x", now(), who)) == {"answered-already"}
        assert reasons(lambda: stage_one.define(case, "x", now(), who)) == {"answered-already"}


def test_only_roles_that_answer_complaints_decide(sqlite_app: Flask) -> None:
    case, _colleague = a_complaint_ready_for_its_answer()
    for role in ("advisor", "officer"):
        with pytest.raises(answering.MayNotDecide):
            answering.answer(case, "upheld", "Why.", now(), somebody(f"{role}@landlord.example", role))


def at_stage_2(case: Case) -> StaffMember:
    """As far as it must be for its answer; gives the colleague who took no part in stage 1."""
    other = somebody("mo.reed@landlord.example", "reviewer", name="Mo Reed")
    case.stage, case.handler = 2, None
    file_of(case).stages.append(ComplaintStage(number=2, began_at=now()))
    db.session.flush()
    name_handler(case, other, now())
    return other


def test_nobody_who_took_part_in_stage_1_answers_at_stage_2(app: Flask) -> None:
    """Code 6.13: neither by the acts, nor by writing into the tables."""
    case, who = a_complaint_ready_for_its_answer()
    answered(case, who)
    start_writing()
    other = at_stage_2(case)
    point = points.list_point(case, "Still broken.", now(), who)
    for act in (
        lambda: points.answer_point(case, point, "upheld", "Yes.", "Our policy.", now(), who),
        lambda: answering.draft_answer(case, "upheld", "Yes.", now(), who),
        lambda: points.refuse_if_not_independent(case, who),
    ):
        with pytest.raises(NotIndependent):
            act()
    points.answer_point(case, point, "upheld", "Yes.", "Our policy.", now(), other)
    answering.draft_answer(case, "upheld", "Yes.", now(), other)
    db.session.commit()
    stage = file_of(case).stages[1]
    stage.decided_by = who
    with pytest.raises(DBAPIError, match="stage"):
        db.session.commit()
    db.session.rollback()


def test_actions_are_followed_after_the_answer(sqlite_app: Flask) -> None:
    case, who = a_complaint_ready_for_its_answer()
    answered(case, who)
    start_writing()
    other, today = somebody("mo.reed@landlord.example", name="Mo Reed"), now().date()
    late = points.agree_action(case, "We ring you.", who, today - timedelta(days=1), now(), who)
    assert case_actions.is_overdue(late, today)
    assert not case_actions.is_overdue(late, today - timedelta(days=1))
    motor = next(one for one in case_actions.actions_of(case) if one is not late)
    case_actions.hand_on(motor, other, now(), who)
    case_actions.move_action(motor, today + timedelta(days=20), now(), who)
    assert standing_of(case).actions_open == 2
    with pytest.raises(case_actions.NoReason):
        case_actions.drop_action(late, " ", now(), who)
    case_actions.drop_action(late, "They rang us.", now(), who)
    case_actions.mark_done(motor, now(), other)
    for act in (lambda: case_actions.mark_done(late, now(), who), lambda: case_actions.hand_on(motor, who, now(), who)):
        with pytest.raises(case_actions.ActionIsOver):
            act()
    assert standing_of(case).actions_open == 0
    wanted = ["action_agreed", "action_handed_on", "action_moved", "action_dropped", "action_done"]
    assert [what for what in happened(case) if what.startswith("action")][1:] == wanted


def test_points_and_remedies_are_taken_off_until_the_answer_is_written(sqlite_app: Flask) -> None:
    case, who = a_complaint_ready_for_its_answer()
    start_writing()
    twice = points.list_point(case, "Twice.", now(), who)
    points.change_point(case, twice, "Listed twice.", now(), who)
    points.take_off_point(case, twice, now(), who)
    points.take_off_remedy(case, file_of(case).remedies[0], now(), who)
    assert (standing_of(case).points, standing_of(case).remedies) == (1, 0)
    sorry = points.offer_remedy(case, "apology", "We are sorry.", now(), who)
    for kind, pence in (("money", None), ("apology", 100), ("money", 0)):
        with pytest.raises(points.NotMoney):
            points.offer_remedy(case, kind, "For you.", now(), who, pence=pence)
    answered(case, who)
    points.remedy_was_given(case, sorry, now(), who)
    assert sorry.done_at
    assert reasons(lambda: points.take_off_remedy(case, sorry, now(), who)) == {"answered-already"}


@pytest.mark.parametrize(
    ("written", "pence"),
    [("150", 15000), ("£150.50", 15050), (" 1,250.05 ", 125005), ("£ 100,000", 10_000_000), ("0.01", 1)],
)
def test_an_amount_is_read_as_people_write_it(written: str, pence: int) -> None:
    assert points.pence_from(written) == pence


@pytest.mark.parametrize("written", ["", "0", "0.00", "-5", "1.5", "1,50", "12 50", "a lot", "100000.01", "١٥٠", "1e3"])
def test_what_is_no_amount_is_no_money(written: str) -> None:
    with pytest.raises(points.NotMoney):
        points.pence_from(written)


@settings(max_examples=60)
@given(st.text(st.sampled_from("ab <&>\"'-*•1.)\n\té؟"), max_size=60))
def test_what_a_colleague_types_stands_in_the_letter_word_for_word(typed: str) -> None:
    """Lists lose their dashes and numbers, strong words their stars; nothing else is lost, nothing becomes markup."""
    blocks = parse(f"<p>a</p>{set_out(typed, 'cy')}", "en")[1:]
    shown = [
        line
        for block in blocks
        for line in ([text_of(item) for item in block.items] if hasattr(block, "items") else [text_of(block.content)])  # type: ignore[union-attr]
    ]
    wanted = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    assert len(shown) == len(wanted)
    for line, is_shown in zip(wanted, shown, strict=True):
        assert is_shown
        assert line.replace("*", "").endswith(is_shown.replace("*", ""))
