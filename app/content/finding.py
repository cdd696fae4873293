"""Search over the pages: forgives spelling, accents and endings, in each language."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import cast

from flask import Flask, current_app
from markupsafe import Markup, escape
from rapidfuzz import fuzz, process

from app.content.addresses import address_of
from app.content.composing import Composed, page_in
from app.content.reading import library
from app.content.remembered import all_remembered
from app.formats.document import Block, Heading, Inline, ListOf, Paragraph, Table, Words, lines_of, text_of
from app.landlords.shapes import Landlord
from app.languages import speaking
from app.languages.folding import folded
from app.letters.facts import local_day

MOST_WORDS = 12  # of a question
MOST_FOUND = 10
_NEAR = 78  # of 100: how alike a mistyped word is at least to the one that was meant
_WORTH_SHOWING = 0.15  # of what the best is worth
_SHORTEST_FORGIVEN = 4  # letters: a shorter word is too easily another one
_SHORTEST_UNKNOWN = 3  # of a word that stands nowhere, such as dor
_MOST_ALIKE = 8  # words that a mistyped one may have meant
_BEGINS_ALIKE = 0.85  # what a word is worth that only begins like the one of the question: leak, leaking
# What a word is worth by where it stands.
_IN_TITLE, _BESIDE_TITLE, _IN_HEADING, _IN_WORDS = 4.0, 3.5, 2.0, 1.0
_FOR_EACH_MORE = 0.15  # of a further place with the same word, so that long pages do not win by their length
# A word goes on behind an accent or a vowel sign that is a character of its own, and behind an apostrophe.
_SIGN = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_WORD = re.compile(rf"[^\W_](?:[^\W_{_SIGN}]|[{_SIGN}]|['’‘`´](?=[^\W_]))*")
_SENTENCE = re.compile(r"(?<=[.!?؟۔])\s+")
_ARABIC_FRONT = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
_KEY, _SOURCES = "content_index", "content_findable"


@dataclass(frozen=True)
class Findable:
    """Something that a search may lead to. ``words`` are sentences; ``language`` is theirs (a tag).

    ``unsaid`` are looked through and never shown: lines that are in another language, in part or as a whole.
    """

    title: str
    address: str
    language: str
    heading: str = ""
    words: tuple[str, ...] = ()
    found_by: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """``sentence`` is the one that fits best, with what was asked for marked."""

    findable: Findable
    score: float
    sentence: Markup


Source = Callable[[Landlord], Iterable[Findable]]


def add_findable(app: Flask, source: Source) -> None:
    """Let the search lead to more than pages of content. ``source`` gives them in the language of the moment."""
    app.extensions.setdefault(_SOURCES, []).append(source)


def find(question: str, language: str, landlord: Landlord, at: datetime) -> tuple[Found, ...]:
    """The pages that fit, the best first, each once."""
    index = _index(language, landlord, at)
    best: dict[str, Found] = {}
    for one in index.search(question):
        page = one.findable.address.partition("#")[0]
        if page not in best or best[page].score < one.score:
            best[page] = one
    found = sorted(best.values(), key=lambda one: -one.score)[:MOST_FOUND]
    return tuple(one for one in found if one.score >= found[0].score * _WORTH_SHOWING)


def compared(word: str) -> str:
    """A word as it is compared: folded, and without the Arabic article."""
    return _ARABIC_FRONT.sub("", folded(word))


def words_of(text: str) -> list[str]:
    return [compared(word) for word in _WORD.findall(text)]


class Index:
    """Words → where they stand."""

    def __init__(self, findables: Sequence[Findable]) -> None:
        self.findables = findables
        self.places: dict[str, dict[int, float]] = defaultdict(dict)
        for number, one in enumerate(findables):
            for text, worth in _weighed(one):
                for word in words_of(text):
                    known = self.places[word].get(number, 0.0)
                    self.places[word][number] = max(known, worth) + (_FOR_EACH_MORE * worth if known else 0.0)
        self.vocabulary = list(self.places)

    def search(self, question: str) -> Iterator[Found]:
        scores: dict[int, float] = defaultdict(float)
        met: dict[int, int] = defaultdict(int)
        meant: set[str] = set()
        wanted = list(dict.fromkeys(words_of(question)))[:MOST_WORDS]
        for word in wanted:
            likes = dict(self._alike(word))
            meant |= likes.keys()
            here: dict[int, float] = defaultdict(float)
            for like, worth in likes.items():
                rarity = log(1 + len(self.findables) / len(self.places[like]))
                for number, place in self.places[like].items():
                    here[number] = max(here[number], worth * rarity * place)
            for number, score in here.items():
                scores[number] += score
                met[number] += 1
        for number, score in scores.items():
            one = self.findables[number]
            yield Found(one, score * met[number] / len(wanted), _sentence(one, meant))

    def _alike(self, word: str) -> Iterator[tuple[str, float]]:
        """The words that are there and may be meant, each with how likely it is (1 at most)."""
        is_there = word in self.places
        if is_there:
            yield word, 1.0
        if len(word) < (_SHORTEST_FORGIVEN if is_there else _SHORTEST_UNKNOWN):
            return
        for other in self.vocabulary:
            if (
                other != word
                and len(other) >= _SHORTEST_FORGIVEN
                and (other.startswith(word) or word.startswith(other))
            ):
                yield other, _BEGINS_ALIKE
        if is_there:  # it was not mistyped: cold is not could
            return
        near: dict[str, float] = {}
        for meant in (word, f"{word}s"):  # fense: fences
            alike = process.extract(meant, self.vocabulary, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=_MOST_ALIKE)
            for other, ratio, _place in alike:
                if len(other) >= _SHORTEST_FORGIVEN:
                    near[other] = max(near.get(other, 0.0), ratio / 100 * _BEGINS_ALIKE)
        yield from near.items()


def _weighed(one: Findable) -> Iterator[tuple[str, float]]:
    yield one.title, _IN_TITLE if not one.heading else _IN_HEADING
    yield from ((word, _BESIDE_TITLE) for word in one.found_by)
    yield one.heading, _IN_HEADING
    yield from ((sentence, _IN_WORDS) for sentence in (*one.words, *one.unsaid))


def _sentence(one: Findable, meant: set[str]) -> Markup:
    """The sentence that holds most of what was meant; the first where none does."""
    if not one.words:
        return Markup("")
    best = max(one.words, key=lambda sentence: len(meant.intersection(words_of(sentence))))
    pieces, end = [], 0
    for found in _WORD.finditer(best):
        if compared(found[0]) in meant:
            pieces += [escape(best[end : found.start()]), Markup("<mark>{}</mark>").format(found[0])]
            end = found.end()
    return Markup("").join([*pieces, escape(best[end:])])


def _index(language: str, landlord: Landlord, at: datetime) -> Index:
    """Made once for a language, and anew when the pages say something else: on another day, or by the database."""
    made = cast(dict[str, tuple[object, Index]], current_app.extensions.setdefault(_KEY, {}))
    state = (local_day(at), all_remembered(at))
    if language not in made or made[language][0] != state:
        with speaking(language):
            others = [one for source in current_app.extensions.get(_SOURCES, ()) for one in source(landlord)]
        made[language] = (state, Index([*_pages(language, at), *others]))
    return made[language][1]


def _pages(language: str, at: datetime) -> Iterator[Findable]:
    for slug in library().slugs():
        yield from _sections(page_in(slug, language, at, is_shown=False), address_of(slug, language))


def _sections(page: Composed, address: str) -> Iterator[Findable]:
    """A page from heading to heading: each is a place of its own to be led to."""
    heading, fragment, words, unsaid = "", "", [page.description], list[str]()
    anchors = iter(page.anchors)
    for block in page.blocks:
        if isinstance(block, Heading):
            yield _section(page, address, heading, fragment, words, unsaid)
            anchor = next(anchors)
            heading, fragment, words, unsaid = anchor.words, anchor.fragment, [], []
        else:
            for line, is_in_another in _lines(block):
                (unsaid if is_in_another else words).extend(_SENTENCE.split(line))
    yield _section(page, address, heading, fragment, words, unsaid)


def _lines(block: Block) -> Iterator[tuple[str, bool]]:
    """The lines of a block, each with whether some of it is in another language than the page."""
    contents: Iterable[Sequence[Inline]] = ()
    match block:
        case Paragraph():
            contents = (block.content,)
        case ListOf():
            contents = block.items
        case Table():
            yield from ((line, False) for line in (block.caption, *block.headers))
            contents = (cell for row in block.rows for cell in row)
        case _:
            yield from ((line, False) for line in lines_of(block))
    for content in contents:
        yield text_of(content), any(isinstance(run, Words) and run.language is not None for run in content)


def _section(
    page: Composed, address: str, heading: str, fragment: str, words: Sequence[str], unsaid: Sequence[str]
) -> Findable:
    return Findable(
        title=page.title,
        address=f"{address}#{fragment}" if fragment else address,
        language=page.language,
        heading=heading,
        words=tuple(word for word in words if word.strip()),
        found_by=page.page.found_by if not heading else (),
        unsaid=tuple(unsaid),
    )
