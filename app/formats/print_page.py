"""Sets a document on A4 pages as PDF/UA-1. What differs between sheets is in ``Sheet`` and its style sheet."""

import re
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import render_template
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from app.config import PROJECT
from app.formats import fonts, labels, marks
from app.formats.document import Document, FormatRefused, plain_words
from app.formats.markup import Setting
from app.formats.papers import ground_of
from app.formats.print_tags import complete_tags
from app.languages import LANGUAGES, speaking

STYLES = PROJECT / "templates" / "formats"
# What a window shows at 12 points when the sheet lies at the bottom of its envelope (standard_print.css).
LINES_IN_A_WINDOW = 7
CHARACTERS_IN_A_WINDOW = 34


@dataclass(frozen=True)
class Sheet:
    """How the pages look. ``name`` is also the style sheet's, in ``templates/formats/``."""

    name: str
    point_size: int
    foot_point_size: int
    paper: str = "white"

    @property
    def is_large(self) -> bool:
        return self.name == "large-print"

    @property
    def keywords(self) -> str:
        """Kept in the PDF, so that a check knows by which rules it was set: "large print 24 point on yellow"."""
        on = "" if self.paper == "white" else f" on {self.paper}"
        return f"{self.name.replace('-', ' ')} {self.point_size} point{on}"

    @property
    def paper_in_name(self) -> str:
        return "" if self.paper == "white" else f"-{self.paper}"


# Pango shares its state in a process: two threads that set pages at once corrupt it.
_one_at_a_time = threading.Lock()


class NothingFromOutside(URLFetcher):
    """A letter is made of words and our own style sheets: whatever else asks to be fetched is an intruder."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        raise FatalURLFetchingError(f"a letter asked for {url}")


@cache
def _font_configuration() -> FontConfiguration:
    """One for the process: each further one leaks, and makes every letter slower."""
    return FontConfiguration()


@cache
def _style_sheet(path: Path) -> CSS:
    return CSS(string=path.read_text("utf-8"), font_config=_font_configuration(), url_fetcher=NothingFromOutside())


def make_pdf(document: Document, sheet: Sheet) -> bytes:
    """The document as a tagged PDF. The same document gives the same bytes.

    Raises FormatRefused when a font for the language is missing, or there is no such paper.
    """
    ground_of(sheet.paper)
    html, styles = _to_set(document, sheet)
    try:
        with _one_at_a_time:
            made: bytes = html.write_pdf(
                stylesheets=styles, font_config=_font_configuration(), pdf_variant="pdf/ua-1", finisher=complete_tags
            )
    except FatalURLFetchingError as intruder:
        raise FormatRefused(str(intruder)) from intruder
    return made


def pages_of_blocks(document: Document, sheet: Sheet) -> tuple[int, ...]:
    """On which page each block of the letter begins, from 1. Raises FormatRefused as ``make_pdf`` does."""
    html, styles = _to_set(document, sheet)
    with _one_at_a_time:
        pages = html.render(stylesheets=styles, font_config=_font_configuration()).pages
    begins: dict[Any, int] = {}
    for number, page in enumerate(pages, 1):
        for box in page._page_box.descendants():
            if box.element is not None:
                begins.setdefault(box.element, number)
    main = html.etree_element.find("body/main")
    title = main.find("h1")
    blocks = list(main)[list(main).index(title) + 1 : -1]  # the last marks the end
    return tuple(begins[block] for block in blocks)


def _to_set(document: Document, sheet: Sheet) -> tuple[HTML, list[CSS]]:
    with speaking(document.language):
        html = _page(document, sheet)
    styles = [_style_sheet(STYLES / name) for name in ("print.css", f"{sheet.name.replace('-', '_')}.css")]
    return HTML(string=html, url_fetcher=NothingFromOutside()), styles


def _page(document: Document, sheet: Sheet) -> str:
    # What the labels say, and the signs that stand for missing letters, are set in the same fonts.
    foot = [labels.page("0", "123456789"), labels.continued(), labels.no_glyph("U+ABCDEF")]
    words = " ".join([*plain_words(document), *labels.added_words(document), *foot])
    chosen = fonts.for_document(document, words)
    setting = Setting.of(document, shown=chosen.shown, is_on_paper=True)
    return render_template(
        "formats/print.html",
        document=document,
        labels=labels,
        setting=setting,
        mark=marks.on_paper(document),
        sheet=sheet,
        is_address_long=_is_long(document.recipient) or not document.is_letter,  # no window to leave room for
        direction=LANGUAGES[document.language].direction,
        style=_style(document, sheet, chosen),
    )


def _is_long(address: tuple[str, ...]) -> bool:
    """Whether an address has more lines than a window shows: lines of 34 characters, seven of them."""
    return sum(-(-len(line) // CHARACTERS_IN_A_WINDOW) for line in address) > LINES_IN_A_WINDOW


def _style(document: Document, sheet: Sheet, chosen: fonts.Fonts) -> str:
    """What differs from letter to letter: the size, the fonts and the words at the foot."""
    families = ", ".join(_css_string(family) for family in chosen.families)
    counters = {"\ufdd0": "counter(page)", "\ufdd1": "counter(pages)"}
    parts = [part for part in re.split("([\ufdd0\ufdd1])", labels.page("\ufdd0", "\ufdd1")) if part]
    number = " ".join(counters.get(part) or _css_string(part) for part in parts)
    direction = LANGUAGES[document.language].direction
    near, far = ("right", "left") if direction == "rtl" else ("left", "right")
    more = "string(more, last)"
    # In large print the two stand one above the other: side by side there is no room for them.
    foot = [(near, f'{more} "\\a" {number}')] if sheet.is_large else [(near, more), (far, number)]
    boxes = "".join(f"@bottom-{side} {{ content: {content}; text-align: {side}; }}\n" for side, content in foot)
    ground = ground_of(sheet.paper)
    behind = f"@page {{ background: {ground}; }}" if ground else ""
    return f"""{behind}
html {{ font-family: {families}; font-size: {sheet.point_size}pt; }}
@page {{ font-family: {families}; font-size: {sheet.foot_point_size}pt; direction: {direction};
{boxes}}}
main {{ string-set: more {_css_string(labels.continued())}; }}
"""


def _css_string(text: str) -> str:
    """A CSS string: whatever is not a letter, digit or space goes by its number."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x}" for c in text) + '"'
