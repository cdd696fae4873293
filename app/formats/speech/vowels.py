"""Arabic as the voice needs it: with its vowel marks.

Arabic is written without most vowels, and eSpeak NG does not add them: "شكوى جديدة" comes out as "ʃakwaː dʒdiːdt". So a
small model (text2tashkeel, rawi-v3-int8, Apache-2.0, its weights in the wheel) adds the marks, as a reader does in the
mind. Only marks: a word in which it would change a letter is left as it was written.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NEEDS_VOWELS = frozenset({"ar"})
_CHILD = str(Path(__file__).with_name("vowels_child.py"))
MARKS = "\u064b-\u0652\u0670"
_SHADDA = "\u0651"
_SHORT_VOWELS = "\u064e\u064f\u0650"
_SUN_LETTERS = "تثدذرزسشصضطظلن"
_MARK = re.compile(f"[{MARKS}]")
_ARABIC_WORD = re.compile(f"[\u0621-\u063a\u0641-\u064a{MARKS}]+")
_VOWEL_BEFORE_SHADDA = re.compile(f"([{MARKS}]){_SHADDA}")
_DOUBLED_AFTER_ARTICLE = re.compile(f"(?<![{MARKS}\u0621-\u064a])(ال[{_SUN_LETTERS}]){_SHADDA}")
_PREFIX_BEFORE_ARTICLE = f"(?<![{MARKS}\u0621-\u064a])((?:[وف][{_SHORT_VOWELS}])?[بكوف][{_SHORT_VOWELS}])"
_PREFIX_AND_SUN = re.compile(f"{_PREFIX_BEFORE_ARTICLE}ال([{_SUN_LETTERS}]){_SHADDA}")
_PREFIX_AND_MOON = re.compile(f"{_PREFIX_BEFORE_ARTICLE}ال\u0652?")
_AT_PAUSE = re.compile("[\u064b-\u0650]?(?=[\\s]*(?:[.،؛:؟!]|$))")
_SILENT_ENDING = re.compile("ة(?=[\\s]*(?:[.،؛:؟!]|$))")


class NoVowels(Exception):
    """The marks could not be added: not installed, or out of time."""


def with_vowels(texts: Sequence[str], seconds: float) -> list[str]:
    """The texts as the voice reads them well; words that bear marks already, and other scripts, stay as they are.

    The model runs in a process of its own, as its threads and a forking server do not go together.
    Raises NoVowels.
    """
    try:
        ended = subprocess.run(  # noqa: S603  our own script
            [sys.executable, "-I", _CHILD, str(seconds)],
            input=json.dumps([_MARK.sub("", text) for text in texts]).encode(),
            capture_output=True,
            check=True,
            timeout=seconds,
        )
        marked = json.loads(ended.stdout)
    except subprocess.CalledProcessError as wrong:
        raise NoVowels(wrong.stderr.decode(errors="replace").strip()[-400:]) from wrong
    except (OSError, subprocess.TimeoutExpired, ValueError) as wrong:
        raise NoVowels(str(wrong)) from wrong
    return [_for_voice(_only_marks(text, new)) for text, new in zip(texts, marked, strict=True)]


def _only_marks(text: str, marked: str) -> str:
    """``text``, with those words of ``marked`` that have the same letters; a word half full of marks keeps its own."""
    words = _ARABIC_WORD.findall(marked)
    if len(words) != len(_ARABIC_WORD.findall(text)):
        return text
    remaining = iter(words)

    def choose(match: re.Match[str]) -> str:
        written, new = match[0], next(remaining)
        letters = _MARK.sub("", written)
        is_marked_already = 2 * (len(written) - len(letters)) >= len(letters)
        return written if is_marked_already or _MARK.sub("", new) != letters else new

    return _ARABIC_WORD.sub(choose, text)


def _for_voice(text: str) -> str:
    """Marks in the order and the sounds at joins and pauses that eSpeak NG does not work out itself.

    It reads a doubling mark only before its vowel; doubles a sun letter after the article by itself; says the article's
    silent alif after a prefix; and says at a pause the short endings that a reader leaves out.
    """
    text = _VOWEL_BEFORE_SHADDA.sub(rf"{_SHADDA}\1", text)
    text = _PREFIX_AND_SUN.sub(rf"\1\2{_SHADDA}", text)
    text = _PREFIX_AND_MOON.sub("\\1ل\u0652", text)
    text = _DOUBLED_AFTER_ARTICLE.sub(r"\1", text)
    return _SILENT_ENDING.sub("ه", _AT_PAUSE.sub("", text))
