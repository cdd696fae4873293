"""A letter is in one language: no English sentence is left in one that is not English."""

import re

import pytest
from flask import Flask

from app.cases.models import KINDS
from app.extensions import db, start_writing
from app.formats.document import Quotation, lines_of
from app.landlords.standards import current_landlord
from app.letters.actions import document_in
from app.letters.compose import NAMES
from app.letters.models import Letter
from app.tenants.actions import record_tenant
from tests.builders import answers, needs, person
from tests.letters.test_acknowledgement import NOW, written

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


@pytest.mark.parametrize("language", ["cy", "ar"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_english_sentence_is_left_in_it(make_app, kind: str, name: str, language: str) -> None:
    for landlord in ("livewest", "livv"):
        with make_app(landlord).app_context():
            start_writing()
            tenant = record_tenant(person(), needs(interpreter_language="Polish"), "en", NOW, None)
            letter = written(name, kind=kind, channel="web", tenant=tenant, answers=EVERYTHING)
            english = sentences(letter, "en")
            assert len(english) > 5
            assert sentences(letter, language) & english == set()
            db.session.rollback()


def test_a_letter_in_a_language_that_nobody_offers_is_refused(sqlite_app: Flask) -> None:
    with pytest.raises(KeyError):
        document_in(written(), current_landlord(), "tlh")
