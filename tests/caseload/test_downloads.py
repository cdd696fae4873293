"""Taking a letter's file from a case's page: the right bytes under a safe name, kept nowhere on the way."""

import io
import zipfile

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.cases.models import Case, Event
from app.extensions import db
from app.formats.braille_tables import CODES
from app.letters.models import Letter, LetterFile
from tests.builders import needs
from tests.caseload.desk import a_case_that_came_in, page_of
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of


@pytest.fixture
def officer(sqlite_app: Flask) -> FlaskClient:
    client = sqlite_app.test_client()
    a_colleague_with_a_password()
    sign_in(client)
    return client


def letter_of(case: Case) -> Letter:
    return db.session.scalars(select(Letter).where(Letter.case_id == case.id, Letter.name == "acknowledgement")).one()


def download(client: FlaskClient, case: Case, what: str) -> TestResponse:
    answer = client.get(f"/staff/cases/{case.reference}/letters/{letter_of(case).id}/{what}")
    db.session.rollback()
    return answer


def test_large_print_comes_at_the_tenants_own_size(officer: FlaskClient) -> None:
    case = a_case_that_came_in(needs=needs(format="large-print", point_size=24))
    answer = download(officer, case, "large-print")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f"attachment; filename={case.reference}-acknowledgement-1-en-large-print-24.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) > 1


def test_another_size_can_be_had_and_is_a_file_of_its_own(officer: FlaskClient) -> None:
    case = a_case_that_came_in(needs=needs(format="large-print", point_size=24))
    usual, larger = download(officer, case, "large-print"), download(officer, case, "large-print?point_size=28")
    assert larger.status_code == 200
    assert larger.data != usual.data
    assert "large-print-28.pdf" in larger.headers["Content-Disposition"]
    assert "Large print 28" in words_of(page_of(officer, case))


@pytest.mark.parametrize(
    "what", ["large-print?point_size=15", "large-print?point_size=29", "braille?grade=3", "fax", "..%2f..%2fsecret_key"]
)
def test_what_does_not_exist_is_not_found(officer: FlaskClient, what: str) -> None:
    assert download(officer, a_case_that_came_in(), what).status_code == 404


def test_a_number_that_is_none_gives_what_the_tenant_needs(officer: FlaskClient) -> None:
    case = a_case_that_came_in(needs=needs(format="large-print", point_size=20))
    assert "large-print-20.pdf" in download(officer, case, "large-print?point_size=x").headers["Content-Disposition"]


@pytest.mark.parametrize(("what", "media_type"), [("text", "text/plain"), ("html", "text/html")])
def test_a_web_page_or_text_is_downloaded_too_and_never_opened_in_place(
    officer: FlaskClient, what: str, media_type: str
) -> None:
    answer = download(officer, a_case_that_came_in(), what)
    assert answer.mimetype == media_type
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_braille_comes_in_both_grades(officer: FlaskClient) -> None:
    case = a_case_that_came_in(needs=needs(format="braille", braille_grade=1))
    uncontracted, contracted = download(officer, case, "braille"), download(officer, case, "braille?grade=2")
    assert uncontracted.status_code == contracted.status_code == 200
    assert len(uncontracted.data) > len(contracted.data)


def test_an_audio_cd_comes_as_one_zip_of_tracks(officer: FlaskClient) -> None:
    answer = download(officer, a_case_that_came_in(), "audio-cd")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as tracks:
        assert any(name.endswith(".wav") for name in tracks.namelist())
        assert any(name.endswith(".cue") for name in tracks.namelist())


def test_a_format_that_cannot_be_made_well_is_refused_with_the_reason(
    officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(CODES, "cy")  # as for a language that has no braille table
    case = a_case_that_came_in(language="cy")
    answer = download(officer, case, "braille")
    assert answer.status_code == 409
    assert "This letter cannot be made as Braille" in words_of(answer)
    file = db.session.scalars(select(LetterFile).where(LetterFile.state == "refused")).one()
    assert file.problem
    why = "Our program cannot write braille in this language. Offer instead:"
    assert why in words_of(answer)
    page = page_of(officer, case)
    assert f"Cannot be made: {why}" in words_of(page)
    assert "/braille?grade=2" not in page.get_data(as_text=True).split("Another size or grade")[0]


def test_a_letter_of_a_restricted_case_leaves_a_trace(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    sign_in(client)
    case = a_case_that_came_in(kind="antisocial-behaviour", answers={"what_happened": "Shouting at night."})
    assert download(client, case, "text").status_code == 200
    event = db.session.scalars(select(Event).where(Event.case_id == case.id, Event.what == "letter_viewed")).one()
    assert event.who == "sam.field@landlord.example"
    assert event.details["format"] == "text"


def test_without_signing_in_no_letter_is_to_be_had(officer: FlaskClient) -> None:
    case = a_case_that_came_in()
    stranger = officer.application.test_client()
    answer = download(stranger, case, "text")
    assert answer.status_code == 303
    assert answer.location.startswith("/staff/sign-in")
