"""Finds the words of the policy files for translators: a Babel extraction method, named in ``babel.cfg``."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

WORDS = ("label", "instead", "words")
_TABLE = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?")
_WORDS = re.compile(rf"\s*({'|'.join(WORDS)})\s*=\s*[\"']")
_ASIDE = re.compile(r"\s*#\s*(Translators:.*)")
Message = tuple[int, None, str, list[str]]


def extract_policy(
    fileobj: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """The words under ``label``, ``instead`` and ``words``, each with its line and a comment that says where it stands.

    A ``# Translators:`` comment on the line above joins it. Raises ValueError, naming the line, when words do not
    begin and end on one line: they would be shown and never translated.
    """
    table, aside = "", ""
    for number, raw in enumerate(fileobj, 1):
        line = raw.decode("utf-8")
        if heading := _TABLE.match(line):
            table = heading[1]
        elif found := _WORDS.match(line):
            words = _on_one_line(line, number, found[1])
            comments = [f"Translators: {table}, {found[1]}"]
            yield number, None, words, [*comments, aside] if aside else comments
        above = _ASIDE.match(line)
        aside = above[1].strip() if above else ""


def _on_one_line(line: str, number: int, key: str) -> str:
    try:
        words: str = tomllib.loads(line)[key]
    except tomllib.TOMLDecodeError:
        raise ValueError(f"line {number}: {key} must begin and end on one line") from None
    return words
