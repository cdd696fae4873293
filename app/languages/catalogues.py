"""How complete each language's catalogue is."""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app.config import PROJECT
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.checking import problems
from app.languages.po_files import forms_of, forms_of_message

FOLDER = PROJECT / "translations"
# A comment that a translator who knows the language leaves on an entry: `# reviewed by N. N., 2026-11-22`.
REVIEWED = "reviewed"


@dataclass(frozen=True)
class Coverage:
    """Counts of sentences. ``fuzzy`` ones are guesses, and the site shows English for them as for missing ones."""

    language: Language
    translated: int
    fuzzy: int
    missing: int
    reviewed: int
    mistakes: tuple[str, ...]  # a placeholder lost or misspelt, mark-up that is not in the English…, by sentence

    @property
    def is_complete(self) -> bool:
        return not (self.fuzzy or self.missing or self.mistakes)


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
    return Coverage(
        language,
        translated=len(messages) - len(fuzzy) - len(missing),
        fuzzy=len(fuzzy),
        missing=len(missing),
        reviewed=sum(_is_reviewed(message) for message in messages),
        mistakes=tuple(
            f"{_sentences(message)[0][:60]}: {problem}"
            for message in messages
            if _is_whole(message)
            for problem in problems(*forms_of_message(message), forms)
        ),
    )


def _sentences(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _is_whole(message: Message) -> bool:
    words = message.string or ()
    return bool(words) and all([words] if isinstance(words, str) else words)


def _is_reviewed(message: Message) -> bool:
    return _is_whole(message) and any(comment.startswith(REVIEWED) for comment in message.user_comments)
