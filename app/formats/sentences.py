"""A letter's words cut into sentences, as the eye reads them: what a talking book shows and says one by one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.formats.document import Inline, Words

SENTENCE_END = re.compile(r"(?<=[.!?؟۔…])[\"'”’»)]*\s+")
_WHOLE = "x"  # stands for each character of what is not cut


def sentences_in(content: Sequence[Inline], language: str) -> list[tuple[Inline, ...]]:
    """The same runs, sentence by sentence; the spaces between two stay with the first, so that nothing is lost.

    Facts, and words of another language than ``language`` (the letter's), stay whole.
    """
    text = "".join(run.text if _may_be_cut(run, language) else _WHOLE * len(run.text) for run in content)
    ends = [found.end() for found in SENTENCE_END.finditer(text) if found.end() < len(text)]
    bounds = [0, *ends, len(text)]
    cut = (tuple(_between(content, start, end)) for start, end in pairwise(bounds))
    return [sentence for sentence in cut if sentence]


def _may_be_cut(run: Inline, language: str) -> bool:
    return isinstance(run, Words) and run.language in (None, language)


def _between(content: Sequence[Inline], start: int, end: int) -> Iterator[Inline]:
    place = 0
    for run in content:
        first, last = max(start - place, 0), min(end - place, len(run.text))
        place += len(run.text)
        if first < last:
            yield replace(run, text=run.text[first:last])


def place_of(block: int, part: int = 0, sentence: int = 0) -> str:
    """What ties a sentence heard to the sentence shown: numbers from 0, ``part`` that of a list's item, a line…"""
    return f"b{block}-{part}-{sentence}"
