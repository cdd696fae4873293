"""Plain text: for a screen reader, a braille display, or an e-mail that shows nothing else."""

import textwrap
from collections.abc import Iterable, Iterator

from app.formats import Choice, labels
from app.formats.characters import is_right_to_left, numbers_apart
from app.formats.document import (
    AddressBlock,
    Block,
    Document,
    Fact,
    File,
    Heading,
    Inline,
    ListOf,
    Paragraph,
    Quotation,
    Table,
    file_name,
)
from app.languages import LANGUAGES, speaking

WIDTH = 72  # characters: fits an e-mail's plain text without being broken again
LONGEST_KEPT = 40  # characters: a number or address up to here stays on one line
LEFT_TO_RIGHT, END = "\u2066", "\u2069"  # isolate: what is inside keeps its own order
_KEPT_SPACE = "\ufdd0"  # a space at which no line is broken, while lines are made


def make(document: Document, choice: Choice) -> File:
    """Text in UTF-8, lines of at most 72 characters (but for a longer word), each ended by a line feed."""
    with speaking(document.language):
        text = "\n".join(_Writer(document.language).write(document)) + "\n"
    return File(file_name(document, "letter.txt"), "text/plain; charset=utf-8", text.encode())


def written(blocks: Iterable[Block], language: str) -> str:
    """Blocks that belong to no letter, such as an email of our own words: lines of at most 72 characters."""
    writer = _Writer(language)
    return "\n\n".join("\n".join(writer.block(block)) for block in blocks)


def island(words: str, language: str) -> str:
    """A number or address that stands in a line of this language, in its own order."""
    return f"{LEFT_TO_RIGHT}{words}{END}" if LANGUAGES[language].is_right_to_left else words


class _Writer:
    def __init__(self, language: str) -> None:
        self.is_right_to_left = LANGUAGES[language].is_right_to_left

    def write(self, document: Document) -> Iterator[str]:
        yield from self.sender(document)
        if document.recipient:
            yield ""
            yield from self.lines(document.recipient)
        yield ""
        yield from self.labelled(labels.date(), document.dated)
        if document.is_letter:
            yield from self.labelled(labels.reference(), document.reference)
        yield ""
        yield from self.underlined(self.words(document.title), "=")
        for block in document.blocks:
            yield ""
            yield from self.block(block)

    def sender(self, document: Document) -> Iterator[str]:
        sender = document.sender
        yield from self.lines((sender.name, *sender.address))
        yield from self.labelled(labels.phone(), sender.phone)
        if sender.email:
            yield from self.labelled(labels.email(), sender.email)

    def labelled(self, label: str, fact: Fact) -> list[str]:
        return self.wrapped(f"{label} {self.fact(fact)}")

    def lines(self, lines: Iterable[str], indent: str = "") -> Iterator[str]:
        """Lines that stand alone: from right to left, one without such letters keeps its order."""
        for line in lines:
            yield from self.wrapped(self.isolated(line), indent, indent)

    def isolated(self, text: str) -> str:
        return f"{LEFT_TO_RIGHT}{text}{END}" if self.is_right_to_left and not is_right_to_left(text) else text

    def fact(self, fact: Fact) -> str:
        return _kept(self.isolated(fact.text))

    def words(self, text: str, *, is_right_to_left: bool | None = None) -> str:
        """Text whose groups of digits stay on one line and, from right to left, keep their order."""
        here = self.is_right_to_left if is_right_to_left is None else is_right_to_left
        pieces = []
        for is_number, piece in numbers_apart(text, is_right_to_left=here):
            island = f"{LEFT_TO_RIGHT}{piece}{END}" if here else piece
            pieces.append(_kept(island) if is_number else piece)
        return "".join(pieces)

    def sentence(self, content: Iterable[Inline]) -> str:
        return "".join(self.fact(run) if isinstance(run, Fact) else self.words(run.text) for run in content)

    def underlined(self, text: str, mark: str) -> Iterator[str]:
        lines = self.wrapped(text)
        yield from lines
        yield mark * max(3, *map(len, lines), 0)

    def wrapped(self, text: str, first: str = "", later: str = "") -> list[str]:
        """The text in lines; what keeps its own order and goes over two of them is closed and opened again."""
        width = WIDTH - 2 if LEFT_TO_RIGHT in text else WIDTH
        lines: list[str] = []
        is_open = False
        for line in textwrap.wrap(text, width - len(first), break_long_words=False, break_on_hyphens=False):
            whole = f"{LEFT_TO_RIGHT}{line}" if is_open else line
            is_open = whole.count(LEFT_TO_RIGHT) > whole.count(END)
            indent = later if lines else first
            lines.append(f"{indent}{whole}{END if is_open else ''}".replace(_KEPT_SPACE, " "))
        return lines

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield from self.underlined(self.sentence(block.content), "-")
            case Paragraph():
                yield from self.wrapped(self.sentence(block.content))
            case ListOf():
                yield from self.list_of(block)
            case Table():
                yield from self.table(block)
            case Quotation():
                for text in block.paragraphs:
                    line = self.words(text, is_right_to_left=bool(is_right_to_left(text)))
                    yield from self.wrapped(self.isolated(line), "    ", "    ")
            case AddressBlock():
                yield from self.lines(block.lines, "    ")

    def list_of(self, block: ListOf) -> Iterator[str]:
        for number, item in enumerate(block.items, 1):
            mark = f"{number}. " if block.is_ordered else "- "
            yield from self.wrapped(self.sentence(item), mark, " " * len(mark)) or [mark.rstrip()]

    def table(self, table: Table) -> Iterator[str]:
        """Row by row, each cell behind its column's name: columns of text mean nothing to a screen reader."""
        yield from self.wrapped(table.caption)
        for row in table.rows:
            yield ""
            for header, cell in zip(table.headers, row, strict=True):
                yield from self.wrapped(f"{header}: {self.sentence(cell)}", later="  ")


def _kept(text: str) -> str:
    """Kept on one line, so that it can be copied, unless it is too long for that."""
    return text.replace(" ", _KEPT_SPACE) if len(text) <= LONGEST_KEPT else text
