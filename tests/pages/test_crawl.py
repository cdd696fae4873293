"""The whole public site, walked link by link as a reader or a search engine would, for both landlords."""

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from jinja2 import BytecodeCache

from app import create_app
from app.extensions import db, start_writing
from app.landlords.standards import load_landlord
from app.languages import LANGUAGES
from app.notices import actions
from app.notices.shapes import Given
from tests.conftest import Visitor
from tests.laws.english import English, english_in, names_of, pieces
from tests.laws.page_laws import assert_marks_are_right, assert_page_laws, words_of
from tests.pages.crawling import Walk, walk
from tests.rig.databases import SqliteDatabases, settings_from

# Every language is walked on one landlord's site, English on both; with LETTERBOX_SOAK=1 every one on both.
TURNS = {"livewest": ("en", "ar", "pl", "uk"), "livv": ("en", "cy", "ro", "ur", "pt")}
IS_LONG = os.environ.get("LETTERBOX_SOAK") == "1"
FEWEST_PAGES, FEWEST_TITLES = 100, 40


@pytest.fixture(scope="module", params=["livewest", "livv"])
def site(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_databases: SqliteDatabases,
    compiled_templates: BytecodeCache,
) -> Iterator[Walk]:
    """The walk over one landlord's site, on which a notice stands that has words in English only."""
    folder = tmp_path_factory.mktemp(f"walked-{request.param}")
    app = create_app(settings_from(folder, sqlite_databases.make(folder), request.param))
    app.testing = True
    app.jinja_env.bytecode_cache = compiled_templates
    app.test_client_class = Visitor
    with app.app_context():
        _publish_a_notice()
        db.session.remove()
    past = () if IS_LONG else set(LANGUAGES) - set(TURNS[request.param])
    yield walk(app.test_client(), "/", "/sitemap.xml", "/robots.txt", past=past)
    with app.app_context():
        db.engine.dispose()


def _publish_a_notice() -> None:
    now = datetime.now(UTC)
    words = {"en": {"title": "Our phone lines are very busy today", "words": "Please call tomorrow if it can wait."}}
    start_writing()
    notice = actions.write(Given("busy-lines", "important", words, now, now + timedelta(days=1)), "test", now)
    actions.publish(notice, "test", now)
    db.session.commit()


def test_no_link_is_broken(site: Walk) -> None:
    broken = {link for link in site.links if site.statuses[site.end_of(link.to)] != 200}
    assert sorted(f"{link.on} → {link.to}" for link in broken) == []
    assert len(site.pages) >= FEWEST_PAGES


def test_every_fragment_is_there(site: Walk) -> None:
    missing = set()
    for link in site.links:
        _response, page = site.pages.get(site.end_of(link.to), (None, None))
        if link.fragment and page is not None and not page.xpath("//*[@id=$id]", id=link.fragment):
            missing.add(f"{link.on} → {link.to}#{link.fragment}")
    assert sorted(missing) == []


def test_what_leads_out_of_the_site_is_a_whole_safe_address(site: Walk) -> None:
    assert site.outside
    assert [
        address for address in site.outside if not re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]{2,}(/\S*)?", address)
    ] == []


def test_every_page_keeps_the_page_laws(site: Walk) -> None:
    """One h1, headings in order, labels, unique ids: what ``assert_page_laws`` names."""
    for address, (response, _page) in site.pages.items():
        try:
            assert_page_laws(response)
        except AssertionError as broken:
            raise AssertionError(f"{address}: {broken}") from broken


def test_no_two_pages_that_can_be_found_have_one_title_or_description(site: Walk) -> None:
    titles, descriptions = defaultdict(set), defaultdict(set)
    for _address, (_response, page) in site.pages.items():
        canonical = page.xpath("string(//link[@rel='canonical']/@href)")
        if not canonical or page.xpath("//meta[@name='robots'][contains(@content, 'noindex')]"):
            continue
        tag = page.getroottree().getroot().get("lang")
        titles[tag, words_of(page.find(".//title"))].add(canonical)
        for description in page.xpath("//meta[@name='description']/@content"):
            descriptions[tag, description].add(canonical)
    assert {title: found for title, found in titles.items() if len(found) > 1} == {}
    assert {words: found for words, found in descriptions.items() if len(found) > 1} == {}
    assert len(titles) >= FEWEST_TITLES


def test_every_page_is_there_in_every_language_and_says_which(site: Walk) -> None:
    by_language = defaultdict(set)
    for address, (response, page) in site.pages.items():
        tag = address.split("/")[1]
        if tag in LANGUAGES:
            assert page.getroottree().getroot().get("lang") == tag, address
            assert response.headers["Content-Language"] == tag, address
            by_language[tag].add(address.removeprefix(f"/{tag}"))
    assert len(by_language) == len(LANGUAGES) - len(site.past)
    assert {tag: found ^ by_language["en"] for tag, found in by_language.items() if found != by_language["en"]} == {}


def test_every_language_has_its_turn() -> None:
    assert set(LANGUAGES) == {tag for turn in TURNS.values() for tag in turn}


def test_every_piece_is_in_the_language_that_it_is_marked_with(site: Walk) -> None:
    """A voice reads each word in the language of the nearest ``lang`` above it: no English without its mark, and no
    words of the page's language with the mark of another.
    """
    found: dict[str, str] = {}
    english = English(names_of(load_landlord("livewest")) | names_of(load_landlord("livv")))
    for address, (_response, page) in site.pages.items():
        root = page.getroottree().getroot()
        assert_marks_are_right(root, address)
        found |= dict.fromkeys(english_in(pieces(root), english), address)
    assert sorted(found.items()) == []
