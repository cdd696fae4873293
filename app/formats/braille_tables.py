"""Which liblouis table writes which language, and what stands between two of them. Data.

The tables are Debian's (liblouis 3.24). Not every table is fit: one that leaves cells of eight dots or raw signs would
be found by ``make``, which refuses the letter rather than send it.
"""

from dataclasses import dataclass

from app.formats.braille_cells import BLANK, digits_in


@dataclass(frozen=True)
class Code:
    """A language's braille. ``can_be_read_back``: liblouis turns it into print again, word for word.

    ``point`` joins the digits of one number, and ``percent`` is a sign with a number sign of its own, which is none.
    """

    tables: dict[int, str]  # by grade: 1 uncontracted, 2 contracted
    can_be_read_back: bool
    # The cell that ends a line inside a word too long for one. UEB has dot 5, its line continuation indicator; the
    # older codes have the hyphen.
    continuation: str
    point: str = ""
    percent: str = ""


CODES = {
    "en": Code({1: "en-ueb-g1.ctb", 2: "en-ueb-g2.ctb"}, can_be_read_back=True, continuation="⠐"),
    "cy": Code({1: "cy-cy-g1.utb", 2: "cy-cy-g2.ctb"}, can_be_read_back=False, continuation="⠤"),
    "ar": Code({1: "ar-ar-g1.utb", 2: "ar-ar-g2.ctb"}, can_be_read_back=False, continuation="⠤"),
    # Polish and Ukrainian braille are read uncontracted: liblouis has no other tables, and few readers want any.
    "pl": Code({1: "pl.tbl"}, can_be_read_back=False, continuation="⠤", point="⠄", percent="⠼⠚⠴"),
    "uk": Code({1: "uk.utb"}, can_be_read_back=False, continuation="⠤"),
    "ur": Code({1: "ur-pk-g1.utb", 2: "ur-pk-g2.ctb"}, can_be_read_back=False, continuation="⠤"),
    "pt": Code({1: "pt-pt-g1.utb", 2: "pt-pt-g2.ctb"}, can_be_read_back=False, continuation="⠤", point="⠄"),
    # Romanian has none: ro.tbl gives cells of eight dots, which no embosser writes, and digits without their sign.
}
UNCONTRACTED = 1


def grade_in(language: str, wanted: int) -> int:
    """The grade in which it is written: uncontracted where the language's braille is written in no other way."""
    code = CODES.get(language)
    return UNCONTRACTED if code and set(code.tables) == {UNCONTRACTED} and wanted == 2 else wanted


def digits_of(cells: str, language: str) -> str:
    """All the digits in the cells, in order, as a reader of this language's code reads them."""
    code = CODES[language]
    return digits_in(cells.replace(code.percent, BLANK) if code.percent else cells, code.point)


# The Urdu table knows no sign but its own comma, semicolon, question mark and full stop. Those that it has not are
# those of the other code in this script, so that "17:00" does not become "1700".
SIGNS_FROM = {"ur": "ar-ar-g1.utb"}

# Web and e-mail addresses and case references are written in uncontracted UEB in every language: they are typed by
# readers into an English keyboard, and the older codes have no "@".
ADDRESS_TABLE = "en-ueb-g1.ctb"

# UEB's indicators around a passage in another code (Rules of UEB, section 14). Other codes have none of their own, so
# a note at the head of the letter says what they mean wherever they are used.
OPEN_OTHER_CODE, CLOSE_OTHER_CODE = "⠘⠷", "⠘⠾"

# Which other scripts may stand inside a language's words, and the language whose code writes them.
_LATIN, _ARABIC, _CYRILLIC = ("latin", "en"), ("arabic", "ar"), ("cyrillic", "uk")
OTHER_SCRIPTS = {
    "en": (_ARABIC, _CYRILLIC),
    "cy": (_ARABIC, _CYRILLIC),
    "ar": (_LATIN, _CYRILLIC),
    "pl": (_ARABIC, _CYRILLIC),
    "uk": (_LATIN, _ARABIC),
    "ur": (_LATIN, _CYRILLIC),
    "pt": (_ARABIC, _CYRILLIC),
}
# Codes that write "5a" as they write "51", or with a cell that joins digits elsewhere: a blank parts the two.
LETTER_BEHIND_NUMBER = frozenset({"cy", "pl", "uk", "ur", "pt"})
