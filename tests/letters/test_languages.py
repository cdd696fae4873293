"""A letter is in one language: no English sentence is left in one that is not English."""

import re

import pytest
from flask import Flask

from app.extensions import db, start_writing
from app.formats.document import Paragraph, Quotation, Words, lines_of
from app.landlords.standards import current_landlord
from app.letters.actions import document_in, request_letter
from app.letters.compose import NAMES
from app.letters.models import Letter
from app.tenants.actions import record_tenant
from tests.builders import a_colleague, answers, needs, person
from tests.conftest import MakeApp
from tests.letters.samples import AT, SAMPLES, WITH_KIND, sample
from tests.letters.test_acknowledgement import NOW, written
from tests.rig.turns import in_turn

WORDS_LANGUAGE = ("words_language", "written_in", "language")  # what the letters call it
EVERYTHING = answers(
    who="representative",
    representing_name="Jan Kowalski",
    representing_permission="no",
    how_long_ago="longer",
    service="damp-and-mould",
    raised_before="not-sure",
    raised_before_details="In May",
)


def sentences(letter: Letter, language: str) -> set[str]:
    """Its lines, the tenant's own words apart."""
    document = document_in(letter, current_landlord(), language)
    own_words = {line for block in document.blocks if isinstance(block, Quotation) for line in lines_of(block)}
    lines = {document.title, *(line for block in document.blocks for line in lines_of(block))}
    return {line for line in lines - own_words if re.search(r"[a-z]{3} [a-z]{3}", line)}


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_no_english_sentence_is_left_in_any(make_app: MakeApp, landlord: str) -> None:
    assert set(SAMPLES) == set(NAMES), "a new letter needs a sample"
    with make_app(landlord).app_context():
        left = {}
        start_writing()
        a_colleague("ada@landlord.example", roles=("complaints-team",), name="Ada Byron", phone="01392 123456")
        db.session.commit()
        for name, kind in WITH_KIND:
            start_writing()
            tenant = record_tenant(person(), needs(interpreter_language="Polish"), "en", NOW, None)
            case = written(handler=None, kind=kind, channel="web", tenant=tenant, answers=EVERYTHING).case
            letter = sample(case, name)
            english = sentences(letter, "en")
            assert len(english) > 5
            left |= {(name, kind, tag): sentences(letter, tag) & english for tag in in_turn(name, with_english=False)}
            db.session.rollback()
        assert {which: lines for which, lines in left.items() if lines} == {}


def test_a_letter_whose_words_are_in_another_language_says_how_to_have_them_in_ones_own(sqlite_app: Flask) -> None:
    case, in_welsh = written(kind="complaint", channel="web").case, dict.fromkeys(WORDS_LANGUAGE, "cy")
    for name in ("stage-1-response", "stage-2-response", "there-and-then", "extension", "refusal", "follow-up"):
        given = {**SAMPLES[name][1], **in_welsh}
        said = sentences(request_letter(case, name, AT, given=given), "en")
        assert any(line.startswith("Some parts of this letter are in Welsh") for line in said), name
        assert any("we will bring an interpreter who reads it to you" in line for line in said), name


def test_the_name_of_the_ombudsman_is_marked_as_english_in_other_languages_only(sqlite_app: Flask) -> None:
    name, letter = current_landlord().ombudsman.name, written()
    for language, marked in (("en", None), ("pl", "en"), ("ur", "en"), ("cy", "en")):
        blocks = document_in(letter, current_landlord(), language).blocks
        runs = [run for block in blocks if isinstance(block, Paragraph) for run in block.content]
        assert [run.language for run in runs if isinstance(run, Words) and name in run.text] == [marked], language


def test_a_letter_in_a_language_that_nobody_offers_is_refused(sqlite_app: Flask) -> None:
    with pytest.raises(KeyError):
        document_in(written(), current_landlord(), "tlh")
