"""Reads the small semantic HTML of a letter into blocks. See ``document.py`` for what it may hold.

A tag or attribute that it does not know is refused by name, not dropped: half a letter is worse than none.
"""

from collections.abc import Iterator
from typing import Any, get_args

from lxml import html as lxml_html

from app.formats.characters import clean, one_line, squeezed
from app.formats.document import (
    AddressBlock,
    Block,
    Fact,
    FactKind,
    Heading,
    Inline,
    ListOf,
    NotInALetter,
    Paragraph,
    Quotation,
    Table,
    Words,
)

ATTRIBUTES = {
    "a": {"href"},
    "data": {"class", "value"},
    "time": {"datetime"},
    "span": {"lang"},
    "blockquote": {"lang"},
    "th": {"scope"},
}
BLOCKS = {"h2", "h3", "p", "ul", "ol", "table", "address", "blockquote"}
INLINE = {"strong", "a", "data", "time", "span"}
FACTS = set(get_args(FactKind)) - {"time", "link"}
SCHEMES = {"mailto": "email", "tel": "phone", "https": "link", "http": "link"}


def read(html: str, language: str | None = None) -> tuple[Block, ...]:
    """The blocks of a letter written in ``language``; a ``lang`` that only repeats it is left out.

    Raises NotInALetter for a tag, attribute or nesting that a letter may not have.
    """
    # A parser of its own for each letter: they are not to be shared between threads.
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True)
    root = lxml_html.fragment_fromstring(clean(html), create_parent="letter", parser=parser)
    _refuse_loose_text(root, "outside of any block")
    blocks = tuple(_block(element, language) for element in _children(root, BLOCKS))
    headings = [block.level for block in blocks if isinstance(block, Heading)]
    if 3 in headings and 2 not in headings[: headings.index(3)]:
        raise NotInALetter("<h3> before any <h2>")
    return blocks


def _children(parent: Any, known: set[str]) -> Iterator[Any]:
    for element in parent:
        if element.tag not in known:
            raise NotInALetter(f"<{element.tag}> in <{parent.tag}>")
        for name in element.attrib:
            if name not in ATTRIBUTES.get(element.tag, ()):
                raise NotInALetter(f"{name}= on <{element.tag}>")
        yield element


def _refuse_loose_text(element: Any, where: str) -> None:
    for loose in (element.text, *(child.tail for child in element)):
        if loose and loose.strip():
            raise NotInALetter(f"text {where}: {one_line(loose)[:40]!r}")


def _block(element: Any, language: str | None) -> Block:
    match element.tag:
        case "h2" | "h3":
            return Heading(int(element.tag[1]), _inline(element, language))
        case "p":
            return Paragraph(_inline(element, language))
        case "ul" | "ol":
            _refuse_loose_text(element, f"in <{element.tag}> outside of <li>")
            items = tuple(_inline(item, language) for item in _children(element, {"li"}))
            return ListOf(element.tag == "ol", items)
        case "table":
            return _table(element, language)
        case "address":
            return AddressBlock(_lines(element, INLINE | {"br"}))
        case _:
            other = element.get("lang")
            return Quotation(_lines(element, {"p", "br"}), other if other != language else None)


def _lines(element: Any, known: set[str]) -> tuple[str, ...]:
    """Text in which a line feed, ``<br>`` or ``<p>`` ends a line; blank lines are left out."""
    parts: list[str] = [element.text or ""]
    for child in _children(element, known):
        if child.tag == "br":
            parts.append("\n")
        elif child.tag == "p":
            parts += ["\n", *(f"{line}\n" for line in _lines(child, {"br"}))]
        else:
            parts.append(squeezed(child.text_content()))
        parts.append(child.tail or "")
    # Character references can hold what the source could not: cleaned again, as text.
    lines = (one_line(line) for line in clean("".join(parts)).split("\n"))
    return tuple(line for line in lines if line)


def _table(element: Any, language: str | None) -> Table:
    caption, headers = "", tuple[str, ...]()
    rows: list[tuple[tuple[Inline, ...], ...]] = []
    for part in _children(element, {"caption", "thead", "tbody", "tr"}):
        if part.tag == "caption":
            caption = one_line(part.text_content())
            continue
        for row in [part] if part.tag == "tr" else _children(part, {"tr"}):
            cells = list(_children(row, {"th", "td"}))
            if not headers and all(cell.tag == "th" for cell in cells):
                headers = tuple(one_line(cell.text_content()) for cell in cells)
            else:
                rows.append(tuple(_inline(cell, language) for cell in cells))
    if not caption or not headers or any(len(row) != len(headers) for row in rows):
        raise NotInALetter("<table> without a caption, a row of headers, or a cell in every column")
    return Table(caption, headers, tuple(rows))


def _inline(element: Any, language: str | None) -> tuple[Inline, ...]:
    return _tidy(list(_runs(element, is_strong=False, other=None, language=language)))


def _runs(element: Any, *, is_strong: bool, other: str | None, language: str | None) -> Iterator[Inline]:
    if element.text:
        yield Words(element.text, is_strong, other)
    for child in _children(element, INLINE):
        if child.tag == "strong":
            yield from _runs(child, is_strong=True, other=other, language=language)
        elif child.tag == "span":
            here = child.get("lang", language)
            yield from _runs(child, is_strong=is_strong, other=here if here != language else None, language=language)
        else:
            yield _fact(child, is_strong)
        if child.tail:
            yield Words(child.tail, is_strong, other)


def _fact(element: Any, is_strong: bool) -> Fact:
    for _child in _children(element, {"strong"}):
        is_strong = True
    text = one_line(element.text_content())
    if element.tag == "time":
        return Fact("time", text, element.get("datetime", ""), is_strong)
    if element.tag == "data":
        kind = element.get("class", "")
        if kind not in FACTS:
            raise NotInALetter(f'<data class="{kind}">')
        return Fact(kind, text, one_line(element.get("value", text)), is_strong)
    address = one_line(element.get("href", ""))
    scheme, _, rest = address.partition(":")
    if scheme not in SCHEMES:
        raise NotInALetter(f'<a href="{address[:40]}">')
    kind = SCHEMES[scheme]
    return Fact(kind, text, address if kind == "link" else rest, is_strong)  # type: ignore[arg-type]


def _tidy(runs: list[Inline]) -> tuple[Inline, ...]:
    """White space as a reader sees it: one space between words, none at the ends; no empty run, no run cut in two."""
    tidy: list[Inline] = []
    space_before = True  # as at the start of a line: white space here is dropped
    for run in runs:
        if isinstance(run, Words):
            text = squeezed(run.text)
            text = text[1:] if space_before and text.startswith(" ") else text
            if not text:
                continue
            run = Words(text, run.is_strong, run.language)
            last = tidy[-1] if tidy else None
            if isinstance(last, Words) and (last.is_strong, last.language) == (run.is_strong, run.language):
                run = Words(last.text + text, run.is_strong, run.language)
                tidy.pop()
        elif not run.text:
            continue
        space_before = run.text.endswith(" ")
        tidy.append(run)
    if tidy and isinstance(tidy[-1], Words):
        last = tidy.pop()
        if text := last.text.rstrip(" "):
            tidy.append(Words(text, last.is_strong, last.language))  # type: ignore[union-attr]
    return tuple(tidy)
