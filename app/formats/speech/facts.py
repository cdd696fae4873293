"""Facts said so that they can be written down: once inside the sentence, and again slowly after it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from app.formats.document import Fact
from app.formats.speech import clock, days, words
from app.formats.speech.names import CODE_WORDS, SIGNS
from app.formats.speech.numerals import agreed
from app.formats.speech.plain import ascii_digit, groups_of, name_of, one_by_one, sayable
from app.formats.speech.script import AFTER_CHARACTER, AFTER_GROUP, AFTER_PARAGRAPH, AFTER_SENTENCE, Sentence

LONGEST_SPELLED = 40  # characters of an address worth spelling out; nobody writes down more by ear
LETTERS_ARE_SAID_IN = "en"  # in every language: it is the English letter that has to be written down


def inline(fact: Fact, language: str) -> str:
    """The fact as a part of its sentence."""
    match fact.kind:
        case "reference" | "postcode":
            return one_by_one(fact.text, language)
        case "phone":
            return one_by_one(fact.text.replace("+", ""), language)
        case "time":
            return _moment(fact, language)
        case "amount":
            return _amount(fact, language)
        case "email":
            return _address(fact.value or fact.text, language)
        case "link":
            return _address(_host(fact.text), language) if _is_an_address(fact.text) else sayable(fact.text)


def again(fact: Fact, language: str) -> list[Sentence]:
    """The same fact, slowly, after words that say what comes. Empty where there is nothing to write down."""
    said = list(_slowly(fact, language))
    if not said:
        return []
    intro = Sentence(words.again(fact.kind), language, pause=AFTER_PARAGRAPH)
    last = said[-1]
    return [intro, *said[:-1], Sentence(last.text, last.language, last.pace, AFTER_PARAGRAPH)]


def _slowly(fact: Fact, language: str) -> Iterator[Sentence]:
    match fact.kind:
        case "reference" | "postcode":
            yield from characters(groups_of(fact.text), language, with_code_words=True)
        case "phone":
            yield from characters(groups_of(fact.text), language)
        case "time":
            yield from _date_slowly(fact, language)
        case "amount":
            yield Sentence(_amount(fact, language), language, "slow")
        case "email":
            yield from _spelled(fact.value or fact.text, language)
        case "link":
            yield from _spelled(_host(fact.value or fact.text), language)


def characters(groups: Iterable[str], language: str, *, with_code_words: bool = False) -> Iterator[Sentence]:
    """One breath a character, and a longer pause after each group. Digits in ``language``, letters as in English.

    A group of digits alone is one breath: listeners (and a recogniser) lose count of zeros that stand apart.
    """
    for group in groups:
        if group.isdecimal():
            yield Sentence(one_by_one(group, language), language, "slow", AFTER_GROUP)
            continue
        for place, character in enumerate(group, 1):
            pause = AFTER_GROUP if place == len(group) else AFTER_CHARACTER
            if character.isdecimal():
                yield Sentence(name_of(character, language), language, "slow", pause)
            else:
                code_word = f". {CODE_WORDS[character]}" if with_code_words else ""
                yield Sentence(f"{character}{code_word}", LETTERS_ARE_SAID_IN, "slow", pause)


def _spelled(address: str, language: str) -> Iterator[Sentence]:
    signs = SIGNS.get(language, SIGNS["en"])
    parts = re.findall(r"[A-Za-z0-9]+|[^A-Za-z0-9]", "".join(map(ascii_digit, address)))
    # A sign without a name makes no sound: an address spelled without it would be another one.
    if len(address) > LONGEST_SPELLED or not all(part.isalnum() or part in signs for part in parts):
        return
    for part in parts:
        if part.isalnum():
            yield from characters([part.upper()], language)
        else:
            yield Sentence(signs[part], language, "slow", AFTER_CHARACTER)


def _address(address: str, language: str) -> str:
    """``a.b@livv.org`` → "a dot b at livv dot org"."""
    signs = SIGNS.get(language, SIGNS["en"])
    named = "".join(f" {signs[character]} " if character in signs else character for character in sayable(address))
    return " ".join(named.split())


def _is_an_address(text: str) -> bool:
    return " " not in text.strip() and "." in text


def _host(address: str) -> str:
    """What has to be typed: without the scheme, or a slash at the end."""
    parts = urlsplit(address if "//" in address else f"//{address}")
    return f"{parts.netloc}{parts.path}".rstrip("/") or address


def _amount(fact: Fact, language: str) -> str:
    number = re.sub(r"[^\d.]", "", "".join(map(ascii_digit, fact.value or fact.text)))
    try:
        pence = round(Decimal(number) * 100)
    except InvalidOperation:
        return sayable(fact.text)
    return agreed(words.pounds_and_pence(int(pence) // 100, int(pence) % 100), language)


def _moment(fact: Fact, language: str) -> str:
    """The date in full with its weekday; the time of day too where the letter shows one."""
    parts = _date_and_time(fact)
    if parts is None:
        return sayable(fact.text)
    day, hour = parts
    said = sayable(days.in_full(day, language))
    return said if hour is None else words.time_on_date(clock.time_of_day(hour.hour, hour.minute, language), said)


def _date_slowly(fact: Fact, language: str) -> Iterator[Sentence]:
    parts = _date_and_time(fact)
    if parts is None:
        return
    day, hour = parts
    for part in (days.weekday(day, language), days.day_and_month(day, language)):
        yield Sentence(sayable(part), language, "slow", AFTER_SENTENCE)
    # "Two thousand and twenty-six" is heard as other years; four digits are not.
    yield Sentence(one_by_one(str(day.year), language), language, "slow", AFTER_SENTENCE)
    if hour is not None:
        yield Sentence(clock.time_of_day(hour.hour, hour.minute, language), language, "slow", AFTER_SENTENCE)


def _date_and_time(fact: Fact) -> tuple[date, time | None] | None:
    """The date, and the time if the letter shows it: a date alone shows two numbers, day and year."""
    try:
        moment = datetime.fromisoformat(fact.value)
    except ValueError:
        return None
    shows_time = "T" in fact.value and len(re.findall(r"\d+", fact.text)) > 2
    return moment.date(), moment.time() if shows_time else None
