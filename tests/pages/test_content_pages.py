"""Pages of content on the website: another language says so, the list, the search, and asking for another format."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.cases.models import Case
from app.content.checking import findings
from app.content.reading import library
from app.extensions import db
from tests.content.shelves import TAGS, TUESDAY, a_page, a_site_for_many_tests, shelve, unshelve
from tests.feedback.writing import ABOUT_THE_PERSON, slug_of
from tests.journeys.reader import Reader
from tests.laws.page_laws import assert_page_laws, words_of


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[Flask]:
    with a_site_for_many_tests(request) as app:
        yield app
        unshelve()


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    unshelve()
    return site.test_client()


def test_a_page_in_another_language_says_so_first_and_is_marked_as_what_it_is(client: FlaskClient) -> None:
    shelve(a_page("leaks", "Turn the tap.", title="Stop a leak"))
    page = assert_page_laws(client.get("/ar/help/leaks"))
    main = page.find(".//main")
    assert main.xpath("./*[1]/@class") == ["govuk-inset-text"]
    assert main.xpath("./*[1]//span[@lang='en']/text()") == ["English"]
    words = main.xpath(".//h1")[0].getparent()
    assert (words.get("lang"), words.get("dir")) == ("en", "ltr")
    assert "/ar/another-format/of/leaks" in main.xpath(".//a/@href")
    assert page.getroottree().getroot().get("lang") == "ar"


def test_a_page_in_the_readers_language_says_nothing_of_languages(client: FlaskClient) -> None:
    shelve(a_page("leaks", "Turn the tap."), a_page("leaks", "Trowch y tap.", "cy"))
    main = assert_page_laws(client.get("/cy/help/leaks")).find(".//main")
    assert "Trowch y tap." in words_of(main)
    assert not main.xpath(".//*[@class='govuk-inset-text']")


def test_every_page_is_in_the_list_under_what_it_is_about(client: FlaskClient) -> None:
    for tag in TAGS:
        page = assert_page_laws(client.get(f"/{tag}/help/"))
        linked = {link.rpartition("/")[2] for link in page.xpath("//main//ul//a/@href")}
        assert linked == set(library().slugs())
    shelve(a_page("fences", "x", group="repairs"), a_page("cookies", "x"))
    page = assert_page_laws(client.get("/en/help/"))
    assert [words_of(one) for one in page.xpath("//main//h2")] == ["Repairs", "About us and this website"]


def test_a_page_has_one_address(client: FlaskClient) -> None:
    assert client.get("/en/help/contact").location == "/en/contact"
    assert client.get("/en/help/contact").status_code == 301
    assert client.get("/en/help/nothing").status_code == 404
    assert client.get("/en/help/../contact").status_code == 404


@pytest.mark.parametrize("tag", TAGS)
def test_a_search_shows_what_was_found_or_whom_to_call(client: FlaskClient, tag: str) -> None:
    found = client.get(f"/{tag}/search?q=boiler+<b>radiator</b>")
    page = assert_page_laws(found)
    assert found.cache_control.no_store  # what somebody looks for is theirs
    assert page.xpath("//input[@name='q']/@value") == ["boiler <b>radiator</b>"]
    assert page.xpath("//h1//b") == []
    nothing = assert_page_laws(client.get(f"/{tag}/search?q=xyzzy"))
    assert nothing.xpath("//main//a/@href").count("tel:+443001238080") >= 1
    assert f"/{tag}/enquiry" in nothing.xpath("//main//a/@href")


def test_a_search_leads_to_a_part_of_a_page_with_the_words_marked(client: FlaskClient) -> None:
    page = assert_page_laws(client.get("/en/search?q=cold+radiater"))
    first = page.xpath("//main//ol/li")[0]
    assert first.xpath(".//a/@href")[0].startswith("/en/help/bleed-a-radiator")
    assert first.xpath(".//mark")
    assert assert_page_laws(client.get("/en/search")).xpath("//main//ol") == []


def test_a_page_can_be_asked_for_in_braille_and_polish(client: FlaskClient) -> None:
    """It opens an enquiry, is promised an answer, and the letters about it are in braille too."""
    answer = client.get("/en/another-format/of/repairs")
    assert answer.status_code == 303
    reader = Reader(client).open(answer.location)
    assert reader.page.xpath("//input[@name='page_wanted']/@value") == ["Repairs: who does what"]
    wanted = {"way_wanted": "braille", "language_wanted": "Polish", "page_wanted": "Repairs: who does what"}
    reader.answer(**{**wanted, "language_wanted": ""})
    assert reader.page.xpath("//input[@name='page_wanted']/@value") == ["Repairs: who does what"]
    assert reader.page.xpath("//input[@name='way_wanted'][@checked]/@value") == ["braille"]
    reader.answer(**wanted)
    for slug in ("braille-grade", "name", "address", "answer-by"):
        assert slug_of(reader) == slug
        reader.answer(**ABOUT_THE_PERSON[slug])
    assert slug_of(reader) == "check"
    reader.press()
    case = db.session.scalars(select(Case).order_by(Case.id.desc())).first()
    assert case is not None
    assert case.kind == "enquiry"
    assert case.contacts[0].answers == wanted
    assert (case.tenant.needs.letter_format, case.tenant.needs.braille_grade) == ("braille", 2)
    assert [(one.standard, one.amount, one.unit) for one in case.promises] == [
        ("contact.answer_web_form", 1, "working_days")
    ]
    assert case.reference in reader.page.text_content()


def test_nobody_is_asked_about_a_page_that_is_not_there(client: FlaskClient) -> None:
    assert client.get("/en/another-format/of/nothing").status_code == 404
    assert client.get("/en/another-format/what-you-want?of=nothing").status_code == 404


def test_the_check_names_what_is_wrong_with_pages_and_what_soon_will_be(site: Flask) -> None:
    day = TUESDAY.date()
    shelve(
        a_page("good", "Words. [x](page:good)", review_by=day + timedelta(days=200)),
        a_page("dead", "[x](page:good#no-such-part)", review_by=day + timedelta(days=200)),
        a_page("deep", "### Too deep\n\nx {{ fax }}", review_by=day + timedelta(days=200)),
        a_page("late", "x", review_by=day - timedelta(days=1), owner="Safety team"),
        a_page("soon", "x", review_by=day + timedelta(days=30)),
        a_page("long", "x", description="x" * 161, review_by=day + timedelta(days=200)),
        a_page("twin", "x", title="Good", review_by=day + timedelta(days=200)),
    )
    with site.test_request_context("/en/"):
        found = {(one.kind, one.where, one.words) for one in findings(TUESDAY)}
    assert {(kind, where) for kind, where, _words in found if kind != "untranslated"} == {
        ("wrong", "en/dead"),
        ("wrong", "en/deep"),
        ("overdue", "en/late"),
        ("soon", "en/soon"),
        ("wrong", "en/long"),
        ("wrong", "en"),
    }
    assert ("wrong", "en/dead", "/en/help/good#no-such-part leads nowhere") in found
    assert ("wrong", "en/deep", "no fact is called fax") in found
    assert ("wrong", "en", "good, twin are all called “Good”") in found
    assert ("overdue", "en/late", "to be read again by 2026-11-23, by Safety team") in found
    assert ("untranslated", "good", "not in cy, ar") in found


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_the_sites_own_pages_have_nothing_to_put_right(client: FlaskClient, landlord: str) -> None:
    result = client.application.test_cli_runner().invoke(args=["content", "check"])
    assert result.exit_code == 0, result.output
    assert "0 to put right" in result.output
