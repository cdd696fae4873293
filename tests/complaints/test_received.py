"""What the tenant sees and takes home once the complaint is sent."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.formats.document import FormatRefused
from app.journeys import steps
from app.reception import taking_home
from tests.builders import a_colleague
from tests.complaints.complaining import begin, complain
from tests.conftest import MakeApp
from tests.journeys.reader import Reader
from tests.letters.matrix import read_out_only_the_beginning

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    """No database changes what the page says."""
    return sqlite_app.test_client()


@pytest.fixture
def client_of_each(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def monday_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "now", lambda: MONDAY_NOON)


@pytest.mark.usefixtures("monday_noon")
def test_livewest_says_by_when_within_a_day_and_in_ten_working_days(sqlite_app: Flask) -> None:
    words = complain(sqlite_app.test_client()).words
    assert "who is dealing with this by 12:00 on Tuesday, 24 November 2026" in words
    assert "our answer by Monday, 7 December 2026" in words
    assert "the Complaint Handling Code, says that we must write to you by Monday, 30 November 2026" in words


@pytest.mark.usefixtures("monday_noon")
def test_livv_says_by_when_in_five_and_ten_working_days(make_app: MakeApp) -> None:
    words = complain(make_app(landlord="livv").test_client()).words
    assert "who is dealing with this by Monday, 30 November 2026" in words
    assert "get in touch with you by Monday, 30 November 2026" in words
    assert "our answer by Monday, 7 December 2026" in words


def test_the_reference_stands_above_everything_that_follows(client: FlaskClient) -> None:
    reader = complain(client)
    assert reader.words.index(reader.reference) < reader.words.index("What happens next")


def test_the_colleague_who_deals_with_it_is_named(client: FlaskClient) -> None:
    a_colleague(name="Sam Field", roles=("complaints-team",))
    assert "Sam Field is dealing with your complaint." in complain(client).words


def test_while_nobody_is_named_the_team_is(client: FlaskClient) -> None:
    assert "Our Customer Services team is dealing with your complaint." in complain(client).words


def test_the_ombudsman_can_be_reached_from_here(client: FlaskClient) -> None:
    reader = complain(client)
    assert reader.page.xpath("//main//a[@href='tel:+443001113000']")
    assert reader.page.xpath("//main//a[contains(@href, 'housing-ombudsman.org.uk')]")


def test_the_format_that_the_tenant_needs_comes_first(client: FlaskClient) -> None:
    reader = complain(client, format="braille")
    links = reader.page.xpath("//main//a[contains(@href, '/received/')]/@href")
    assert links[0].endswith("/braille")
    assert len(links) == len(taking_home.FORMATS)


TAKEN_HOME = (
    ("standard-print", "application/pdf", b"%PDF"),
    ("large-print", "application/pdf", b"%PDF"),
    ("html", "text/html", b"<!"),
    ("text", "text/plain", b""),
    ("audio", "audio/mpeg", b"ID3"),
    ("audio-cd", "application/zip", b"PK"),
    ("talking-book", "application/epub+zip", b"PK"),
    ("braille", "", b""),
)


def test_the_receipt_can_be_taken_home(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    read_out_only_the_beginning(monkeypatch)
    reader = complain(sqlite_app.test_client())
    for format, media_type, begins in TAKEN_HOME:
        answer = reader.client.get(f"/en/complaint/received/{format}")
        assert answer.status_code == 200, format
        assert answer.mimetype.startswith(media_type)
        assert answer.data.startswith(begins), format
        assert len(answer.data) > 200, format
        assert f"filename={reader.reference}." in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"
        if format in ("html", "text"):
            assert reader.reference in answer.text
        if format == "audio-cd":
            names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
            assert any(name.endswith(".wav") for name in names)
            assert any(name.endswith(".cue") for name in names)


def test_the_receipt_is_in_the_language_of_the_letters(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    complain(client, letter_language="ar")
    assert 'lang="ar"' in client.get("/en/complaint/received/html").text


def test_nobody_else_can_take_it(client: FlaskClient) -> None:
    complain(client)
    for path in ("html", "standard-print", "horoscope"):
        reader = Reader(client.application.test_client()).open(f"/en/complaint/received/{path}")
        assert reader.response.status_code == 404
        assert "only for 7 days" in reader.words
        assert "0300 123 8080" in reader.words


def test_a_cookie_of_an_unsent_draft_shows_no_receipt(client: FlaskClient) -> None:
    reader = begin(client, until="service")
    assert reader.client.get("/en/complaint/received/html").status_code == 404


def test_a_format_that_is_refused_says_why_and_what_to_do(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise FormatRefused("liblouis has no table")

    reader = complain(client)
    monkeypatch.setattr(taking_home, "made_file", refuse)
    reader.open("/en/complaint/received/braille")
    assert reader.response.status_code == 422
    assert "Braille" in reader.words
    assert "liblouis" not in reader.words
    assert reader.follow("Choose another kind of receipt").reference


def test_a_full_disk_costs_the_receipt_and_not_the_complaint(client_of_each: FlaskClient) -> None:
    reader = complain(client_of_each)
    letters: Path = client_of_each.application.config["LETTERBOX"].letters_path
    letters.write_text("")  # where the folder should be
    reader.open("/en/complaint/received/text")
    assert reader.response.status_code == 503
    assert "What you sent is safe" in reader.words
    letters.unlink()
    assert reader.client.get("/en/complaint/received/text").status_code == 200


def test_the_receipt_of_the_last_complaint_is_the_one_shown(client_of_each: FlaskClient) -> None:
    complain(client_of_each)
    second = complain(client_of_each)
    assert second.reference in client_of_each.get("/en/complaint/received/text").text
    db.session.rollback()
