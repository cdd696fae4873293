"""A large-print letter against bare WeasyPrint on the same HTML and style sheets, both warm."""

from pathlib import Path

from flask import current_app
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from app import create_app, formats
from app.formats import print_page
from app.formats.document import Document
from app.formats.large_print import make as make_large_print
from app.landlords.standards import current_landlord
from app.languages import speaking
from app.letters.actions import document_of, request_letter
from benchmarks.measuring import Row, measure_in_turn
from tests.builders import MONDAY_NOON, an_opened_case
from tests.rig.databases import SqliteDatabases, settings_from

POINT_SIZE = 18
ROUNDS, WARM_UP = 40, 5


def run(folder: Path, databases: SqliteDatabases) -> list[Row]:
    address = databases.make(folder / "letters")
    app = create_app(settings_from(folder / "letters", address))
    with app.app_context(), app.test_request_context():
        document = _a_letter()
        html, fonts = _the_same_html(document), FontConfiguration()
        styles = [CSS(string=style, font_config=fonts) for style in _the_same_styles()]
        choice = formats.Choice(point_size=POINT_SIZE)
        times = measure_in_turn(
            {
                "letter": lambda: make_large_print(document, choice),
                "bare": lambda: HTML(string=html).write_pdf(
                    stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1"
                ),
            },
            ROUNDS,
            WARM_UP,
        )
    letter, bare = times["letter"], times["bare"]
    return [
        Row(
            f"Acknowledgement as large print, {POINT_SIZE} point, warm",
            f"{letter.median:.0f} ms (95 %: {letter.p95:.0f})",
            f"bare WeasyPrint, same HTML and style sheets: {bare.median:.0f} ms (95 %: {bare.p95:.0f})",
            f"{letter.median / bare.median:.2f}",
        )
    ]


def _a_letter() -> Document:
    case = an_opened_case()
    return document_of(request_letter(case, "acknowledgement", MONDAY_NOON), current_landlord())


def _the_same_html(document: Document) -> str:
    sheet = print_page.Sheet("large-print", POINT_SIZE, foot_point_size=POINT_SIZE)
    with speaking(document.language):
        return print_page._page(document, sheet)


def _the_same_styles() -> list[str]:
    folder = Path(current_app.root_path).parent / "templates" / "formats"
    return [(folder / name).read_text("utf-8") for name in ("print.css", "large_print.css")]
