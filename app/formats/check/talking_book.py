"""A made talking book: its parts are there and named, and each sentence shown has its own piece of the sound.

The EPUB checker (epubcheck, in Java) joins in where it is installed; these rules stand beside it, for what it does not
look at: whether the sound is there for as long as the clips say, is even, and whose it is.
"""

import posixpath
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from app.formats.check import epub_checker
from app.formats.check.pdfua import EngineMissing
from app.formats.check.talking_book_parts import DC, OPF, XHTML, Book, Broken, page_findings, xml_in
from app.formats.document import FormatRefused
from app.formats.speech.loudness import HIGHEST_PEAK_DBTP, TARGET_LUFS, TOLERANCE_LU, measure
from app.languages import LANGUAGES

MEDIA_TYPE = b"application/epub+zip"
# EPUB Accessibility 1.1, 2.2 asks for these; the values are those of a book of synchronised words and sound.
MUST_SAY = {
    "schema:accessMode": {"textual", "auditory"},
    "schema:accessModeSufficient": {"textual", "auditory"},
    "schema:accessibilityFeature": {"synchronizedAudioText", "tableOfContents", "structuralNavigation"},
    "schema:accessibilityHazard": {"none"},
    "schema:accessibilitySummary": set[str](),
    "dcterms:modified": set[str](),
    "media:duration": set[str](),
}
SECONDS = 300


def check(path: Path) -> list[str]:
    """One sentence a finding."""
    return [*own_findings(path), *checker_findings(path)]


def own_findings(path: Path) -> list[str]:
    """What is wrong by our own rules."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = _opened(archive)
            return [
                *_archive(archive),
                *_package(book),
                *_contents(book),
                *(f"{item.get('href')}: {finding}" for item in book.spine for finding in page_findings(book, item)),
                *_sound(book),
            ]
    except (zipfile.BadZipFile, OSError) as wrong:
        return [f"it cannot be unpacked: {wrong}"]
    except Broken as broken:
        return [str(broken)]


def _opened(archive: zipfile.ZipFile) -> Book:
    container = xml_in(archive, "META-INF/container.xml")
    root = next(iter(container.iter("{*}rootfile")), None)
    if root is None:
        raise Broken("its container names no package")
    name = root.get("full-path", "")
    return Book(archive, posixpath.dirname(name), xml_in(archive, name))


def _archive(archive: zipfile.ZipFile) -> Iterator[str]:
    first = archive.infolist()[0]
    is_plain = first.compress_type == zipfile.ZIP_STORED and not first.extra
    if first.filename != "mimetype" or not is_plain or archive.read(first) != MEDIA_TYPE:
        yield "it does not begin with a plain file “mimetype” that says what it is"


def _package(book: Book) -> Iterator[str]:
    for name in ("title", "language", "identifier", "creator"):
        if not (book.package.findtext(f".//{DC}{name}") or "").strip():
            yield f"it does not say its {name}"
    if (language := book.package.findtext(f".//{DC}language") or "") not in LANGUAGES:
        yield f"its language is “{language}”, which is none that we know"
    for name, values in MUST_SAY.items():
        said = {(meta.text or "").strip() for meta in book.package.iter(f"{OPF}meta") if meta.get("property") == name}
        if not said - {""} or values - said:
            yield f"it does not say {name}{': ' if values else ''}{', '.join(sorted(values - said))}"
    named = {book.named(item.get("href")) for item in book.items.values()}
    there = {name for name in book.archive.namelist() if name != "mimetype" and not name.startswith("META-INF/")}
    if unnamed := there - named - {posixpath.join(book.folder, "package.opf")}:
        yield f"it holds {', '.join(sorted(unnamed))}, which its package does not name"
    if missing := named - there:
        yield f"its package names {', '.join(sorted(missing))}, which it does not hold"


def _contents(book: Book) -> Iterator[str]:
    """Every page of the book can be jumped to, in its order."""
    navigation = [item for item in book.items.values() if "nav" in (item.get("properties") or "").split()]
    if len(navigation) != 1:
        yield f"it has {len(navigation)} tables of contents, not one"
        return
    listed = [link.get("href") for link in book.xml(navigation[0].get("href")).iter(f"{XHTML}a")]
    if listed != [item.get("href") for item in book.spine]:
        yield "its table of contents does not lead to each of its parts in their order"


def _sound(book: Book) -> Iterator[str]:
    """All of it together: even, and as loud as a letter is."""
    names = [book.named(item.get("href")) for item in book.items.values() if item.get("media-type") == "audio/mpeg"]
    with tempfile.TemporaryDirectory(prefix="letterbox-book-") as folder:
        try:
            files = [book.archive.extract(name, folder) for name in names]
            loudness = measure("concat:" + "|".join(files), SECONDS)
        except (KeyError, FormatRefused, subprocess.SubprocessError) as wrong:
            yield f"it cannot be played: {wrong}"
            return
    if abs(loudness.lufs - TARGET_LUFS) > TOLERANCE_LU:
        yield f"its loudness is {loudness.lufs} LUFS, not {TARGET_LUFS} ± {TOLERANCE_LU}"
    if loudness.peak > HIGHEST_PEAK_DBTP:
        yield f"its highest peak is {loudness.peak} dBTP, not {HIGHEST_PEAK_DBTP} at most"


def checker_findings(path: Path) -> list[str]:
    """What the EPUB checker says; nothing where it, or Java, is not installed."""
    if not epub_checker.is_installed():
        return []
    try:
        return epub_checker.findings(path)
    except EngineMissing:
        return []
