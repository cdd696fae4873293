"""More time for an answer: a reason, a new date, and the letter that tells both and how to reach the Ombudsman (6.4).

The Code allows 10 working days at stage 1 and 20 at stage 2 "without good reason"; more needs one, and a manager who
agrees to it. A second time nobody goes beyond that limit. LiveWest agrees the date with the tenant (L34): whether it
could, and what the tenant said, is recorded for both landlords. No commits.
"""

from datetime import date, datetime

from app.cases import more_time
from app.cases.actions import take_part
from app.cases.clock import LONDON
from app.cases.models import Case
from app.cases.more_time import NoMoreTime as NoMoreTime
from app.complaints.casework import file_of, standing_of
from app.complaints.stages import refuse_unless
from app.letters.actions import landlord_of, request_letter
from app.letters.models import Letter
from app.reception.going_out import NoWay, send_out
from app.staff.models import StaffMember

EXTENSION = "extension"  # a letter
AGREED = ("yes", "no", "not-reached")  # what the tenant said to the new date


def give_more_time(
    case: Case,
    new_on: date,
    reason: str,
    at: datetime,
    who: StaffMember,
    *,
    agreed: str,
    written_in: str,
    is_beyond_confirmed: bool = False,
) -> tuple[Letter, str | None]:
    """Put the answer off until closing time of ``new_on``, and write to the tenant: both, or neither.

    ``reason`` are our words to the tenant, in the language ``written_in``; ``agreed`` is one of AGREED.
    ``is_beyond_confirmed``: a manager agrees to go beyond the Code's limit, for a good reason. Gives the letter and the
    way by which it goes, None where there is no address: tell the tenant otherwise. Raises stages.NotAllowed,
    NoMoreTime, and letters.lacks.LetterLacks where the letter would lack what the Code asks for.
    """
    refuse_unless("extend", standing_of(case))
    landlord, stage = landlord_of(case), case.stage or 1
    if reasons := more_time.reasons_against_extending(
        case, landlord, stage, new_on, at, is_beyond_confirmed=is_beyond_confirmed
    ):
        raise NoMoreTime(reasons)
    limit = more_time.limit_for(case, landlord, stage)
    given = {
        "stage": stage,
        "reason": reason.strip(),
        "words_language": written_in,
        "new_date": new_on.isoformat(),
        "was_due": min(promise.due_at for promise in more_time.answers_at(case, stage)).isoformat(),
        "agreed": agreed,
        "is_beyond_limit": limit is not None and new_on > limit.astimezone(LONDON).date(),
    }
    # The letter first: where it would lack something, no date moves.
    letter = request_letter(case, EXTENSION, at, given=given)
    file_of(case)
    confirmed = {"is_beyond_confirmed": is_beyond_confirmed}
    more_time.extend(case, landlord, stage, new_on, at, who.email, reason, agreed=agreed, **confirmed)
    take_part(case, who, stage, "gave more time", at)
    try:
        return letter, send_out(letter, at, who.email)
    except NoWay:
        return letter, None
