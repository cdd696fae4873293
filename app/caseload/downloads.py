"""A letter's file as an answer to a browser: kept under a safe name, and by nobody on the way."""

from pathlib import PurePosixPath

from flask import Response, render_template, send_file

from app.formats import Choice
from app.letters.actions import path_of
from app.letters.models import Letter, LetterFile
from app.tenants.models import LARGEST_LARGE_PRINT, SMALLEST_LARGE_PRINT

TRY_AGAIN_AFTER = 60  # seconds
GRADES = (1, 2)


def chosen(needed: Choice, point_size: int | None, grade: int | None) -> Choice | None:
    """The size or grade that was asked for, else the one that this tenant needs; None where there is no such one."""
    choice = Choice(point_size=point_size or needed.point_size, braille_grade=grade or needed.braille_grade)
    is_known = SMALLEST_LARGE_PRINT <= choice.point_size <= LARGEST_LARGE_PRINT and choice.braille_grade in GRADES
    return choice if is_known else None


def as_download(file: LetterFile, reference: str) -> Response:
    name = PurePosixPath(file.path or "").name
    return send_file(
        path_of(file),
        mimetype=file.media_type,
        as_attachment=True,
        download_name=f"{reference}-{name}",
        conditional=False,
        max_age=0,
    )


def not_there(letter: Letter, format_name: str, reason: str | None) -> str:
    """The page that says why there is no file. Without a ``reason`` it may be there in a minute."""
    return render_template(
        "caseload/not_there.html", letter=letter, case=letter.case, format=format_name, reason=reason
    )
