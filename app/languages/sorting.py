"""Lists in the order in which readers of a language look for a word: CLDR's, by ICU.

Welsh has ch behind c and ll behind l, Polish ł behind l, Ukrainian ґ behind г and і behind з, Urdu ٹ behind ت; accents
and capitals decide only where nothing else does. ICU is the C library that Debian brings (libicu).
"""

from base64 import b64encode
from collections.abc import Callable, Iterable
from ctypes import CDLL, POINTER, byref, c_char_p, c_int, c_int32, c_void_p, create_string_buffer
from ctypes.util import find_library
from functools import cache, lru_cache
from typing import Any, TypeVar

from app.languages import current_language

LONGEST_STORED = 60  # signs of a stored key: the first 45 bytes, which order names of about as many letters
_NUMERIC, _ON = 7, 17  # UCOL_NUMERIC_COLLATION, UCOL_ON: Team 2 stands before Team 10
_MOST_KEPT = 4096  # keys: lists say the same words again and again
# They part no words in any of our languages: O'Brien stands beside Obrien, м’ята beside мята.
_APOSTROPHES = str.maketrans("", "", "'’‘ʼʻ`´")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_IN_ORDER = bytes(sorted(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
_SORTABLE = bytes.maketrans(_BASE64, _IN_ORDER)

Thing = TypeVar("Thing")


class NoSortingLibrary(RuntimeError):
    """ICU is not installed on this machine."""

    def __init__(self) -> None:
        super().__init__("ICU is not installed, by which lists are sorted (Debian 12: libicu72).")


def sort_key(tag: str) -> Callable[[str | None], bytes]:
    """What to sort words of this language by (a BCP 47 tag). One that ICU does not know is sorted as most are.

    Raises NoSortingLibrary.
    """
    _collator(tag)
    return lambda words: _key(tag, words or "")


def in_order(things: Iterable[Thing], words: Callable[[Thing], str | None], tag: str | None = None) -> list[Thing]:
    """The things as readers of the language (by default that of the moment) look for them by their words."""
    key = sort_key(tag or current_language().tag)
    return sorted(things, key=lambda thing: key(words(thing)))


def stored_key(words: str | None) -> str:
    """What a database sorts many names by, in every language of its readers: at most LONGEST_STORED signs.

    The order is that of Unicode's root, in which no language's letters are lost. The signs are compared as bytes.
    """
    if not words or not words.strip():
        return ""  # before every name
    key = _key("root", words)[: LONGEST_STORED * 6 // 8]
    return b64encode(key).rstrip(b"=").translate(_SORTABLE).decode()


@lru_cache(_MOST_KEPT)
def _key(tag: str, words: str) -> bytes:
    """Safe under threads: ICU only reads the collator."""
    given = words.translate(_APOSTROPHES).encode("utf-16-le", "replace")
    room = 2 * len(given) + 32
    while True:
        made = create_string_buffer(room)
        needed = _function("ucol_getSortKey")(_collator(tag), given, len(given) // 2, made, room)
        if needed <= room:
            return made.raw[: needed - 1]  # without the zero that ends it
        room = needed


@cache
def _collator(tag: str) -> int:
    """Opened once for each language, and never closed."""
    wrong = c_int(0)
    collator = _function("ucol_open")((tag or "root").encode(), byref(wrong))
    _function("ucol_setAttribute")(collator, _NUMERIC, _ON, byref(wrong))
    if wrong.value > 0:  # below: only a warning that the language has no rules of its own
        raise NoSortingLibrary
    return int(collator)


@cache
def _function(name: str) -> Any:
    """Debian's ICU names its functions with its version: ucol_open_72."""
    library = find_library("icui18n")
    if library is None:
        raise NoSortingLibrary
    functions = CDLL(library)
    found = getattr(functions, f"{name}_{library.rpartition('.')[2]}", None) or getattr(functions, name)
    found.restype, found.argtypes = _SHAPES[name]
    return found


_SHAPES = {
    "ucol_open": (c_void_p, (c_char_p, POINTER(c_int))),
    "ucol_setAttribute": (None, (c_void_p, c_int, c_int, POINTER(c_int))),
    "ucol_getSortKey": (c_int32, (c_void_p, c_char_p, c_int32, c_char_p, c_int32)),
}
