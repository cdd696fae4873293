"""How long names and words are kept: never a day too few, never under a hold; then nobody is known, and counts stay."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import JSON, String, Text, inspect, text
from sqlalchemy.exc import DatabaseError

from app.antisocial_behaviour.models import Report, RiskReview
from app.call_backs.models import CallBack
from app.call_backs.retention import sweep as sweep_call_backs
from app.cases import closing, retention
from app.cases.actions import add_event
from app.cases.casework_models import (
    Appointment,
    CaseAction,
    CaseDraft,
    CaseLink,
    Conversation,
    HandOver,
    IdentityCheck,
    LegalHold,
    NeedsOverride,
    Participation,
)
from app.cases.changes import ALL, end_promises
from app.cases.clock import LONDON
from app.cases.models import Case
from app.complaints.casework import file_of
from app.complaints.models import ComplaintPoint, Learning, OmbudsmanReferral, Refusal, Remedy
from app.dispatch.actions import queue_words
from app.extensions import db, start_writing
from app.feedback.models import SuggestionDecision
from app.formats import Choice
from app.interpreters.models import IncomingTranslation, InterpreterRequest
from app.landlords.standards import current_landlord
from app.letters.actions import made_file, path_of
from app.letters.models import Letter, LetterDraft, LetterDraftVersion, TranslatedWords, Translation
from app.measures.models import QualityCheck
from app.uploads.models import Upload
from tests.builders import a_case, a_colleague, answers, person
from tests.conftest import MakeApp
from tests.tracking.following import a_case_that_came

WHO = "sam.field@landlord.example"
YEARS = {"complaint": 6, "enquiry": 2}
CLOSED = datetime(2025, 3, 4, 10, 0, tzinfo=UTC)
LONG_AFTER = datetime(2040, 1, 1, tzinfo=UTC)
MARK = "zebediah"


@examples(max_examples=60)
@given(
    closed_at=st.datetimes(timezones=st.just(UTC), max_value=datetime(2060, 1, 1), min_value=datetime(2000, 1, 1)),  # noqa: DTZ001
    days=st.integers(-4000, 4000),
    kind=st.sampled_from(sorted(YEARS)),
    is_held=st.booleans(),
)
def test_nothing_is_anonymised_before_its_day_or_under_a_hold(
    closed_at: datetime, days: int, kind: str, is_held: bool
) -> None:
    closed_on = closed_at.astimezone(LONDON).date()
    on = closed_on + timedelta(days=days)
    may = retention.may_be_anonymised(kind, closed_at, YEARS, on, is_held=is_held)
    whole_years = on.year - closed_on.year - ((on.month, on.day) < (closed_on.month, closed_on.day))
    assert may == (not is_held and whole_years >= YEARS[kind])
    assert not retention.may_be_anonymised(kind, None, YEARS, on, is_held=is_held), "it is open"


def test_of_a_leap_day_the_anniversary_is_the_day_after() -> None:
    assert retention.kept_until(datetime(2024, 2, 29, 12, tzinfo=UTC), 1) == date(2025, 3, 1)
    assert retention.kept_until(datetime(2024, 2, 29, 12, tzinfo=UTC), 4) == date(2028, 2, 29)


def closed_case(kind: str = "complaint", at: datetime = CLOSED, **different: object) -> Case:
    case = a_case_that_came(kind, at=at - timedelta(days=20), person=person(name=f"Anna {MARK}"), **different)
    start_writing()
    end_promises(case, ALL, at, WHO, "withdrawn")
    if kind == "complaint":
        file_of(case).withdrawn_at = at
    closing.close(case, "withdrawn", at, WHO)
    db.session.commit()
    return case


def an_old_case(kind: str, reference: str, at: datetime = CLOSED, **different: object) -> Case:
    """Closed, and with nothing around it."""
    closed = {"status": "closed", "closed_at": at, "closed_because": "answered", "landlord": current_landlord().key}
    return a_case(**{"kind": kind, "reference": reference, **closed, **different})


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_the_sweep_takes_each_kind_on_its_day_and_no_earlier(make_app: MakeApp, landlord: str) -> None:
    with make_app(landlord=landlord).app_context():
        complaint, enquiry = an_old_case("complaint", "K7M4QX9T"), an_old_case("enquiry", "M9TK7M4Q")
        held = an_old_case("suggestion", "QX9TK7M4")
        retention.hold(held, "A claim at court", CLOSED, WHO)
        db.session.commit()
        years = {one.key: one.years for one in current_landlord().retention}
        for case in (enquiry, complaint):
            day = datetime(2025 + years[case.kind], 3, 4, 8, 0, tzinfo=UTC)
            retention.sweep(day - timedelta(days=1))
            db.session.expire_all()
            assert case.anonymised_at is None
            assert retention.sweep(day) == 1
            db.session.expire_all()
            assert case.anonymised_at == day
        assert held.anonymised_at is None
        start_writing()
        retention.lift(held, CLOSED, WHO)
        db.session.commit()
        assert retention.sweep(LONG_AFTER) == 1


def test_a_case_that_was_opened_again_is_kept(sqlite_app: Flask) -> None:
    case = an_old_case("enquiry", "K7M4QX9T")
    closing.reopen(case, CLOSED, WHO, "new-information")
    db.session.commit()
    assert retention.sweep(LONG_AFTER) == 0
    assert case.anonymised_at is None


# Columns of text that stay: keys and counts of ours, colleagues. Every other is emptied, or its row is removed.
KEPT = {
    "case": {"reference", "landlord", "kind", "status", "language", "hazard", "closed_because"},
    "tenant": {"who", "language"},
    "communication_needs": {
        "letter_format",
        "contact_channel",
        "safe_ways",
        "recorded_by",
        "paper_colour",
        "speaking_rate",
    },
    "contact": {"channel", "purpose", "addressee", "language", "recorded_by"},
    "promise": {"standard", "regime", "unit", "source", "working"},
    "promise_change": {"what", "who", "working_before"},
    "event": {"what", "who"},
    "participation": {"how"},
    "appointment": {"words_language", "who_comes", "comes_for", "made_by", "cancelled_by"},
    "case_action": {"agreed_by", "done_by"},
    "conversation": {"channel", "who"},
    "hand_over": {"who", "channel"},
    "identity_check": {"who", "answers"},  # right, wrong or not asked
    "case_link": {"how", "who"},
    "legal_hold": {"who", "lifted_by"},
    "needs_override": {"who", "needs"},
    "complaint_file": {"kind_of_complaint", "triage", "triaged_by", "defined_by", "written_in"},
    "complaint_stage": {"decision", "late_taken_by", "contacted_by"},
    "complaint_point": {"decision", "raised_by", "answered_by"},
    "remedy": {"kind", "offered_by"},
    "learning": {"service", "recorded_by"},
    "refusal": {"ground", "who"},
    "ombudsman_referral": {"recorded_by"},
    "letter": {"name", "language", "title"},
    "message": {"channel", "state", "format", "message_id", "language", "unmet"},
    "antisocial_behaviour_report": {"risk_band", "hate_strands"},
    "risk_review": {"band", "who"},
    "suggestion_decision": {"decision", "theme", "who", "public_words"},
    "quality_check": {"month", "seed", "answers"},
    "interpreter_request": {
        "way",
        "purpose",
        "source",
        "asked_by",
        "state",
        "service",
        "booked_by",
        "ended_by",
        "because",
    },
    "incoming_translation": {"state", "asked_by", "ended_by"},
}
REMOVED = {
    "trait",
    "case_draft",
    "upload",
    "letter_file",
    "translated_words",
    "letter_draft",
    "letter_draft_version",
}  # rows of these


def tables_of_a_case() -> dict[str, list[str]]:
    """Every table whose rows lead to a case, and its columns that can hold words."""
    found = {"case", "tenant", "communication_needs"}
    while more := {
        name
        for name, table in db.metadata.tables.items()
        if name not in found and {key.column.table.name for key in table.foreign_keys} & (found - {"tenant"})
    }:
        found |= more
    return {
        name: [one.name for one in db.metadata.tables[name].columns if isinstance(one.type, String | Text | JSON)]
        for name in found
    }


def a_row_in_every_table(case: Case) -> None:
    """Whatever can stand in a case, at least once."""
    colleague, other = a_colleague(), closed_case("enquiry")
    file, at = file_of(case), CLOSED
    told = {"who": WHO, "at": at, "case_id": case.id}
    db.session.add_all(
        [
            Participation(case_id=case.id, staff_member_id=colleague.id, stage=1, how="handled", at=at),
            CaseAction(case_id=case.id, words=MARK, due_on=at.date(), agreed_at=at, agreed_by=WHO),
            Conversation(**told, channel="phone", summary=MARK, agreed=[{"words": MARK}]),
            HandOver(**told, colleague_id=colleague.id, channel="phone", note=MARK),
            IdentityCheck(**told, tenant_id=case.tenant_id, answers={}, has_passed=True),
            CaseLink(case=other, other=case, how="related", at=at),
            LegalHold(**told, reason=MARK, lifted_at=at, lifted_by=WHO),
            NeedsOverride(**told, needs=["format"], reason=MARK),
            CaseDraft(case_id=case.id, page="answer", given={"words": MARK}, saved_at=at, who=WHO),
            Remedy(case_id=case.id, stage=1, kind="apology", words=MARK, offered_at=at, offered_by=WHO),
            ComplaintPoint(case_id=case.id, stage=1, words=MARK, raised_at=at, raised_by=WHO, answer=MARK, basis=MARK),
            Learning(case_id=case.id, words=MARK, may_be_published=False, recorded_at=at, recorded_by=WHO),
            Refusal(case_id=case.id, stage=1, ground="at-court", evidence=MARK, reasons=MARK, at=at, who=WHO),
            OmbudsmanReferral(case_id=case.id, referred_on=at.date(), decision=MARK, recorded_at=at, recorded_by=WHO),
            Report(case_id=case.id, risk_band="high", risk_points=9, risk_working=[{"answer": MARK}], hate_strands=[]),
            SuggestionDecision(**told, decision="will-do", theme="repairs", why=MARK),
            InterpreterRequest(
                case_id=case.id, language=MARK, source="form", asked_at=at, due_at=at, service="A firm", note=MARK
            ),
            IncomingTranslation(case_id=case.id, what=MARK, language=MARK, asked_at=at, asked_by=WHO, words=MARK),
            QualityCheck(case_id=case.id, month="2025-03", drawn_at=at, seed="1", notes=MARK),
            Upload(
                name="a" * 48, contact_id=case.contacts[0].id, shown_name=MARK, kind="photo", media_type="image/jpeg",
                size=1, sha256="0", state="clean", try_at=at, uploaded_at=at,
            ),
        ]
    )  # fmt: skip
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id)).first()
    words = Translation(sha256="0", source_language="en", language="cy", source=MARK, wanted_at=at, version=1)
    db.session.add(TranslatedWords(letter=letter, translation=words))
    saved = {"words_language": "en", "given": {"words": MARK}, "saved_at": at, "saved_by": WHO}
    draft = LetterDraft(case_id=case.id, name="letter", started_at=at, started_by=WHO, **saved)
    draft.versions = [LetterDraftVersion(number=1, **saved)]
    db.session.add(draft)
    visit = Appointment(
        case_id=case.id, purpose=MARK, words_language="en", begins_at=at, ends_at=at + timedelta(hours=1)
    )
    visit.who_comes, visit.comes_for, visit.made_at, visit.made_by = "Ada Byron", "A firm", at, WHO
    db.session.add(visit)
    db.session.flush()
    db.session.add(RiskReview(**told, band="high", reasons=MARK, next_on=at.date()))
    file.stages[0].findings = file.definition = file.tenants_say = MARK
    add_event(case, "message_failed", at, reason=f"550 <{MARK}@example.org>: no such mailbox")
    add_event(case, "point_changed", at, before=MARK, stage=1)  # one word of somebody's
    queue_words(WHO, MARK, MARK, "en", at, case=case)
    db.session.commit()


def test_nobody_can_be_known_afterwards_and_counts_stay(app: Flask) -> None:
    """Whatever table a later change adds to a case: its words are emptied, or this test asks why they stay."""
    case = closed_case()
    a_row_in_every_table(case)
    mark_all_words(case)
    file, code = a_file_of(case), case.return_code or "none"
    before = counts()
    closed_twice = 2  # and the one that it is linked with
    order_of_the_name = case.sort_name
    assert where_it_says(order_of_the_name) == ["case"]
    assert set(where_it_says(MARK)) >= {"tenant", "contact", "letter", "message", "complaint_file", "event"}
    assert retention.sweep(LONG_AFTER) == closed_twice
    db.session.expire_all()
    assert not file.exists()
    for gone in (MARK, "07700 900123", "High Street", "The lift has been broken", code, order_of_the_name):
        assert where_it_says(gone) == [], gone
    after = counts()
    assert {name: after[name] for name in REMOVED} == dict.fromkeys(REMOVED, 0)
    assert {name: number for name, number in after.items() if name not in REMOVED | {"event"}} == {
        name: number for name, number in before.items() if name not in REMOVED | {"event"}
    }
    assert (case.kind, case.stage, case.closed_because) == ("complaint", 1, "withdrawn")
    assert {event.what for event in case.events} >= {"case_opened", "case_closed", "anonymised"}


def mark_all_words(case: Case) -> None:
    """Write the mark into every column of words that is not kept. A table without a row fails: nobody thought of it."""
    in_json = f'{{"typed": "{MARK}"}}'
    for name, columns in tables_of_a_case().items():
        assert db.session.scalar(text(f'SELECT count(*) FROM "{name}"')), f"{name} needs a row in this test"
        if name in REMOVED | {"event", "case"}:
            continue
        types = {column.name: column.type for column in db.metadata.tables[name].columns}
        for column in set(columns) - KEPT[name]:
            value = in_json if isinstance(types[column], JSON) else MARK
            where = f" WHERE id = {case.id}" if name == "case" else ""
            db.session.execute(text(f'UPDATE "{name}" SET {column} = :value{where}'), {"value": value})
    db.session.commit()
    db.session.expire_all()


def a_file_of(case: Case) -> Path:
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id, Letter.name == "receipt")).one()
    letter.body = f"<p>{MARK}</p>"
    db.session.commit()
    return path_of(made_file(letter, "text", Choice(), CLOSED))


def counts() -> dict[str, int]:
    return {name: db.session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in tables_of_a_case()}


def where_it_says(words: str) -> list[str]:
    """The tables of the whole database in which these words stand."""
    names = [name for name in inspect(db.engine).get_table_names() if not name.startswith("case_words_")]
    return [name for name in names if words in str(db.session.execute(text(f'SELECT * FROM "{name}"')).all())]


def test_a_tenant_with_another_case_keeps_their_data_until_that_one_ends(sqlite_app: Flask) -> None:
    case = an_old_case("enquiry", "M9TK7M4Q")
    other = a_case(tenant=case.tenant)
    assert retention.sweep(LONG_AFTER) == 1
    db.session.expire_all()
    assert case.tenant.name == "Anna Nowak"
    assert case.contacts[0].answers == {}
    assert (other.contacts[0].answers, other.tenant.anonymised_at) == (answers(), None)


def test_a_joined_case_is_kept_as_long_as_the_one_that_it_was_joined_to(sqlite_app: Flask) -> None:
    case, main = an_old_case("enquiry", "K7M4QX9T"), a_case(reference="M9TK7M4Q")
    db.session.add(CaseLink(case=case, other=main, how="joined", at=CLOSED))
    db.session.commit()
    assert retention.sweep(LONG_AFTER) == 0
    main.status, main.closed_at = "closed", CLOSED
    db.session.commit()
    assert [retention.sweep(LONG_AFTER), retention.sweep(LONG_AFTER)] == [1, 1]


def test_of_an_anonymised_case_the_history_still_says_what_happened(app: Flask) -> None:
    case = an_old_case("enquiry", "K7M4QX9T")
    add_event(case, "case_opened", CLOSED)
    db.session.commit()
    assert retention.sweep(LONG_AFTER) == 1
    for change in ("what = 'nothing'", "who = 'somebody'", "case_id = case_id + 1"):
        with pytest.raises(DatabaseError, match="never changed"):
            db.session.execute(text(f"UPDATE event SET {change}"))
        db.session.rollback()


def test_a_request_for_a_call_back_is_anonymised_a_year_after_it(sqlite_app: Flask) -> None:
    slot = datetime(2025, 3, 4, 10, tzinfo=UTC)
    call_back = CallBack(
        reference="K7M4QX9T", landlord="livewest", name=MARK, phone="07700 900123", about=MARK, language="en",
        slot_at=slot, slot_ends_at=slot + timedelta(hours=1), asked_at=slot, placed_at=slot, ended_at=slot,
        state="called", key="x",
    )  # fmt: skip
    db.session.add(call_back)
    db.session.commit()
    assert sweep_call_backs(datetime(2026, 3, 3, 23, 30, tzinfo=UTC)) == 0
    assert sweep_call_backs(datetime(2026, 3, 4, 0, 30, tzinfo=UTC)) == 1
    assert where_it_says(MARK) == []
    assert (call_back.asked_at, call_back.ended_at, call_back.state) == (slot, slot, "called")
    assert sweep_call_backs(LONG_AFTER) == 0


def test_the_command_prints_first_and_anonymises_when_told(sqlite_app: Flask) -> None:
    case = an_old_case("enquiry", "K7M4QX9T", datetime(2023, 3, 4, tzinfo=UTC))
    later = an_old_case("suggestion", "M9TK7M4Q", datetime.now(UTC) - timedelta(days=365 * 2 - 9))
    run = sqlite_app.test_cli_runner().invoke
    shown = run(args=["cases", "retention", "--dry-run"]).output
    assert f"2025-03-04  {case.reference}  enquiry\n1 cases\n" == shown
    assert later.reference in run(args=["cases", "retention", "--dry-run", "--within", "30"]).output
    db.session.expire_all()
    assert case.anonymised_at is None
    assert run(args=["cases", "retention"]).output == "1 cases anonymised\n"
    db.session.expire_all()
    assert (case.anonymised_at is None, later.anonymised_at) == (False, None)
