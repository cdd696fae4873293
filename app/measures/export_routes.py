"""Staff pages: taking rows out, and who took which."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import words as case_words
from app.measures import exports
from app.measures.columns import EXPORTS
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may, may_read_restricted, may_work_on_cases

taking_out = Blueprint("exports", __name__, url_prefix="/staff/exports")
taking_out.before_request(require_staff)
taking_out.after_request(keep_private)


class WrongDay(Exception):
    """What was typed is no day, or the days are the wrong way round. ``field`` is since or until."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field, self.words = field, words


@taking_out.before_request
def only_for_those_who_may() -> None:
    if not may("export", acting_staff_member()):
        abort(403)


@taking_out.context_processor
def names_for_templates() -> dict[str, Any]:
    return {
        "words": case_words,
        "may": lambda act: may(act, acting_staff_member()),
        "may_record_contacts": lambda: may_work_on_cases(acting_staff_member()),
    }


@taking_out.get("")
def see_the_exports() -> ResponseReturnValue:
    return _page()


@taking_out.get("/file")
def take() -> ResponseReturnValue:
    """One file, streamed. That it was taken is recorded first; how many rows, once they are out."""
    what, format_name = request.args.get("what", ""), request.args.get("format", "")
    if what not in EXPORTS or format_name not in exports.FORMATS:
        abort(404)
    try:
        since, until = _days()
    except WrongDay as mistake:
        return _page(mistake, 422)
    colleague = acting_staff_member()
    wanted = exports.Wanted(what, format_name, may_read_restricted(colleague), since, until)
    made_id = exports.begin(wanted, colleague.email, datetime.now(UTC))
    response = Response(stream_with_context(_written(wanted, made_id)), content_type=exports.FORMATS[format_name])
    response.headers["Content-Disposition"] = f'attachment; filename="{wanted.file_name}"'
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["Content-Encoding"] = "identity"  # compressed, the first rows would wait for those behind them
    return response


def _written(wanted: exports.Wanted, made_id: int) -> Iterator[bytes]:
    for piece in exports.pieces(wanted):
        yield piece.encode()
    exports.end(made_id, wanted.tally, datetime.now(UTC))


def _days() -> tuple[date | None, date | None]:
    since, until = (_day(name) for name in ("since", "until"))
    if since and until and until < since:
        raise WrongDay("until", _("Choose a last day that is not before the first"))
    return since, until


def _day(name: str) -> date | None:
    typed = request.args.get(name, "").strip()
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = date.min
    if not 2000 <= day.year <= 2199:
        raise WrongDay(name, _("Write the day as year-month-day, such as 2026-11-22"))
    return day


def _page(mistake: WrongDay | None = None, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "measures/exports.html",
        mistake=mistake,
        has_errors=mistake is not None,
        given=request.args,
        whats=EXPORTS,
        formats=exports.FORMATS,
        lately=exports.lately(),
        sees_restricted=may_read_restricted(acting_staff_member()),
    )
    return page, status
