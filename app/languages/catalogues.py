"""How complete each language's catalogue is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app.config import PROJECT
from app.languages import DEFAULT, LANGUAGES, Language

FOLDER = PROJECT / "translations"
# A comment that a translator who knows the language leaves on an entry: `# reviewed by N. N., 2026-11-22`.
REVIEWED = "reviewed"
PLACEHOLDER = re.compile(r"%\((\w+)\)")


@dataclass(frozen=True)
class Coverage:
    """Counts of sentences. ``fuzzy`` ones are guesses, and the site shows English for them as for missing ones."""

    language: Language
    translated: int
    fuzzy: int
    missing: int
    reviewed: int
    mistakes: tuple[str, ...]  # a placeholder lost or misspelt, by sentence

    @property
    def is_complete(self) -> bool:
        return not (self.fuzzy or self.missing or self.mistakes)


def folder_of(language: Language) -> str:
    return language.tag.replace("-", "_")


def coverage() -> tuple[Coverage, ...]:
    """Of each language that has a catalogue: all but the one that the code is written in."""
    return tuple(coverage_of(language) for language in LANGUAGES.values() if language != DEFAULT)


def coverage_of(language: Language) -> Coverage:
    """Read the language's catalogue. A catalogue that is not there has everything missing: ``missing`` is then 1."""
    path = FOLDER / folder_of(language) / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Coverage(language, 0, 0, 1, 0, (f"{path} is not there",))
    with path.open("rb") as file:
        return count(language, read_po(file, locale=folder_of(language)))


def count(language: Language, catalogue: Catalog) -> Coverage:
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
            for problem in _placeholder_problems(message)
        ),
    )


def _placeholder_problems(message: Message) -> Iterator[str]:
    """One lost leaves a gap in a letter; one misspelt stops the page. A plural's forms may leave its number out."""
    sentences = _sentences(message)
    known = {name for sentence in sentences for name in PLACEHOLDER.findall(sentence)}
    for words in [message.string] if isinstance(message.string, str) else message.string or ():
        found = set(PLACEHOLDER.findall(words))
        yield from (f"%({name})s is not in the English" for name in sorted(found - known))
        if len(sentences) == 1:
            yield from (f"%({name})s is lost" for name in sorted(known - found))


def _sentences(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _is_whole(message: Message) -> bool:
    words = message.string or ()
    return bool(words) and all([words] if isinstance(words, str) else words)


def _is_reviewed(message: Message) -> bool:
    return _is_whole(message) and any(comment.startswith(REVIEWED) for comment in message.user_comments)
