"""Things that people read one after the other, with the signs and small words of each language."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from babel.lists import format_list
from markupsafe import Markup

from app.languages import current_language

_MARKS = re.compile(r"<[^>]*>")
_WELSH_AND = "a(c)"  # as CLDR has it: which of the two, only the next word can say


def listed(things: Iterable[object], style: Literal["standard", "or"] = "standard") -> str:
    """In the language of the moment: “a, b and c”; with the style ``or`` “a, b or c”. Nothing at all is empty."""
    words = [str(thing) for thing in things]
    said = str(format_list(words, style=style, locale=current_language().locale))
    return _in_welsh(said, words[-1]) if f" {_WELSH_AND} " in said else said


def listed_lines(block: str) -> Markup:
    """The same of the lines of a block of a template, each of which may hold marks."""
    lines = (line.strip() for line in block.splitlines())
    return Markup(listed(line for line in lines if line))  # noqa: S704  # the template has escaped them


def _in_welsh(said: str, last: str) -> str:
    """“ac” before a vowel, else “a”. Before p, t and c only a comma: “a” would change the next word's first letter."""
    before, _and, after = said.rpartition(f" {_WELSH_AND} ")
    first = unicodedata.normalize("NFD", _MARKS.sub("", last).strip().casefold())[:1]
    before = before.removesuffix(",")
    if first and first in "ptc":
        return f"{before}, {after}"
    return f"{before} {'ac' if first and first in 'aeiouwy' else 'a'} {after}"
