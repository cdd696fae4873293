"""What can be done about stage 2, refusals and endings: each act with its form, who may, and what stands against it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload import ending_forms as forms
from app.caseload.actions import may_open
from app.caseload.days import day_from
from app.cases import closing, retention
from app.cases.models import Case
from app.complaints import ends, joining, refusals, stage_two
from app.complaints.casework import file_as_it_is, file_of, standing_of
from app.complaints.models import ComplaintPoint, Learning
from app.complaints.stages import NotAllowed, reasons_against
from app.extensions import db
from app.landlords.standards import current_landlord
from app.reception import closing as closing_with_letter
from app.staff.models import StaffMember

Do = Callable[[Case, Any, datetime, StaffMember], str]
Against = Callable[[Case], tuple[str, ...]]
COMPLAINT = ("complaint",)


@dataclass(frozen=True)
class Act:
    """``may``: a key of roles.MAY, empty for all who work on cases. ``kinds`` () is every kind."""

    title: str
    button: str
    form: type[forms.EndingForm]
    do: Do
    against: Against
    may: str = ""
    kinds: tuple[str, ...] = COMPLAINT
    note: str = ""

    def is_for(self, case: Case) -> bool:
        return not self.kinds or case.kind in self.kinds


def _rule(name: str) -> Against:
    return lambda case: reasons_against(name, standing_of(case))


def _ask(case: Case, form: forms.AskedForm, at: datetime, who: StaffMember) -> str:
    landlord = current_landlord()
    stage_two.ask(case, landlord, at, reasons=form.reasons.data or None, who=who, channel=form.channel.data)
    if case.stage == 1:
        return _("Recorded. Stage 2 begins when our answer at stage 1 has gone out.")
    if case.handler is None:
        return _("Stage 2 has begun. Nobody is free who had no part in stage 1: name somebody.")
    return _("Stage 2 has begun. %(name)s deals with it now.", name=case.handler.name)


def _against_asking(case: Case) -> tuple[str, ...]:
    """Asked once, it is not asked for again: what the tenant adds is a contact like others."""
    is_joined = (stage_two.IS_JOINED,) if joining.joined_to(case) else ()
    is_asked = (ends.WAITS_FOR_STAGE_2,) if stage_two.is_waiting_for_stage_1(case) else ()
    return (*reasons_against("ask_for_stage_2", standing_of(case)), *is_joined, *is_asked)


def _begin(case: Case, form: forms.JustAButton, at: datetime, who: StaffMember) -> str:
    stage_two.begin(case, current_landlord(), at, who)
    return _("Stage 2 has begun.")


def _against_beginning(case: Case) -> tuple[str, ...]:
    waits = () if stage_two.is_waiting_for_stage_1(case) else (stage_two.NOT_WAITING,)
    return (*reasons_against("ask_for_stage_2", standing_of(case)), *waits)


def _take_late(case: Case, form: forms.JustAButton, at: datetime, who: StaffMember) -> str:
    stage_two.take_late_request(case, at, who)
    return _("The late request is taken.")


def _against_taking_late(case: Case) -> tuple[str, ...]:
    is_open = stage_two.is_late_undecided(file_as_it_is(case).stage(2))
    return _rule("refuse_stage_2")(case) + (() if is_open else (stage_two.NOT_LATE,))


def _acknowledge(case: Case, form: forms.JustAButton, at: datetime, who: StaffMember) -> str:
    stage_two.acknowledge(case, at, who)
    return _("The acknowledgement of stage 2 is written. Send it from the overview.")


def _against_acknowledging(case: Case) -> tuple[str, ...]:
    is_late = stage_two.is_late_undecided(file_as_it_is(case).stage(2))
    return _rule("acknowledge_stage_2")(case) + ((stage_two.LATE_NOT_DECIDED,) if is_late else ())


def _refuse(case: Case, form: forms.RefusalForm, at: datetime, who: StaffMember) -> str:
    file_of(case).written_in = form.written_in.data
    refusals.refuse(case, current_landlord(), form.ground.data, form.evidence.data, form.reasons.data, at, who)
    return _("Recorded. The letter that says why is written: send it from the overview.")


def _refuse_stage_2(case: Case, form: forms.RefusalForm, at: datetime, who: StaffMember) -> str:
    file_of(case).written_in = form.written_in.data
    refusals.refuse_stage_2(case, current_landlord(), form.ground.data, form.evidence.data, form.reasons.data, at, who)
    return _("Recorded. The letter that says why is written: send it from the overview.")


def _take_after_all(case: Case, form: forms.JustAButton, at: datetime, who: StaffMember) -> str:
    refusals.take_after_all(case, current_landlord(), at, who)
    return _("The complaint is taken. Its promises count from now.")


def _take_stage_2(case: Case, form: forms.JustAButton, at: datetime, who: StaffMember) -> str:
    refusals.take_stage_2_after_all(case, current_landlord(), at, who)
    return _("Stage 2 is taken. Its promises count from now.")


def _withdraw(case: Case, form: forms.WithdrawalForm, at: datetime, who: StaffMember) -> str:
    ends.withdraw(case, form.words.data, form.channel.data, at, who)
    if case.status == "closed":
        return _("Recorded, and the case is closed.")
    return _("Recorded. The case stays open: something else is still owed.")


def _go_on(case: Case, form: forms.JustAButton, at: datetime, who: StaffMember) -> str:
    ends.go_on_after_all(case, current_landlord(), at, who)
    return _("The complaint goes on. Its promises count from now.")


def _against_going_on(case: Case) -> tuple[str, ...]:
    return () if file_as_it_is(case).withdrawn_at else (ends.NOT_WITHDRAWN,)


def _join(case: Case, form: forms.JoinForm, at: datetime, who: StaffMember) -> str:
    main = form.main
    if main is None or not may_open(main, who):
        raise NotAllowed("join", (joining.NOT_THE_SAME_TENANT,))  # nobody learns more of a case that they may not open
    db.session.refresh(main, with_for_update=True)
    joining.join(case, main, at, who)
    return _("Joined to %(reference)s. Its points stand there now.", reference=main.reference)


def _split(case: Case, form: forms.SplitForm, at: datetime, who: StaffMember) -> str:
    point = db.session.get_one(ComplaintPoint, int(form.point.data))
    made = joining.split(case, point, current_landlord(), at, who)
    return _("The point is a complaint of its own now: %(reference)s.", reference=made.reference)


def _refer(case: Case, form: forms.ReferralForm, at: datetime, who: StaffMember) -> str:
    referred_on = day_from(form.referred_on.data) or form.today
    evidence_due_on = day_from(form.evidence_due_on.data)
    ends.refer_to_ombudsman(case, referred_on, form.their_reference.data, evidence_due_on, at, who)
    return _("Recorded: the Ombudsman looks at it.")


def _decided(case: Case, form: forms.OmbudsmansDecisionForm, at: datetime, who: StaffMember) -> str:
    referral = next(one for one in reversed(file_of(case).referrals) if one.decided_on is None)
    decided_on = day_from(form.decided_on.data) or form.today
    ends.record_ombudsmans_decision(referral, form.decision.data, decided_on, at, who)
    return _("Recorded: the Ombudsman has decided.")


def _against_deciding(case: Case) -> tuple[str, ...]:
    is_waiting = any(one.decided_on is None for one in file_as_it_is(case).referrals)
    return () if is_waiting else ("no-referral",)


def _learn(case: Case, form: forms.LearningForm, at: datetime, who: StaffMember) -> str:
    may_be_published = form.may_be_published.data == "yes"
    ends.record_learning(case, form.words.data, form.service.data, may_be_published, at, who)
    return _("Recorded: what we learned.")


def _learning_made(case: Case, form: forms.LearningMadeForm, at: datetime, who: StaffMember) -> str:
    learning = db.session.get_one(Learning, int(form.learning.data))
    ends.learning_made(learning, day_from(form.changed_on.data) or form.today, at, who)
    return _("Recorded: the change was made.")


def _against_making(case: Case) -> tuple[str, ...]:
    return () if any(one.changed_on is None for one in file_as_it_is(case).learning) else ("no-learning",)


def _close(case: Case, form: forms.CloseForm, at: datetime, who: StaffMember) -> str:
    words = form.words.data or "" if isinstance(form, forms.CloseWithLetterForm) else ""
    letter = closing_with_letter.close(case, form.because.data, at, who.email, words)
    if letter is not None:
        return _("The case is closed, and a letter says so: send it from the overview.")
    return _("The case is closed.")


def _reopen(case: Case, form: forms.ReopenForm, at: datetime, who: StaffMember) -> str:
    closing.reopen(case, at, who.email, form.why.data)
    return _("The case is open again.")


def _against_reopening(case: Case) -> tuple[str, ...]:
    if case.status != "closed":
        return ("not-closed",)
    return ("anonymised",) if case.anonymised_at else ()


def _hold(case: Case, form: forms.HoldForm, at: datetime, who: StaffMember) -> str:
    retention.hold(case, form.reason.data, at, who.email)
    return _("The case is held: nothing of it is anonymised.")


def _lift(case: Case, form: forms.JustAButton, at: datetime, who: StaffMember) -> str:
    retention.lift(case, at, who.email)
    return _("The legal hold is lifted.")


DECIDE, HOLD = "answer_complaints", "hold_and_release"
SECOND: Mapping[str, Act] = {
    "ask": Act(_l("The tenant asks for stage 2"), _l("Record the request"), forms.AskedForm, _ask, _against_asking),
    "begin": Act(
        _l("Begin stage 2 without an answer at stage 1"),
        _l("Begin stage 2"),
        forms.JustAButton,
        _begin,
        _against_beginning,
        DECIDE,
        note=_l("The tenant asked for stage 2 before our answer. It begins by itself when that goes out."),
    ),
    "take-late": Act(
        _l("Take the late request"),
        _l("Take it"),
        forms.JustAButton,
        _take_late,
        _against_taking_late,
        DECIDE,
        note=_l("It came after the last day. Take it, unless a ground to refuse it holds in this case."),
    ),
    "acknowledge": Act(
        _l("Acknowledge stage 2"),
        _l("Write the acknowledgement"),
        forms.JustAButton,
        _acknowledge,
        _against_acknowledging,
        note=_l("A letter names who looks at the complaint again, and by when they answer."),
    ),
    "refuse-stage-2": Act(
        _l("Refuse stage 2"),
        _l("Refuse stage 2 and write the letter"),
        forms.Stage2RefusalForm,
        _refuse_stage_2,
        _rule("refuse_stage_2"),
        DECIDE,
        note=_l("Each request on its merits. The letter says why, and how to ask the Ombudsman."),
    ),
    "take-stage-2": Act(
        _l("Take the refused stage 2 after all"),
        _l("Take it"),
        forms.JustAButton,
        _take_stage_2,
        lambda case: () if refusals.standing_refusal(case, 2) else (refusals.STAGE_2_NOT_REFUSED,),
        DECIDE,
    ),
}
ENDS: Mapping[str, Act] = {
    "refuse": Act(
        _l("Refuse the complaint"),
        _l("Refuse it and write the letter"),
        forms.RefusalForm,
        _refuse,
        _rule("refuse"),
        DECIDE,
        note=_l("Each complaint on its merits. The letter says why, what else to do, and how to ask the Ombudsman."),
    ),
    "take-after-all": Act(
        _l("Take the refused complaint after all"),
        _l("Take it"),
        forms.JustAButton,
        _take_after_all,
        _rule("take_after_all"),
        DECIDE,
    ),
    "withdraw": Act(
        _l("The tenant takes it back"), _l("Record it"), forms.WithdrawalForm, _withdraw, _rule("withdraw")
    ),
    "go-on": Act(_l("The tenant goes on after all"), _l("Go on"), forms.JustAButton, _go_on, _against_going_on),
    "join": Act(_l("Join another complaint"), _l("Join"), forms.JoinForm, _join, _rule("join")),
    "split": Act(
        _l("Make a point a complaint of its own"), _l("Split it off"), forms.SplitForm, _split, _rule("split")
    ),
    "ombudsman": Act(
        _l("The Ombudsman looks at it"), _l("Record it"), forms.ReferralForm, _refer, _rule("refer_to_ombudsman")
    ),
    "ombudsman-decided": Act(
        _l("The Ombudsman has decided"), _l("Record it"), forms.OmbudsmansDecisionForm, _decided, _against_deciding
    ),
    "learning": Act(_l("What we learned"), _l("Save"), forms.LearningForm, _learn, _rule("record_learning")),
    "learning-made": Act(_l("A change was made"), _l("Save"), forms.LearningMadeForm, _learning_made, _against_making),
}
ALWAYS: Mapping[str, Act] = {
    "close": Act(_l("Close the case"), _l("Close the case"), forms.CloseForm, _close, closing.what_is_owed, kinds=()),
    "reopen": Act(
        _l("Open the case again"), _l("Open it again"), forms.ReopenForm, _reopen, _against_reopening, kinds=()
    ),
    "hold": Act(
        _l("Place a legal hold"),
        _l("Place the hold"),
        forms.HoldForm,
        _hold,
        lambda case: ("held",) if retention.is_held(case) else ("anonymised",) if case.anonymised_at else (),
        HOLD,
        kinds=(),
    ),
    "lift": Act(
        _l("Lift the legal hold"),
        _l("Lift the hold"),
        forms.JustAButton,
        _lift,
        lambda case: () if retention.is_held(case) else ("not-held",),
        HOLD,
        kinds=(),
    ),
}
ACTS: Mapping[str, Act] = {**SECOND, **ENDS, **ALWAYS}
REFUSED = (NotAllowed, closing.StillOwed)
WRITING = ("acknowledge", "refuse-stage-2", "refuse", "close")  # these write a letter


def form_of(key: str, case: Case) -> type[forms.EndingForm]:
    """Closing asks for the letter's words where this kind has one."""
    if key == "close" and closing_with_letter.WITH_LETTER.get(case.kind) is not None:
        return forms.CloseWithLetterForm
    return ACTS[key].form
