"""A letter that a colleague has finished goes out at once, by the way that is safe for this tenant."""

from datetime import datetime

from app.cases.models import Case
from app.cases.promises import letter_went_out
from app.dispatch.actions import queue_message, way_to
from app.letters.actions import landlord_of
from app.letters.models import Letter
from app.tenants.models import Tenant

EMAIL, POST, PAGE = "email", "post", "page"  # the page that the tenant opens with their code


class NoWay(Exception):
    """The tenant may be written to, and gave no address for it: ring them, or ask for one."""


def way_out(tenant: Tenant) -> str:
    """How a letter would go to this tenant. Raises NoWay."""
    if way := way_to(tenant):
        return way[0]
    if tenant.needs.is_safe("letter") or tenant.needs.is_safe("email"):
        raise NoWay
    return PAGE


def send_out(letter: Letter, at: datetime, who: str) -> str:
    """Put the letter into the outbox; to whom nothing may be sent, it stands on their own page from now on.

    Gives EMAIL, POST or PAGE. No commit. Raises NoWay.
    """
    case: Case = letter.case
    found = way_out(case.tenant)
    if found == PAGE:
        letter.sent_at = at
        letter_went_out(case, landlord_of(case), letter.name, at, who)
    elif way := way_to(case.tenant):
        queue_message(letter, *way, at)
    return found
