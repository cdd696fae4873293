"""When something goes wrong: what happened, what to do next, in the reader's language, with a phone number."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from app.extensions import db
from tests.conftest import MakeApp
from tests.laws.page_laws import assert_page_laws, page_of, words_of
from tests.staff.door import a_colleague_with_a_password, sign_in

PHONE = "0300 123 8080"


@pytest.fixture
def broken(make_app: MakeApp) -> Flask:
    """The real site with pages that go wrong, each in its own way."""
    app = make_app()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False

    @app.get("/<lang:language>/broken/<int:code>")
    def go_wrong(code: int) -> str:
        if code == 429:
            raise TooManyRequests(retry_after=30)
        if code == 413:
            raise RequestEntityTooLarge
        return abort(code)

    @app.get("/<lang:language>/fall")
    def fall() -> str:
        raise ZeroDivisionError

    @app.get("/<lang:language>/ask")
    def ask_the_database() -> str:
        db.session.execute(db.text("SELECT * FROM no_such_table"))
        return ""

    @app.route("/<lang:language>/send", methods=["GET", "POST"])
    def send() -> str:
        return "sent"

    @app.get("/staff/broken")
    def break_for_staff() -> str:
        return abort(404)

    return app


@pytest.fixture
def client(broken: Flask) -> FlaskClient:
    return broken.test_client()


@pytest.mark.parametrize("tag", ["en", "cy", "ar"])
def test_every_mistake_has_a_page_with_a_phone_number(client: FlaskClient, tag: str) -> None:
    for code in (400, 403, 404, 405, 413, 418, 429, 500, 503):
        response = client.get(f"/{tag}/broken/{code}")
        assert response.status_code == code
        page = assert_page_laws(response)
        assert page.getroottree().getroot().get("lang") == tag
        assert response.headers["Content-Language"] == tag
        assert response.mimetype == "text/html"
        assert PHONE in words_of(page.find(".//main"))
        assert page.xpath("//main//a[@href=$home]", home=f"/{tag}/")


def test_a_page_that_does_not_exist_is_said_in_the_language_of_its_address(client: FlaskClient) -> None:
    response = client.get("/ar/no-such-page", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert page_of(response).getroottree().getroot().get("lang") == "ar"


def test_an_unknown_language_falls_back_to_the_readers_own(client: FlaskClient) -> None:
    response = client.get("/xx/", headers={"Accept-Language": "cy"})
    assert response.status_code == 404
    assert page_of(response).getroottree().getroot().get("lang") == "cy"
    client.set_cookie("language", "ar")
    assert page_of(client.get("/xx/contact")).getroottree().getroot().get("lang") == "ar"


def test_who_cannot_read_the_error_can_have_it_in_another_language(client: FlaskClient) -> None:
    page = page_of(client.get("/en/no-such-page"))
    assert page.xpath("//a[@hreflang='cy']/@href") == ["/cy/no-such-page"]
    assert not page.xpath("//link[@rel='alternate']")
    assert page_of(client.get("/xx/")).xpath("//a[@hreflang='cy']/@href") == ["/cy/"]


def test_the_title_of_an_error_page_is_its_heading(client: FlaskClient) -> None:
    assert page_of(client.get("/en/nothing")).find(".//title").text == "We cannot find this page – LiveWest"


def test_a_crash_tells_the_reader_nothing_of_its_inside(client: FlaskClient) -> None:
    response = client.get("/en/fall")
    assert response.status_code == 500
    page = assert_page_laws(response)
    assert "ZeroDivisionError" not in response.text
    assert words_of(page.find(".//h1")) == "Sorry, something went wrong on our side"


def test_a_database_that_is_away_is_said_and_may_be_asked_again(client: FlaskClient) -> None:
    response = client.get("/cy/ask")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert_page_laws(response)
    assert "no_such_table" not in response.text


@pytest.fixture
def without_database(broken: Flask, tmp_path: Path) -> Iterator[FlaskClient]:
    """A colleague has signed in; then the disk with the database is gone."""
    with broken.app_context():
        a_colleague_with_a_password()
        folder = Path(str(db.engine.url.database)).parent
    client = broken.test_client()
    assert sign_in(client).status_code == 303
    with broken.app_context():
        db.engine.dispose()
    folder.rename(tmp_path / "gone")
    yield client
    (tmp_path / "gone").rename(folder)


def test_pages_and_errors_show_without_a_database(without_database: FlaskClient) -> None:
    tenant = without_database.application.test_client()
    assert tenant.get("/en/").status_code == 200
    assert tenant.get("/healthz").status_code == 200
    assert tenant.get("/readyz").json == {"database": "not reachable", "worker": "not known"}
    for reader, address, code in (
        (tenant, "/en/nothing", 404),
        (tenant, "/en/fall", 500),
        (tenant, "/en/complaint", 503),
        (without_database, "/staff/", 503),
        (without_database, "/en/fall", 503),
    ):
        response = reader.get(address, follow_redirects=True)
        assert response.status_code == code, address
        assert PHONE in words_of(assert_page_laws(response).find(".//main"))


def test_a_crash_of_the_error_page_itself_still_gives_a_phone_number(broken: Flask) -> None:
    def fail(path: str) -> str:
        raise LookupError(path)

    broken.jinja_env.globals["asset"] = fail
    for address in ("/cy/fall", "/cy/nothing"):
        response = broken.test_client().get(address)
        assert response.status_code == 500
        assert PHONE in response.text


def test_a_reader_who_is_told_to_wait_is_told_for_how_long(client: FlaskClient) -> None:
    assert client.get("/en/broken/429").headers["Retry-After"] == "30"


def test_a_method_that_is_not_allowed_still_names_those_that_are(client: FlaskClient) -> None:
    response = client.delete("/en/contact")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_a_form_that_was_open_too_long_offers_the_same_page_again(client: FlaskClient) -> None:
    response = client.post("/cy/send", data={"csrf_token": "old"})
    assert response.status_code == 400
    page = assert_page_laws(response)
    again = page.xpath("//main//a/@href")[0]
    assert again == "/cy/send"
    assert page.xpath("//a[@hreflang='ar']/@href") == ["/ar/send"]


def test_an_error_of_a_staff_page_is_not_in_the_readers_language(client: FlaskClient) -> None:
    """Staff addresses carry no language; their pages are in English."""
    response = client.get("/staff/broken", headers={"Accept-Language": "ar"})
    assert page_of(response).getroottree().getroot().get("lang") == "en"


def test_nothing_typed_into_the_address_comes_back_as_markup(client: FlaskClient) -> None:
    response = client.get('/en/"><script>alert(1)</script>?<script>=1')
    assert "<script>alert" not in response.text
    assert_page_laws(response)


def test_an_error_page_is_kept_nowhere(client: FlaskClient) -> None:
    assert client.get("/en/nothing").headers["Cache-Control"] == "no-store"
