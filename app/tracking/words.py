"""What the pages of a case say, by what they are about. What is sensitive is called by neutral names."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.cases.models import Case
from app.tracking.doors import is_sensitive
from app.tracking.standing import (
    ACKNOWLEDGED,
    ANSWERED,
    CLOSED,
    RECEIVED,
    REFUSED,
    STAGE_2_ANSWERED,
    STAGE_2_ASKED,
    STAGE_2_REFUSED,
    TOLD,
    WITHDRAWN,
)

HEADINGS = {
    "complaint": _l("Your complaint"),
    "compliment": _l("Your compliment"),
    "suggestion": _l("Your suggestion"),
    "enquiry": _l("Your question"),
}
NOW = {
    RECEIVED: _l("We have got it. A person will read it and write to you."),
    ACKNOWLEDGED: _l("We have read it, and we are working on it."),
    ANSWERED: _l("We have sent you our answer."),
    TOLD: _l("We have talked with you and given you our answer."),
    STAGE_2_ASKED: _l("You asked us to look again. Somebody who had no part in the first answer will decide."),
    STAGE_2_ANSWERED: _l("We have looked again and sent you our answer."),
    REFUSED: _l("We cannot take this as a complaint. Our letter says why, and what you can do."),
    WITHDRAWN: _l("You told us that you do not want to go on. You can change your mind: tell us."),
    STAGE_2_REFUSED: _l("We will not look at it again. Our letter says why, and how to ask the Ombudsman."),
    CLOSED: _l("This is closed. You can still tell us more."),
}
STEPS = {
    RECEIVED: _l("We got it"),
    ACKNOWLEDGED: _l("We wrote to you to say who is dealing with it"),
    ANSWERED: _l("We sent you our answer"),
    TOLD: _l("We talked with you and gave you our answer"),
    STAGE_2_ASKED: _l("You asked us to look again (stage 2)"),
    STAGE_2_ANSWERED: _l("We sent you our answer at stage 2"),
    REFUSED: _l("We decided that we cannot take your complaint"),
    WITHDRAWN: _l("You told us that you do not want to go on"),
    STAGE_2_REFUSED: _l("We decided not to look at it again"),
    CLOSED: _l("We closed it"),
}
ADDED = {
    "opening": _l("What you told us first"),
    "diary": _l("What you added to the diary"),
    "more": _l("What you added"),
    "complaint-asked": _l("You asked us to handle it as a complaint"),
    "stage-2-asked": _l("You asked us to look again (stage 2)"),
}
# Why it was closed, by key of cases.closing.BECAUSE; where the steps above do not say it.
CLOSED_BECAUSE = {
    "resolved": _l("As far as we know, the problem has stopped."),
    "no-further-action": _l("We have looked into it, and we cannot do more at the moment."),
    "passed-on": _l("We have passed it on to somebody who is better placed to help."),
    "no-reply": _l("We tried to reach you, and we have not heard from you."),
    "service-request-done": _l("We have done what you asked us to do."),
}


def heading_of(case: Case) -> str:
    return _("Your case") if is_sensitive(case) else str(HEADINGS.get(case.kind) or _("Your case"))
