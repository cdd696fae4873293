"""A letter's file, in the format that is asked for."""

from datetime import UTC, datetime
from pathlib import PurePosixPath

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from app.caseload import actions
from app.caseload.routes import caseload, letter_of, opened
from app.extensions import db, start_writing
from app.formats import Choice
from app.formats.document import FormatRefused
from app.letters.actions import NotMadeYet, made_file, needed_format, path_of
from app.letters.models import Letter
from app.staff.doors import acting_staff_member
from app.tenants.models import LARGEST_LARGE_PRINT, SMALLEST_LARGE_PRINT

TRY_AGAIN_AFTER = 60  # seconds


@caseload.get("/cases/<reference>/letters/<int:letter_id>/<format_name>")
def download_a_letter(reference: str, letter_id: int, format_name: str) -> ResponseReturnValue:
    case = opened(reference)
    letter = letter_of(case, letter_id)
    choice = _choice(needed_format(case)[1])
    now = datetime.now(UTC)
    try:
        file = made_file(letter, format_name, choice, now)
    except KeyError:
        abort(404)
    except FormatRefused as refused:
        return _not_there(letter, format_name, refused.reason), 409
    except (NotMadeYet, OSError):
        return _not_there(letter, format_name, None), 503, {"Retry-After": str(TRY_AGAIN_AFTER)}
    if case.is_restricted:
        _record_view(letter.id, format_name, now)
    name = PurePosixPath(file.path or "").name
    return send_file(
        path_of(file),
        mimetype=file.media_type,
        as_attachment=True,
        download_name=f"{case.reference}-{name}",
        conditional=False,
        max_age=0,
    )


def _choice(needed: Choice) -> Choice:
    """The size or grade in the address, else the one that this tenant needs."""
    point_size = request.args.get("point_size", needed.point_size, type=int)
    grade = request.args.get("grade", needed.braille_grade, type=int)
    if not SMALLEST_LARGE_PRINT <= point_size <= LARGEST_LARGE_PRINT or grade not in (1, 2):
        abort(404)
    return Choice(point_size=point_size, braille_grade=grade)


def _record_view(letter_id: int, format_name: str, now: datetime) -> None:
    email = acting_staff_member().email
    start_writing()
    actions.record_letter_view(db.session.get_one(Letter, letter_id), format_name, now, email)
    db.session.commit()


def _not_there(letter: Letter, format_name: str, reason: str | None) -> str:
    return render_template(
        "caseload/not_there.html", letter=letter, case=letter.case, format=format_name, reason=reason
    )
