"""What a case is found by, as plain tokens: the same for both databases, which only store and look them up.

Nothing is stemmed and no word is left out: what somebody typed is found by how it begins. Accents, capitals,
apostrophes, and the letters that Arabic writers put for each other make no difference. A token's first letter says its
kind.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.cases.duplicates import dialled
from app.languages.folding import folded

NAME, POSTCODE, PHONE, EMAIL, WORD = "n", "h", "p", "e", "w"
JOINT = "·"  # inside a token: no tokeniser that knows ASCII only parts it there
LONGEST_TOKEN = 30  # characters
MOST_TOKENS = 3000  # of one case
MOST_ASKED = 8  # words in one search
_SPEAKS_BY_CHARACTER = re.compile("([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_POSTCODE = re.compile(r"([a-z]{1,2}[0-9][0-9a-z]?)\s*([0-9][a-z]{0,2})?")
_PHONE = re.compile(r"\+?[0-9()\s./–—-]{6,25}")
_SAYS_NOTHING = frozenset({"yes", "no", "not-sure"})
_CHOSEN_ALWAYS = frozenset({"who"})


@dataclass(frozen=True)
class Term:
    """One token that must be there, whole or as the beginning of one."""

    token: str
    is_beginning: bool


@dataclass(frozen=True)
class Reading:
    """One way to understand what was typed: ``kind`` is postcode, phone, email, name or words."""

    kind: str
    terms: tuple[Term, ...]


def folded_words(text: str | None) -> list[str]:
    """The words of a text, small, without accents; each character by itself where a language puts no spaces."""
    kept = "".join(character if character.isalnum() else " " for character in folded(text or ""))
    return [word[:LONGEST_TOKEN] for word in _SPEAKS_BY_CHARACTER.sub(r" \1 ", kept).split()]


def words_of(
    *,
    name: str | None,
    address: Sequence[str] = (),
    postcode: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    answers: Iterable[Mapping[str, Any]] = (),
) -> str:
    """Everything that this case is found by: tokens with a space between. ``answers`` of each contact."""
    answers = list(answers)
    names = [name, *(one.get("representing_name") for one in answers)]
    found: dict[str, None] = {}  # a set that keeps its order: the first words count where there are too many
    for token in (
        *(NAME + word for one in names for word in _name_words(one)),
        *_whereabouts(postcode, phone, email),
        *(WORD + word for text in (*names, *address, *_texts(answers)) for word in folded_words(text)),
    ):
        found[token] = None
    return " ".join(list(found)[:MOST_TOKENS])


def readings(text: str) -> tuple[Reading, ...]:
    """Every way to understand what was typed into the search box, the most certain first; none for signs alone."""
    found = []
    if "@" in text and (email := _email_token(text.strip())):
        found.append(Reading("email", (Term(email, True),)))
    if _PHONE.fullmatch(text.strip()) and (number := _phone_token(text)):
        found.append(Reading("phone", (Term(number, False),)))
    if postcode := _POSTCODE.fullmatch(" ".join(text.casefold().split())):
        outward, inward = postcode.groups()
        found.append(Reading("postcode", (Term(POSTCODE + outward + JOINT + (inward or ""), True),)))
    if words := folded_words(text)[:MOST_ASKED]:
        found += [Reading(kind, tuple(_term(letter + word) for word in words)) for kind, letter in _ANY_TEXT]
    return tuple(found)


_ANY_TEXT = (("name", NAME), ("words", WORD))


def _term(token: str) -> Term:
    """One letter is looked for as it stands: half of all words begin with it."""
    return Term(token, is_beginning=len(token) > 2)


def _name_words(name: str | None) -> list[str]:
    """O'Brien is found as obrien and as O Brien."""
    apart = re.sub("['’‘ʼʻ`´]", " ", name or "")
    return [*folded_words(name), *(folded_words(apart) if apart != name else ())]


def _whereabouts(postcode: str | None, phone: str | None, email: str | None) -> Iterator[str]:
    if token := _postcode_token(postcode):
        yield token
    if token := _phone_token(phone):
        yield token
    if token := _email_token(email):
        yield token


def _postcode_token(postcode: str | None) -> str | None:
    """EX1 1AA and ex11aa are one; the place of the gap is kept, so that EX1 does not find EX11."""
    letters = "".join(folded_words(postcode))
    if not letters:
        return None
    return (POSTCODE + letters[:-3] + JOINT + letters[-3:])[:LONGEST_TOKEN]


def _phone_token(phone: str | None) -> str | None:
    number = "".join(character for character in dialled(phone) or "" if character.isalnum())
    return (PHONE + number)[:LONGEST_TOKEN] if number else None


def _email_token(email: str | None) -> str | None:
    """Dots and the @ become joints, whatever else stands there too."""
    parts = unicodedata.normalize("NFKC", email or "").casefold()
    token = "".join(character if character.isalnum() else JOINT for character in parts)
    return (EMAIL + token)[: 3 * LONGEST_TOKEN] if token.strip(JOINT) else None


def _texts(answers: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in answers:
        for question, answer in one.items():
            if question not in _CHOSEN_ALWAYS:
                yield from _texts_in(answer)


def _texts_in(answer: Any) -> Iterator[str]:
    if isinstance(answer, str):
        if answer not in _SAYS_NOTHING:
            yield answer
    elif isinstance(answer, Mapping):
        for one in answer.values():
            yield from _texts_in(one)
    elif isinstance(answer, list | tuple):
        for one in answer:
            yield from _texts_in(one)
