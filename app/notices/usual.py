"""What is usually said in a notice of each kind, in each language that has it."""

import tomllib
from functools import cache
from pathlib import Path

from flask_babel import gettext

from app.languages import LANGUAGES, speaking
from app.notices.shapes import KINDS

_FILE = Path(__file__).with_name("usual.toml")


def usual(kind: str, language: str) -> tuple[str, str]:
    """Title and words; in English where the language (a tag) has none yet. Raises KeyError: unknown kind or tag."""
    title, words = _written()[kind]
    with speaking(language):
        return gettext(title), gettext(words)


def usual_words(kind: str, languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """As Notice.words: the first of the languages, and those of the others into which both have been translated."""
    written = _written()[kind]
    made = {tag: usual(kind, tag) for tag in languages if tag in LANGUAGES}
    return {
        tag: {"title": title, "words": words}
        for tag, (title, words) in made.items()
        if tag == languages[0] or (title != written[0] and words != written[1])
    }


@cache
def _written() -> dict[str, tuple[str, str]]:
    """In English, by kind."""
    file = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {kind: (file[kind]["label"], file[kind]["words"]) for kind in KINDS}
