"""Staff pages: the dashboard, and the rows behind each figure."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.caseload import words as case_words
from app.landlords.standards import current_landlord
from app.languages import current_language
from app.measures import dashboard, words
from app.measures.announced import announced_in_time, announced_late
from app.measures.counted import MEASURES
from app.measures.rows import rows_behind
from app.notices.shapes import LEAD_TIMES
from app.notices.showing import words_in
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may, may_read_restricted, may_work_on_cases

measures = Blueprint("measures", __name__, url_prefix="/staff/measures")
measures.before_request(require_staff)
measures.after_request(keep_private)


@measures.before_request
def only_for_those_who_may() -> None:
    if not may("see_measures", acting_staff_member()):
        abort(403)


@measures.context_processor
def names_for_templates() -> dict[str, Any]:
    return {
        "words": case_words,
        "measure_words": words,
        "may": lambda act: may(act, acting_staff_member()),
        "may_record_contacts": lambda: may_work_on_cases(acting_staff_member()),
    }


@measures.get("")
def see_the_measures() -> ResponseReturnValue:
    now = datetime.now(UTC)
    period = dashboard.chosen_period(request.args.get("first"), request.args.get("last"), now)
    landlord = current_landlord()
    found = dashboard.counted_for(period, now)
    return render_template(
        "measures/dashboard.html",
        panels=list(dashboard.panels(found, period, landlord)),
        period=period,
        months=dashboard.months_to_choose(now),
        counted_at=found.counted_at,
    )


@measures.get("/notices")
def see_lead_times() -> ResponseReturnValue:
    """Whether notices were announced as early as promised."""
    now = datetime.now(UTC)
    period = dashboard.chosen_period(request.args.get("first"), request.args.get("last"), now)
    landlord = current_landlord()
    return render_template(
        "measures/announced.html",
        panel=announced_in_time(period),
        late=announced_late(period),
        period=period,
        months=dashboard.months_to_choose(now),
        promised=[one for one in landlord.lead_times if one.key in LEAD_TIMES.values()],
        title_of=lambda notice: words_in(notice, current_language().tag, landlord.languages[0]),
    )


@measures.get("/rows/<measure>")
def see_the_rows(measure: str) -> ResponseReturnValue:
    if measure not in MEASURES:
        abort(404)
    now = datetime.now(UTC)
    period = dashboard.chosen_period(request.args.get("first"), request.args.get("last"), now)
    which = {key: value.replace("\0", "") for key in "abc" if (value := request.args.get(key)) is not None}
    colleague = acting_staff_member()
    found = rows_behind(measure, which, period, now, colleague, request.args.get("after"))
    return render_template(
        "measures/rows.html",
        found=found,
        name=measure,
        measure=MEASURES[measure],
        which=which,
        period=period,
        sees_restricted=may_read_restricted(colleague),
        value_words=lambda name, value: words.value_words(name, value, current_landlord()),
    )
