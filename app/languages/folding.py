"""Words as they are compared, in every language alike: what keyboards lack and writers put for each other is one.

Capitals and accents count for nothing, nor do vowel signs and the stretching sign of Arabic writing. What Unicode does
not take apart by itself stands in a table here.
"""

import unicodedata

# Small letters as they stand after their accents are gone.
_ALIKE = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
        "ґ": "г",  # the same word is written with either, by spelling reform
        # Arabic and Urdu: one letter with several code points, or written without its sign.
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه", "ک": "ك",
        "ء": "", "ـ": "",
    }
)  # fmt: skip
_APOSTROPHES = str.maketrans("", "", "'’‘ʼʻ`´ʹ")


def folded(words: str) -> str:
    """Small letters without accents; apostrophes are left out, all other signs stay."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    bare = "".join(character for character in plain if not unicodedata.category(character).startswith("M"))
    return bare.translate(_APOSTROPHES).translate(_ALIKE)
