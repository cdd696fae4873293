"""A page of Markdown, facts and parts → the page as the website shows it, and the document for every other format."""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from markupsafe import Markup, escape

from app.content.addresses import DeadLink, place
from app.content.facts import FactNotThere, UnknownFact, fact
from app.content.markdown import Stretch, stretches
from app.content.on_screen import Anchor, OnScreen, anchored
from app.content.parts import UnknownPart, part_named
from app.content.reading import Page, library
from app.formats.document import (
    Block,
    Document,
    Fact,
    Heading,
    Inline,
    ListOf,
    NotInALetter,
    Paragraph,
    Sender,
    Table,
    Words,
    parse,
)
from app.landlords.shapes import Landlord
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, speaking
from app.letters.facts import day_in_words, local_day

# Links that are still to be followed, as they stand in few tags.
_OUR_LINKS = re.compile(r'<a href="((?:page|form):[^"]*)">(.*?)</a>')
_HEADING_BEFORE = "<h2>.</h2>"  # so that a stretch may begin below a heading of the stretch before it
_FACT = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Composed:
    """A page in one language: ``language`` is that of its words, ``wanted`` the one that was asked for.

    ``html`` is for the website, below its h1; ``blocks`` are the same words, with links as words that lead
    somewhere. ``faults`` say in English what in the page leads nowhere or is not known: it is shown all the same.
    """

    page: Page
    title: str
    description: str
    language: str
    wanted: str
    html: Markup
    blocks: tuple[Block, ...]
    anchors: tuple[Anchor, ...]
    faults: tuple[str, ...]

    @property
    def slug(self) -> str:
        return self.page.slug

    @property
    def is_in_another_language(self) -> bool:
        return self.language != self.wanted

    @property
    def direction(self) -> str:
        return LANGUAGES[self.language].direction


@dataclass(frozen=True)
class _Piece:
    blocks: tuple[Block, ...]
    anchors: dict[int, str]  # by the heading's number in the piece
    on_screen: Markup | None = None


def page_in(slug: str, language: str, at: datetime, *, is_shown: bool = True) -> Composed:
    """The landlord's page in this language, or in the first that has it. ``at`` is aware.

    ``is_shown``: on the website, by a request; without it the ``html`` is of what every format has. Raises NoSuchPage.
    """
    return compose(library().page(slug, language), language, at, is_shown=is_shown)


def compose(page: Page, wanted: str, at: datetime, *, is_shown: bool = True) -> Composed:
    with speaking(page.language):
        return _Composer(page, at, is_shown).compose(wanted)


def document_of(composed: Composed, landlord: Landlord, at: datetime, *, is_read_out: bool = False) -> Document:
    """The page as a document of no case: nobody's name and no reference. It is dated on the local day of ``at``.

    Behind the words of a link stands its address; ``is_read_out``: not that of another page of ours, which nobody
    writes down letter by letter.
    """
    unsaid = current_app.config["LETTERBOX"].public_url if is_read_out else None
    with speaking(composed.language):
        day = day_in_words(at)
    return Document(
        title=composed.title,
        language=composed.language,
        sender=Sender(
            name=landlord.name,
            address=landlord.address,
            phone=Fact("phone", landlord.phone.shown, landlord.phone.dialled),
            email=Fact("email", landlord.email, landlord.email),
            mark=landlord.mark,
        ),
        recipient=(),
        dated=Fact("time", day, local_day(at).isoformat()),
        reference=Fact("reference", "", ""),
        blocks=tuple(_on_paper(composed.blocks, unsaid)),
    )


class _Composer:
    def __init__(self, page: Page, at: datetime, is_shown: bool) -> None:
        self.page, self.at, self.is_shown = page, at, is_shown
        self.landlord = current_landlord()
        self.site: str = current_app.config["LETTERBOX"].public_url
        self.faults: list[str] = []

    def compose(self, wanted: str) -> Composed:
        pieces = tuple(self._pieces())
        blocks = tuple(block for piece in pieces for block in piece.blocks)
        fragments, anchors = anchored(blocks, _together(pieces))
        setting = OnScreen(
            is_right_to_left=LANGUAGES[self.page.language].is_right_to_left,
            is_latin=LANGUAGES[self.page.language].direction == "ltr",
            site=self.site,
            anchors=fragments,
        )
        html = (setting.blocks(piece.blocks) if piece.on_screen is None else piece.on_screen for piece in pieces)
        composed = Composed(
            page=self.page,
            title=self._plain(self.page.title),
            description=self._plain(self.page.description),
            language=self.page.language,
            wanted=wanted,
            html=Markup("\n").join(html),
            blocks=blocks,
            anchors=anchors,
            faults=tuple(self.faults),
        )
        for fault in self.faults:
            log.warning("content %s/%s: %s", self.page.language, self.page.slug, fault)
        return composed

    def _pieces(self) -> Iterator[_Piece]:
        for stretch in stretches(self.page.words, self._say, self.faults.append):
            yield self._part(stretch.part) if stretch.part else self._words(stretch)

    def _words(self, stretch: Stretch) -> _Piece:
        return _Piece(self._read(stretch.html), dict(stretch.anchors))

    def _part(self, name: str) -> _Piece:
        try:
            part = part_named(name)
        except UnknownPart:
            self.faults.append(f"no part is called {name}")
            return _Piece((), {})
        blocks = self._read(part.make(self.landlord, self.at))
        if part.on_screen is None or not self.is_shown:
            return _Piece(blocks, {})
        return _Piece(blocks, {}, part.on_screen(self.landlord, self.at))

    def _read(self, html: str) -> tuple[Block, ...]:
        if not html.strip():
            return ()
        try:
            return parse(_HEADING_BEFORE + self._linked(html), self.page.language)[1:]
        except NotInALetter as wrong:
            self.faults.append(f"it holds what no page may hold: {wrong}")
            return ()

    def _say(self, wanted: str) -> Markup:
        try:
            return fact(wanted, self.landlord, local_day(self.at))
        except UnknownFact:
            self.faults.append(f"no fact is called {wanted}")
        except FactNotThere:
            self.faults.append(f"{self.landlord.name} has no {wanted}")
        return escape(f"{{{{ {wanted} }}}}")

    def _plain(self, words: str) -> str:
        """A title or description: facts in it without their tags."""
        return str(Markup(_FACT.sub(lambda found: self._say(found[1]).striptags(), words)))  # noqa: S704  # shown escaped

    def _linked(self, html: str) -> str:
        return _OUR_LINKS.sub(self._link, html)

    def _link(self, found: re.Match[str]) -> str:
        try:
            path = place(found[1], self.page.language)
        except DeadLink:
            self.faults.append(f"{found[1]} leads nowhere")
            return found[2]
        return f'<a href="{escape(self.site + path)}">{found[2]}</a>'


def _together(pieces: Iterable[_Piece]) -> dict[int, str]:
    """The fragments that the page names, by the number of the heading in the whole page."""
    named: dict[int, str] = {}
    before = 0
    for piece in pieces:
        named.update({before + number: fragment for number, fragment in piece.anchors.items()})
        before += sum(isinstance(block, Heading) for block in piece.blocks)
    return named


def _on_paper(blocks: Iterable[Block], unsaid: str | None) -> Iterator[Block]:
    """A link is printed and read aloud too. ``unsaid``: the beginning of addresses that are left out."""
    for block in blocks:
        match block:
            case Paragraph():
                yield Paragraph(_spelt_out(block.content, unsaid))
            case ListOf():
                yield ListOf(block.is_ordered, tuple(_spelt_out(item, unsaid) for item in block.items))
            case Table():
                rows = tuple(tuple(_spelt_out(cell, unsaid) for cell in row) for row in block.rows)
                yield Table(block.caption, block.headers, rows)
            case _:
                yield block


def _spelt_out(content: Iterable[Inline], unsaid: str | None) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for run in content:
        if not isinstance(run, Fact) or run.kind != "link":
            made.append(run)
            continue
        shown = run.value.partition("://")[2].rstrip("/")
        if run.text in (shown, run.value):
            made.append(run)
        elif unsaid and run.value.startswith(unsaid):
            made.append(Words(run.text, run.is_strong))
        else:
            made += [Words(f"{run.text} (", run.is_strong), Fact("link", shown, run.value), Words(")")]
    return tuple(made)
