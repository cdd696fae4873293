"""The shape of the JSON object that ``cases record`` reads (docs: the interface's own example).

Each field says what to write; whatever is wrong is told by name, all of it at once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from babel import Locale
from email_validator import EmailNotValidError, validate_email

from app.caseload.kinds import MULTIPLE
from app.cases.clock import LONDON
from app.cases.models import CHANNELS, KINDS
from app.interpreters.models import PREFERENCES
from app.landlords.shapes import ADDRESSEES, Landlord
from app.letters.answers import CHOSEN, QUESTIONS, options_of
from app.tenants.models import (
    FEWEST_CELLS,
    FEWEST_LINES,
    FORMATS,
    LARGEST_LARGE_PRINT,
    MOST_CELLS,
    MOST_LINES,
    PAPER_COLOURS,
    SMALLEST_LARGE_PRINT,
    SPEAKING_RATES,
    WAYS,
)
from app.tenants.words import typed

LONGEST_ANSWER = 50_000  # characters
MOST_CHOSEN = 50
MOST_ADDRESS_LINES = 7  # what a window envelope shows, without name and postcode
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ENGLISH = Locale("en")


class NotThis(ValueError):
    """This value cannot be used; the message says what to write."""


Read = Callable[[Any], Any]


@dataclass(frozen=True)
class Key:
    read: Read
    is_required: bool = False


def shape(landlord: Landlord, *, is_anonymous: bool = False) -> dict[str, Any]:
    """Every key that there is: a ``Key``, or the keys inside of it. A person who stays anonymous needs no name."""
    who = tuple(option.key for option in landlord.who_may_complain)
    chosen = {question: tuple(one.key for one in offered) for question, offered in options_of(landlord).items()}
    chosen |= {question: tuple(labels) for question, labels in CHOSEN.items()}
    return {
        "kind": Key(one_of(KINDS), is_required=True),
        "channel": Key(one_of(CHANNELS), is_required=True),
        "received_at": Key(moment, is_required=True),
        "language": Key(language),
        "person": {
            "name": Key(text(500), is_required=not is_anonymous),
            "who": Key(one_of(who)),
            "email": Key(email),
            "phone": Key(text(100)),
            "address": Key(address_lines),
            "postcode": Key(text(30)),
            "is_anonymous": Key(yes_or_no),
        },
        "needs": {
            "format": Key(one_of(FORMATS)),
            "point_size": Key(whole(SMALLEST_LARGE_PRINT, LARGEST_LARGE_PRINT)),
            "braille_grade": Key(whole(1, 2)),
            "paper": Key(one_of(PAPER_COLOURS)),
            "rate": Key(one_of(SPEAKING_RATES)),
            "braille_cells": Key(whole(FEWEST_CELLS, MOST_CELLS)),
            "braille_lines": Key(whole(FEWEST_LINES, MOST_LINES)),
            "contact_channel": Key(one_of(WAYS)),
            "may_leave_messages": Key(yes_or_no),
            "safe_times": Key(text(1000)),
            "interpreter_language": Key(text(100)),
            "interpreter_prefers": Key(one_of(PREFERENCES)),
            "consent": Key(yes_or_no),
            "safe_ways": Key(list_of(one_of(WAYS))),
        },
        "answers": {
            question: Key(_answer(question, chosen), is_required=question == "what_happened") for question in QUESTIONS
        },
        "addressee": Key(one_of(ADDRESSEES)),
    }


def _answer(question: str, chosen: Mapping[str, tuple[str, ...]]) -> Read:
    """One of those that can be chosen, or any words; a list of them where several can be chosen."""
    read_one = one_of(chosen[question]) if question in chosen else text(LONGEST_ANSWER, lines=True)
    return list_of(read_one) if question in MULTIPLE else read_one


def wrong_in(found: Any, keys: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """One sentence for each thing that is wrong, naming it and saying what to write."""
    if not isinstance(found, dict):
        yield f"{path or 'the file'} is {_shown(found)}: write an object, {{…}}"
        return
    for name in found:
        if name not in keys:
            yield f"{_at(path, name)} is not known: write only {', '.join(keys)}"
    for name, key in keys.items():
        here = _at(path, name)
        if not isinstance(key, Key):
            needs_some = any(isinstance(inner, Key) and inner.is_required for inner in key.values())
            if needs_some or found.get(name) is not None:
                yield from wrong_in(found.get(name, {}), key, here)
        elif found.get(name) is not None:
            try:
                key.read(found[name])
            except NotThis as problem:
                yield f"{here} is {_shown(found[name])}: {problem}"
        elif key.is_required:
            yield f"{here} is missing: write it"


def read(found: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    """The values, read, where ``wrong_in`` finds nothing wrong. What was left out, or null, is not there."""
    values = {}
    for name, key in keys.items():
        value = found.get(name)
        if not isinstance(key, Key):
            values[name] = read(value or {}, key)
        elif value is not None:
            values[name] = key.read(value)
    return values


def one_of(known: tuple[str, ...]) -> Read:
    def read_one(value: Any) -> str:
        if value not in known:
            raise NotThis(f"write one of {', '.join(known)}")
        return str(value)

    return read_one


def text(longest: int, *, lines: bool = False) -> Read:
    def read_text(value: Any) -> str:
        words = typed(value) if isinstance(value, str) else None
        if not words or len(words) > longest or (not lines and "\n" in words):
            raise NotThis(f"write text of 1 to {longest} characters" + ("" if lines else ", on one line"))
        return words

    return read_text


def whole(low: int, high: int) -> Read:
    def read_whole(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise NotThis(f"write a whole number from {low} to {high}")
        return value

    return read_whole


def list_of(read_one: Read) -> Read:
    def read_list(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > MOST_CHOSEN:
            raise NotThis("write a list, […]")
        try:
            return [read_one(one) for one in value]
        except NotThis as problem:
            raise NotThis(f"in the list, {problem}") from None

    return read_list


def yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotThis("write true or false")
    return value


def email(value: Any) -> str:
    try:
        return validate_email(value if isinstance(value, str) else "", check_deliverability=False).normalized
    except EmailNotValidError:
        raise NotThis("write an email address, such as name@example.org, or null") from None


def address_lines(value: Any) -> list[str]:
    line = text(200)
    if not isinstance(value, list) or len(value) > MOST_ADDRESS_LINES:
        raise NotThis(f'write a list of up to {MOST_ADDRESS_LINES} lines, such as ["1 High Street", "Exeter"]')
    return [line(each) for each in value]


def language(value: Any) -> str:
    """A language tag. Letters in it may not be offered yet: what was said is still recorded."""
    if not isinstance(value, str) or not _TAG.fullmatch(value) or value.split("-")[0] not in _ENGLISH.languages:
        raise NotThis("write a language tag, such as en, cy, pl or zh-Hans")
    return value


def moment(value: Any) -> datetime:
    """A local time in London → UTC. Of an hour that comes twice, the first is meant: nobody is told too late."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise NotThis("write local time, like 2026-12-24T16:59")
    try:
        local = datetime.fromisoformat(value).replace(tzinfo=LONDON)
    except ValueError:
        raise NotThis("there is no such day or time") from None
    if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NotThis("there is no such time in London: the clocks go forward over it")
    return local.astimezone(UTC)


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _shown(value: Any) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "…"
