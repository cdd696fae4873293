"""Colleagues' words in one letter: as they were typed, or as somebody has put them into the letter's language.

A colleague may write in another language than the letter's. Then a translator is asked (``wanted_words``); until their
words are there, the letter has those that were typed, marked with their language, and says which parts they are.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from babel import Locale
from markupsafe import Markup

from app.languages import current_language
from app.languages.lists import listed
from app.letters.setting_out import TOP, sentence, set_out

_HEADING = re.compile(r"<h[23]>(.*?)</h[23]>", re.DOTALL)
# Stands before words of another language while it is looked up under which heading they are; never in a letter.
_PLACE = "\ue000{}\ue001"
_PLACES = re.compile("\ue000([0-9]+)\ue001")


@dataclass(frozen=True)
class Source:
    """What a colleague typed, and the tag of the language that it is in."""

    words: str
    language: str

    @property
    def sha256(self) -> str:
        return sha256(self.words.encode()).hexdigest()


Found = Mapping[Source, str]  # in the letter's language


@dataclass(frozen=True)
class Left:
    """What a letter has in other languages: the tags, and the letter's headings under which it stands.

    ``is_asked_for``: a translator has been asked for it.
    """

    languages: tuple[str, ...]
    headings: tuple[str, ...]
    is_asked_for: bool = True

    @property
    def in_words(self) -> str:
        """The names of these languages, in the language of the moment."""
        locale = current_language().locale
        names = [Locale.parse(tag, sep="-").get_display_name(locale) or tag for tag in self.languages]
        return listed(names)


@dataclass(frozen=True)
class Written:
    """A letter's words. ``foreign`` is all of another language in it, ``left`` what of that nobody has translated."""

    html: str
    foreign: tuple[Source, ...]
    left: tuple[Source, ...]


class OurWords:
    """What a letter's template calls for colleagues' words; keeps which of them are in another language."""

    def __init__(self, language: str, found: Found) -> None:
        self.language, self.found = language, found
        self.foreign: dict[Source, int] = {}  # with its number in the letter

    def set_out(self, words: str, language: str, top: int = TOP) -> Markup:
        return self._place(words, language) + set_out(*self._said(words, language), top)

    def sentence(self, words: str, language: str) -> Markup:
        return self._place(words, language) + sentence(*self._said(words, language))

    def untranslated(self, words: str, language: str) -> Markup:
        """A title for which nobody has words in the letter's language yet: a line of its own, below ours."""
        place = self._place(words, language)
        if not place:
            return Markup("")
        return Markup('{}<p><strong><span lang="{}">{}</span></strong></p>').format(place, language, words.strip())

    @property
    def names(self) -> dict[str, object]:
        """What templates call these."""
        return {"set_out": self.set_out, "sentence": self.sentence, "untranslated": self.untranslated}

    @property
    def left(self) -> tuple[Source, ...]:
        return tuple(source for source in self.foreign if source not in self.found)

    def _place(self, words: str, language: str) -> Markup:
        if not self._is_foreign(language) or not words.strip():
            return Markup("")
        source = source_of(words, language)
        number = self.foreign.setdefault(source, len(self.foreign))
        return Markup("") if source in self.found else Markup(_PLACE.format(number))  # noqa: S704  a number

    def _is_foreign(self, language: str) -> bool:
        """Where nobody said which it is, it is the letter's."""
        return bool(language) and language != self.language

    def _said(self, words: str, language: str) -> tuple[str, str]:
        if not self._is_foreign(language):
            return words, self.language
        found = self.found.get(source_of(words, language))
        return (words, language) if found is None else (found, self.language)


def source_of(words: str, language: str) -> Source:
    """The same words are the same whatever the browser ended their lines with."""
    return Source("\n".join(line.rstrip() for line in words.strip().splitlines()), language)


def write(
    language: str,
    translations: Callable[[Iterable[Source]], Found],
    render: Callable[[OurWords, Left | None], str],
    *,
    is_asked_for: bool = True,
) -> Written:
    """Render the letter: with the translations that there are, and with what is left, which its first lines tell."""
    first = OurWords(language, {})
    html = render(first, None)
    if not first.foreign:
        return Written(html, (), ())
    ours = OurWords(language, translations(tuple(first.foreign)))
    html = render(ours, None)
    if ours.left:
        languages = tuple(dict.fromkeys(source.language for source in ours.left))
        html = render(ours, Left(languages, _headings_before_places(html), is_asked_for))
    return Written(_PLACES.sub("", html), tuple(ours.foreign), ours.left)


def _headings_before_places(html: str) -> tuple[str, ...]:
    """Our own headings, as they stand: a colleague's, which are marked with their language, are of no use to others."""
    found: dict[str, None] = {}
    for place in _PLACES.finditer(html):
        ours = [words for words in _HEADING.findall(html, 0, place.start()) if "lang=" not in words]
        if ours:
            found[str(Markup(_PLACES.sub("", ours[-1])).striptags())] = None  # noqa: S704  of our own template
    return tuple(found)
