"""A made PEF: its XML is what embossers' software expects, and its braille passes as that of a BRF."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from app.formats.braille_cells import CELLS
from app.formats.check.braille import Reading, findings_in

PEF = "{http://www.daisy.org/ns/2008/pef}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA_TYPE = "application/x-pef+xml"
WITHIN = {f"{PEF}body": "volume", f"{PEF}volume": "section", f"{PEF}section": "page", f"{PEF}page": "row"}


def check(path: Path) -> list[str]:
    """One sentence a finding. Language, grade and the size of the page are taken from the file itself."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as wrong:
        return [f"it is no XML: {wrong}"]
    if root.tag != f"{PEF}pef" or root.get("version") != "2008-1":
        return ["it is no PEF of the version 2008-1"]
    found = [*_told(root), *_inside(root), *_volumes(root)]
    return found or list(findings_in(_as_brf(root), _reading(root)))


def _told(root: Any) -> Iterator[str]:
    """What the head must say, and once."""
    meta = root.find(f"{PEF}head/{PEF}meta")
    words = {name: [] if meta is None else meta.findall(f"{DC}{name}") for name in ("format", "identifier", "language")}
    for name, elements in words.items():
        if len(elements) != 1 or not (elements[0].text or "").strip():
            yield f"its head does not say its {name}, or more than once"
    if words["format"] and words["format"][0].text != MEDIA_TYPE:
        yield f"its format is “{words['format'][0].text}”, not {MEDIA_TYPE}"


def _inside(root: Any) -> Iterator[str]:
    bodies = root.findall(f"{PEF}body")
    if len(bodies) != 1:
        yield f"it has {len(bodies)} bodies, not one"
    strange = {
        str(child.tag)
        for parent, name in WITHIN.items()
        for element in root.iter(parent)
        for child in element
        if child.tag != f"{PEF}{name}"
    }
    empty = [name for tag, name in WITHIN.items() if any(len(element) == 0 for element in root.iter(tag))]
    yield from (f"it has <{etree.QName(tag).localname}> where none may stand" for tag in sorted(strange))
    yield from (f"there is a part without any {name}" for name in empty)


def _volumes(root: Any) -> Iterator[str]:
    for volume in root.iter(f"{PEF}volume"):
        if wrong := [name for name in ("cols", "rows", "rowgap") if not re.fullmatch("[0-9]+", volume.get(name, ""))]:
            yield f"a volume does not say its {', '.join(wrong)}"
        if volume.get("duplex") not in ("true", "false"):
            yield "a volume does not say whether both sides are embossed"
    for row in root.iter(f"{PEF}row"):
        if strange := sorted({cell for cell in row.text or "" if cell not in CELLS}):
            yield f"a row has {', '.join(f'U+{ord(cell):04X}' for cell in strange)}, which is no cell of six dots"
            return


def _reading(root: Any) -> Reading:
    volume = root.find(f"{PEF}body/{PEF}volume")
    meta = root.find(f"{PEF}head/{PEF}meta")
    grade = re.search("grade ([12])", meta.findtext(f"{DC}description") or "")
    size = int(volume.get("cols")), int(volume.get("rows"))
    return Reading(meta.findtext(f"{DC}language") if grade else "", int(grade[1]) if grade else 0, *size)


def _as_brf(root: Any) -> str:
    """The same pages in the signs of a BRF, whose rules they have to keep."""
    pages = [[row.text or "" for row in page] for page in root.iter(f"{PEF}page")]
    return "\f".join("".join(f"{''.join(CELLS[cell] for cell in row)}\r\n" for row in page) for page in pages)
