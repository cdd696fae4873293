"""The words of a talking book as XHTML: a page for each section that is heard, a mark at each sentence.

The marks are the places that ``speech.spoken`` gives to what it says (``sentences.place_of`` and a few names).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from app.formats import labels
from app.formats.characters import is_right_to_left
from app.formats.document import (
    AddressBlock,
    Block,
    Document,
    Heading,
    Inline,
    ListOf,
    Paragraph,
    Quotation,
    Table,
    Words,
)
from app.formats.markup import Setting
from app.formats.sentences import place_of, sentences_in
from app.formats.speech import words
from app.formats.speech.spoken import begins_section

TOP, SECOND = 1, 2  # levels in the contents


@dataclass(frozen=True)
class Shown:
    """What the eye reads of one section: well-formed XHTML, and how deep its title stands in the contents."""

    content: Markup
    level: int = TOP


def pages_of(document: Document, opening: Sequence[str]) -> Iterator[Shown]:
    """The pages in the order of the sections: the ``opening`` lines, the letter's head, each heading, the sender.

    Call it inside ``speaking``.
    """
    writer = _Writer(document, Setting.of(document))
    yield Shown(_as_xml(writer.opening(opening)))
    parts, level = [writer.head()], TOP
    for number, block in enumerate(document.blocks):
        if begins_section(block):
            yield Shown(_joined(parts), level)
            parts, level = [], TOP if block.level <= SECOND else SECOND
        parts.append(writer.block(number, block))
    yield Shown(_joined(parts), level)
    yield Shown(_as_xml(writer.sender()))


def _joined(parts: Iterable[Markup]) -> Markup:
    return _as_xml(Markup("\n").join(parts))


def _as_xml(content: Markup) -> Markup:
    """XML has its own way to say the language; in text a quotation mark is escaped, so only attributes are met."""
    return Markup(re.sub(r' lang="([^"]*)"', r' lang="\1" xml:lang="\1"', str(content)))  # noqa: S704  was Markup


@dataclass(frozen=True)
class _Writer:
    document: Document
    setting: Setting

    def opening(self, lines: Sequence[str]) -> Markup:
        first, *others = (self.marked(f"line-{n}", self.setting.text(line)) for n, line in enumerate(lines))
        return Markup("<h1>{}</h1>\n{}").format(first, self.paragraphs(others))

    def head(self) -> Markup:
        document = self.document
        title = Markup("<h1>{}</h1>").format(self.marked("title", self.setting.text(document.title)))
        facts = [
            self.marked("dated", self.setting.labelled(labels.date(), document.dated)),
            self.marked("reference", self.setting.labelled(labels.reference(), document.reference)),
        ]
        lines = [self.marked(f"to-{n}", self.setting.line(line)) for n, line in enumerate(document.recipient)]
        to = Markup("\n<address>{}</address>").format(self.paragraphs(lines)) if lines else Markup("")
        return Markup("{}\n{}{}").format(title, self.paragraphs(facts), to)

    def sender(self) -> Markup:
        sender = self.document.sender
        lines = [
            self.marked(f"from-{n}", self.setting.line(line)) for n, line in enumerate((sender.name, *sender.address))
        ]
        lines.append(self.marked("phone", self.setting.labelled(labels.phone(), sender.phone)))
        if sender.email:
            lines.append(self.marked("email", self.setting.labelled(labels.email(), sender.email)))
        title = self.marked("from", self.setting.text(words.who_wrote()))
        return Markup("<h2>{}</h2>\n<address>{}</address>").format(title, self.paragraphs(lines))

    def paragraphs(self, contents: Iterable[Markup]) -> Markup:
        return Markup("\n").join(Markup("<p>{}</p>").format(content) for content in contents)

    def marked(self, place: str, content: Markup) -> Markup:
        return Markup('<span id="{}">{}</span>').format(place, content)

    def sentences(self, content: Sequence[Inline], block: int, part: int = 0) -> Markup:
        shown = sentences_in(content, self.document.language)
        return Markup("").join(
            self.marked(place_of(block, part, number), self.setting.inline(sentence))
            for number, sentence in enumerate(shown)
        )

    def block(self, number: int, block: Block) -> Markup:
        match block:
            case Heading():
                tag = Markup("h2") if block.level <= SECOND else Markup("h3")
                return Markup("<{}>{}</{}>").format(tag, self.sentences(block.content, number), tag)
            case Paragraph():
                return Markup("<p>{}</p>").format(self.sentences(block.content, number))
            case ListOf():
                return self.list_of(number, block)
            case Table():
                return self.table(number, block)
            case Quotation():
                return self.quotation(number, block)
            case AddressBlock():
                lines = [
                    self.marked(place_of(number, n), self.setting.line(line)) for n, line in enumerate(block.lines)
                ]
                return Markup("<address>{}</address>").format(self.paragraphs(lines))

    def list_of(self, number: int, block: ListOf) -> Markup:
        tag = Markup("ol") if block.is_ordered else Markup("ul")
        items = Markup("\n").join(
            Markup("<li>{}</li>").format(self.sentences(item, number, part)) for part, item in enumerate(block.items)
        )
        return Markup("<{}>\n{}\n</{}>").format(tag, items, tag)

    def table(self, number: int, table: Table) -> Markup:
        names = Markup("").join(Markup('<th scope="col">{}</th>').format(self.setting.text(n)) for n in table.headers)
        rows = Markup("\n").join(
            Markup("<tr>{}</tr>").format(self.row(number, 1 + place * len(table.headers), row))
            for place, row in enumerate(table.rows)
        )
        caption = self.marked(place_of(number), self.setting.text(table.caption))
        return Markup(
            "<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>"
        ).format(caption, names, rows)

    def row(self, number: int, first: int, row: Sequence[Sequence[Inline]]) -> Markup:
        cells = (self.sentences(cell, number, part) for part, cell in enumerate(row, first))
        header = Markup('<th scope="row">{}</th>').format(next(cells))
        return header + Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells)

    def quotation(self, number: int, quotation: Quotation) -> Markup:
        """The tenant's own lines, each in its own direction."""
        language = quotation.language if quotation.language != self.document.language else None
        paragraphs = []
        for part, text in enumerate(quotation.paragraphs):
            here = bool(is_right_to_left(text))
            inside = replace(self, setting=replace(self.setting, is_right_to_left=here))
            content = inside.sentences((Words(text, language=language),), number, part)
            paragraphs.append(Markup("<p{}>{}</p>").format(self.setting.turned(here), content))
        return Markup("<blockquote>{}</blockquote>").format(Markup("\n").join(paragraphs))
