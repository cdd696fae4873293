"""A call that nobody answered, told by letter to the tenant of the case that it belongs to. Nothing here commits."""

from datetime import datetime

from app.call_backs.desk_acts import has_letter, note_letter, rung_in_vain_at
from app.call_backs.models import CallBack
from app.caseload.actions import may_open
from app.cases.actions import add_event
from app.cases.duplicates import cases_with_number
from app.cases.models import Case
from app.letters.actions import request_letter
from app.reception.going_out import send_out, way_out
from app.staff.models import StaffMember

LETTER = "call-back-missed"


class NothingToTell(Exception):
    """It was not rung in vain, or a letter has told of the last time."""


def cases_for(call_back: CallBack, colleague: StaffMember) -> list[Case]:
    """Of this number, of those that the colleague may open; the newest first."""
    return [case for case in cases_with_number(call_back.phone, call_back.landlord) if may_open(case, colleague)]


def write_to(call_back: CallBack, case: Case, at: datetime, who: str) -> str:
    """Gives how the letter goes. Raises NothingToTell, NoWay."""
    rang_at = rung_in_vain_at(call_back)
    if not rang_at or has_letter(call_back):
        raise NothingToTell
    way_out(case.tenant)
    given: dict[str, object] = {"rang_at": [one.isoformat() for one in rang_at], "phone": call_back.phone}
    if call_back.state == "waiting":
        given |= {"begins": call_back.slot_at.isoformat(), "ends": call_back.slot_ends_at.isoformat()}
    note_letter(call_back, case.reference, at, who)
    add_event(case, "rung_in_vain", at, who, reference=call_back.reference, times=len(rang_at))
    return send_out(request_letter(case, LETTER, at, given=given), at, who)
