"""A catalogue file that a translator brings: held against everything, shown as a difference, then taken as savings."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.extensions import db
from app.languages import Language
from app.languages.models import UploadedCatalogue
from app.languages.po_files import Finding, forms_of_message, read
from app.languages.proposals import SavedMeanwhile, Writer, save_one_of
from app.languages.sentences import Sentence, Words, key_of, review_in, sentences

LARGEST = 1_900_000  # bytes: what one request may bring, less its frame


class FileRefused(Exception):
    """Nothing of the file is taken. ``findings``: what is wrong, by line."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} mistakes")
        self.findings = findings


class Otherwise(Exception):
    """Somebody has saved something since the difference was shown: it has to be looked at again."""


@dataclass(frozen=True)
class Change:
    """One sentence that the file says otherwise than the site's catalogue with what was saved on top of it."""

    sentence: Sentence
    words: Words
    review: str  # the file's comment that names who has reviewed them; empty without one
    line: int


@dataclass(frozen=True)
class Difference:
    """``unknown``: sentences of the file that the site does not have (any more); they are left out."""

    changes: tuple[Change, ...]
    unknown: int

    @property
    def fingerprint(self) -> str:
        """Another one as soon as a change, or what it changes, is another."""
        said = [
            (one.sentence.key, one.sentence.version, one.sentence.words, one.words, one.review) for one in self.changes
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def keep(language: Language, content: bytes, file_name: str, by: str, at: datetime) -> UploadedCatalogue:
    """Keep the file to be looked at, in place of what this colleague brought before. Raises FileRefused. No commit."""
    if len(content) > LARGEST:
        raise FileRefused((Finding(1, f"the file is larger than {LARGEST} bytes"),))
    found = read(content, language)
    if found.mistakes:
        raise FileRefused(tuple(found.mistakes))
    earlier = db.select(UploadedCatalogue).where(UploadedCatalogue.by == by, UploadedCatalogue.language == language.tag)
    for row in db.session.scalars(earlier):
        row.text = None
    row = UploadedCatalogue(
        language=language.tag, file_name=file_name[:200], text=content.decode("utf-8-sig"), by=by, at=at
    )
    db.session.add(row)
    db.session.flush()
    return row


def difference(row: UploadedCatalogue, language: Language) -> Difference:
    """What taking it would change now. Empty when its text is gone."""
    known = sentences(language)
    found = list(_changes(row.text or "", language, known))
    return Difference(tuple(one for one in found if one), sum(one is None for one in found))


def _changes(text: str, language: Language, known: dict[str, Sentence]) -> Iterator[Change | None]:
    """None for a sentence that is not known. Guesses, empty ones and what is published say nothing.

    What has become wrong since the file was brought, by an update of the application, says nothing either.
    """
    found = read(text.encode(), language)
    wrong = {one.line for one in found.mistakes}
    for message in found.entries if text else ():
        sources, words = forms_of_message(message)
        if message.fuzzy or not any(words) or message.lineno in wrong:
            continue
        sentence, review = known.get(key_of(message.context, sources)), review_in(message)
        if sentence is None:
            yield None
        elif sentence.proposal is not None and words == sentence.filed:
            continue  # the file was made from what is published: it takes back nothing that was saved since
        elif words != sentence.words or sentence.state != "written" or bool(review) > sentence.is_reviewed:
            yield Change(sentence, words, review, message.lineno or 1)


def take(row: UploadedCatalogue, language: Language, fingerprint: str, writer: Writer, at: datetime) -> int:
    """Save all that the difference with this fingerprint showed; gives how many. Raises Otherwise. No commit."""
    now = difference(row, language)
    if now.fingerprint != fingerprint:
        raise Otherwise
    known = {one.sentence.key: one.sentence for one in now.changes}
    try:
        for one in now.changes:
            version = one.sentence.version
            save_one_of(
                known, language, one.sentence.key, one.words, version, writer, at,
                is_reviewed=bool(one.review), review=one.review[:300],
            )  # fmt: skip
    except SavedMeanwhile:
        raise Otherwise from None
    row.text, row.taken_at = None, at
    return len(now.changes)
