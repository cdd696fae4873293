"""Staff pages: finding a case by what somebody remembers of it."""

from datetime import UTC, datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.caseload.mailing_words import letter_name, read_out
from app.caseload.queue_rows import Said, lines_of
from app.caseload.routes import caseload
from app.cases.search import LONGEST_SEARCH, MOST_FOUND, Sight, find
from app.landlords.standards import current_landlord
from app.mailings.lists import mailing_of
from app.staff.doors import acting_staff_member, signed_in_staff_member
from app.staff.roles import may_read_cases, may_read_restricted

FOUND_BY = {
    "reference": _l("Reference"),
    "email": _l("Email address"),
    "phone": _l("Phone number"),
    "postcode": _l("Postcode"),
    "name": _l("Name"),
    "words": _l("Words of the case, or the address"),
}


def may_search() -> bool:
    """Whether somebody has signed in whose role reads cases."""
    colleague = signed_in_staff_member()
    return colleague is not None and may_read_cases(colleague)


@caseload.get("/search")
def search() -> ResponseReturnValue:
    """A whole reference leads to its case at once; that of a letter to a list says what the letter does."""
    typed = request.args.get("q", "").strip()
    colleague = acting_staff_member()
    found = find(typed, Sight(colleague.id, may_read_restricted(colleague)))
    if found.hits and found.hits[0].kind == "reference":
        return redirect(url_for(".see_a_case", reference=found.hits[0].reference), 303)
    found_by = {kind: str(label) for kind, label in FOUND_BY.items()}
    mailing = mailing_of(typed, current_landlord())
    return render_template(
        "caseload/search.html",
        mailing=mailing,
        mailing_says=read_out(mailing) if mailing else (),
        letter_name=letter_name,
        typed=typed[:LONGEST_SEARCH],
        hits=lines_of([hit.case_id for hit in found.hits]),
        kinds=[found_by[hit.kind] for hit in found.hits],
        is_more=found.is_more,
        meant=lines_of([case.id for case in found.meant]),
        found_by=found_by,
        most=MOST_FOUND,
        said_of=Said(current_landlord(), datetime.now(UTC)),
    )
