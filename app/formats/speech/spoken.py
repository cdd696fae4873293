"""A letter → the script of what is said, in the letter's language.

UKAAF's guidance for audio: title and sender first, then contents and length; sections that can be jumped to; numbers,
references, dates, phone numbers and addresses said so that they can be written down, and repeated.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from app.formats.document import (
    AddressBlock,
    Block,
    Document,
    Heading,
    ListOf,
    Paragraph,
    Quotation,
    Table,
    Words,
    text_of,
)
from app.formats.sentences import place_of
from app.formats.speech import facts, words
from app.formats.speech.plain import POSTCODE, is_sayable, sayable
from app.formats.speech.sayer import Sayer, at
from app.formats.speech.script import (
    AFTER_HEADING,
    AFTER_PARAGRAPH,
    AFTER_SECTION,
    AFTER_SENTENCE,
    Section,
    Sentence,
)
from app.formats.speech.voices import has_voice


def script_of(document: Document) -> tuple[Section, ...]:
    """The sections of the letter, in order, without the opening announcement. Call it inside ``speaking``."""
    return tuple(_closed(section) for section in _Writer(document).sections())


def opening_of(document: Document, sections: Sequence[Section], minutes: int) -> Section:
    """The announcement: title and sender first, for whom, then length and contents. ``minutes`` of the whole."""
    writer = _Writer(document)
    title = words.about_this_recording()
    names = [title, *(section.title for section in sections)]
    shown = (
        document.title,
        words.from_sender(document.sender.name) if document.is_letter else words.page_from(document.sender.name),
        *(words.for_reader(name) for name in document.recipient[:1]),
        words.lasts(minutes),
        words.parts(len(names)),
        *names,
    )
    said = (
        sentence
        for number, line in enumerate(shown)
        for sentence in at(f"line-{number}", writer.say(line, AFTER_SENTENCE if number else AFTER_HEADING))
    )
    return _closed(Section(title, tuple(said), shown))


def begins_section(block: Block) -> TypeGuard[Heading]:
    """A heading, unless nothing of it can be said (a row of stars): nobody could jump to it."""
    return isinstance(block, Heading) and is_sayable(sayable(text_of(block.content)))


def _closed(section: Section) -> Section:
    """The last pause of a section is the longest."""
    *before, last = section.sentences
    return replace(section, sentences=(*before, replace(last, pause=AFTER_SECTION)))


class _Writer(Sayer):
    def __init__(self, document: Document) -> None:
        super().__init__(document.language, document.sender.name)
        self.document = document

    def sections(self) -> Iterator[Section]:
        title, said = self.document.title, list(self.head())
        for number, block in enumerate(self.document.blocks):
            if begins_section(block):
                yield Section(title, tuple(said))
                title, said = sayable(text_of(block.content)), []
            said += self.block(number, block)
        yield Section(title, tuple(said))
        yield Section(self.who_wrote, tuple(self.sender()))

    @property
    def who_wrote(self) -> str:
        return words.who_wrote() if self.document.is_letter else words.who_wrote_page()

    def head(self) -> Iterator[Sentence]:
        """What stands at the head of the printed letter."""
        document = self.document
        yield from at("title", self.say(document.title, AFTER_HEADING))
        if not document.is_letter:
            yield from at("dated", self.say(words.page_dated(facts.inline(document.dated, self.language))))
            return
        for place, fact, sentence in (
            ("dated", document.dated, words.dated),
            ("reference", document.reference, words.reference_is),
        ):
            yield from at(place, self.say(sentence(facts.inline(fact, self.language))))
            yield from self.repeat(fact)
        if len(document.recipient) > 1:
            yield from at("to-1", self.say(words.your_address()))
            yield from self.lines(document.recipient[1:], "to-{}", 1)

    def sender(self) -> Iterator[Sentence]:
        sender = self.document.sender
        yield from at("from", self.say(self.who_wrote, AFTER_HEADING))
        yield from self.lines((sender.name, *sender.address), "from-{}")
        yield from self.address_again((sender.name, *sender.address))
        yield from at("phone", self.say(words.phone_is(facts.inline(sender.phone, self.language))))
        yield from self.repeat(sender.phone)
        if sender.email:
            yield from at("email", self.say(words.email_is(self.fact(sender.email))))
            yield from self.repeat(sender.email)
        yield from self.say(words.the_end())

    def block(self, number: int, block: Block) -> Iterator[Sentence]:
        match block:
            case Heading():
                yield from self.inline(block.content, AFTER_HEADING, (number, 0))
            case Paragraph():
                yield from self.inline(block.content, AFTER_PARAGRAPH, (number, 0))
            case ListOf():
                yield from self.list_of(number, block)
            case Table():
                yield from self.table(number, block)
            case Quotation():
                yield from self.quotation(number, block)
            case AddressBlock():
                yield from self.lines(block.lines, f"b{number}-{{}}-0")
                yield from self.address_again(block.lines)

    def list_of(self, at_block: int, block: ListOf) -> Iterator[Sentence]:
        yield from at(place_of(at_block), self.say(words.a_list(len(block.items))))
        for part, item in enumerate(block.items):
            if block.is_ordered:
                yield from at(place_of(at_block, part), self.say(words.numbered(part + 1)))
            yield from self.inline(item, AFTER_PARAGRAPH, (at_block, part))
        yield from self.say(words.end_of_list(), AFTER_PARAGRAPH)

    def table(self, at_block: int, table: Table) -> Iterator[Sentence]:
        """Row by row, each value behind its column's name: nobody can look up the head of a column by ear.

        The caption is part 0, then come the cells, row by row.
        """
        yield from at(place_of(at_block), self.say(words.a_table(sayable(table.caption), len(table.rows))))
        for number, row in enumerate(table.rows):
            for column, (header, cell) in enumerate(zip(table.headers, row, strict=True)):
                part = 1 + number * len(table.headers) + column
                leads = (Words(f"{header}: "),) if column else ()
                yield from self.inline(cell, AFTER_PARAGRAPH, (at_block, part), leads)
        yield from self.say(words.end_of_table(), AFTER_PARAGRAPH)

    def quotation(self, at_block: int, quotation: Quotation) -> Iterator[Sentence]:
        yield from at(place_of(at_block), self.say(words.you_wrote()))
        language = quotation.language or self.language
        if has_voice(language):
            for part, paragraph in enumerate(quotation.paragraphs):
                yield from self.inline((Words(paragraph, language=language),), AFTER_PARAGRAPH, (at_block, part))
        else:
            yield from self.say(words.cannot_be_spoken())
        yield from self.say(words.end_of_what_you_wrote(), AFTER_PARAGRAPH)

    def lines(self, lines: Iterable[str], place: str = "", first: int = 0) -> Iterator[Sentence]:
        """An address, a line at a time; ``place`` with ``{}`` for its number."""
        lines = tuple(lines)
        language = self.language_of_address(lines)
        for number, line in enumerate(lines, first):
            for sentence in self.say(line, language=self.language if POSTCODE.search(line) else language):
                yield replace(sentence, pace="slow", place=place.format(number))

    def address_again(self, lines: tuple[str, ...]) -> Iterator[Sentence]:
        if self.is_new("address", *lines):
            yield from self.say(words.again("address"), AFTER_PARAGRAPH)
            yield from self.lines(lines)
