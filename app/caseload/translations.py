"""What the pages of a case say of letters whose words wait for a translator, or have been translated."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.caseload.appointments import LETTER as VISIT
from app.caseload.sending import against_its_words
from app.caseload.words import LETTERS, language_name
from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db
from app.letters.models import Letter, TranslatedWords, Translation
from app.letters.translating import NOT_SO
from app.letters.wanted_words import WANTED, is_newest, uses_of

Details = Mapping[str, Any]
WANTED_FOR, TRANSLATED = "translation_wanted", "letter_translated"


def translation_flags(case: Case) -> list[str]:
    """Marks at the head of the case's pages: a letter waits for a translator, a translated one waits to go out."""
    if not has_asked_for_one(case):
        return []
    letters = db.session.scalars(select(Letter).where(Letter.case_id == case.id)).all()
    found = []
    if any(one.sent_at is None and _instead_of(one) is not None and is_newest(one) for one in letters):
        # Translators: a mark on a case: a letter was written again because its words have been translated
        found.append(_("Translated letter to send"))
    waiting = {letter_id for letter_id, state in uses_of(one.id for one in letters) if state == WANTED}
    if any(one.id in waiting and is_newest(one) for one in letters):
        # Translators: a mark on a case: colleagues' words in a letter are not translated yet
        found.append(_("Waits for a translator"))
    return found


def translated_to_send(limit: int = 200) -> list[Letter]:
    """Letters that were written again, translated, and that nobody has sent: the longest waiting first."""
    used = select(TranslatedWords.letter_id)
    waiting = used.join(Translation).where(Translation.state == WANTED)
    on_its_way = select(Message.letter_id).where(Message.letter_id.is_not(None), Message.state != "failed")
    found = db.session.scalars(
        select(Letter)
        .join(Case)
        .where(Letter.sent_at.is_(None), Letter.version > 1, Case.anonymised_at.is_(None))
        .where(Letter.id.in_(used), Letter.id.not_in(waiting), Letter.id.not_in(on_its_way))
        .order_by(Letter.id)
        .limit(limit)
        .options(contains_eager(Letter.case))
    )
    return [letter for letter in found if _instead_of(letter) is not None and is_newest(letter)]


def still_holds(letter: Letter, at: datetime) -> bool:
    """Whether the letter may be written again: it is still true, and the visit that it tells of is to come."""
    ends = (letter.given or {}).get("ends") if letter.name == VISIT else None
    return not against_its_words(letter) and (ends is None or datetime.fromisoformat(ends) > at)


def has_asked_for_one(case: Case) -> bool:
    """Whether any of its letters ever waited for a translator."""
    return any(event.what == WANTED_FOR for event in case.events)


def about_translation(letter: Letter) -> str:
    """How far this letter's translation is; empty where nothing of it was to be translated."""
    before = _instead_of(letter)
    if before is not None:
        return _said_of_the_new(letter, before)
    if not has_asked_for_one(letter.case):
        return ""
    states = Counter(state for _letter, state in uses_of([letter.id]))
    if not states[WANTED] or not is_newest(letter):
        return ""
    return ngettext(
        "Waits for a translator: %(done)s of %(num)s part is done. Until then the letter says how to have it read.",
        "Waits for a translator: %(done)s of %(num)s parts are done. Until then the letter says how to have it read.",
        states.total(),
        done=states.total() - states[WANTED],
    )


def _said_of_the_new(letter: Letter, details: Details) -> str:
    if not details.get("was_sent"):
        return _(
            "The words of version %(before)s have been translated. This version takes its place.",
            before=details.get("instead_of"),
        )
    if letter.sent_at is not None:
        return _("This is version %(before)s with its words translated.", before=details.get("instead_of"))
    return _(
        "Version %(before)s went out with words in another language. Here they are translated: send this version too.",
        before=details.get("instead_of"),
    )


def _instead_of(letter: Letter) -> Details | None:
    """The event by which this letter was written anew, in place of an earlier version."""
    found = (event.details for event in letter.case.events if event.what == TRANSLATED)
    return next((one for one in found if _is_of(letter, one)), None)


def _is_of(letter: Letter, details: Details) -> bool:
    return (details.get("letter"), details.get("version")) == (letter.name, letter.version)


def _letter(details: Details) -> str:
    name = str(details.get("letter"))
    return str(LETTERS.get(name, name))


def _wanted(details: Details) -> str:
    return ngettext(
        "%(letter)s, version %(version)s: %(num)s part waits to be translated into %(language)s.",
        "%(letter)s, version %(version)s: %(num)s parts wait to be translated into %(language)s.",
        int(details.get("parts", 1)),
        letter=_letter(details),
        version=details.get("version"),
        language=language_name(str(details.get("language"))),
    )


def _translated(details: Details) -> str:
    return _(
        "%(letter)s was translated into %(language)s. Version %(version)s has the words of the translator.",
        letter=_letter(details),
        language=language_name(str(details.get("language"))),
        version=details.get("version"),
    )


def _not_translated(details: Details) -> str:
    if details.get("reason") == NOT_SO:
        return _(
            "The words of %(letter)s, version %(version)s, were translated. What it says does not hold any more.",
            letter=_letter(details),
            version=details.get("instead_of"),
        )
    return _(
        "The words of %(letter)s, version %(version)s, were translated, but it could not be written again: %(reason)s",
        letter=_letter(details),
        version=details.get("instead_of"),
        reason=details.get("reason"),
    )


SENTENCES: Mapping[str, Callable[[Details], str]] = {
    WANTED_FOR: _wanted,
    TRANSLATED: _translated,
    "letter_not_translated": _not_translated,
}
