"""A document's words as HTML elements, for the formats that are set by HTML: print and the HTML letter.

Everything goes through ``Markup.format``, which escapes: what a tenant typed is never markup.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from app.formats.characters import has_latin, is_right_to_left, numbers_apart
from app.formats.document import (
    AddressBlock,
    Block,
    Document,
    Fact,
    Heading,
    Inline,
    ListOf,
    Paragraph,
    Quotation,
    Table,
    text_of,
)
from app.languages import LANGUAGES

# What is not broken over two lines, in characters: less than a line of the largest print.
_LONGEST_WHOLE_FACT = 28
_LONGEST_WHOLE_NUMBER = 22  # wider, being all digits


@dataclass(frozen=True)
class Setting:
    """How one document is set: its direction, and what stands for characters that cannot be shown."""

    is_right_to_left: bool
    is_latin: bool = True  # the letter is in Latin letters, so words in them need not be of another language
    shown: Callable[[str], str] = str
    is_on_paper: bool = False  # where a phone number is no link
    deeper: int = 0  # levels by which the letter's headings stand below those of a page around it

    @classmethod
    def of(cls, document: Document, shown: Callable[[str], str] = str, is_on_paper: bool = False) -> "Setting":
        language = LANGUAGES[document.language]
        return cls(language.is_right_to_left, has_latin(language.own_name), shown, is_on_paper)

    def text(self, text: str, *, is_right_to_left: bool | None = None) -> Markup:
        """Escaped text in which groups of digits stay whole and, in a line from right to left, keep their order."""
        here = self.is_right_to_left if is_right_to_left is None else is_right_to_left
        pieces = []
        for is_number, piece in numbers_apart(self.shown(text), is_right_to_left=here):
            direction = Markup(' dir="ltr"') if here else Markup("")
            pieces.append(_apart(piece, direction) if is_number else self._piece(piece))
        return Markup("").join(pieces)

    def _piece(self, text: str) -> Markup:
        """On paper the last space is set by itself.

        Where a run would fit its line but for that space, the page engine (70.0) breaks the line after its first word.
        """
        if self.is_on_paper and text.endswith(" "):
            return Markup("{}<bdi> </bdi>").format(text[:-1])
        return escape(text)

    def labelled(self, label: str, fact: Fact) -> Markup:
        return Markup("{}{}").format(self._piece(f"{label} "), self.fact(fact))

    def direction(self, text: str) -> Markup:
        """`` dir="…"`` where the text runs against the document; text with no letters (a phone number) is ltr."""
        return self.turned(bool(is_right_to_left(text)))

    def turned(self, is_right_to_left: bool) -> Markup:
        if is_right_to_left == self.is_right_to_left:
            return Markup("")
        return Markup(' dir="rtl"') if is_right_to_left else Markup(' dir="ltr"')

    def line(self, text: str) -> Markup:
        """One line that stands alone, as of an address, in its own direction.

        British names and addresses in an Arabic letter are to be read with an English voice.
        """
        here = bool(is_right_to_left(text))
        language = Markup("") if self.is_latin or not has_latin(text) else Markup(' lang="en"')
        return Markup("<{}{}{}>{}</{}>").format(
            tag := Markup("span") if language else Markup("bdi"),
            language,
            Markup(' dir="rtl"') if here else Markup(' dir="ltr"'),
            self.text(text, is_right_to_left=here),
            tag,
        )

    def lines(self, lines: Iterable[str]) -> Markup:
        return Markup("<br>\n").join(self.line(line) for line in lines)

    def fact(self, fact: Fact) -> Markup:
        """A fact in one piece and in its own direction, whatever stands around it."""
        kept = " whole" if len(fact.text) <= _LONGEST_WHOLE_FACT else ""
        attributes = Markup(' class="{}{}"{}').format(fact.kind, kept, self.direction(fact.text))
        text = escape(self.shown(fact.text))
        if address := self._address(fact):
            made = Markup('<a href="{}"{}>{}</a>').format(address, attributes, text)
        elif fact.kind == "time" and fact.value:
            made = Markup('<time datetime="{}"{}>{}</time>').format(fact.value, attributes, text)
        else:
            made = Markup("<bdi{}>{}</bdi>").format(attributes, text)
        return Markup("<strong>{}</strong>").format(made) if fact.is_strong else made

    def _address(self, fact: Fact) -> str | None:
        match fact.kind:
            case "email":
                return f"mailto:{fact.value}"
            case "link":
                return fact.value
            case "phone":
                return f"tel:{fact.value}" if fact.value.startswith("+") and not self.is_on_paper else None
            case _:
                return None

    def inline(self, content: Iterable[Inline]) -> Markup:
        made = []
        for run in content:
            if isinstance(run, Fact):
                made.append(self.fact(run))
                continue
            words = self.text(run.text)
            if run.language:
                words = Markup('<span lang="{}"{}>{}</span>').format(run.language, self.direction(run.text), words)
            made.append(Markup("<strong>{}</strong>").format(words) if run.is_strong else words)
        return Markup("").join(made)

    def block(self, block: Block) -> Markup:
        match block:
            case Heading():
                tag = Markup(f"h{block.level + self.deeper}")  # noqa: S704  a number of ours
                return Markup("<{}>{}</{}>").format(tag, self.inline(block.content), tag)
            case Paragraph():
                # A date promised stands in its own line; it is set so that it is found again.
                return Markup("<p{}>{}</p>").format(_place(block), self.inline(block.content))
            case ListOf():
                tag = Markup("ol") if block.is_ordered else Markup("ul")
                items = Markup("\n").join(Markup("<li>{}</li>").format(self.inline(item)) for item in block.items)
                return Markup("<{}>\n{}\n</{}>").format(tag, items, tag)
            case Table():
                return self._table(block)
            case Quotation():
                return self._quotation(block)
            case AddressBlock():
                return Markup("<address><p>{}</p></address>").format(self.lines(block.lines))

    def _table(self, table: Table) -> Markup:
        headers = Markup("").join(Markup('<th scope="col">{}</th>').format(self.text(name)) for name in table.headers)
        rows = Markup("\n").join(
            Markup('<tr><th scope="row">{}</th>{}</tr>').format(
                self.inline(row[0]),
                Markup("").join(Markup("<td>{}</td>").format(self.inline(cell)) for cell in row[1:]),
            )
            for row in table.rows
        )
        return Markup(
            "<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>"
        ).format(self.text(table.caption), headers, rows)

    def _quotation(self, quotation: Quotation) -> Markup:
        """The tenant's own lines, each in its own direction; the rule stands where most of them begin."""
        directions = [bool(is_right_to_left(text)) for text in quotation.paragraphs]
        turned, half = sum(directions), len(directions) / 2
        inside = replace(self, is_right_to_left=self.is_right_to_left if turned == half else turned > half)
        paragraphs = []
        for text, here in zip(quotation.paragraphs, directions, strict=True):
            words = self.text(text, is_right_to_left=here)
            if quotation.language:
                words = Markup('<span lang="{}">{}</span>').format(quotation.language, words)
            paragraphs.append(Markup("<p{}>{}</p>").format(inside.turned(here), words))
        return Markup("<blockquote{}>\n{}\n</blockquote>").format(
            self.turned(inside.is_right_to_left), Markup("\n").join(paragraphs)
        )

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        return Markup("\n").join(self.block(block) for block in blocks)


def numbers_in_order(text: str) -> Markup:
    """What somebody typed, escaped, for a page: in words from right to left a telephone number keeps its order."""
    turned = bool(is_right_to_left(text))
    return Setting(is_right_to_left=turned).text(text) if turned else escape(text)


def _apart(text: str, direction: Markup) -> Markup:
    kept = Markup(' class="whole"') if len(text) <= _LONGEST_WHOLE_NUMBER else Markup("")
    return Markup("<bdi{}{}>{}</bdi>").format(kept, direction, text)


def _place(paragraph: Paragraph) -> Markup:
    """A date promised stands in its own line, and what leads to it, or to a list, stays on its page."""
    if all(isinstance(run, Fact) for run in paragraph.content):
        return Markup(' class="own-line"')
    return Markup(' class="leads"') if text_of(paragraph.content).endswith(":") else Markup("")
