"""The page on which a colleague sees a letter's dots with their words."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from lxml import html

from app.cases.models import Case
from app.extensions import db
from app.formats import Choice, make
from app.formats.braille_cells import CELLS
from app.formats.braille_shown import show
from app.letters.actions import document_of, landlord_of
from app.letters.models import Letter
from tests.builders import needs
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.formats.samples import TABLE, letter, sample
from tests.laws import page_laws
from tests.staff.door import token_of, words_of


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request) as client:
        yield client


def acknowledgement_of(case: Case) -> Letter:
    return db.session.query(Letter).filter_by(case_id=case.id, name="acknowledgement").one()


@pytest.mark.parametrize(("language", "cells", "lines"), [("en", 40, 25), ("cy", 28, 20), ("ar", 40, 25)])
def test_the_words_under_the_dots_are_the_words_of_the_letter_and_no_others(
    language: str, cells: int, lines: int, desk: FlaskClient
):
    document, choice = sample(language), Choice(cells=cells, lines=lines)
    pages = show(document, choice)
    made = make("braille", document, choice).content.decode().split("\f")
    for page, brf in zip(pages, made, strict=True):
        dots = [page.header, *(line.cells for line in page.lines)]
        assert ["".join(CELLS[cell] for cell in one).rstrip() for one in dots] == brf.split("\r\n")[:-1]
    said = " ".join(line.words for page in pages for line in page.lines)
    assert document.title in said
    assert "K7M4-QX9T" in said
    assert all((line.words == "") == (line.cells == "") for page in pages for line in page.lines)


def test_each_line_has_its_own_words(desk: FlaskClient):
    (page,) = show(letter(TABLE), Choice(braille_grade=2, cells=40, lines=30))
    words = [line.words for line in page.lines]
    place = words.index("What we promised")
    assert words[place : place + 5] == [
        "What we promised", "Mend the boiler", "By when: Tuesday 29 December 2026",
        "Ring you", "By when: Monday 4 January 2027",
    ]  # fmt: skip


def test_a_colleague_sees_the_dots_as_the_tenant_needs_them_and_in_the_other_grade(desk: FlaskClient):
    case = a_case_that_came_in(0.1, needs=needs(format="braille", braille_grade=1))
    written = acknowledgement_of(case)
    overview = desk.get(f"/staff/cases/{case.reference}")
    address = f"/staff/cases/{case.reference}/letters/{written.id}/braille/dots"
    assert address in overview.get_data(as_text=True)
    answer = desk.get(address)
    assert answer.status_code == 200
    page_laws.assert_page_laws(answer)
    words = words_of(answer)
    assert "English, grade 1, on pages of 25 lines with 40 cells." in words
    assert f"{case.reference}, page 1" in words
    assert written.title in words
    tree = html.fromstring(answer.get_data(as_text=True))
    dots = "".join(tree.xpath("//*[@class='braille__dots' and @aria-hidden='true']/text()"))
    assert "⠠⠙⠑⠁⠗" in dots
    other = desk.get(f"{address}?grade=2&variant=28x20")
    assert "English, grade 2, on pages of 20 lines with 28 cells." in words_of(other)
    assert desk.get(f"{address}?grade=3").status_code == 404
    assert desk.get(f"{address}?variant=99x99").status_code == 404


def test_a_draft_is_seen_in_braille_before_anything_is_written(desk: FlaskClient):
    case = a_case_that_came_in(0.1)
    typed = {"title": "Your new roof", "words": "We start on **Monday**.", "words_language": "en", "act": "keep"}
    page = desk.get(f"/staff/cases/{case.reference}/letters/new")
    kept = desk.post(f"/staff/cases/{case.reference}/letters/new", data={**typed, "csrf_token": token_of(page)})
    address = kept.location.split("?")[0]
    assert f"{address}/braille/dots" in desk.get(f"{address}?look=1").get_data(as_text=True)
    answer = desk.get(f"{address}/braille/dots")
    page_laws.assert_page_laws(answer)
    assert "In braille: Your new roof" in words_of(answer)
    assert "We start on Monday." in words_of(answer)


def test_a_letter_that_cannot_be_made_in_braille_says_why(desk: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    case = a_case_that_came_in(0.1)
    written = acknowledgement_of(case)
    monkeypatch.setattr("app.formats.braille_translation._CHILD", "/no/such/file.py")
    answer = desk.get(f"/staff/cases/{case.reference}/letters/{written.id}/braille/dots")
    assert answer.status_code == 409
    assert "This letter cannot be made in braille: liblouis" in words_of(answer)


def test_the_dots_of_another_cases_letter_are_not_shown(desk: FlaskClient):
    one, other = a_case_that_came_in(0.1), a_case_that_came_in(0.1)
    assert document_of(acknowledgement_of(one), landlord_of(one)).reference.text == one.reference
    address = f"/staff/cases/{one.reference}/letters/{acknowledgement_of(other).id}/braille/dots"
    assert desk.get(address).status_code == 404
