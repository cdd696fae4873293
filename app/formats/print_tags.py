"""Completes the tags of a PDF with what a screen reader needs and the page engine leaves out.

``Lang`` on a run of words of another language: the engine drops it, and an English quotation in a Welsh letter would be
read with Welsh sounds. ``ActualText`` on words written from right to left: the engine sets their glyphs in the order in
which they stand on paper, left to right, and an Arabic letter would be read backwards; and on the last words of a line,
with the space that parts them from the next. No checker says any of these.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pydyf
from weasyprint.document import Document as LaidOut
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from app.formats.characters import is_right_to_left


class TagsOutOfStep(Exception):
    """The page engine made other tags than we expect: no letter may go out with its words mixed up."""


def complete_tags(document: LaidOut, pdf: pydyf.PDF) -> None:
    """A finisher for ``write_pdf``. Raises TagsOutOfStep when the boxes of the pages and the tags do not match."""
    made = [box for page in document.pages for box in _boxes_with_tags(page._page_box)]
    tags = [
        thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"
    ]
    tags = tags[1:]  # the first is the document itself
    if len(made) != len(tags):
        raise TagsOutOfStep(f"{len(made)} boxes, {len(tags)} tags")
    spaces = _spaces_of_line_ends(document)
    for box, tag in zip(made, tags, strict=True):
        if isinstance(box, boxes.TextBox):
            if tag["S"] != "/Span":
                raise TagsOutOfStep(f"the words {box.text!r} are tagged {tag['S']}")
            before, after = spaces.get(id(box), ("", ""))
            # A space that stands by itself is not drawn, and is no less a space.
            if before or after or box.text.isspace() or _stands_turned(box):
                tag["ActualText"] = pydyf.String(f"{before}{box.text}{after}")
        elif language := _language(box):
            tag["Lang"] = pydyf.String(language)


def _stands_turned(box: boxes.TextBox) -> bool:
    return box.style["direction"] == "rtl" or any(is_right_to_left(character) for character in box.text)


def _language(box: Any) -> str | None:
    """The language of a span: our markup has no other use for that element."""
    if box.element is None or box.element_tag != "span":
        return None
    language: str | None = box.element.get("lang")
    return language


def _boxes_with_tags(box: Any) -> Iterator[Any]:
    """The boxes of a page that got a tag, in the order in which the engine made them: parents before children."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    has_none = isinstance(box, boxes.PageBox | boxes.MarginBox) or box.element_tag in ("html", "body")
    if not has_none:
        yield box
    for child in _children(box):
        for part in child.children if isinstance(child, boxes.LineBox) and not has_none else [child]:
            if not isinstance(part, boxes.TextBox):
                yield from _boxes_with_tags(part)
            elif box.element_tag != "a":  # a link's words are its own content
                yield part


def _children(box: Any) -> Iterator[Any]:
    """A table's wrapper and the table in it have one tag together."""
    is_wrapper = getattr(box, "is_table_wrapper", False)
    for child in getattr(box, "children", ()):
        yield from child.children if is_wrapper and isinstance(child, boxes.TableBox) else [child]


def _spaces_of_line_ends(document: LaidOut) -> dict[int, tuple[str, str]]:
    """For text at the end or start of a line, by its ``id``: the space before and after it that is not on paper.

    Without it the last word of a line and the first of the next are one word to the ear. A long word that was broken
    is left as it is.
    """
    spaces: dict[int, tuple[str, str]] = {}
    for page in document.pages:
        source = "".join(page._page_box.children[0].element.itertext())
        for last, first in _line_breaks(page._page_box):
            if "".join([*last.text.split()[-1:], *first.text.split()[:1]]) in source:
                continue
            if last.element_tag != "a":  # a link's words have no tag of their own to write on
                spaces[id(last)] = (spaces.get(id(last), ("", ""))[0], " ")
            elif first.element_tag != "a":
                spaces[id(first)] = (" ", "")
    return spaces


def _line_breaks(page: Any) -> Iterator[tuple[boxes.TextBox, boxes.TextBox]]:
    """The last text of each line with the first of the line that follows it."""
    for box in _inside(page):
        lines = [
            [part for part in _inside(line) if isinstance(part, boxes.TextBox) and part.text.strip()]
            for line in getattr(box, "children", ())
            if isinstance(line, boxes.LineBox)
        ]
        filled = [line for line in lines if line]
        yield from ((one[-1], other[0]) for one, other in pairwise(filled))


def _inside(box: Any) -> Iterator[Any]:
    """The box and everything in it, also what was taken out of the flow to stand at its own place."""
    box = box._box if isinstance(box, AbsolutePlaceholder) else box
    yield box
    for child in getattr(box, "children", ()):
        yield from _inside(child)
