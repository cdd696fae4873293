"""A notice's words, set out for a page: a small part of Markdown, and nothing else.

Paragraphs, lists (lines that begin with a dash or a number), ``**strong**`` and ``[words](https://…)``; each line is a
line of its own. Whatever else is typed, HTML and headings too, stands as it was typed.
"""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
}
_TAGS = {"p", "ul", "ol", "li", "strong", "a", "br"}
_SCHEMES = ("https", "http", "mailto", "tel")


def html_of(words: str) -> Markup:
    """For inside an element that says the words' language and direction."""
    return Markup(_clean(_READER.render(words), CLASSES))  # noqa: S704  # held against the tags above


def plain_of(words: str) -> str:
    """For emails and calendars: the lines as they were typed, without the signs; a link's address stands behind it."""
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(_plain(line) for line in lines).strip()


def one_line(words: str) -> str:
    """For a summary: the same in one line."""
    return " ".join(plain_of(words).split())


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"breaks": True}).enable(["list", "emphasis", "link", "newline", "escape"])
    reader.validateLink = _leads_somewhere  # type: ignore[assignment, method-assign]
    return reader


def _leads_somewhere(address: str) -> bool:
    """Of our schemes, or a page of this site; and no address that the cleaner would take away."""
    scheme, colon, rest = address.partition(":")
    is_here = address.startswith("/") and not address.startswith("//")
    return is_here or bool(colon and scheme.lower() in _SCHEMES and rest.strip("/"))


def _clean(made: str, classes: dict[str, str]) -> str:
    return nh3.clean(
        made,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        set_tag_attribute_values={tag: {"class": name} for tag, name in classes.items()},
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )


def _plain(line: str) -> str:
    """One line's words. What stands in front of a list's line stays: a dash is read as one."""
    (whole,) = _READER.parseInline(line)
    said, address, shown = "", "", ""
    for token in whole.children or []:
        if token.type == "link_open":
            address, shown = str(token.attrGet("href")), ""
        elif token.type == "link_close":
            said += shown if address.endswith(shown) else f"{shown} ({address.removeprefix('mailto:')})"
            address = ""
        elif address:
            shown += token.content
        else:
            said += token.content
    return said


_READER = _reader()
