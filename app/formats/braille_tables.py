"""Which liblouis table writes which language, and what stands between two of them. Data.

The tables are Debian's (liblouis 3.24). Not every table is fit: one that leaves cells of eight dots or raw signs would
be found by ``make``, which refuses the letter rather than send it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """A language's braille. ``can_be_read_back``: liblouis turns it into print again, word for word."""

    tables: dict[int, str]  # by grade: 1 uncontracted, 2 contracted
    can_be_read_back: bool
    # The cell that ends a line inside a word too long for one. UEB has dot 5, its line continuation indicator; the
    # older codes have the hyphen.
    continuation: str


CODES = {
    "en": Code({1: "en-ueb-g1.ctb", 2: "en-ueb-g2.ctb"}, can_be_read_back=True, continuation="⠐"),
    "cy": Code({1: "cy-cy-g1.utb", 2: "cy-cy-g2.ctb"}, can_be_read_back=False, continuation="⠤"),
    "ar": Code({1: "ar-ar-g1.utb", 2: "ar-ar-g2.ctb"}, can_be_read_back=False, continuation="⠤"),
}

# Web and e-mail addresses and case references are written in uncontracted UEB in every language: they are typed by
# readers into an English keyboard, and the older codes have no "@".
ADDRESS_TABLE = "en-ueb-g1.ctb"

# UEB's indicators around a passage in another code (Rules of UEB, section 14). Other codes have none of their own, so
# a note at the head of the letter says what they mean wherever they are used.
OPEN_OTHER_CODE, CLOSE_OTHER_CODE = "⠘⠷", "⠘⠾"

# Which other script may stand inside a language's words, and the language whose code writes it.
OTHER_SCRIPT = {"en": ("arabic", "ar"), "cy": ("arabic", "ar"), "ar": ("latin", "en")}
