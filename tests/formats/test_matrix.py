"""Which language can be made in which format is known before a letter is, and told with what to offer instead."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import formats
from app.caseload.format_words import REASONS, refused_words
from app.config import PROJECT
from app.extensions import db
from app.formats import FORMATS, Choice, fonts, matrix
from app.formats.braille_tables import CODES
from app.formats.document import FormatRefused
from app.formats.speech.voices import VOICES
from app.languages import LANGUAGES
from app.letters.actions import document_of, landlord_of
from app.letters.files import make_file, row_for
from app.letters.models import Letter
from tests.caseload.desk import a_case_that_came_in, page_of
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

SOUND = ("audio", "audio-cd", "wav", "talking-book")


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password(roles=("advisor",))
    client = sqlite_app.test_client()
    sign_in(client)
    return client


# What liblouis has for Romanian are cells of eight dots.
NOT_MADE = {("ro", "braille"): matrix.NO_BRAILLE, ("ro", "pef"): matrix.NO_BRAILLE}


def test_every_offered_language_is_made_in_every_format_here_but_romanian_braille() -> None:
    assert set(REASONS) == set(matrix.REASONS), "each reason has its words"
    against = {(tag, name): formats.can_make(tag, name) for tag in LANGUAGES for name in FORMATS}
    assert {pair: reason for pair, reason in against.items() if reason} == NOT_MADE
    assert matrix.formats_for("cy") == list(FORMATS)
    assert matrix.formats_for("tlh") == []
    with pytest.raises(KeyError):
        formats.can_make("en", "semaphore")


def test_what_is_not_installed_is_said_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(matrix, "BRAILLE_BINDING", tmp_path / "none")
    monkeypatch.setitem(fonts.FOR_LANGUAGE, "ar", ("Noto Sans Of Nowhere",))
    assert formats.can_make("en", "braille") == matrix.BRAILLE_ABSENT
    assert formats.can_make("ar", "large-print") == matrix.FONT_ABSENT
    assert formats.can_make("en", "large-print") is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert {formats.can_make("en", name) for name in SOUND} == {matrix.SOUND_ABSENT}


def test_what_the_matrix_refuses_is_refused_when_it_is_made(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case_that_came_in(language="cy")
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id)).first()
    assert letter is not None
    document = document_of(letter, landlord_of(case))
    monkeypatch.delitem(VOICES, "cy")
    monkeypatch.delitem(CODES, "cy")
    monkeypatch.delitem(fonts.FOR_LANGUAGE, "cy")
    assert {formats.can_make("cy", name) for name in SOUND} == {matrix.NO_VOICE}
    for name in FORMATS:
        if formats.can_make("cy", name) is None:
            assert formats.make(name, document, Choice()).content
        else:
            with pytest.raises(FormatRefused):
                formats.make(name, document, Choice())


def test_the_page_of_the_documentation_is_as_the_code_has_it() -> None:
    written = (PROJECT / "docs" / "formats.md").read_text("utf-8")
    assert written == matrix.as_markdown(), "write it anew: flask --app wsgi letters formats --markdown"


def test_the_command_says_what_can_be_made(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(VOICES, "cy")
    said = sqlite_app.test_cli_runner().invoke(args=["letters", "formats"]).output.splitlines()
    assert said[0].split() == ["format", *LANGUAGES]
    audio = next(line.split() for line in said if line.startswith("audio "))
    assert audio == ["audio", *("no-voice" if tag == "cy" else "yes" for tag in LANGUAGES)]


def test_colleagues_see_the_matrix_and_what_to_offer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    said = words_of(client.get("/staff/formats"))
    assert said.count(" No. ") == len(NOT_MADE)
    assert said.count("Our program cannot write braille in this language. Offer instead: Audio file, Large print") == 2
    assert said.count("an interpreter reads the letter out. A transcription service may write it in braille") == 2
    monkeypatch.delitem(VOICES, "cy")
    page = client.get("/staff/formats")
    assert_page_laws(page)
    said = words_of(page)
    assert "We know of no voice for this language that people understand." in said
    assert "Offer instead: Large print or Braille; or a call in which somebody reads the letter out." in said


def test_a_refused_file_says_why_and_what_instead(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case_that_came_in(language="cy")
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id)).first()
    assert letter is not None
    row = row_for(letter, ("audio", 0, 0, ""), letter.composed_at)
    db.session.commit()
    monkeypatch.delitem(VOICES, "cy")
    with pytest.raises(FormatRefused):
        make_file(row.id, letter.composed_at, is_wanted_now=True)
    assert "We know of no voice for this language that people understand. Offer instead: Large print" in words_of(
        page_of(client, case)
    )


def test_an_interpreter_is_asked_for_beside_what_is_refused(client: FlaskClient) -> None:
    case = a_case_that_came_in(language="ro")
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id)).first()
    assert letter is not None
    row = row_for(letter, ("braille", 0, 2, ""), letter.composed_at)
    db.session.commit()
    with pytest.raises(FormatRefused):
        make_file(row.id, letter.composed_at, is_wanted_now=True)
    ask = page_of(client, case).get_data(as_text=True).partition("A transcription service")[2].partition('href="')[2]
    form = client.get(ask.partition('"')[0])
    assert 'value="Romanian"' in form.get_data(as_text=True)


def test_one_letter_that_fails_is_offered_in_formats_of_another_kind(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context():
        said = refused_words("en", "audio", "ffmpeg: it broke off")
    assert "The machine says: ffmpeg: it broke off" in said
    assert "Offer instead: Large print or Braille;" in said
    assert "Audio" not in said
