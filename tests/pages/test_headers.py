"""What every answer says to the browser: what may run, what may be kept, and for how long."""

import gzip

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from tests.conftest import MakeApp
from tests.laws.page_laws import page_of


@pytest.fixture
def client(make_app: MakeApp) -> FlaskClient:
    return make_app().test_client()


def sheet_of(client: FlaskClient) -> str:
    address: str = page_of(client.get("/en/")).xpath("//link[@rel='stylesheet']/@href")[0]
    return address


def test_every_answer_keeps_the_browser_on_its_guard(client: FlaskClient) -> None:
    for address in ("/", "/en/", "/en/nothing", "/static/letterbox.css", "/healthz", "/staff/sign-in"):
        assert_on_guard(client.get(address).headers)


def assert_on_guard(headers: Headers) -> None:
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "microphone=()" in headers["Permissions-Policy"]


def test_a_site_on_https_insists_on_it(make_app: MakeApp) -> None:
    client = make_app(public_url="https://letterbox.example").test_client()
    response = client.get("/en/", base_url="http://letterbox.example")
    assert (response.status_code, response.location) == (302, "https://letterbox.example/en/")
    secure = client.get("/cy/", base_url="https://letterbox.example", headers={"Accept-Language": "en"})
    assert "max-age=31556926" in secure.headers["Strict-Transport-Security"]
    assert "; Secure" in secure.headers["Set-Cookie"]


def test_two_sites_in_one_process_keep_their_own_rules(make_app: MakeApp) -> None:
    plain = make_app().test_client()
    make_app(public_url="https://letterbox.example")
    assert plain.get("/en/").status_code == 200
    assert "Strict-Transport-Security" not in plain.get("/en/").headers


def test_a_proxy_is_believed_only_when_it_is_trusted(make_app: MakeApp) -> None:
    said = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "letterbox.example"}
    for trusted, scheme in ((0, "http"), (1, "https")):
        app = make_app(trusted_proxies=trusted)

        @app.get("/how")
        def how() -> str:
            from flask import request

            return f"{request.scheme} {request.remote_addr}"

        answer = app.test_client().get("/how", headers=said).text
        assert answer == f"{scheme} {'203.0.113.9' if trusted else '127.0.0.1'}"


def test_a_sheet_may_be_kept_for_ever_under_the_address_of_its_content(client: FlaskClient) -> None:
    kept = client.get(sheet_of(client)).headers
    assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in kept["Vary"]
    assert "Set-Cookie" not in kept


@pytest.mark.parametrize("address", ["/static/letterbox.css", "/static/letterbox.css?v=000000000000"])
def test_a_sheet_under_any_other_address_is_asked_for_again_soon(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Cache-Control"] == "public, max-age=300"


def test_pages_and_sheets_are_compressed_for_who_can_read_it(client: FlaskClient) -> None:
    for address in ("/en/contact", sheet_of(client)):
        plain = client.get(address, headers={"Accept-Encoding": "identity"}).data
        zipped = client.get(address, headers={"Accept-Encoding": "gzip"})
        packed = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
        assert (zipped.headers["Content-Encoding"], packed.headers["Content-Encoding"]) == ("gzip", "br")
        assert gzip.decompress(zipped.data) == brotli.decompress(packed.data) == plain
        assert len(packed.data) < len(zipped.data) < len(plain) / 2


def test_a_sheet_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(sheet_of(client), headers={"Accept-Encoding": "gzip"})
    again = client.get(sheet_of(client), headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_page_with_a_form_is_kept_nowhere_and_others_are_asked_for_afresh(client: FlaskClient) -> None:
    assert client.get("/staff/sign-in").headers["Cache-Control"] == "no-store"
    assert client.get("/en/contact").headers["Cache-Control"] == "no-cache"
