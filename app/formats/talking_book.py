"""A talking book: EPUB 3 with media overlays, words and sound together, for the players that blind people own.

EPUB 3.3 (W3C, 2025) and EPUB Accessibility 1.1: a page, its sound and what ties them for each section of the letter.
"""

import hashlib
import json
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from io import BytesIO

from flask import render_template
from flask_babel import gettext as _

from app.config import PROJECT
from app.formats import Choice
from app.formats.audio import parts
from app.formats.document import Document, File, file_name
from app.formats.markup import Setting
from app.formats.speech import Recorded, record, waves
from app.formats.talking_book_pages import TOP, Shown, pages_of
from app.languages import LANGUAGES, speaking

MEDIA_TYPE = "application/epub+zip"
STYLE = PROJECT / "templates" / "formats" / "talking_book" / "book.css"
_FOLDER = "letter"
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the same bytes each time
_CONTAINER = f"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{_FOLDER}/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True)
class Clip:
    """What is heard for one place of the letter, in seconds from the start of its page's sound."""

    place: str
    start: float
    end: float


@dataclass(frozen=True)
class Page:
    """One section. ``level`` is how deep it stands in the contents, ``below`` what stands under it there."""

    name: str
    title: str
    shown: Shown
    clips: tuple[Clip, ...]
    sound: bytes = field(repr=False)

    @property
    def content(self) -> str:
        return self.shown.content

    @property
    def seconds(self) -> float:
        return self.clips[-1].end


@dataclass
class Entry:
    """A line of the contents."""

    name: str
    title: str
    below: list["Entry"] = field(default_factory=list)


def make(document: Document, choice: Choice) -> File:
    """An EPUB 3 file that says and shows the letter, sentence by sentence.

    The same sound gives the same bytes. Raises FormatRefused when no voice speaks the language or the voice failed.
    """
    sections = record(document, choice.rate)
    with speaking(document.language):
        shown = pages_of(document, sections[0].shown)
        pages = [
            Page(f"part-{number:02}", section.title, page, tuple(clips_of(section)), sound)
            for number, (section, page, sound) in enumerate(
                zip(sections, shown, parts(document, sections), strict=True), 1
            )
        ]
        content = _packed(_files(document, pages))
    return File(file_name(document, "talking-book.epub"), MEDIA_TYPE, content)


def clips_of(section: Recorded) -> Iterator[Clip]:
    """What is heard, place by place and without a gap. What has no place of its own goes with what is before it."""
    place, start = section.spans[0].sentence.place, 0
    for span in section.spans:
        if span.sentence.place not in ("", place):
            yield Clip(place, start / waves.RATE, span.start / waves.RATE)
            place, start = span.sentence.place, span.start
    yield Clip(place, start / waves.RATE, section.spans[-1].end / waves.RATE)


def contents_of(pages: Sequence[Page]) -> list[Entry]:
    """The table of contents: what has a smaller heading stands below the heading before it."""
    entries: list[Entry] = []
    for page in pages:
        entry = Entry(page.name, page.title)
        (entries if page.shown.level == TOP or not entries else entries[-1].below).append(entry)
    return entries


def _files(document: Document, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    """Names in the archive and their content, in its order."""
    seconds = sum(page.seconds for page in pages)
    language = LANGUAGES[document.language]
    about = {
        "document": document,
        "pages": pages,
        "contents": contents_of(pages),
        "seconds": seconds,
        "summary": summary(),
        "identifier": _identifier(document),
        "day": document.dated.value[:10],
        "language": document.language,
        "direction": language.direction,
        "setting": Setting.of(document),
    }
    yield "mimetype", MEDIA_TYPE.encode()
    yield "META-INF/container.xml", _CONTAINER.encode()
    yield f"{_FOLDER}/package.opf", _rendered("package.xml", about)
    yield f"{_FOLDER}/nav.xhtml", _rendered("nav.xhtml", about)
    yield f"{_FOLDER}/book.css", STYLE.read_bytes()
    for page in pages:
        yield f"{_FOLDER}/{page.name}.xhtml", _rendered("section.xhtml", {**about, "page": page})
        yield f"{_FOLDER}/{page.name}.smil", _rendered("overlay.xml", {"page": page})
        yield f"{_FOLDER}/{page.name}.mp3", page.sound


def _rendered(name: str, about: dict[str, object]) -> bytes:
    return render_template(f"formats/talking_book/{name}", clock=clock, **about).encode()


def summary() -> str:
    """What a catalogue of books, or a player, says of it to somebody who chooses."""
    # Translators: describes a talking book: a letter as a file with its words and a recording of them.
    return _(
        "You can read this letter, listen to it, or do both at once: each sentence is shown while a computer's voice "
        "says it. You can jump from part to part. There are no pictures."
    )


def clock(seconds: float) -> str:
    """A clock value as SMIL has it: hours, minutes, seconds and thousandths."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _identifier(document: Document) -> uuid.UUID:
    """The same for the same words: a player that has the book already does not take it for another."""
    words = json.dumps(asdict(document), ensure_ascii=False, sort_keys=True)
    return uuid.UUID(bytes=hashlib.sha256(words.encode()).digest()[:16], version=5)


def _packed(files: Iterator[tuple[str, bytes]]) -> bytes:
    """The first file says what it is and is not packed (Open Container Format 3.3, 4.3); sound is packed already."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, date_time=_ZIP_DAY)
            is_text = not name.endswith((".mp3", "mimetype"))
            entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()
