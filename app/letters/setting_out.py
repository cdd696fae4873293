"""What a colleague typed, set out in a letter: paragraphs, and lists where lines begin with a dash or a number."""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

_BULLET = re.compile(r"\s*[-*•]\s+(.+)")
_NUMBER = re.compile(r"\s*[0-9]{1,2}[.)]\s+(.+)")


def set_out(words: str, language: str) -> Markup:
    """A letter's blocks, every word in its language (a tag). A line is a paragraph; neighbouring list lines are a list.

    Whatever else is typed stands as it was typed: nothing in it is markup.
    """
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return Markup("\n").join(
        block for tag, group in groupby(lines, key=_tag_of) for block in _blocks(tag, list(group), language)
    )


def in_language(words: str, language: str) -> Markup:
    """Words inside a sentence of ours, all on one line."""
    return Markup('<span lang="{}">{}</span>').format(language, " ".join(words.split()))


def sentence(words: str, language: str) -> Markup:
    """The same, with a full stop at its end where it has none: another sentence follows."""
    words = words.strip()
    return in_language(words if words.endswith((".", "!", "?", "؟", "…")) else f"{words}.", language)


def _tag_of(line: str) -> str:
    if _BULLET.fullmatch(line):
        return "ul"
    return "ol" if _NUMBER.fullmatch(line) else "p"


def _blocks(tag: str, lines: list[str], language: str) -> Iterator[Markup]:
    if tag == "p":
        for line in lines:
            yield Markup("<p>{}</p>").format(in_language(line, language))
        return
    pattern = _BULLET if tag == "ul" else _NUMBER
    found = (pattern.fullmatch(line) for line in lines)
    items = Markup("").join(Markup("<li>{}</li>").format(in_language(one[1], language)) for one in found if one)
    yield Markup("<{}>{}</{}>").format(Markup(tag), items, Markup(tag))  # noqa: S704  # ul or ol
