"""What stage 2, refusals and the ways in which cases end are called, and why something cannot be done now."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload import appointments, complaint_words, interpreters
from app.cases import closing
from app.complaints import ends, joining, refusals, stage_two

Details = Mapping[str, Any]

BECAUSE = {
    closing.ANSWERED: _l("Answered"),
    closing.REFUSED: _l("Refused"),
    closing.WITHDRAWN: _l("The tenant does not want to go on"),
    closing.JOINED: _l("Joined to another case"),
    "service-request-done": _l("What was asked for is done"),
    "passed-on": _l("Passed on to somebody else"),
    "no-reply": _l("No reply from the tenant"),
    "resolved": _l("Resolved"),
    "no-further-action": _l("Nothing more can be done"),
}
REOPENED = {
    "tenant-came-back": _l("The tenant came back"),
    "new-information": _l("There is new information"),
    "closed-by-mistake": _l("It was closed by mistake"),
    "stage-2-asked": _l("The tenant asked for stage 2"),
    "ombudsman-asked": _l("The Ombudsman asked for it"),
    "taken-after-all": _l("We take the complaint after all"),
    "happened-again": _l("It happened again"),
}
OWN_GROUNDS = {
    "policy-followed": _l("We kept to our policy"),
    "law-followed": _l("We kept to the law"),
    "asked-late": _l("Asked for after the last day"),
}
NOT_OF_THE_CODE = _l("Not a ground of the Complaint Handling Code: the Ombudsman may tell us to take it.")
AGAINST: Mapping[str, Any] = {
    **complaint_words.AGAINST,
    closing.PROMISES_OPEN: _l("A promise is still open. Keep it, or record why it cannot be kept."),
    closing.ACTIONS_OPEN: _l("An action is still open."),
    stage_two.LATE_NOT_DECIDED: _l("It was asked for late. First somebody decides whether to take it."),
    stage_two.NOT_LATE: _l("It was not asked for late, or that is decided."),
    refusals.STAGE_2_NOT_REFUSED: _l("Stage 2 was not refused."),
    stage_two.IS_JOINED: _l("It is dealt with in another complaint. Ask there."),
    stage_two.NOT_WAITING: _l("No request for stage 2 waits for our answer at stage 1."),
    ends.LETTER_NOT_SENT: _l("The letter that says why we refused has not gone out yet."),
    interpreters.NOT_SO: _l("The interpreter was booked for another time, or is not needed any more."),
    appointments.NOT_SO: _l("The visit was moved or cancelled. Another letter says so."),
    ends.NOT_WITHDRAWN: _l("The tenant has not taken it back."),
    ends.NOT_A_SERVICE_REQUEST: _l("It is not handled as a service request."),
    ends.NOT_JOINED: _l("It is not joined to another case. Use the page for joining."),
    ends.WAITS_FOR_STAGE_2: _l("The tenant asked for stage 2 already. It begins when our answer has gone out."),
    joining.SAME_CASE: _l("That is this case."),
    joining.NOT_THE_SAME_TENANT: _l("That case is somebody else's: only cases of one tenant are joined."),
    joining.NOT_A_COMPLAINT: _l("That case is not a complaint to us."),
    joining.MAIN_IS_ANSWERED: _l("That complaint has been answered at stage 1: this stays a complaint of its own."),
    joining.LAST_POINT: _l("List another point first: the only one that a complaint has cannot leave it."),
    "anonymised": _l("The words of this case are gone. It stays closed."),
    "held": _l("A legal hold stands already."),
    "not-held": _l("No legal hold stands."),
    "no-referral": _l("No referral waits for a decision."),
    "no-learning": _l("No change waits to be made."),
}
NOT_INDEPENDENT = _l("You took part in stage 1. Somebody else decides whether stage 2 is refused.")


def against_words(reasons: Iterable[str]) -> list[str]:
    return [str(AGAINST.get(reason, reason)) for reason in reasons]


def ground_words(key: str, exclusions: Iterable[Any]) -> str:
    """A ground of the policy's exclusions, or of those for stage 2."""
    label = next((_(one.label) for one in exclusions if one.key == key), None)
    return label or str(OWN_GROUNDS.get(key, key))


def _closed(details: Details) -> str:
    because = str(details.get("because"))
    return _("Closed: %(because)s.", because=BECAUSE.get(because, because)) if because != "None" else _("Closed.")


def _reopened(details: Details) -> str:
    why = details.get("why")
    if not why:
        return _("The case is open again.")
    return _("The case is open again. %(why)s.", why=REOPENED.get(str(why), why))


# Sentences of the history, by event.
SENTENCES: Mapping[str, Callable[[Details], str]] = {
    "case_closed": _closed,
    "case_reopened": _reopened,
    "stage_2_begun": lambda d: (
        _("Our answer has gone out, and stage 2 begins: it was asked for before.")
        if d.get("has_waited")
        else _("Stage 2 begins.")
    ),
    "stage_2_needs_somebody": lambda d: _("Nobody is free who had no part in stage 1. Please name somebody."),
    "late_request_taken": lambda d: _("The late request for stage 2 is taken."),
    "complaint_refused": lambda d: _("The complaint was refused. A letter says why."),
    "stage_2_refused": lambda d: _("Stage 2 was refused. A letter says why, and how to ask the Ombudsman."),
    "taken_after_all": lambda d: _("The complaint is taken after all. Its promises count again from here."),
    "stage_2_taken_after_all": lambda d: _("Stage 2 is taken after all. Its promises count again from here."),
    "complaint_withdrawn": lambda d: _("The tenant took the complaint back. What was promised has fallen away."),
    "complaint_goes_on": lambda d: _("The tenant goes on with the complaint. Its promises count again from here."),
    "case_joined": lambda d: _("Joined to the complaint %(reference)s.", reference=d.get("reference")),
    "case_joined_here": lambda d: _("Another complaint was joined here: %(reference)s.", reference=d.get("reference")),
    "point_split": lambda d: _("A point became a complaint of its own: %(reference)s.", reference=d.get("reference")),
    "split_from": lambda d: _("This complaint was a point of another: %(reference)s.", reference=d.get("reference")),
    "referred_to_ombudsman": lambda d: _("The Ombudsman looks at this complaint."),
    "ombudsman_decided": lambda d: _("The Ombudsman has decided."),
    "learning_recorded": lambda d: _("What we learned from this was written down."),
    "learning_made": lambda d: _("A change that we learned from this was made."),
    "hold_placed": lambda d: _("A legal hold was placed: nothing of this case is anonymised."),
    "hold_lifted": lambda d: _("The legal hold was lifted."),
    "anonymised": lambda d: _("Its time was over: names and words were removed."),
}  # fmt: skip
