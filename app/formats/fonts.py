"""Which letters the installed fonts can show, and what stands for those that they cannot.

A missing font says nothing: the page has boxes where the words were. So it is asked before.
"""

import shutil
import subprocess
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from app.formats import labels
from app.formats.document import Document, FormatRefused

MAIN = "Noto Sans"  # Latin, Greek, Cyrillic; Welsh ŵ and ŷ, Romanian ș and ț, Ukrainian ґ and ї
# Fonts that a language needs beside the main one. A language whose fonts are not known here is refused in print.
FOR_LANGUAGE: dict[str, tuple[str, ...]] = {
    "en": (),
    "cy": (),
    "ar": ("Noto Sans Arabic",),
    "pl": (),
    "ro": (),
    "uk": (),
    # Not Nastaliq, in which books are set: its lines climb, and at 28 points few of them fit on a page.
    "ur": ("Noto Sans Arabic",),
    "pt": (),
}
# Signs and letters that a tenant may type: asked in this order, before any other font of the family.
FOR_SIGNS = ("Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math")
NEEDED = ("Noto Sans", "Noto Sans Arabic")


@dataclass(frozen=True)
class Coverage:
    """The characters of one font family, as sorted ranges."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, character: str) -> bool:
        place = bisect_right(self.starts, ord(character)) - 1
        return place >= 0 and ord(character) <= self.ends[place]


@cache
def installed() -> dict[str, Coverage]:
    """The sans serif Noto families of this machine, by name. Empty where it has none, or no fontconfig to ask."""
    if shutil.which("fc-list") is None:  # it comes with Pango, which sets the pages
        return {}
    listed = subprocess.run(
        ["fc-list", ":style=Regular:outline=True", "--format", "%{family[0]}\t%{charset}\n"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    families = {}
    for line in sorted(listed.stdout.splitlines()):
        family, _, characters = line.partition("\t")
        if family.startswith(MAIN):
            families[family] = _coverage(characters)
    return families


def _coverage(characters: str) -> Coverage:
    ranges = sorted(
        (int(first, 16), int(last or first, 16))
        for first, _, last in (part.partition("-") for part in characters.split())
    )
    return Coverage(tuple(first for first, _ in ranges), tuple(last for _, last in ranges))


def _is_silent(character: str) -> bool:
    """White space, joiners, direction marks and variation selectors need no glyph."""
    return character.isspace() or unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


@dataclass(frozen=True)
class Fonts:
    """The families that set one document, in order, and the characters that none of them has."""

    families: tuple[str, ...]
    missing: frozenset[str]

    def shown(self, text: str) -> str:
        """The text with a named sign, such as "[sign U+1F600]", for each character that no font can show.

        Better than an empty box: the reader sees that something stood there, and staff can look up what.
        """
        if self.missing.isdisjoint(text):
            return text
        return "".join(
            labels.no_glyph(f"U+{ord(character):04X}") if character in self.missing else character for character in text
        )


def for_document(document: Document, words: str) -> Fonts:
    """The fonts for a document whose every word is in ``words``.

    Raises FormatRefused when the language's own fonts are not installed, naming them.
    """
    if document.language not in FOR_LANGUAGE:
        raise FormatRefused(f"No font is known for the language “{document.language}”.")
    families = [MAIN, *FOR_LANGUAGE[document.language]]
    known = installed()
    if absent := [family for family in families if family not in known]:
        raise FormatRefused(f"The font {' and '.join(absent)} is not installed (Debian: fonts-noto-core).")
    missing = set()
    rest = [family for family in (*NEEDED, *FOR_SIGNS, *known) if family in known]
    for character in sorted(set(words)):
        if _is_silent(character) or any(character in known[family] for family in families):
            continue
        family = next((family for family in rest if character in known[family]), None)
        if family is None:
            missing.add(character)
        else:
            families.append(family)
    return Fonts(tuple(families), frozenset(missing))
