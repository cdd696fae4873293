"""Every letter in every format and language for both landlords, and each made file held against its format's rules.

``short()`` is what the suite makes: each format in each language for one landlord or both, ever of another letter.
``benchmarks/every_letter.py`` makes them all.
"""

import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pytest
from flask import Flask

from app import formats
from app.extensions import db, start_writing
from app.formats import audio, audio_cd, speech, talking_book, wav
from app.formats.check import check
from app.formats.document import Document, File, FormatRefused
from app.formats.speech import Recorded
from app.landlords.standards import current_landlord
from app.languages import DEFAULT, LANGUAGES
from app.letters.actions import document_in
from app.tenants.actions import record_tenant
from tests.builders import a_colleague, needs, person
from tests.letters.samples import WITH_KIND, sample
from tests.letters.test_acknowledgement import NOW, written

LANDLORDS = ("livewest", "livv")
IS_LONG = os.environ.get("LETTERBOX_SOAK") == "1"
SPOKEN = (audio, audio_cd, wav, talking_book)
# What readers choose within a format: each is made of one letter in each language.
CHOICES = {
    "large-print": (formats.Choice(point_size=28, paper="yellow"), formats.Choice(point_size=16, paper="blue")),
    "standard-print": (formats.Choice(paper="cream"),),
    "braille": (formats.Choice(braille_grade=1), formats.Choice(cells=28, lines=20)),
    "pef": (formats.Choice(braille_grade=1),),
    "audio": (formats.Choice(rate="slow"),),
}


SHORTEST = (("compliment-shared", "compliment"), ("hand-over", "enquiry"), ("follow-up", "enquiry"))


@dataclass(frozen=True)
class Made:
    """What became of one letter in one format: bytes, and what its check found or why it was refused."""

    size: int
    findings: tuple[str, ...] = ()
    refused: str = ""


def every(landlord: str, languages: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Letter, kind of case, language, format: of this landlord."""
    for (name, kind), language, format_name in itertools.product(WITH_KIND, languages, formats.FORMATS):
        yield name, kind, language, format_name


def languages_at(landlord: str) -> tuple[str, ...]:
    """English at each landlord, every other language at one of them: LETTERBOX_SOAK=1 has each at each."""
    others = tuple(tag for tag in LANGUAGES if tag != DEFAULT.tag)
    return (DEFAULT.tag, *(others if IS_LONG else others[LANDLORDS.index(landlord) :: len(LANDLORDS)]))


def short(landlord: str, spoken: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Each format in each language of ``languages_at`` that can be made in it; what is spoken, of the shortest letters.

    Sound only in the languages ``spoken``, English for the first landlord.
    """
    letters, turn = itertools.cycle(WITH_KIND), LANDLORDS.index(landlord)
    for _skipped in range(7 * turn):
        next(letters)
    for language, format_name in itertools.product(languages_at(landlord), formats.FORMATS):
        if formats.can_make(language, format_name) is not None:
            continue
        if format_name not in formats.HAS_RATE:
            yield (*next(letters), language, format_name)
        elif language in spoken and (language != DEFAULT.tag or not turn):
            yield *SHORTEST[spoken.index(language) % len(SHORTEST)], language, format_name


def documents(app: Flask, wanted: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str, str], Document]:
    """By letter, kind and language. ``app`` is empty, and its context pushed."""
    start_writing()
    a_colleague("ada@landlord.example", roles=("complaints-team",), name="Ada Byron", phone="01392 123456")
    db.session.commit()
    made = {}
    for (name, kind), group in itertools.groupby(sorted(set(wanted)), key=lambda one: one[:2]):
        start_writing()
        tenant = record_tenant(person(), needs(interpreter_language="Polish"), "en", NOW, None)
        letter = sample(written(handler=None, kind=kind, channel="web", tenant=tenant).case, name)
        for _name, _kind, language in group:
            made[name, kind, language] = document_in(letter, current_landlord(), language)
        db.session.rollback()
    return made


def share_recordings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter is read out once for all formats that hold its sound: the voice takes longer than all the rest."""
    recorded = lru_cache(maxsize=4)(speech.record)

    def once(document: Document, rate: str = "usual") -> tuple[Recorded, ...]:
        return recorded(document, rate)

    for module in SPOKEN:
        monkeypatch.setattr(module, "record", once)


def soon_read_out(document: Document) -> Document:
    """Without the addresses, which take a minute and more to spell, in each part of a recording that names them."""
    return replace(document, recipient=(), sender=replace(document.sender, address=()))


def read_out_only_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of who gets a recording: a whole letter takes the voice, and what encodes it, ten seconds a format.

    Whole letters are read out in ``test_every_letter.py``.
    """
    whole = formats.make_letter

    def make_letter(name: str, document: Document, choice: formats.Choice | None = None) -> File:
        if name in formats.HAS_RATE:
            document = replace(soon_read_out(document), blocks=document.blocks[:2])
        return whole(name, document, choice)

    monkeypatch.setattr(formats, "make_letter", make_letter)


def made(document: Document, format_name: str, choice: formats.Choice, folder: Path) -> Made:
    """Make it in this empty folder, and check it."""
    try:
        file = formats.make(format_name, document, choice)
    except FormatRefused as refused:
        return Made(0, refused=refused.reason)
    return Made(_size(file), tuple(str(finding) for finding in check(_put(file, folder))))


def _put(file: File, folder: Path) -> Path:
    path = folder / file.name
    if not file.members:
        path.write_bytes(file.content)
        return path
    path.mkdir()
    for member in file.members:
        (path / member.name).parent.mkdir(parents=True, exist_ok=True)
        (path / member.name).write_bytes(member.content)
    return path


def _size(file: File) -> int:
    return len(file.content) + sum(len(member.content) for member in file.members)
