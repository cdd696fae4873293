"""What stands on the case of a disc: as text, as a sheet to print that fits the case, and in braille."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.formats.braille import LINE_END
from app.formats.braille_cells import to_brf
from app.formats.braille_layout import LINE, Page, lines_of
from app.formats.braille_tables import CODES, digits_of
from app.formats.braille_translation import Translator
from app.formats.document import Document, File, FormatRefused, ListOf, Paragraph, Words
from app.formats.print_page import Sheet, make_pdf

SHEET = Sheet("disc-label", 14, foot_point_size=12)
# A label of braille is read with the case in the hand: lines as wide as the case, not shortened, for every reader.
CELLS = 20
GRADE = 1


@dataclass(frozen=True)
class Label:
    """``kind``: what it plays on, in a sentence. ``parts`` of the disc: title, and length in seconds."""

    kind: str
    parts: Sequence[tuple[str, float]]
    disc: int = 1
    discs: int = 1

    @property
    def which(self) -> str:
        return _("Disc %(number)s of %(of)s", number=self.disc, of=self.discs) if self.discs > 1 else ""


def audio_cd() -> str:
    # Translators: stands on the case of a disc.
    return _("Audio CD. It plays in every CD player.")


def for_players() -> str:
    # Translators: stands on the case of a disc. MP3 is a kind of sound file.
    return _("Disc with MP3 files. It plays in players for blind people, and on computers.")


def label_files(document: Document, label: Label, name: str = "label") -> Iterator[File]:
    """``label.txt``, ``label.pdf`` and, where the language has braille, ``label.brf``. Call it inside ``speaking``.

    Raises FormatRefused when a font for the language is missing.
    """
    yield File(f"{name}.txt", "text/plain; charset=utf-8", _text(document, label).encode())
    yield File(f"{name}.pdf", "application/pdf", make_pdf(_sheet(document, label), SHEET))
    try:
        yield File(f"{name}.brf", "application/x-brf", _braille(document, label))
    except FormatRefused:
        return  # there is no braille for this language; the disc itself says what it is


def _text(document: Document, label: Label) -> str:
    head = [document.title, document.sender.name, document.reference.text, *document.recipient[:1], label.which]
    lines = [line for line in head if line]
    parts = [f"{number}. {part}" for number, part in enumerate(_parts(label), 1)]
    return "\n".join([*lines, label.kind, "", *parts]) + "\n"


def _parts(label: Label) -> Iterator[str]:
    for title, length in label.parts:
        minutes, seconds = divmod(int(length), 60)
        yield f"{title} ({minutes}:{seconds:02})"


def _sheet(document: Document, label: Label) -> Document:
    parts = ListOf(True, tuple((Words(part),) for part in _parts(label)))
    return replace(_short(document, label), blocks=(Paragraph((Words(label.kind),)), parts))


def _short(document: Document, label: Label) -> Document:
    """Whose letter it is, and which disc: no more has room."""
    title = f"{document.title}. {label.which}" if label.which else document.title
    sender = replace(document.sender, address=(), email=None)
    return replace(document, title=title, sender=sender, recipient=document.recipient[:1], blocks=())


def _braille(document: Document, label: Label) -> bytes:
    """A line or two each: what the letter is, which disc, from whom, the reference.

    Raises FormatRefused when the language has no braille, or a number does not read back.
    """
    lines = [(Words(line),) for line in (document.title, label.which, document.sender.name) if line]
    made = Translator(document.language, GRADE).translate([*lines, (document.reference,)])
    if any(digits_of(sentence.cells, document.language) != sentence.digits for sentence in made):
        raise FormatRefused("A number of the disc's label does not read back from its braille.")
    blocks = [(sentence.cells, LINE) for sentence in made]
    wrapped = lines_of(blocks, Page(CELLS, len(blocks)), CODES[document.language].continuation)
    return "".join(f"{to_brf(line.cells)}{LINE_END}" for line in wrapped).encode("ascii")
