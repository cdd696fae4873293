"""Which language a reader gets, and how to get another one without losing the place."""

import pytest
from flask.testing import FlaskClient

from tests.conftest import MakeApp
from tests.laws.page_laws import page_of

OFFERED = ("en", "cy", "pl", "ro", "uk", "ar", "ur", "pt")  # in the order of the policy


@pytest.fixture
def client(make_app: MakeApp) -> FlaskClient:
    return make_app().test_client()


def switch(client: FlaskClient, address: str) -> dict[str, str]:
    """Tag → address, of the language switch of a page."""
    links = page_of(client.get(address)).xpath("//nav[@class='languages']//a")
    return {link.get("hreflang"): link.get("href") for link in links}


@pytest.mark.parametrize(
    ("browser", "home"),
    [
        (None, "/en/"),
        ("cy", "/cy/"),
        ("cy-GB, en;q=0.8", "/cy/"),
        ("ar-EG, en;q=0.5", "/ar/"),
        ("de, ar;q=0.4, en;q=0.3", "/ar/"),
        ("de", "/en/"),
        ("cy;q=0, ar;q=0.1", "/ar/"),
        ("*", "/en/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("nonsense;;;q=x", "/en/"),
    ],
)
def test_the_first_page_is_in_the_browsers_best_language(client: FlaskClient, browser: str | None, home: str) -> None:
    response = client.get("/", headers={"Accept-Language": browser} if browser else {})
    assert (response.status_code, response.location) == (302, home)
    assert {"cookie", "accept-language"} <= {name.lower() for name in response.vary}


def test_an_earlier_choice_goes_before_the_browser(client: FlaskClient) -> None:
    client.get("/cy/", headers={"Accept-Language": "en"})
    assert client.get("/", headers={"Accept-Language": "en"}).location == "/cy/"
    client.get("/ar/contact", headers={"Accept-Language": "en"})
    assert client.get("/", headers={"Accept-Language": "en"}).location == "/ar/"
    client.get("/en/", headers={"Accept-Language": "en"})
    assert client.get("/", headers={"Accept-Language": "en"}).location == "/en/"


def test_no_cookie_is_given_to_who_reads_what_the_browser_asks_for(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/en/", headers={"Accept-Language": "en-GB"}).headers
    given = client.get("/cy/", headers={"Accept-Language": "en-GB"}).headers["Set-Cookie"]
    assert "language=cy" in given
    assert "HttpOnly" in given
    assert "SameSite=Lax" in given


def test_a_cookie_that_somebody_changed_is_not_believed(client: FlaskClient) -> None:
    client.set_cookie("language", "../evil")
    assert client.get("/").location == "/en/"


def test_the_switch_keeps_the_place(client: FlaskClient) -> None:
    assert switch(client, "/en/privacy") == {tag: f"/{tag}/privacy" for tag in OFFERED}


def test_the_switch_keeps_what_stands_behind_the_question_mark(client: FlaskClient) -> None:
    found = switch(client, "/en/contact?from=letter&next=%2F%2Felsewhere")
    assert found["ar"] == "/ar/contact?from=letter&next=%2F%2Felsewhere"


def test_what_stands_behind_the_question_mark_cannot_change_where_the_switch_leads(client: FlaskClient) -> None:
    found = switch(client, "/en/contact?_scheme=javascript&_external=1&_anchor=x&language=xx")
    assert found["cy"].startswith("/cy/contact?")


def test_each_language_is_named_in_itself_and_the_present_one_is_marked(client: FlaskClient) -> None:
    links = page_of(client.get("/ar/")).xpath("//nav[@class='languages']//a")
    assert [(link.get("lang"), link.get("dir"), link.text) for link in links] == [
        ("en", "ltr", "English"),
        ("cy", "ltr", "Cymraeg"),
        ("pl", "ltr", "Polski"),
        ("ro", "ltr", "Română"),
        ("uk", "ltr", "Українська"),
        ("ar", "rtl", "العربية"),
        ("ur", "rtl", "اردو"),
        ("pt", "ltr", "Português"),
    ]
    assert [link.get("hreflang") for link in links if link.get("aria-current") == "true"] == ["ar"]


def test_search_engines_are_told_of_each_language_at_its_full_address(make_app: MakeApp) -> None:
    client = make_app(public_url="https://letterbox.example").test_client()
    page = page_of(client.get("/cy/contact?from=letter", base_url="https://letterbox.example"))
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://letterbox.example/cy/contact"]
    found = page.xpath("//link[@rel='alternate'][@hreflang]")  # those without are feeds
    assert [(link.get("hreflang"), link.get("href")) for link in found] == [
        (name, f"https://letterbox.example/{tag}/contact")
        for name, tag in (*((one, one) for one in OFFERED), ("x-default", "en"))
    ]
    feeds = page.xpath("//link[@rel='alternate'][not(@hreflang)]")
    assert [(link.get("type"), link.get("href")) for link in feeds] == [
        ("application/atom+xml", "/cy/notices.atom"),
        ("text/calendar", "/cy/notices.ics"),
    ]


def test_a_right_to_left_page_gets_the_mirrored_sheet(client: FlaskClient) -> None:
    sheet = "//link[@rel='stylesheet']/@href"
    assert "letterbox.rtl.css" in page_of(client.get("/ar/")).xpath(sheet)[0]
    assert "letterbox.css" in page_of(client.get("/cy/")).xpath(sheet)[0]
