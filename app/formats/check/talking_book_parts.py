"""One part of a made talking book: what is shown, and which piece of the sound belongs to each sentence."""

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree

from app.formats.check import mp3
from app.formats.check.html import ATTRIBUTES, TAGS
from app.languages import LANGUAGES

XHTML = "{http://www.w3.org/1999/xhtml}"
SMIL = "{http://www.w3.org/ns/SMIL}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
MORE_TAGS = {"link", "nav", "section"}
MORE_ATTRIBUTES = {"id", "rel", "type", "role", "aria-labelledby", "{http://www.w3.org/XML/1998/namespace}lang"}


class Broken(Exception):
    """The book cannot be read further. Says why."""


@dataclass(frozen=True)
class Book:
    archive: zipfile.ZipFile
    folder: str
    package: Any

    def named(self, href: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder, href))

    def xml(self, href: str) -> Any:
        return xml_in(self.archive, self.named(href))

    @property
    def items(self) -> dict[str, Any]:
        return {item.get("id"): item for item in self.package.iter(f"{OPF}item")}

    @property
    def spine(self) -> list[Any]:
        items = self.items
        return [items[part.get("idref")] for part in self.package.iter(f"{OPF}itemref") if part.get("idref") in items]


def xml_in(archive: zipfile.ZipFile, name: str) -> Any:
    try:
        return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    except KeyError as missing:
        raise Broken(f"it has no {name}") from missing
    except etree.XMLSyntaxError as wrong:
        raise Broken(f"{name} is no XML: {wrong}") from wrong


def page_findings(book: Book, item: Any) -> Iterator[str]:
    page = book.xml(item.get("href"))
    if (tag := page.get("lang", "")) not in LANGUAGES or page.get("dir") != LANGUAGES[tag].direction:
        yield f"its language is “{tag}” and its direction “{page.get('dir')}”"
    if next(page.iter(*(f"{XHTML}h{level}" for level in range(1, 7))), None) is None:
        yield "it has no heading"
    yield from _elements(page)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    yield from (f"the id “{name}” stands there twice" for name, count in Counter(ids).items() if count > 1)
    overlay = book.items.get(item.get("media-overlay", ""))
    if overlay is None:
        yield "it has no sound of its own"
        return
    yield from _clips(book, book.xml(overlay.get("href")), item.get("href"), ids)


def _elements(page: Any) -> Iterator[str]:
    """Only what a letter is made of, and nothing from elsewhere."""
    strange: Counter[str] = Counter()
    for element in page.iter(etree.Element):
        name = etree.QName(element).localname
        if name not in TAGS | MORE_TAGS:
            strange[f"<{name}>"] += 1
        strange.update(f"{name}= on <{name}>" for name in element.attrib if name not in ATTRIBUTES | MORE_ATTRIBUTES)
        address = element.get("href", "")
        if name == "a" and not address.startswith(("https:", "http:", "mailto:", "tel:")):
            yield f"a link goes to “{address[:40]}”"
    yield from (f"it has {name}, which is no part of a letter" for name in sorted(strange))


def _clips(book: Book, overlay: Any, page: str, ids: list[str]) -> Iterator[str]:
    """The pieces of the sound follow each other without a gap, from its start to its end; each has its words."""
    shown = [text.get("src", "") for text in overlay.iter(f"{SMIL}text")]
    if lost := [name for name in shown if name.partition("#")[0] != page or name.partition("#")[2] not in ids]:
        yield f"sound is tied to “{lost[0]}”, which is not shown"
    places = [ids.index(name.partition("#")[2]) for name in shown if name.partition("#")[2] in ids]
    if places != sorted(set(places)):
        yield "sentences are spoken in another order than they are shown, or twice"
    sounds = list(overlay.iter(f"{SMIL}audio"))
    times = [(_seconds(sound.get("clipBegin", "")), _seconds(sound.get("clipEnd", ""))) for sound in sounds]
    files = {sound.get("src") for sound in sounds}
    if not times or len(files) != 1:
        yield f"it is spoken in {len(files)} sound files, not one"
        return
    if times[0][0] != 0 or any(end != start for (_, end), (start, _) in pairwise(times)):
        yield "the pieces of its sound leave something out, or are heard twice"
    if any(end <= start for start, end in times):
        yield "a piece of its sound has no length"
    name = str(files.pop())
    try:
        content = book.archive.read(book.named(name))
    except KeyError:
        yield f"it has no {name}"
        return
    yield from mp3.findings(name, content, times[-1][1])


def _seconds(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
