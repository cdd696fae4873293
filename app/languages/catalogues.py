"""How complete each language's catalogue is."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app.config import PROJECT
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.checking import Problem, problems
from app.languages.po_files import forms_of, forms_of_message
from app.languages.rooms import ROOMS, STAFF, rooms_of

FOLDER = PROJECT / "translations"
# A comment that a translator who knows the language leaves on an entry: `# reviewed by N. N., 2026-11-22`.
REVIEWED = "reviewed"
NAMED = 3  # sentences of each part of the site: enough to see what was added
# The same at the head of a catalogue: somebody who speaks the language has read all of it.
_REVIEW_OF_ALL = re.compile(r"# reviewed by (.+), (\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Journey:
    """How much of one part of the site is in the language; ``room`` is of rooms.ROOMS.

    A sentence that several parts say is counted in each: each of them lacks it.
    """

    room: str
    sentences: int
    fuzzy: int = 0
    missing: int = 0
    mistaken: int = 0
    first: tuple[str, ...] = ()  # the first few of those that lack something, cut short

    @property
    def lacks(self) -> int:
        """Sentences that the site would say in English, or wrongly."""
        return self.fuzzy + self.missing + self.mistaken


@dataclass(frozen=True)
class Coverage:
    """Counts of sentences. ``fuzzy`` ones are guesses, and the site shows English for them as for missing ones."""

    language: Language
    translated: int
    fuzzy: int
    missing: int
    reviewed: int
    mistakes: tuple[str, ...]  # a placeholder lost or misspelt, mark-up that is not in the English…, by sentence
    journeys: tuple[Journey, ...] = ()  # in the order of rooms.ROOMS, those that have sentences

    @property
    def is_complete(self) -> bool:
        return not (self.fuzzy or self.missing or self.mistakes)

    @property
    def unready_journeys(self) -> tuple[Journey, ...]:
        """Those that tenants go through and that lack something. All of them must be whole before it is offered."""
        return tuple(each for each in self.journeys if each.lacks and each.room != STAFF)

    @property
    def is_ready_for_tenants(self) -> bool:
        return bool(self.journeys) and not self.unready_journeys


@dataclass(frozen=True)
class Review:
    """Who has read a whole catalogue, as they want to be named, and when."""

    name: str
    day: date


@cache
def review_of(language: Language) -> Review | None:
    """What the head of the language's catalogue says, the newest; None where nobody has reviewed it.

    Read once by each process: a catalogue changes only with the application.
    """
    path = path_of(language)
    if not path.exists():
        return None
    with path.open(encoding="utf-8") as lines:
        head = list(takewhile(lambda line: line.startswith("#"), lines))
    found = [_REVIEW_OF_ALL.fullmatch(line.strip()) for line in head]
    reviews = [Review(one[1], date.fromisoformat(one[2])) for one in found if one]
    return max(reviews, key=lambda review: review.day, default=None)


def folder_of(language: Language) -> str:
    return language.tag.replace("-", "_")


def path_of(language: Language) -> Path:
    return FOLDER / folder_of(language) / "LC_MESSAGES" / "messages.po"


def coverage() -> tuple[Coverage, ...]:
    """Of each language that has a catalogue: all but the one that the code is written in."""
    return tuple(coverage_of(language) for language in LANGUAGES.values() if language != DEFAULT)


def coverage_of(language: Language) -> Coverage:
    """Read the language's catalogue. A catalogue that is not there has everything missing: ``missing`` is then 1."""
    path = path_of(language)
    if not path.exists():
        return Coverage(language, 0, 0, 1, 0, (f"{path} is not there",))
    with path.open("rb") as file:
        return count(language, read_po(file, locale=folder_of(language)))


def count(language: Language, catalogue: Catalog) -> Coverage:
    forms = forms_of(language)
    messages = [message for message in catalogue if message.id]
    fuzzy = [message for message in messages if message.fuzzy]
    missing = [message for message in messages if not message.fuzzy and not _is_whole(message)]
    wrong = [(message, problem) for message in messages for problem in _problems(message, forms)]
    return Coverage(
        language,
        translated=len(messages) - len(fuzzy) - len(missing),
        fuzzy=len(fuzzy),
        missing=len(missing),
        reviewed=sum(_is_reviewed(message) for message in messages),
        mistakes=tuple(f"{_sentences(message)[0][:60]}: {problem}" for message, problem in wrong),
        journeys=_journeys(messages, fuzzy, missing, [message for message, _problem in wrong]),
    )


def _problems(message: Message, forms: int) -> tuple[Problem, ...]:
    return problems(*forms_of_message(message), forms) if _is_whole(message) else ()


def _journeys(
    messages: Sequence[Message], fuzzy: Sequence[Message], missing: Sequence[Message], wrong: Sequence[Message]
) -> tuple[Journey, ...]:
    """By where each sentence stands."""
    groups = {"sentences": messages, "fuzzy": fuzzy, "missing": missing, "mistaken": wrong}
    counts: dict[str, dict[str, int]] = {room: defaultdict(int) for room in ROOMS}
    first: dict[str, list[str]] = defaultdict(list)
    for name, group in groups.items():
        for message in {id(message): message for message in group if name != "mistaken" or not message.fuzzy}.values():
            for room in rooms_of(place for place, _line in message.locations):
                counts[room][name] += 1
                if name != "sentences" and len(first[room]) < NAMED:
                    first[room].append(_sentences(message)[0][:60])
    return tuple(Journey(room, **found, first=tuple(first[room])) for room, found in counts.items() if found)


def _sentences(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _is_whole(message: Message) -> bool:
    words = message.string or ()
    return bool(words) and all([words] if isinstance(words, str) else words)


def _is_reviewed(message: Message) -> bool:
    return _is_whole(message) and any(comment.startswith(REVIEWED) for comment in message.user_comments)
