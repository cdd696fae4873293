"""What is wrong with the pages' files, or soon will be: for whoever writes them, and for the list of colleagues."""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from typing import Literal

from app.content.addresses import address_of
from app.content.composing import Composed, page_in
from app.content.on_screen import Anchor
from app.content.reading import Library, Page, library
from app.formats.document import lines_of
from app.letters.facts import local_day

Kind = Literal["wrong", "overdue", "soon", "untranslated", "hard"]
STOPS: tuple[Kind, ...] = ("wrong", "overdue")  # nothing goes out with these
SOON = timedelta(days=30)
LONGEST_TITLE, LONGEST_DESCRIPTION = 65, 160  # characters: what search engines show
HIGHEST_GRADE = 5.0  # Flesch and Kincaid's: a child of ten; as tests/languages/test_reading_age.py has it
_ENOUGH_WORDS = 30  # to be measured
_HREF, _ID = re.compile(r'href="(/[^"]*?)#([^"]+)"'), re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True)
class Finding:
    """``where``: language and name of the page, en/repairs; or the file. ``words`` are English, for whoever writes."""

    kind: Kind
    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.words}"


@dataclass(frozen=True)
class ToReview:
    """A page that somebody has to read again by ``page.review_by``. ``missing``: the languages that it is not in."""

    page: Page
    days_left: int  # below 0 when it is past
    missing: tuple[str, ...]

    @property
    def is_overdue(self) -> bool:
        return self.days_left < 0

    @property
    def is_soon(self) -> bool:
        return 0 <= self.days_left <= SOON.days


def to_review(today: date) -> tuple[ToReview, ...]:
    """Every page in every language in which it is written, the most overdue first. ``today`` is a local day."""
    found = [
        ToReview(page, (page.review_by - today).days, library().missing(slug))
        for slug in library().slugs()
        for page in library().pages[slug].values()
    ]
    return tuple(sorted(found, key=lambda one: (one.page.review_by, one.page.slug, one.page.language)))


def findings(at: datetime) -> Iterator[Finding]:
    """Of the landlord whose site this is. Call it inside a request: parts may look at theirs."""
    known = library()
    yield from (Finding("wrong", "content", fault) for fault in known.faults)
    composed = {
        (language, slug): page_in(slug, language, at) for slug in known.slugs() for language in known.pages[slug]
    }
    for (language, slug), page in composed.items():
        where = f"{language}/{slug}"
        yield from (Finding("wrong", where, fault) for fault in page.faults)
        yield from _of_one(where, page)
    yield from _dead_fragments(composed)
    yield from _same_titles(composed.values())
    yield from _of_days_and_languages(known, local_day(at))


def _of_one(where: str, page: Composed) -> Iterator[Finding]:
    for name, words, longest in (
        ("title", page.title, LONGEST_TITLE),
        ("description", page.description, LONGEST_DESCRIPTION),
    ):
        if len(words) > longest:
            yield Finding("wrong", where, f"the {name} has {len(words)} characters: {longest} at most")
    for above, below in zip((Anchor("", "", 1), *page.anchors), page.anchors, strict=False):
        if below.level > above.level + 1:
            yield Finding("wrong", where, f"“{below.words}” is a heading of level {below.level} below none of level 2")
    if (grade := grade_of(page)) is not None and grade > HIGHEST_GRADE:
        yield Finding("hard", where, f"grade {grade:.1f}: write shorter sentences and plainer words")


def grade_of(page: Composed) -> float | None:
    """How hard English words are to read; None for other languages, few words, or where nothing measures it."""
    lines = [line for block in page.blocks for line in lines_of(block)]
    text = " ".join(line if line.endswith((".", "?", "!")) else f"{line}." for line in lines)
    if page.language != "en" or len(text.split()) < _ENOUGH_WORDS or find_spec("textstat") is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it reads its own version in an old way
        import textstat  # what measures it is a tool of tests, and slow to load

    return float(textstat.flesch_kincaid_grade(text))


def _dead_fragments(composed: Mapping[tuple[str, str], Composed]) -> Iterator[Finding]:
    """Links to a part of a page that has no such part."""
    parts = {
        address_of(slug, language): set(_ID.findall(page.html)) | {"main-content", "in-another-way"}
        for (language, slug), page in composed.items()
    }
    for (language, slug), page in composed.items():
        for path, fragment in _HREF.findall(page.html):
            if path in parts and fragment not in parts[path]:
                yield Finding("wrong", f"{language}/{slug}", f"{path}#{fragment} leads nowhere")


def _same_titles(pages: Iterable[Composed]) -> Iterator[Finding]:
    by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in pages:
        by_title[page.language, page.title].append(page.slug)
    for (language, title), slugs in by_title.items():
        if len(slugs) > 1:
            yield Finding("wrong", language, f"{', '.join(slugs)} are all called “{title}”")


def _of_days_and_languages(known: Library, today: date) -> Iterator[Finding]:
    for one in to_review(today):
        where, by = f"{one.page.language}/{one.page.slug}", f"{one.page.review_by}, by {one.page.owner}"
        if one.is_overdue:
            yield Finding("overdue", where, f"to be read again by {by}")
        elif one.is_soon:
            yield Finding("soon", where, f"to be read again by {by}")
    for slug in known.slugs():
        if missing := known.missing(slug):
            yield Finding("untranslated", slug, f"not in {', '.join(missing)}")
