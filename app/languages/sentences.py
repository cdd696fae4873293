"""The sentences of a catalogue as a translator works on them: the file as it is, and what was written on top of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from sqlalchemy import func, select

from app.extensions import db
from app.languages import Language
from app.languages.catalogues import REVIEWED, folder_of, path_of
from app.languages.changing import Gone, english_before
from app.languages.models import ProposedWords
from app.languages.po_files import forms_of_message

MISSING, GUESS, WRITTEN = "missing", "fuzzy", "written"
Words = tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """One entry. ``filed``: the words in the file; ``proposal``: the newest saving here that is not in the file yet."""

    key: str
    message: Message
    sources: Words
    filed: Words
    proposal: ProposedWords | None = None
    version: int = 0  # of the newest saving, landed or not; 0 without one
    before: Gone | None = None  # of a missing one: the sentence that stood there before an update changed its English

    @property
    def words(self) -> Words:
        return tuple(self.proposal.words) if self.proposal is not None else self.filed

    @property
    def state(self) -> str:
        """MISSING, GUESS or WRITTEN, what was saved here counted in."""
        if self.proposal is None and self.message.fuzzy:
            return GUESS
        return WRITTEN if self.words and all(self.words) else MISSING

    @property
    def is_reviewed(self) -> bool:
        if self.proposal is not None:
            return self.proposal.is_reviewed
        return self.state == WRITTEN and reviewed_in(self.message)

    @property
    def is_overtaken(self) -> bool:
        """Whether the file has changed since the saving was written: somebody has to look at both."""
        return self.proposal is not None and tuple(self.proposal.base) != self.filed and any(self.filed)

    @property
    def places(self) -> tuple[str, ...]:
        """The files that say it."""
        return tuple(dict.fromkeys(place for place, _line in self.message.locations))


def key_of(context: str | None, sources: Words) -> str:
    """Names a sentence by what it says: the same in every language, and after every update of the application."""
    whole = "\x00".join((context or "", *sources))
    return hashlib.sha256(whole.encode()).hexdigest()[:24]


def mark_of(words: Words) -> str:
    """Tells words from others: whether a page's have been changed by whoever reads it, or by others since."""
    return hashlib.sha256("\x00".join(words).encode("utf-8", "replace")).hexdigest()[:12]


def reviewed_in(message: Message) -> bool:
    return bool(review_in(message))


def review_in(message: Message) -> str:
    """The comment that says who has reviewed the words; empty without one."""
    return next((comment for comment in message.user_comments if comment.startswith(REVIEWED)), "")


@dataclass(frozen=True)
class _File:
    """``entries``: key, entry, English and words of each; ``gone``: those that the application said before."""

    entries: tuple[tuple[str, Message, Words, Words], ...]
    gone: tuple[Gone, ...]


@lru_cache(maxsize=16)
def _in_file(path: Path, language: Language, _changed_at: int) -> _File:
    """Everything in the file: read when the file has changed. Not to be written to."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=folder_of(language))
    found = ((message, *forms_of_message(message)) for message in catalogue if message.id)
    entries = tuple((key_of(message.context, sources), message, sources, filed) for message, sources, filed in found)
    gone = (forms_of_message(message) for message in catalogue.obsolete.values())
    return _File(entries, tuple(Gone(sources[0], words) for sources, words in gone if words and all(words)))


def sentences(language: Language) -> dict[str, Sentence]:
    """Every sentence by its key, in the order of the file. One query. Raises FileNotFoundError."""
    newest, file = newest_savings(language.tag), _file_of(language)
    gone = _gone(file, newest)
    return {
        key: _sentence(key, message, sources, filed, newest.get(key), gone)
        for key, message, sources, filed in file.entries
    }


def _file_of(language: Language) -> _File:
    path = path_of(language)
    return _in_file(path, language, path.stat().st_mtime_ns)


def _sentence(
    key: str, message: Message, sources: Words, filed: Words, saving: ProposedWords | None, gone: tuple[Gone, ...]
) -> Sentence:
    proposal = None if saving is None or has_landed(saving, message, filed) else saving
    before = None if proposal or any(filed) or not gone else english_before(sources[0], gone)
    return Sentence(key, message, sources, filed, proposal, saving.version if saving else 0, before)


def has_landed(saving: ProposedWords, message: Message, filed: Words) -> bool:
    """Whether the file says it all already, or the saving took everything back."""
    if not saving.words:
        return True
    return tuple(saving.words) == filed and not message.fuzzy and reviewed_in(message) >= saving.is_reviewed


def newest_savings(tag: str) -> Mapping[str, ProposedWords]:
    """By key, whether the catalogue still has the sentence or not."""
    latest = select(func.max(ProposedWords.id)).where(ProposedWords.language == tag).group_by(ProposedWords.key)
    rows = db.session.scalars(select(ProposedWords).where(ProposedWords.id.in_(latest)).order_by(ProposedWords.id))
    return {row.key: row for row in rows}


def of_gone_sentences(language: Language) -> list[ProposedWords]:
    """What was saved for sentences that the catalogue does not have any more, and was never published."""
    return _saved_and_gone(_file_of(language), newest_savings(language.tag))


def gone_of(language: Language) -> tuple[Gone, ...]:
    """Every sentence that the application does not say any more and that has words: saved here, or in the file."""
    return _gone(_file_of(language), newest_savings(language.tag))


def _gone(file: _File, newest: Mapping[str, ProposedWords]) -> tuple[Gone, ...]:
    return (*(Gone(row.source, tuple(row.words)) for row in _saved_and_gone(file, newest)), *file.gone)


def _saved_and_gone(file: _File, newest: Mapping[str, ProposedWords]) -> list[ProposedWords]:
    here = {key for key, *_entry in file.entries}
    rows = [row for key, row in newest.items() if key not in here and row.words]
    return [row for row in rows if Gone(row.source, tuple(row.words)) not in file.gone]


def history_of(tag: str, key: str) -> list[ProposedWords]:
    """Every saving of one sentence, the newest first."""
    query = select(ProposedWords).where(ProposedWords.language == tag, ProposedWords.key == key)
    return list(db.session.scalars(query.order_by(ProposedWords.version.desc())))
