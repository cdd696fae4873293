"""What stands in the pages' files: readable at nine to eleven, with nothing in them that leads nowhere."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.content.composing import page_in
from app.content.reading import CONTENT, library
from app.content.repairs import found, in_lists, responsibilities
from app.extensions import db
from app.formats.document import ListOf, lines_of, parse, text_of
from app.languages import speaking
from tests.languages.test_reading_age import plain, sentences_of, too_hard
from tests.laws.page_laws import assert_page_laws
from tests.laws.page_laws import words_of as words_in
from tests.rig.databases import SqliteDatabases, settings_from

LINK = re.compile(r"\]\(([^)]*)\)")
PAGES = sorted(CONTENT.glob("*/en/*.md"))
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NAMES_OF_LAWS = ("The Equality and Human Rights Commission makes sure",)
NO_WORDS = re.compile(r"^\[\[.*\]\]$|\{#.*?\}|\]\([^)]*\)|^(?:#+|-|\d+\.) +|\*\*|\[", re.MULTILINE)


SiteOf = Callable[[str], Flask]


@pytest.fixture(scope="module")
def site_of(tmp_path_factory: pytest.TempPathFactory, sqlite_databases: SqliteDatabases) -> Iterator[SiteOf]:
    """The application of a landlord: one for all tests here, which write nothing."""
    made: dict[str, Flask] = {}

    def site(landlord: str) -> Flask:
        if landlord not in made:
            folder = tmp_path_factory.mktemp(f"content-{landlord}")
            made[landlord] = create_app(settings_from(folder, sqlite_databases.make(folder), landlord))
        return made[landlord]

    yield site
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


def sentences(path: Path) -> list[str]:
    """The page's own, as they are read: with a number where a fact stands, without marks."""
    words = NO_WORDS.sub("", re.sub(r"\{\{.*?\}\}", "0300 123 8080", path.read_text("utf-8").split("+++", 2)[2]))
    lines = (plain(line) for line in words.splitlines() if line.strip())
    return [one for line in lines for one in sentences_of(line) if not one.startswith(NAMES_OF_LAWS)]


def test_pages_can_be_read_at_nine_to_eleven() -> None:
    """But for the name of a service, which nobody may shorten."""
    assert len(PAGES) > 15
    hard = list(too_hard({f"{path.parts[-3]}/{path.stem}": sentences(path) for path in PAGES}))
    assert [one for one in hard if "The Equality Advisory and Support Service" not in one] == []
    assert len(hard) == 1


def shape(path: Path) -> list[str]:
    """How the page goes: its headings, paragraphs, list items, parts and where its links lead, without its words."""
    body = path.read_text("utf-8").split("+++", 2)[2]
    return [
        re.sub(r"[^#\-\d]", "", line.split(" ")[0]) + line * line.startswith("[[") + str(sorted(LINK.findall(line)))
        for line in body.splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_a_translated_page_leaves_nothing_out(language: str) -> None:
    for path in PAGES:
        translated = path.parents[1] / language / path.name
        assert shape(translated) == shape(path), translated


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_every_page_says_all_that_it_means_to_in_each_language(site_of: SiteOf, landlord: str) -> None:
    """No unknown fact, no missing part, no link to a page that is not there: for either landlord."""
    app = site_of(landlord)
    with app.test_request_context("/en/"):
        assert not library().faults
        for language in library().languages:
            for slug in library().slugs():
                assert page_in(slug, language, NOW).faults == (), f"{language}/{slug}"


def words_of(landlord: str, slug: str, site_of: SiteOf) -> list[str]:
    with site_of(landlord).test_request_context("/en/"):
        return [line for block in page_in(slug, "en", NOW).blocks for line in lines_of(block)]


def test_livewest_tells_what_happens_to_a_complaint_in_its_own_times_and_the_codes(site_of: SiteOf) -> None:
    said = words_of("livewest", "complaints", site_of)
    assert "Within 24 hours we tell you that we have your complaint." in said
    assert "We answer within 10 working days of your complaint." in said
    assert (
        "We answer within 20 working days of telling you that we have your request." in said
    )  # the Code's: it has none
    assert not [line for line in said if "28 days" in line]


def test_livv_tells_its_own_times_its_limit_and_who_decides_bands(site_of: SiteOf) -> None:
    said = words_of("livv", "complaints", site_of)
    assert "Within 5 working days of your complaint we get in touch with you." in said
    assert "We answer within 20 working days of your request." in said
    assert "Please ask within 28 days of getting our answer. If you need longer, ask us all the same." in said
    assert [line for line in said if line.startswith("It is about your band") and "Your council decides" in line]


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
@pytest.mark.parametrize("slug", ["languages", "accessibility"])
def test_only_who_promises_interpreters_and_translated_letters_offers_them(
    site_of: SiteOf, landlord: str, slug: str
) -> None:
    said = " ".join(words_of(landlord, slug, site_of))
    assert ("interpreter" in said) == (landlord == "livewest")
    assert ("translated" in said) == (landlord == "livewest")


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_only_who_promises_an_emergency_service_says_when_it_comes(site_of: SiteOf, landlord: str) -> None:
    said = words_of(landlord, "emergencies", site_of)
    assert ("We come within 24 hours and make it safe." in said) == (landlord == "livewest")
    law = "The law for tenants says: within 24 hours the landlord looks at a serious danger and makes it safe."
    assert law in said


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("boilr", "boiler"),
        ("smoke alram", "smoke-alarm"),
        ("lightbulb", "bulbs"),
        ("who fixes my roof?", "roof"),
        ("MOULD", "damp"),
        ("xyzzy", None),
    ],
)
def test_a_repair_is_found_in_spite_of_spelling(site_of: SiteOf, asked: str, first: str | None) -> None:
    with site_of("livewest").test_request_context("/en/"), speaking("en"):
        assert next((one.key for one in found(asked)), None) == first


def test_who_asks_nothing_gets_the_whole_list_in_every_format(site_of: SiteOf) -> None:
    with site_of("livewest").test_request_context("/en/"), speaking("en"):
        assert found(" ?! ") == responsibilities().repairs
        lists = parse(str(in_lists(found(""))).replace('href="page:', 'href="https://example.org/'))
        lines = [line for block in lists if isinstance(block, ListOf) for line in map(text_of, block.items)]
        assert len(lines) == len(responsibilities().repairs)
        assert "Toilet seat: You do. Also plugs and chains, and the shower head, hose and curtain." in lines


def test_who_looks_something_up_sees_only_what_was_found_or_whom_to_call(site_of: SiteOf) -> None:
    """Without a script: the box is a form like any other, and what was typed stays in it."""
    reader = site_of("livewest").test_client()
    page = assert_page_laws(reader.get("/en/help/repairs?q=radiatr"))
    assert [words_in(row) for row in page.xpath("//main//tbody//th")] == [
        "Radiator that is cold at the top",
        "Radiator that leaks, or stays cold all over",
    ]
    assert page.xpath("//input[@name='q']/@value") == ["radiatr"]
    assert page.xpath("//main//tbody//a/@href") == ["/en/help/bleed-a-radiator"]
    page = assert_page_laws(reader.get("/en/help/repairs", query_string={"q": "<b>xyzzy %(x)s"}))
    (said,) = page.xpath("//*[@id='found']")
    assert words_in(said).startswith(
        "We found nothing for “<b>xyzzy %(x)s”. Try another word, or call us: 0300 123 8080"
    )
    assert not page.xpath("//main//table")
