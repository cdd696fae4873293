"""A page's blocks as the website shows them: the words of every format, with links where print has addresses."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from app.formats.document import (
    AddressBlock,
    Block,
    Fact,
    Heading,
    ListOf,
    Paragraph,
    Table,
    Words,
    text_of,
)
from app.formats.markup import Setting

_CLASS_OF_HEADING = {2: "govuk-heading-m", 3: "govuk-heading-s"}

ALONE = Markup(' class="alone"')


@dataclass(frozen=True)
class Anchor:
    """A heading, and the fragment by which it is led to."""

    fragment: str
    words: str
    level: int


@dataclass(frozen=True)
class OnScreen(Setting):
    """``site``: the beginning of our own addresses, which a link on the page need not say."""

    site: str = ""
    anchors: Mapping[int, str] = field(default_factory=dict)  # by the heading's place in memory: see ``anchored``

    def fact(self, fact: Fact) -> Markup:
        text = escape(fact.text)
        match fact.kind:
            case "link":
                address = fact.value.removeprefix(self.site) if self.site else fact.value
                turned = self.direction(fact.text)
                made = Markup('<a class="govuk-link" href="{}"{}>{}</a>').format(address or "/", turned, text)
            case "phone":
                made = Markup('<a class="ltr nowrap tabular" dir="ltr" href="tel:{}">{}</a>').format(fact.value, text)
            case "email":
                made = Markup('<a class="ltr" dir="ltr" href="mailto:{}">{}</a>').format(fact.value, text)
            case _:
                return super().fact(fact)
        return Markup("<strong>{}</strong>").format(made) if fact.is_strong else made

    def block(self, block: Block) -> Markup:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                alone = " alone" if _is_one_link(block.content) else ""
                return Markup('<p class="govuk-body{}">{}</p>').format(alone, self.inline(block.content))
            case ListOf():
                return self._list(block)
            case Table():
                return self._wide(block)
            case AddressBlock():
                return Markup('<address class="address ltr" dir="ltr">{}</address>').format(self.lines(block.lines))
            case _:
                return super().block(block)

    def _heading(self, block: Heading) -> Markup:
        tag = Markup(f"h{block.level}")  # noqa: S704  # a number of ours
        return Markup('<{} class="{}" id="{}">{}</{}>').format(
            tag, _CLASS_OF_HEADING[block.level], self.anchors[id(block)], self.inline(block.content), tag
        )

    def _list(self, block: ListOf) -> Markup:
        tag = Markup("ol") if block.is_ordered else Markup("ul")
        items = Markup("\n").join(
            Markup("<li{}>{}</li>").format(ALONE if _is_one_link(item) else "", self.inline(item))
            for item in block.items
        )
        kind = "number" if block.is_ordered else "bullet"
        return Markup('<{} class="govuk-list govuk-list--{}">\n{}\n</{}>').format(tag, kind, items, tag)

    def _wide(self, table: Table) -> Markup:
        """On a phone each row is a block of its own, each value behind its column's name: nothing scrolls sideways."""
        head = Markup("").join(
            Markup('<th scope="col" class="govuk-table__header">{}</th>').format(self.text(name))
            for name in table.headers
        )
        rows = Markup("\n").join(self._row(table, row) for row in table.rows)
        return Markup(
            '<table class="govuk-table page-table">\n<caption class="govuk-table__caption govuk-table__caption--s">{}'
            '</caption>\n<thead class="govuk-table__head"><tr class="govuk-table__row">{}</tr></thead>\n'
            '<tbody class="govuk-table__body">\n{}\n</tbody>\n</table>'
        ).format(self.text(table.caption), head, rows)

    def _row(self, table: Table, row: Sequence[Iterable[object]]) -> Markup:
        first, *others = row
        cells = Markup(
            ""
        ).join(
            Markup(
                '<td class="govuk-table__cell"><span class="page-table__name" aria-hidden="true">{}</span> {}</td>'
            ).format(self.text(name), self.inline(cell))  # type: ignore[arg-type]
            for name, cell in zip(table.headers[1:], others, strict=True)
        )
        return Markup('<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{}</th>{}</tr>').format(
            self.inline(first),  # type: ignore[arg-type]
            cells,
        )


def _is_one_link(content: Iterable[object]) -> bool:
    """A link that stands in no sentence is as tall as a thumb: see ``.alone`` in the sheet."""
    said = [one for one in content if not isinstance(one, Words) or one.text.strip(" .")]
    return len(said) == 1 and isinstance(said[0], Fact) and said[0].kind in ("link", "phone", "email")


def anchored(blocks: Iterable[Block], named: Mapping[int, str]) -> tuple[dict[int, str], tuple[Anchor, ...]]:
    """The fragment of each heading. ``named``: those that the page names itself, by the heading's number."""
    fragments: dict[int, str] = {}
    found: list[Anchor] = []
    taken = set(named.values())
    for number, heading in enumerate(block for block in blocks if isinstance(block, Heading)):
        words = text_of(heading.content)
        fragment = named.get(number) or _free(fragment_of(words), taken)
        taken.add(fragment)
        fragments[id(heading)] = fragment
        found.append(Anchor(fragment, words, heading.level))
    return fragments, tuple(found)


def fragment_of(words: str) -> str:
    """The words as a fragment: small letters of any script and digits, joined with dashes."""
    marked = unicodedata.normalize("NFC", words.lower())
    plain = "".join(c for c in marked if not unicodedata.combining(c))  # vowel signs of Arabic, which are no letters
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split()) or "part"


def _free(fragment: str, taken: set[str]) -> str:
    number = 1
    free = fragment
    while free in taken:
        number += 1
        free = f"{fragment}-{number}"
    return free
