"""The pages of a letter in braille, before they are written into a file of one kind or another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.formats import Choice, labels
from app.formats.braille_blocks import HEAD, blocks_of
from app.formats.braille_cells import BLANK
from app.formats.braille_layout import (
    PARAGRAPH,
    Line,
    Page,
    cells_to_write,
    cut_into_pages,
    header,
    lines_of,
)
from app.formats.braille_tables import CODES, OPEN_OTHER_CODE, digits_of, grade_in
from app.formats.braille_translation import KEPT_BLANK, Translated, Translator
from app.formats.document import Document, FormatRefused, Words
from app.languages import speaking
from app.tenants.models import FEWEST_CELLS, FEWEST_LINES, MOST_CELLS, MOST_LINES

_PROSE = re.compile(r"(?:(?:[A-Za-z]+(?:['’-][A-Za-z]+)*|[0-9]+)[,.?!]?(?: |$))+")


@dataclass(frozen=True)
class BraillePages:
    """``sentences`` are the letter's blocks as translated; each line of ``bodies`` says which it belongs to."""

    language: str
    grade: int
    page: Page
    running: str
    sentences: tuple[Translated, ...]
    bodies: tuple[tuple[Line, ...], ...]  # what stands below the header of each page
    in_print: tuple[Translated | None, ...]  # for each page, which page of the printed letter it is from

    def header(self, place: int) -> str:
        """Of the page with this number, from 1: the reference, the page of the print, its own number."""
        middle = self.in_print[place - 1]
        cells = middle.cells.replace(KEPT_BLANK, BLANK) if middle else ""
        return header(place, self.page, self.running, cells)

    def rows(self) -> list[list[str]]:
        """The cells of each line of each page, its header first. No line ends in blank cells."""
        return [
            [line.rstrip(BLANK) for line in (self.header(place), *(one.cells for one in body))]
            for place, body in enumerate(self.bodies, 1)
        ]

    @property
    def name(self) -> str:
        """For a file: language and grade, and the page where it is not the usual one: "en-grade2-28x24"."""
        size = "" if self.page == Page() else f"-{self.page.width}x{self.page.height}"
        return f"{self.language}-grade{self.grade}{size}"


def make_pages(document: Document, choice: Choice) -> BraillePages:
    """Contracted (grade 2) or not (grade 1), on pages of ``choice.lines`` lines of ``choice.cells`` cells.

    Always uncontracted where the language's braille knows no contractions.

    Raises FormatRefused when the language has no table of this grade, when no embosser holds such a page, or when what
    was made does not read back as the letter: in English word for word, else number for number.
    """
    language = document.language
    grade = grade_in(language, choice.braille_grade)
    page = _page(choice)
    translator = Translator(language, grade)
    with speaking(language):
        blocks = list(blocks_of(document))
        made = translator.translate([content for content, _style, _source in blocks])
        if any(OPEN_OTHER_CODE in sentence.cells for sentence in made):
            note = [Words(_other_code())]
            blocks.insert(0, (note, PARAGRAPH, HEAD))
            made[:0] = translator.translate([note])
        running = Translator("en", 1).translate([[document.reference]])[0].cells
    _read_over(made, language)
    styled = [(sentence.cells, style) for sentence, (_content, style, _source) in zip(made, blocks, strict=True)]
    bodies = cut_into_pages(lines_of(styled, page, CODES[language].continuation), page)
    _nothing_is_lost(made, bodies)
    whole = tuple(tuple(body) for body in bodies)
    sources = [source for _content, _style, source in blocks]
    in_print = _in_print(whole, [_print_page(document, source) for source in sources], translator)
    return BraillePages(language, grade, page, running, tuple(made), whole, in_print)


def _print_page(document: Document, source: int) -> int:
    return document.print_pages[source] if source >= 0 and document.print_pages else 1


def _in_print(
    bodies: Sequence[Sequence[Line]], print_pages: Sequence[int], translator: Translator
) -> tuple[Translated | None, ...]:
    """For each page of braille, from which page of the print on to which: "print page 2", "print page 2-3".

    A block counts for the page on which it begins. Nothing where the print has one page only, or was not asked.
    """
    if max(print_pages, default=1) == 1:
        return (None,) * len(bodies)
    found = []
    with speaking(translator.language):
        for body in bodies:
            first, *_others, last = 2 * sorted({print_pages[line.block] for line in body if line.cells})
            found.append([Words(labels.print_page(f"{first}-{last}" if last > first else str(first)))])
    made = translator.translate(found)
    _read_over(made, translator.language)
    return tuple(made)


def _page(choice: Choice) -> Page:
    if not (FEWEST_CELLS <= choice.cells <= MOST_CELLS and FEWEST_LINES <= choice.lines <= MOST_LINES):
        raise FormatRefused(
            f"A page of braille has {FEWEST_CELLS} to {MOST_CELLS} cells a line and {FEWEST_LINES} to {MOST_LINES} "
            f"lines, not {choice.cells} and {choice.lines}."
        )
    return Page(choice.cells, choice.lines)


def _other_code() -> str:
    # Translators: a note at the head of a braille letter in which some words stand in another language's braille.
    return _(
        "In this letter, words in another language's braille stand between dots 4-5, 1-2-3-5-6 and dots 4-5, 2-3-4-5-6."
    )


def _read_over(made: Sequence[Translated], language: str) -> None:
    """Numbers must read back in every language. Words too, where liblouis can judge: plain English prose.

    Of "e.g.", "10:30am" or "{{x}}" it writes the right braille and reads back another text.
    """
    for sentence in made:
        if digits_of(sentence.cells, language) != sentence.digits:
            raise FormatRefused(f"The numbers in {sentence.text[:60]!r} do not read back from their braille.")
        can_judge = CODES[language].can_be_read_back and _PROSE.fullmatch(sentence.text)
        if can_judge and words_in(sentence.back) != words_in(sentence.text):
            raise FormatRefused(f"The words {sentence.text[:60]!r} do not read back from their braille.")


def words_in(text: str) -> list[str]:
    """The words as they can be compared: liblouis writes "enough" right, but at times reads it back as "en"."""
    return ["en" if word == "enough" else word for word in re.findall(r"\w+", text.casefold())]


def _nothing_is_lost(made: Sequence[Translated], bodies: Sequence[Sequence[Line]]) -> None:
    """What reads back sentence by sentence has to stand on the pages whole, each cell of it once and in order."""
    written = [0] * len(made)
    for line in (line for body in bodies for line in body if line.cells):
        is_in_order = line.written > written[line.block] and not any(written[line.block + 1 :])
        if not is_in_order:
            raise FormatRefused(f"A line of {made[line.block].text[:60]!r} stands at a wrong place in the braille.")
        written[line.block] = line.written
    for sentence, count in zip(made, written, strict=True):
        if count != cells_to_write(sentence.cells):
            raise FormatRefused(f"The pages of braille lack some of {sentence.text[:60]!r}.")
