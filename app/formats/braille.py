"""The letter in braille: a BRF file that an embosser prints and a braille display reads."""

import re
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.formats import Choice, labels
from app.formats.braille_cells import digits_in, to_brf
from app.formats.braille_layout import (
    CELL,
    ENTRY,
    FIRST_LINE,
    FIRST_OF_PART,
    HEADING,
    LINE,
    PARAGRAPH,
    QUOTED,
    SUBHEADING,
    TITLE,
    Page,
    Style,
    lines_of,
    pages_of,
)
from app.formats.braille_tables import CODES, OPEN_OTHER_CODE
from app.formats.braille_translation import Translated, Translator
from app.formats.document import (
    AddressBlock,
    Block,
    Document,
    File,
    FormatRefused,
    Heading,
    Inline,
    ListOf,
    Paragraph,
    Quotation,
    Table,
    Words,
    file_name,
)
from app.languages import speaking

PAGE = Page()
# BRF comes from DOS: embossers and displays end a line at carriage return + line feed, and a page at form feed.
LINE_END, PAGE_END = "\r\n", "\f"

_PROSE = re.compile(r"(?:(?:[A-Za-z]+(?:['’-][A-Za-z]+)*|[0-9]+)[,.?!]?(?: |$))+")
_Styled = tuple[Sequence[Inline], Style]


def make(document: Document, choice: Choice) -> File:
    """A BRF of pages of 40 cells by 25 lines, contracted (grade 2) or not (grade 1). Its name tells language and grade.

    Raises FormatRefused when the language has no table of this grade, or when what was made does not read back as the
    letter: in English word for word, else number for number.
    """
    language, grade = document.language, choice.braille_grade
    translator = Translator(language, grade)
    with speaking(language):
        blocks = list(_blocks(document))
        made = translator.translate([content for content, _style in blocks])
        if any(OPEN_OTHER_CODE in sentence.cells for sentence in made):
            note = [Words(_other_code())]
            blocks.insert(0, (note, PARAGRAPH))
            made[:0] = translator.translate([note])
        running = Translator("en", 1).translate([[document.reference]])[0].cells
    _read_over(made, language)
    styled = [(sentence.cells, style) for sentence, (_content, style) in zip(made, blocks, strict=True)]
    pages = pages_of(lines_of(styled, PAGE, CODES[language].continuation), PAGE, running)
    text = PAGE_END.join("".join(f"{to_brf(line).rstrip()}{LINE_END}" for line in page) for page in pages)
    name = file_name(document, f"{language}-grade{grade}.brf")
    return File(name, "application/x-brf", text.encode("ascii"))


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
        if digits_in(sentence.cells) != sentence.digits:
            raise FormatRefused(f"The numbers in {sentence.text[:60]!r} do not read back from their braille.")
        can_judge = CODES[language].can_be_read_back and _PROSE.fullmatch(sentence.text)
        if can_judge and words_in(sentence.back) != words_in(sentence.text):
            raise FormatRefused(f"The words {sentence.text[:60]!r} do not read back from their braille.")


def words_in(text: str) -> list[str]:
    """The words as they can be compared: liblouis writes "enough" right, but at times reads it back as "en"."""
    return ["en" if word == "enough" else word for word in re.findall(r"\w+", text.casefold())]


def _blocks(document: Document) -> Iterator[_Styled]:
    """In the order of the printed letter."""
    sender = document.sender
    yield from _address((sender.name, *sender.address))
    yield (Words(f"{labels.phone()} "), sender.phone), LINE
    if sender.email:
        yield (Words(f"{labels.email()} "), sender.email), LINE
    yield from _address(document.recipient)
    yield (Words(f"{labels.date()} "), document.dated), FIRST_LINE
    yield (Words(f"{labels.reference()} "), document.reference), LINE
    yield (Words(document.title),), TITLE
    for block in document.blocks:
        yield from _block(block)


def _address(lines: Sequence[str]) -> Iterator[_Styled]:
    for place, line in enumerate(lines):
        yield (Words(line),), LINE if place else FIRST_LINE


def _block(block: Block) -> Iterator[_Styled]:
    match block:
        case Heading():
            yield block.content, HEADING if block.level == 2 else SUBHEADING
        case Paragraph():
            yield block.content, PARAGRAPH
        case ListOf():
            for place, item in enumerate(block.items, 1):
                yield ((Words(f"{place}. "), *item) if block.is_ordered else item), ENTRY
        case Table():
            yield from _table(block)
        case Quotation():
            yield from (((Words(line, language=block.language),), QUOTED) for line in block.paragraphs)
        case AddressBlock():
            yield from _address(block.lines)


def _table(table: Table) -> Iterator[_Styled]:
    """Row by row, each cell behind its column's name: columns of cells would not fit forty, nor be found by touch."""
    yield (Words(table.caption),), FIRST_OF_PART
    for row in table.rows:
        yield row[0], ENTRY
        for header, cell in zip(table.headers[1:], row[1:], strict=True):
            yield (Words(f"{header}: "), *cell), CELL
