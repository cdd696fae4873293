"""A whole catalogue held against everything that can be held: for the command, for an upload, and for the gate."""

from collections.abc import Iterator
from pathlib import Path

from app.languages import Language
from app.languages.glossary import terms_missed
from app.languages.po_files import Finding, ReadFile, forms_of_message, read_file


def check_file(path: Path, language: Language) -> tuple[Finding, ...]:
    """Everything that is to be said of the file, in the order of its lines. Raises WrongGlossary."""
    found = read_file(path, language)
    return tuple(sorted([*found.findings, *terms_to_look_at(found, language)], key=lambda one: one.line))


def terms_to_look_at(found: ReadFile, language: Language) -> Iterator[Finding]:
    """Sentences that seem to call something otherwise than the glossary."""
    for message in found.entries:
        sources, words = forms_of_message(message)
        for term in () if message.fuzzy else terms_missed(sources, words, language.tag):
            names = " / ".join(term.words)
            reason = f"glossary: “{term.english}” is {names}: {sources[0][:60]!r}"
            yield Finding(message.lineno or 1, reason, is_warning=True)
