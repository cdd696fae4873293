"""Wherever a colleague's words stand in a letter, what they set out fits between the letter's own headings."""

from typing import Any

from flask import Flask

from app.cases.models import KINDS, Case
from app.extensions import start_writing
from app.formats.document import Heading, parse, text_of
from app.landlords.standards import current_landlord
from app.letters.compose import compose
from tests.builders import an_opened_case
from tests.letters.samples import SAMPLES, WORD, sample

TYPED = "### Low\n# High\nWe **did** it.\n- one\n- two"


def with_headings(given: Any) -> Any:
    if isinstance(given, dict):
        return {key: with_headings(value) for key, value in given.items()}
    if isinstance(given, list):
        return [with_headings(value) for value in given]
    return TYPED if isinstance(given, str) and given.startswith(WORD) else given


def test_headings_lists_and_strong_words_fit_into_every_letter(sqlite_app: Flask) -> None:
    cases: dict[str, Case] = {kind: an_opened_case(kind=kind) for kind in KINDS}
    set_out = 0
    for name, (kinds, given) in SAMPLES.items():
        case = cases[kinds[0]]
        if name.startswith("stage-2"):
            start_writing()
            sample(case, name)
        typed = {**given, **({"label": "x", "instead": "y"} if "label" in given else {})}
        blocks = parse(compose(case, name, current_landlord(), given=with_headings(typed)), "en")
        shown = " ".join(text_of(block.content) for block in blocks if hasattr(block, "content"))
        set_out += "Low High We did it." in shown
        levels = [block.level for block in blocks if isinstance(block, Heading)]
        assert all(later - earlier < 2 for earlier, later in zip([1, *levels], levels, strict=False)), name
    assert set_out >= 12
