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
    STAGE_2_ANSWERED,
    STAGE_2_ASKED,
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
    STAGE_2_ASKED: _l("You asked us to look again. Somebody who had no part in the first answer will decide."),
    STAGE_2_ANSWERED: _l("We have looked again and sent you our answer."),
    CLOSED: _l("This is closed. You can still tell us more."),
}
STEPS = {
    RECEIVED: _l("We got it"),
    ACKNOWLEDGED: _l("We wrote to you to say who is dealing with it"),
    ANSWERED: _l("We sent you our answer"),
    STAGE_2_ASKED: _l("You asked us to look again (stage 2)"),
    STAGE_2_ANSWERED: _l("We sent you our answer at stage 2"),
    CLOSED: _l("We closed it"),
}
ADDED = {
    "opening": _l("What you told us first"),
    "diary": _l("What you added to the diary"),
    "more": _l("What you added"),
    "complaint-asked": _l("You asked us to handle it as a complaint"),
    "stage-2-asked": _l("You asked us to look again (stage 2)"),
}


def heading_of(case: Case) -> str:
    return _("Your case") if is_sensitive(case) else str(HEADINGS.get(case.kind) or _("Your case"))
