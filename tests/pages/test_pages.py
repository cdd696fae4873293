"""The public pages: what a reader finds on them, in every language, for both landlords."""

from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.content.said_of_accessibility import last_check
from app.landlords.standards import load_landlord
from tests.conftest import MakeApp
from tests.laws.page_laws import assert_page_laws, page_of, words_of

PATHS = ("", "contact", "accessibility", "privacy")
TAGS = ("en", "cy", "ar")


@pytest.fixture(params=["livewest", "livv"])
def site(request: pytest.FixtureRequest, make_app: MakeApp) -> FlaskClient:
    return make_app(landlord=request.param).test_client()


@pytest.fixture
def livewest(make_app: MakeApp) -> FlaskClient:
    return make_app(landlord="livewest").test_client()


def read(client: FlaskClient, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return page_of(response)


def test_every_page_keeps_the_page_laws_in_every_language(site: FlaskClient) -> None:
    for tag, path in product(TAGS, PATHS):
        response = site.get(f"/{tag}/{path}")
        assert response.status_code == 200
        page = assert_page_laws(response)
        assert page.getroottree().getroot().get("lang") == tag
        assert response.headers["Content-Language"] == tag
        # The browser is told to run nothing that stands in the page: so nothing may.
        assert not page.xpath("//style | //@style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize("key", ["livewest", "livv"])
def test_the_emergency_phone_stands_in_the_head_of_every_page(make_app: MakeApp, key: str) -> None:
    client, landlord = make_app(landlord=key).test_client(), load_landlord(key)
    for tag, path in product(TAGS, PATHS):
        head = read(client, f"/{tag}/{path}").find(".//header")
        links = head.xpath(".//a[@href=$to]", to=f"tel:{landlord.emergency_phone.dialled}")
        assert [words_of(link) for link in links] == [landlord.emergency_phone.shown]
        assert links[0].get("dir") == "ltr"


def test_home_offers_the_most_worrying_first(livewest: FlaskClient) -> None:
    page = read(livewest, "/en/")
    names = [words_of(name) for name in page.xpath("//*[@class='choice__name']")]
    assert names == [
        "Something is dangerous now",
        "Report antisocial behaviour",
        "Complain",
        "Ask a question",
        "Ask us to call you",
        "Follow what you sent",
        "Praise somebody",
        "Suggest something",
        "Help and information",
        "Ways to contact us",
    ]
    assert page.xpath("//main//a[contains(@class, 'big-phone')]/@href") == ["tel:+443001238080"]
    assert page.xpath("//a[text()='Complain']/@href") == ["/en/complaint"]


def test_calls_are_said_to_be_recorded_where_they_are(make_app: MakeApp) -> None:
    for key, is_said in (("livewest", True), ("livv", False)):
        page = read(make_app(landlord=key).test_client(), "/en/contact")
        assert ("Calls are recorded" in words_of(page)) is is_said


def test_the_ombudsman_is_named_on_every_page(site: FlaskClient) -> None:
    for path in PATHS:
        assert "0300 111 3000" in words_of(read(site, f"/en/{path}").find(".//footer"))


def test_contact_gives_the_landlords_own_address_email_and_hours(make_app: MakeApp) -> None:
    for key in ("livewest", "livv"):
        landlord = load_landlord(key)
        words = words_of(read(make_app(landlord=key).test_client(), "/en/contact").find(".//main"))
        for fact in (*landlord.address, landlord.phone.shown, landlord.email, "onday to Friday, 8am to 5pm"):
            assert fact in words


def test_the_statement_has_what_the_law_asks_for(livewest: FlaskClient) -> None:
    """What does not work and why, another way, how to report, who enforces, when it was checked and is read again."""
    page = read(livewest, "/en/accessibility")
    headings = [words_of(one) for one in page.xpath("//main//h2 | //main//h3")]
    wanted = (
        "How accessible this website is",
        "Feedback and contact information",
        "Tell us about a problem",
        "Enforcement procedure",
        "Technical information about this website’s accessibility",
        "Compliance status",
        "Non-accessible content",
        "Disproportionate burden",
        "Preparation of this accessibility statement",
    )
    assert [one for one in headings if one in wanted] == list(wanted)
    words = words_of(page.find(".//main"))
    check = last_check()
    assert all(fault.label in words and fault.reason in words for fault in check.faults)
    assert "Equality and Human Rights Commission" in words
    for day in (check.prepared_on, check.checked_on, check.review_by):
        assert f"{day:%A}, {day.day} {day:%B %Y}" in words


def test_privacy_says_for_how_long_a_draft_is_kept(make_app: MakeApp) -> None:
    page = read(make_app(draft_days=3).test_client(), "/en/privacy")
    assert "for 3 days" in words_of(page)


def test_a_landlords_logo_takes_the_place_of_its_name(sqlite_app: Flask) -> None:
    sqlite_app.jinja_env.globals["has_asset"] = lambda path: path == "logos/livewest.svg"
    sqlite_app.jinja_env.globals["asset"] = lambda path: f"/static/{path}"
    (logo,) = read(sqlite_app.test_client(), "/en/").xpath("//img")
    assert (logo.get("src"), logo.get("alt")) == ("/static/logos/livewest.svg", "LiveWest")


@pytest.fixture
def first_visit(livewest: FlaskClient) -> dict[str, int]:
    """Bytes on the way for a first visit, by address, as a browser without Brotli asks for them."""
    sizes: dict[str, int] = {}
    home = livewest.get("/en/", headers={"Accept-Encoding": "gzip"})
    sizes["/en/"] = len(home.data)
    plain = page_of(livewest.get("/en/"))
    for address in plain.xpath("//link[@rel='stylesheet']/@href | //script/@src | //link[@rel='icon']/@href"):
        sizes[address] = len(livewest.get(address, headers={"Accept-Encoding": "gzip"}).data)
    return sizes


def test_a_first_visit_weighs_less_than_25_kilobytes(first_visit: dict[str, int]) -> None:
    assert len(first_visit) == 4
    assert sum(first_visit.values()) < 25_000, first_visit
