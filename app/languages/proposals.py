"""What translators do in the application: save a sentence, take it back, say that it is reviewed. No commit inside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from babel.messages.catalog import Message
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.languages import Language
from app.languages.checking import Problem, problems
from app.languages.models import ProposedWords
from app.languages.po_files import forms_of
from app.languages.sentences import Sentence, Words, key_of, sentences


class NoSuchSentence(Exception):
    """The catalogue does not have it: the application has been updated meanwhile."""


class WordsRefused(Exception):
    """They would break the page that says them."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, found)))
        self.problems = found


class SavedMeanwhile(Exception):
    """Somebody else has saved this sentence since the page was opened."""

    def __init__(self, theirs: ProposedWords) -> None:
        super().__init__(f"{theirs.by} has saved it")
        self.theirs = theirs


@dataclass(frozen=True)
class Writer:
    """Who saves: the colleague's email, and the name under which a review stands in the file."""

    email: str
    name: str


def save(
    language: Language, key: str, words: Words, version: int, writer: Writer, at: datetime, *, is_reviewed: bool = False
) -> ProposedWords | None:
    """Write these words, in all forms, on top of version ``version`` (0: nothing saved yet).

    ``is_reviewed``: the writer says so. None where nothing is different. Raises NoSuchSentence, WordsRefused,
    SavedMeanwhile.
    """
    return save_one_of(sentences(language), language, key, words, version, writer, at, is_reviewed=is_reviewed)


def save_one_of(
    known: Mapping[str, Sentence], language: Language, key: str, words: Words, version: int, writer: Writer,
    at: datetime, *, is_reviewed: bool = False, review: str = "",
) -> ProposedWords | None:  # fmt: skip
    """The same for many in a row: ``known`` is ``sentences(language)`` as they were before.

    ``review``: in a file that was brought, the comment that names who has reviewed the words.
    """
    sentence = known.get(key)
    if sentence is None:
        raise NoSuchSentence(key)
    if words == sentence.words and is_reviewed <= sentence.is_reviewed and sentence.state == "written":
        return None
    if not any(words):
        return None
    if found := problems(sentence.sources, words, forms_of(language)):
        raise WordsRefused(found)
    return _write(sentence, language, words, version, writer, at, is_reviewed, review)


def take_back(language: Language, key: str, version: int, writer: Writer, at: datetime) -> None:
    """Let the catalogue's own words hold again. Raises NoSuchSentence, SavedMeanwhile."""
    sentence = sentences(language).get(key)
    if sentence is None:
        raise NoSuchSentence(key)
    if sentence.proposal is not None:
        _write(sentence, language, (), version, writer, at)


def keep_for_later(
    language: Language, context: str | None, sources: Words, words: Words, writer: Writer, at: datetime
) -> None:
    """Words for a sentence that the catalogue does not have any more: kept, and suggested for those that are like it.

    They are held against nothing: they are when somebody saves them for a sentence that is there.
    """
    key = key_of(context, sources)
    earlier = _newest(language, key)
    if earlier is None or tuple(earlier.words) != words:
        message = Message(sources if len(sources) > 1 else sources[0], context=context)
        version = 0 if earlier is None else earlier.version
        _write(Sentence(key, message, sources, (), version=version), language, words, version, writer, at)


def _write(
    sentence: Sentence, language: Language, words: Words, version: int, writer: Writer, at: datetime,
    is_reviewed: bool = False, review: str = "",
) -> ProposedWords:  # fmt: skip
    if sentence.version != version:
        raise _saved_meanwhile(language, sentence.key)
    row = ProposedWords(
        language=language.tag, key=sentence.key, version=version + 1, context=sentence.message.context,
        source=sentence.sources[0], source_plural=sentence.sources[1] if len(sentence.sources) > 1 else None,
        words=list(words), base=list(sentence.filed), is_reviewed=is_reviewed, review=review or None,
        by=writer.email, by_name=writer.name, at=at,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # both at the same moment
        raise _saved_meanwhile(language, sentence.key) from None
    return row


def _saved_meanwhile(language: Language, key: str) -> Exception:
    """A version that nobody has saved stands on no page of ours."""
    theirs = _newest(language, key)
    return SavedMeanwhile(theirs) if theirs is not None else NoSuchSentence(key)


def _newest(language: Language, key: str) -> ProposedWords | None:
    query = db.select(ProposedWords).where(ProposedWords.language == language.tag, ProposedWords.key == key)
    return db.session.scalars(query.order_by(ProposedWords.version.desc()).limit(1)).one_or_none()


def pending(known: Iterable[Sentence]) -> list[Sentence]:
    """Those whose words are saved here and not in the file."""
    return [sentence for sentence in known if sentence.proposal is not None]
