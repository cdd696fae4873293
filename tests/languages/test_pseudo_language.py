"""The whole of what tenants meet, in languages that nobody speaks: whatever stands there in plain English is found."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from lxml import html

from app import create_app
from app.extensions import db
from tests.conftest import OpenPage, Visitor
from tests.languages import walks
from tests.languages.every_page import somebody_tells
from tests.laws.english import English, Piece, english_in, pieces
from tests.pages.crawling import walk
from tests.rig.browsers import ZOOMED
from tests.rig.databases import SqliteDatabases, settings_from
from tests.rig.fitting import Shown
from tests.rig.pseudo import ACCENTED, MIRRORED, PSEUDO, in_pseudo, known, speak_pseudo

TAGS = tuple(language.tag for language in PSEUDO)
FEWEST_PAGES = 50
SENTENCE = "Tell us by %(day)s on <a href='/x'>this page</a>, {{ name }} &amp; we reply"


Met = dict[str, tuple[str, str]]
LOOKED_AT = (
    "",
    "contact",
    "standards",
    "notices",
    "help/",
    "help/languages",
    "accessibility",
    "reading",
    "track",
    "search",
)
FAULTS = {
    "px too wide": "<p style='width: 400px'>אב</p>",
    "off the page": "<p style='position: absolute; left: -40px'>אבגדהוזח</p>",
    "cut off": "<p style='width: 40px; overflow: hidden; white-space: nowrap'>אבגדהוזחט אבגדהוזחט</p>",
    "out of its": "<button style='width: 60px; height: 60px; white-space: nowrap'>אבגדהוזחט אבגדהוזחט</button>",
    "lies on": "<p>אבגדהוזחט</p><p style='margin-top: -40px'>אבגדהוזחט</p>",
    "a target of": "<p><a href='/'>אב</a></p>",
    "higher than their line": "<p style='line-height: 0.5; width: 99px'>ąḂפאבגדהו זחט אבגדה וזחט</p>",
    "apart that hang together": "<p style='letter-spacing: 2px'>شكوى</p>",
    "ltr in ar-XB": "<p dir='ltr'>אבגדהוזחט</p>",
    "in the wrong order": "<p>אב 0300 123 8080</p>",
    "hyphens": "<p style='hyphens: auto'>אב</p>",
    "cuts its longest choice": "<select style='width: 60px'><option>אבגדהוזחט אבגדהוזחט</option></select>",
}


@pytest.fixture(scope="module", params=walks.LANDLORDS)
def pseudo_app(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_databases: SqliteDatabases,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp(f"pseudo-{request.param}")
    with known():
        app = speak_pseudo(lambda: create_app(settings_from(folder, sqlite_databases.make(folder), request.param)))
        app.testing = True
        app.jinja_env.bytecode_cache = compiled_templates
        app.test_client_class = Visitor
        walks.somebody_to_handle(app)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """Names of pages that were looked at with the landlord before: most of them both have."""
    return set()


@pytest.fixture(scope="module")
def met(pseudo_app: Flask) -> Met:
    """The pages that forms came to, for the browser."""
    return {}


class TestTheLanguage:
    def test_every_letter_is_another_and_what_is_no_word_stays(self) -> None:
        words = in_pseudo(SENTENCE, ACCENTED.tag)
        for kept in ("%(day)s", "<a href='/x'>", "</a>", "{{ name }}", "&amp;"):
            assert kept in words
            words = words.replace(kept, "")
        assert not any(letter.isascii() and letter.isalpha() for letter in words)

    @pytest.mark.parametrize("tag", TAGS)
    def test_sentences_are_about_two_fifths_longer(self, tag: str) -> None:
        english = "Tell us what happened and when it happened, and what we can do to put it right."
        assert 1.25 <= len(in_pseudo(english, tag)) / len(english) <= 1.5

    @pytest.mark.parametrize("tag", TAGS)
    def test_a_sentence_that_is_not_translatable_is_found_in_it(self, tag: str) -> None:
        words = in_pseudo("Ring us on 0300 123 4567", tag)
        with known():
            page = html.fromstring(f"<html lang='{tag}'><body><p>{words}</p><p>Ring us <b lang='en'>now</b></p></body>")
            assert english_in(pieces(page), English({"Livv"})) == [f"{tag}: p: Ring us"]
            assert english_in(iter([Piece(f"{words} Livv K7M4-QX9T EX1 1AA", tag, "p")]), English({"Livv"})) == []


def test_no_public_page_says_plain_english(pseudo_app: Flask) -> None:
    """One of the two for each landlord; a long walk both for both."""
    landlord = walks.LANDLORDS.index(pseudo_app.config["LETTERBOX"].landlord)
    tags = TAGS if walks.IS_LONG else TAGS[landlord : landlord + 1]
    past = {"en", *TAGS} - set(tags)
    seen = walk(pseudo_app.test_client(), *(f"/{tag}/" for tag in tags), past=past)
    english, found = walks.judge(pseudo_app), {}
    for address, (_response, page) in seen.pages.items():
        for one in english_in(pieces(page.getroottree().getroot()), english):
            found[one] = address
    assert found == {}
    for tag in tags:
        assert sum(address.startswith(f"/{tag}/") for address in seen.pages) >= FEWEST_PAGES


def test_no_form_and_no_mistake_in_it_says_plain_english(pseudo_app: Flask, met: Met) -> None:
    landlord = pseudo_app.config["LETTERBOX"].landlord
    assert walks.forms(pseudo_app, walks.ways_of_every_form(landlord), TAGS, met) == {}


def test_no_letter_says_plain_english(pseudo_app: Flask) -> None:
    assert walks.letters(pseudo_app, TAGS, in_turn=True) == {}


def test_no_mail_says_plain_english(pseudo_app: Flask) -> None:
    assert walks.mails(pseudo_app, TAGS) == {}


def test_the_mirrored_language_turns_pages_round(pseudo_app: Flask) -> None:
    page = html.fromstring(pseudo_app.test_client().get(f"/{MIRRORED.tag}/").text)
    assert page.getroottree().getroot().get("dir") == "rtl"
    assert any("letterbox.rtl.css" in href for href in page.xpath("//link[@rel='stylesheet']/@href"))


@pytest.mark.browser
def test_words_two_fifths_longer_fit_a_screen_at_400_percent(
    pseudo_app: Flask, met: Met, looked_at: set[str], open_page: OpenPage
) -> None:
    """Each page that forms of the test before came to, with its mistakes where it has any, and some others."""
    assert len(met) >= FEWEST_PAGES
    client = pseudo_app.test_client()
    somebody_tells(pseudo_app)
    known = looked_at | {name.replace(" wrong", " right") for name in met if name.endswith(" wrong")}
    pages = {name: page for name, page in met.items() if name not in known}
    for tag, path in zip(TAGS * len(LOOKED_AT), LOOKED_AT, strict=False):
        pages[path] = f"/{tag}/{path}", client.get(f"/{tag}/{path}").text
    shown, wrong = Shown(open_page(ZOOMED), client), dict[str, list[str]]()
    for address, page in pages.values():
        shown.show(address, page)
        if found := shown.wrong(ZOOMED, right_to_left=address.startswith(f"/{MIRRORED.tag}/")):
            wrong[address] = found
    assert wrong == {}
    looked_at |= met.keys() | known


@pytest.mark.browser
def test_what_does_not_fit_is_found(open_page: OpenPage) -> None:
    shown = Shown(open_page(ZOOMED), Flask(__name__).test_client())
    for what, part in FAULTS.items():
        shown.show(
            "/ar-XB/", f"<html lang='ar-XB' dir='rtl'><body style='margin: 0; font-size: 19px'>{part}</body></html>"
        )
        assert any(what in found for found in shown.wrong(ZOOMED, right_to_left=True)), what
