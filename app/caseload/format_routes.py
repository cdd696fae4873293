"""Which language can be made in which format, on the machine that this runs on."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.caseload.format_words import languages_in_words, matrix_rows, refused_words
from app.caseload.routes import caseload
from app.formats import FORMATS
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES

caseload.context_processor(lambda: {"refused_words": refused_words})


@caseload.get("/formats")
def see_the_formats() -> ResponseReturnValue:
    languages = [*current_landlord().languages, *(tag for tag in LANGUAGES if tag not in current_landlord().languages)]
    return render_template(
        "caseload/formats.html",
        languages=languages_in_words(languages),
        rows=matrix_rows(languages, list(FORMATS)),
    )
