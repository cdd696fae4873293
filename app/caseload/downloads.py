"""A letter's file as an answer to a browser: kept under a safe name, and by nobody on the way."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from flask import Response, render_template, send_file

from app.formats import HAS_GRADE, HAS_PAPER, HAS_RATE, PAPERS, RATES, Choice
from app.letters.actions import path_of
from app.letters.files import choice_within
from app.letters.models import Letter, LetterFile
from app.tenants.models import (
    FEWEST_CELLS,
    FEWEST_LINES,
    LARGEST_LARGE_PRINT,
    MOST_CELLS,
    MOST_LINES,
    SMALLEST_LARGE_PRINT,
)

TRY_AGAIN_AFTER = 60  # seconds
GRADES = (1, 2)


def chosen(
    needed: Choice, format_name: str, point_size: int | None, grade: int | None, variant: str | None = None
) -> Choice | None:
    """What was asked for, else what this tenant needs; None where there is no such size, grade or variant."""
    if variant is not None and not _is_variant(format_name, variant):
        return None
    choice = replace(
        needed if variant is None else choice_within((format_name, 0, 0, variant)),
        point_size=point_size or needed.point_size,
        braille_grade=grade or needed.braille_grade,
    )
    is_known = SMALLEST_LARGE_PRINT <= choice.point_size <= LARGEST_LARGE_PRINT and choice.braille_grade in GRADES
    return choice if is_known else None


def _is_variant(format_name: str, variant: str) -> bool:
    """Paper for print, a rate for sound, "28x24" (cells a line, lines a page) for braille."""
    if format_name in HAS_PAPER:
        return variant in PAPERS
    if format_name in HAS_RATE:
        return variant in RATES
    found = re.fullmatch("([0-9]{2})x([0-9]{2})", variant) if format_name in HAS_GRADE else None
    return found is not None and (
        FEWEST_CELLS <= int(found[1]) <= MOST_CELLS and FEWEST_LINES <= int(found[2]) <= MOST_LINES
    )


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
