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
_KEPT_SPACE = "\ufdd0"  # a space at which no line is broken, while lines are made
LEFT_TO_RIGHT, END = "\u2066", "\u2069"  # isolate: what is inside keeps its own order


def make(document: Document, choice: Choice) -> File:
    """Text in UTF-8, lines of at most 72 characters (but for a longer word), each ended by a line feed."""
    with speaking(document.language):
        text = "\n".join(_Writer(document).write()).replace(_KEPT_SPACE, " ") + "\n"
    return File(file_name(document, "letter.txt"), "text/plain; charset=utf-8", text.encode())


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.is_right_to_left = LANGUAGES[document.language].is_right_to_left

    def write(self) -> Iterator[str]:
        document, sender = self.document, self.document.sender
        yield from (self.line(line) for line in (sender.name, *sender.address))
        yield f"{labels.phone()} {self.fact(sender.phone)}"
        if sender.email:
            yield f"{labels.email()} {self.fact(sender.email)}"
        yield from ("", *(self.line(line) for line in document.recipient), "")
        yield f"{labels.date()} {self.fact(document.dated)}"
        yield f"{labels.reference()} {self.fact(document.reference)}"
        yield from ("", *self.underlined(self.line(document.title), "="))
        for block in document.blocks:
            yield ""
            yield from self.block(block)

    def line(self, text: str) -> str:
        """A line that stands alone: in a letter from right to left, what has no such letters keeps its order."""
        if self.is_right_to_left and not is_right_to_left(text):
            return f"{LEFT_TO_RIGHT}{text}{END}"
        return text

    def fact(self, fact: Fact) -> str:
        """A fact is not broken over two lines, so that it can be copied, and its order holds."""
        return self.line(fact.text).replace(" ", _KEPT_SPACE)

    def words(self, text: str, *, is_right_to_left: bool) -> str:
        """Text whose groups of digits stay on one line and, from right to left, keep their order."""
        pieces = []
        for is_number, piece in numbers_apart(text, is_right_to_left=is_right_to_left):
            if is_number:
                piece = f"{LEFT_TO_RIGHT}{piece}{END}" if is_right_to_left else piece
                piece = piece.replace(" ", _KEPT_SPACE) if len(piece) < WIDTH / 2 else piece
            pieces.append(piece)
        return "".join(pieces)

    def sentence(self, content: Iterable[Inline]) -> str:
        here = self.is_right_to_left
        return "".join(
            self.fact(run) if isinstance(run, Fact) else self.words(run.text, is_right_to_left=here) for run in content
        )

    def underlined(self, text: str, mark: str) -> Iterator[str]:
        lines = self.wrapped(text)
        yield from lines
        yield mark * max(map(len, lines), default=0)

    def wrapped(self, text: str, first: str = "", later: str = "") -> list[str]:
        lines = textwrap.wrap(
            text, WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
        )
        return [line.replace(_KEPT_SPACE, " ") for line in lines]

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
                    yield from self.wrapped(line, "    ", "    ")
            case AddressBlock():
                yield from (f"    {self.line(line)}" for line in block.lines)

    def list_of(self, block: ListOf) -> Iterator[str]:
        for number, item in enumerate(block.items, 1):
            mark = f"{number}. " if block.is_ordered else "- "
            yield from self.wrapped(self.sentence(item), mark, " " * len(mark))

    def table(self, table: Table) -> Iterator[str]:
        """Row by row, each cell behind its column's name: columns of text mean nothing to a screen reader."""
        yield from self.wrapped(table.caption)
        for row in table.rows:
            yield ""
            for header, cell in zip(table.headers, row, strict=True):
                yield from self.wrapped(f"{header}: {self.sentence(cell)}", later="  ")
