"""A letter goes out: by the way, in the format and the language that the tenant needs, or a colleague says why not."""

from datetime import datetime

from sqlalchemy import select

from app.caseload import appointments, interpreters
from app.cases.actions import add_event
from app.cases.casework_models import NeedsOverride
from app.cases.models import Case
from app.cases.promises import letter_went_out
from app.complaints.casework import standing_of
from app.complaints.models import Refusal
from app.complaints.refusals import STAGE_2_NOT_REFUSED, standing_refusal
from app.complaints.stages import AGAINST
from app.dispatch.actions import NotSafe, mark_posted, messages_of, queue_message, unmet_by
from app.dispatch.needs_met import SAFE_WAY, format_by
from app.extensions import db
from app.letters.actions import landlord_of
from app.letters.models import Letter
from app.letters.wanted_words import says_the_same
from app.reception.closing import LETTERS as CLOSING
from app.staff.models import StaffMember
from app.staff.roles import may
from app.tenants.models import Tenant

NAMES_THE_HANDLER = ("acknowledgement", "stage-2-acknowledgement")
# Letters that say that we go on, and what makes that untrue: keys of stages.AGAINST.
OVER = ("withdrawn", "refused", "service-request")
UNTRUE_ONCE = {
    "acknowledgement": OVER,
    "stage-2-acknowledgement": OVER,
    "there-and-then": (*OVER, "answered-already"),
}
REFUSING = {"refusal": (1, "not-refused"), "escalation-refusal": (2, STAGE_2_NOT_REFUSED)}
EMAIL, POST, PAGE = "email", "post", "page"


class LetterIsOutOfDate(Exception):
    """Somebody else deals with the case since the letter was written: it would name the wrong colleague."""


class LetterIsReplaced(Exception):
    """The same was written again, with its words translated: that version goes out."""


class LetterIsNotTrue(Exception):
    """What the letter says does not hold any more. ``reasons`` are keys of ``ending_words.AGAINST``."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class LetterHasGone(Exception):
    """The letter has been sent, or is on its way."""


class NoWayToTenant(Exception):
    """The tenant gave no address of the kind that this takes."""


class NeedsNotMet(Exception):
    """Sent so, the letter leaves needs unmet, and nobody said why. ``needs`` are keys of ``needs_met.NEEDS``."""

    def __init__(self, needs: tuple[str, ...]) -> None:
        super().__init__(", ".join(needs))
        self.needs = needs


def send(
    letter: Letter, by: str, at: datetime, who: StaffMember, *, format_sent: str | None = None, reason: str = ""
) -> None:
    """Put the letter into the outbox (``by`` email), or record that it was posted or handed over (post).

    What it promised to keep is kept when it has really gone out. ``reason`` overrides needs that this leaves unmet, and
    is written down. Raises NeedsNotMet, LetterHasGone, LetterIsOutOfDate, NoWayToTenant, HandlerNotNamed; NotSafe for a
    way that the tenant ruled out, where this colleague may not decide that.
    """
    refuse_if_not_to_be_sent(letter)
    tenant = letter.case.tenant
    if by == EMAIL and not tenant.email:
        raise NoWayToTenant
    format_sent = format_sent or format_by(by, tenant.needs.letter_format)
    needs = unmet_by(letter, by, format_sent)
    if SAFE_WAY in needs and not may("send_unsafely", who):
        raise NotSafe
    if needs and not reason:
        raise NeedsNotMet(needs)
    if needs:
        _write_down(letter, needs, reason, at, who)
    address = tenant.email if by == EMAIL else postal_lines(tenant)
    message = queue_message(letter, by, address or "", at, format_sent=format_sent, is_decided=SAFE_WAY in needs)
    if by == POST:
        mark_posted(message, at, who.email)


def show_on_the_page(letter: Letter, at: datetime, who: StaffMember) -> None:
    """For somebody to whom nothing may be sent: from now on it stands on the page that they open with their code.

    Raises LetterHasGone, LetterIsOutOfDate, HandlerNotNamed.
    """
    refuse_if_not_to_be_sent(letter)
    letter.sent_at = at
    letter_went_out(letter.case, landlord_of(letter.case), letter.name, at, who.email)


def overrides_of(case: Case) -> list[NeedsOverride]:
    """The newest first."""
    wanted = select(NeedsOverride).where(NeedsOverride.case_id == case.id).order_by(NeedsOverride.id.desc())
    return list(db.session.scalars(wanted))


def has_no_safe_way(tenant: Tenant) -> bool:
    return not (tenant.needs.is_safe("letter") or tenant.needs.is_safe("email"))


def postal_lines(tenant: Tenant) -> str:
    return "\n".join(line for line in (tenant.name, *tenant.address, tenant.postcode) if line)


def is_out_of_date(letter: Letter) -> bool:
    """Whether the letter names a colleague, and somebody else was named after it was written."""
    if letter.name not in NAMES_THE_HANDLER:
        return False
    named_after = False
    for event in letter.case.events:
        if event.what == "handler_named":
            named_after = True
        elif event.what == "letter_written" and _is_of(letter, event.details):
            named_after = False
    return named_after


def refuse_if_not_to_be_sent(letter: Letter) -> None:
    """Raises LetterHasGone, LetterIsReplaced, LetterIsOutOfDate, LetterIsNotTrue."""
    on_its_way = (one for one in messages_of(letter.case_id) if one.letter_id == letter.id and one.state != "failed")
    if letter.sent_at is not None or any(on_its_way):
        raise LetterHasGone
    if is_replaced(letter):
        raise LetterIsReplaced
    if is_out_of_date(letter):
        raise LetterIsOutOfDate
    if reasons := against_its_words(letter):
        raise LetterIsNotTrue(reasons)


def is_replaced(letter: Letter) -> bool:
    """Whether the same was written again later, with its words translated."""
    later = select(Letter).where(
        Letter.case_id == letter.case_id, Letter.name == letter.name, Letter.version > letter.version
    )
    return any(says_the_same(letter, other) for other in db.session.scalars(later))


def against_its_words(letter: Letter) -> tuple[str, ...]:
    """Why the letter would tell the tenant something that is not so any more; empty where it holds."""
    case = letter.case
    if letter.name in CLOSING:
        return () if case.status == "closed" else ("not-closed",)
    if not appointments.holds(letter):
        return (appointments.NOT_SO,)
    if not interpreters.holds(letter):
        return (interpreters.NOT_SO,)
    if case.kind != "complaint":
        return ()
    standing = standing_of(case)
    if letter.name in REFUSING:
        stage, why = REFUSING[letter.name]
        refusal = standing_refusal(case, stage)
        return () if refusal is not None and _is_letter_of(refusal, letter) else (why,)
    return tuple(key for key in UNTRUE_ONCE.get(letter.name, ()) if AGAINST[key](standing))


def _is_letter_of(refusal: Refusal, letter: Letter) -> bool:
    """The letter of this refusal, or the same letter translated after it had gone out."""
    told = db.session.get(Letter, refusal.letter_id) if refusal.letter_id else None
    return told is not None and (told.id == letter.id or says_the_same(told, letter))


def _is_of(letter: Letter, details: dict[str, object]) -> bool:
    return (details.get("letter"), details.get("version")) == (letter.name, letter.version)


def _write_down(letter: Letter, needs: tuple[str, ...], reason: str, at: datetime, who: StaffMember) -> None:
    case = letter.case
    db.session.add(
        NeedsOverride(case=case, at=at, who=who.email, needs=list(needs), reason=reason, letter_id=letter.id)
    )
    add_event(case, "needs_overridden", at, who.email, needs=list(needs), letter=letter.name, version=letter.version)
