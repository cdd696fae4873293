"""What a mailing says, by language; and one of its letters as a document.

Words of colleagues are given in as many languages as they have been translated into. A letter in another language has
them as they were first written, marked as being in that language, between its own sentences. Days and times are the
same in every language.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from app.formats.document import Document
from app.landlords.shapes import Landlord
from app.landlords.standards import current_landlord, load_landlord
from app.letters.compose_list import LISTED, Asked, compose_for_list
from app.letters.documents import laid_out
from app.mailings.models import Mailing, MailingRow
from app.tenants.models import Tenant
from app.tenants.words import typed, typed_line

Said = Mapping[str, Mapping[str, str]]
LONGEST = {"words": 20_000, "line": 200}


class WordsRefused(Exception):
    """Some of what the letter says is missing or cannot be so. ``mistakes``: (language, or "" for all; key; why).

    Why is one of: needed, day, clock, answer, long, order.
    """

    def __init__(self, mistakes: Sequence[tuple[str, str, str]]) -> None:
        super().__init__("; ".join(" ".join(filter(None, mistake)) for mistake in mistakes))
        self.mistakes = tuple(mistakes)


def has_own_words(name: str) -> bool:
    """Whether colleagues write any of this letter's words."""
    return any(asked.is_own_words for asked in LISTED[name].asked)


def checked(name: str, given: Mapping[str, str], by_language: Said, languages: Iterable[str]) -> dict[str, Any]:
    """``Mailing.given``, of what is the same in every language and of the words in each.

    A language of which nothing is written is left out; of one that is begun, everything needed must be there. Where
    colleagues write no words the first language stands for all. Raises WordsRefused.
    """
    asked, offered = LISTED[name].asked, tuple(languages)
    shared = {one.key: _value(one, given.get(one.key)) for one in asked if not one.is_own_words}
    mistakes = [("", one.key, why) for one in asked if not one.is_own_words and (why := _why_not(one, shared[one.key]))]
    if shared.get("ends_on") and not mistakes and shared["ends_on"] < shared["begins_on"]:
        mistakes.append(("", "ends_on", "order"))
    own = [one for one in asked if one.is_own_words]
    found: dict[str, Any] = {}
    for tag in offered if own else offered[:1]:
        words = {one.key: _value(one, by_language.get(tag, {}).get(one.key)) for one in own}
        if own and not any(words.values()):
            continue
        mistakes += [(tag, one.key, why) for one in own if (why := _why_not(one, words[one.key]))]
        found[tag] = {key: value for key, value in {**shared, **words}.items() if value} | {"words_language": tag}
    if not found:
        mistakes += [(offered[0], one.key, "needed") for one in own if one.is_needed]
    if mistakes:
        raise WordsRefused(mistakes)
    return found


def _value(asked: Asked, written: str | None) -> str:
    return (typed(written) if asked.kind == "words" else typed_line(written)) or ""


def _why_not(asked: Asked, value: str) -> str | None:
    if not value:
        return "needed" if asked.is_needed else None
    match asked.kind:
        case "day":
            return None if _reads(date.fromisoformat, value) else "day"
        case "clock":
            return None if _reads(time.fromisoformat, value) else "clock"
        case "yes-or-no":
            return None if value in ("yes", "no") else "answer"
    return "long" if len(value) > LONGEST[asked.kind] else None


def _reads(read: Any, value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def language_of_words(mailing: Mailing, language: str) -> str | None:
    """Of colleagues' words in a letter in ``language``: that one, else the first. None where there are no words."""
    if not has_own_words(mailing.name) or not mailing.given:
        return None
    return language if language in mailing.given else str(next(iter(mailing.given)))


def given_in(mailing: Mailing, language: str) -> Mapping[str, Any]:
    """What the letter says in this language. Raises KeyError before anything was written."""
    if not mailing.given:
        raise KeyError(language)
    found: Mapping[str, Any] = mailing.given.get(language) or next(iter(mailing.given.values()))
    return found


def document_for(mailing: Mailing, row: MailingRow, dated_at: datetime) -> Document:
    """One letter of the list. Raises LetterLacks, KeyError before anything was written."""
    landlord = landlord_of(mailing)
    recipient: Mapping[str, Any] = row.recipient
    title, body = compose_for_list(
        mailing.name,
        landlord,
        row.language,
        given_in(mailing, row.language),
        recipient,
        reference=mailing.reference,
        tenant=_still_known(row.tenant),
    )
    lines = (recipient["name"], *recipient["address"], recipient["postcode"])
    return laid_out(landlord, row.language, title, body, lines, mailing.reference, dated_at)


def landlord_of(mailing: Mailing) -> Landlord:
    here = current_landlord()
    return here if here.key == mailing.landlord else load_landlord(mailing.landlord)


def _still_known(tenant: Tenant | None) -> Tenant | None:
    return tenant if tenant is not None and tenant.anonymised_at is None else None
