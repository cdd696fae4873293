"""Semantic document → file. Every format has one shape: ``make(document, choice) -> File``."""

from dataclasses import dataclass
from importlib import import_module

from flask import Flask

from app.formats.document import Document, File

# Name → module. Imported when first used: a page that only lists formats loads no PDF or speech engine.
FORMATS = {
    "standard-print": "app.formats.standard_print",
    "large-print": "app.formats.large_print",
    "html": "app.formats.html",
    "text": "app.formats.text",
    "audio": "app.formats.audio",
    "audio-cd": "app.formats.audio_cd",
    "wav": "app.formats.wav",
    "talking-book": "app.formats.talking_book",
    "braille": "app.formats.braille",
    "pef": "app.formats.pef",
}
PAPERS = ("white", "yellow", "cream", "blue")
RATES = ("slow", "usual", "fast")
# Within which format each choice counts: two files of a letter differ by these, and by nothing else.
HAS_SIZE = frozenset({"large-print"})
HAS_PAPER = frozenset({"standard-print", "large-print"})
HAS_RATE = frozenset({"audio", "audio-cd", "wav", "talking-book"})
HAS_GRADE = frozenset({"braille", "pef"})


@dataclass(frozen=True)
class Choice:
    """What the reader needs within a format.

    ``point_size`` is for large print; ``paper`` (one of PAPERS) for all print; ``rate`` (one of RATES) for all sound;
    ``braille_grade``, ``cells`` a line and ``lines`` a page for braille.
    """

    point_size: int = 18
    braille_grade: int = 2
    paper: str = "white"
    rate: str = "usual"
    cells: int = 40
    lines: int = 25


def make(name: str, document: Document, choice: Choice | None = None) -> File:
    """Make the document in the named format.

    Raises KeyError for an unknown format, FormatRefused when it cannot be made well in this language.
    """
    file: File = import_module(FORMATS[name]).make(document, choice or Choice())
    return file


def can_make(language: str, name: str) -> str | None:
    """Why letters in this language cannot be made in the named format: one of ``matrix.REASONS``. None where they can.

    Cheap: it asks what is installed and makes nothing. Raises KeyError for an unknown format.
    """
    from app.formats.matrix import reason_against  # it asks the formats, which need what is above

    return reason_against(language, name)


def make_letter(name: str, document: Document, choice: Choice | None = None) -> File:
    """As ``make``, for a reader: a page of braille says which page of the print it is from, for whoever reads that."""
    if name in HAS_GRADE:
        from app.formats.standard_print import with_print_pages

        document = with_print_pages(document)
    return make(name, document, choice)


def init_app(app: Flask) -> None:
    """What a tenant typed, on pages: ``{{ words|numbers_in_order }}``."""
    from app.formats.markup import numbers_in_order
    from app.formats.voice_commands import voices_commands

    app.cli.add_command(voices_commands)
    app.jinja_env.filters["numbers_in_order"] = numbers_in_order
    if voices := app.config["LETTERBOX"].speech_voices:
        from app.formats.speech.piper import piper_in

        piper_in(voices)  # a folder that is not there stops the start, not a letter
