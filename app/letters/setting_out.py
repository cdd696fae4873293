"""What a colleague typed, set out in a letter: a small part of Markdown, and every line of it a line of its own.

A line is a paragraph; neighbouring lines that begin with a dash or a number are a list; lines that begin with ``#`` are
headings; ``**words**`` are strong; ``[words](https://…)`` is a link. Whatever else is typed stands as it was typed.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

TOP = 3  # of a letter's own headings, h2, one stands above most words of colleagues
LOWEST = 3  # a letter has no lower heading: what would be lower is a strong line
_HEADING = re.compile(r"(#{1,6})\s+(.*\S)")
_BULLET = re.compile(r"\s*[-*•]\s+(.+)")
_NUMBER = re.compile(r"\s*[0-9]{1,2}[.)]\s+(.+)")
_SCHEMES = ("https", "http", "mailto", "tel")
_TAGS = {"h2", "h3", "p", "ul", "ol", "li", "strong", "a", "span"}
_ATTRIBUTES = {"a": {"href"}, "span": {"lang"}}


def set_out(words: str, language: str, top: int = TOP) -> Markup:
    """A letter's blocks, every word in its language (a tag). ``top``: the level of ``#`` and ``##``.

    Nothing in the words is markup but what is named above: what is made is held against the list of a letter's tags.
    """
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    made = _below(top, lines, language)
    return Markup(_cleaned(made))  # noqa: S704


def in_language(words: str, language: str) -> Markup:
    """Words inside a sentence of ours, all on one line."""
    return Markup('<span lang="{}">{}</span>').format(language, " ".join(words.split()))


def sentence(words: str, language: str) -> Markup:
    """The same, with a full stop at its end where it has none: another sentence follows."""
    words = words.strip()
    return in_language(words if words.endswith((".", "!", "?", "؟", "۔", "…")) else f"{words}.", language)


def _below(top: int, lines: Sequence[str], language: str) -> Markup:
    blocks: list[Markup] = []
    highest = top  # of the next heading: a letter's first may not be lower than its others
    for tag, group in groupby(lines, key=_tag_of):
        if tag != "h":
            blocks += _blocks(tag, list(group), language)
            continue
        for line in group:
            level = min(_level(line, top), highest)
            highest = max(highest, level + 1)
            blocks.append(_heading(line, level, language))
    return Markup("\n").join(blocks)


def _tag_of(line: str) -> str:
    if _HEADING.fullmatch(line):
        return "h"
    if _BULLET.fullmatch(line):
        return "ul"
    return "ol" if _NUMBER.fullmatch(line) else "p"


def _level(line: str, top: int) -> int:
    return top if len(line) - len(line.lstrip("#")) <= 2 else top + 1


def _heading(line: str, level: int, language: str) -> Markup:
    found = _HEADING.fullmatch(line)
    words = _inline(found[2].rstrip("#").rstrip() or found[2] if found else line, language)
    if level > LOWEST:
        return Markup("<p><strong>{}</strong></p>").format(words)
    return Markup("<h{}>{}</h{}>").format(level, words, level)


def _blocks(tag: str, lines: list[str], language: str) -> Iterator[Markup]:
    if tag == "p":
        for line in lines:
            yield Markup("<p>{}</p>").format(_inline(line, language))
        return
    pattern = _BULLET if tag == "ul" else _NUMBER
    found = (pattern.fullmatch(line) for line in lines)
    items = Markup("").join(Markup("<li>{}</li>").format(_inline(one[1], language)) for one in found if one)
    yield Markup("<{}>{}</{}>").format(Markup(tag), items, Markup(tag))  # noqa: S704  # ul or ol


def _markdown() -> MarkdownIt:
    """Strong words and links; a link that a letter may not have stays as it was typed."""
    reader = MarkdownIt("zero").enable(["emphasis", "link"])
    reader.validateLink = _leads_somewhere  # type: ignore[assignment, method-assign]
    return reader


def _leads_somewhere(address: str) -> bool:
    """Whether a letter may have it: of our schemes, not a bare one, and no host that there cannot be."""
    scheme, _colon, rest = address.partition(":")
    return scheme.lower() in _SCHEMES and bool(rest.strip("/")) and "href=" in _cleaned(f'<a href="{escape(address)}">')


def _cleaned(made: str) -> str:
    return nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(_SCHEMES), link_rel=None)


_READER = _markdown()


def _inline(line: str, language: str) -> Markup:
    (whole,) = _READER.parseInline(" ".join(line.split()))
    return Markup('<span lang="{}">{}</span>').format(language, Markup("").join(_runs(whole.children or [])))


def _runs(tokens: Sequence[Token]) -> Iterator[Markup]:
    """A link is printed and read aloud too: its address stands behind its words, and is what leads there."""
    address, inside = "", list[Markup]()  # of the link that is open
    for token in tokens:
        if token.type == "link_open":
            address, inside = str(token.attrGet("href")), []
            continue
        if token.type == "link_close":
            yield from _link(inside, address)
            address = ""
            continue
        made = _run(token)
        if address:
            inside.append(made)
        else:
            yield made


def _run(token: Token) -> Markup:
    if token.type in ("strong_open", "strong_close") and token.markup == "**":
        return Markup("</strong>") if token.nesting < 0 else Markup("<strong>")
    # Not the other emphasis: print is without italics, and a name_with_lines is no emphasis at all.
    return escape(token.content or token.markup)


def _link(words: Sequence[Markup], address: str) -> Iterator[Markup]:
    scheme, _colon, rest = address.partition(":")
    address, shown = f"{scheme.lower()}:{rest}", rest.removeprefix("//").rstrip("/")
    made = Markup('<a href="{}">{}</a>').format(address, shown)
    typed = Markup("").join(words).striptags()
    if typed in (shown, address, ""):
        yield made
    else:
        yield from words
        yield Markup(" ({})").format(made)
