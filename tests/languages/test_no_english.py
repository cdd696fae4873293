"""In each language that is offered, what a tenant meets is in that language, or marked as being in another.

The pages of the public site are walked in ``tests/pages/test_crawl.py``. Here: every form with every mistake in it,
every letter, every mail. The languages take turns; with ``LETTERBOX_SOAK=1`` each letter is read in each.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from app import create_app
from app.extensions import db
from app.landlords.standards import load_landlord
from app.languages import DEFAULT, LANGUAGES
from tests.conftest import Visitor
from tests.languages import walks
from tests.laws.english import NAMES, PLACEHOLDER, English, Piece, english_in, names_of, said_otherwise
from tests.rig.databases import SqliteDatabases, settings_from

FEWEST_SENTENCES, MOST_MISSED = 1500, 0.01
TAGS = tuple(tag for tag in LANGUAGES if tag != DEFAULT.tag)


@pytest.fixture(scope="module", params=walks.LANDLORDS)
def one_app(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_databases: SqliteDatabases,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp(f"in-each-{request.param}")
    app = create_app(settings_from(folder, sqlite_databases.make(folder), request.param))
    app.testing = True
    app.jinja_env.bytecode_cache = compiled_templates
    app.test_client_class = Visitor
    walks.somebody_to_handle(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("cy", "Tell us what happened."),
        ("pl", "Your reference"),
        ("ro", "Continue"),
        ("uk", "Номер Reference"),
        ("ar", "يرجى Send"),
        ("ur", "Call us"),
        ("pt", "Please write to us."),
        ("pl", "Sent"),
        ("ro", "Back"),
        ("cy", "Yes"),
        ("pt", "Next"),
        ("pl", "Odpowiemy w Monday"),
        ("ro", "la 9 AM"),
        ("cy", "Mae’r drws – Open"),
    ],
)
def test_english_is_found(language: str, words: str) -> None:
    assert english_in(iter([Piece(words, language, "p")]), English({"Livv"}))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tell us what happened."),
        ("cy", "Ffoniwch ni ar 0300 123 4567"),
        ("pl", "Napisz do Livv"),
        ("ar", "اتصل بـ Livv، K7M4-QX9T، EX1 1AA، www.livv.example/x"),
        ("uk", "Пишіть на help@livv.example"),
    ],
)
def test_names_addresses_and_the_words_of_the_language_are_no_english(language: str, words: str) -> None:
    assert not english_in(iter([Piece(words, language, "p")]), English({"Livv"}))


def test_words_of_the_page_are_no_english_of_its_own() -> None:
    judge = English({"Livv"})
    for words, around in (("Odpowiemy za tydzień", "pl"), ("Ми відповімо", "uk"), ("Rydym wedi agor cwyn", "cy")):
        assert english_in([Piece(words, "en", "p", around)], judge) == [f"en: p: {words}"]
    assert not english_in([Piece("We answer in a week", "en", "p", "pl")], judge)


@pytest.mark.parametrize("tag", TAGS)
def test_hardly_a_sentence_of_ours_would_stand_in_another_language_and_not_be_found(tag: str) -> None:
    """Every English sentence that the language says otherwise, as it would be shown, is put into it as a text."""
    landlords = [load_landlord(one) for one in walks.LANDLORDS]
    teams = {landlord.team for landlord in landlords}
    judge = English(set(NAMES).union(teams, *map(names_of, landlords)))
    shown = {PLACEHOLDER.sub("7", one) for one in said_otherwise(LANGUAGES[tag])}
    said = [one for one in sorted(shown) if any(letter.isalpha() for letter in judge.left(one))]
    assert len(said) > FEWEST_SENTENCES
    missed = [one for one in said if not judge.found(one, tag)]
    assert len(missed) < MOST_MISSED * len(said), missed


def test_no_form_and_no_mistake_in_it_says_english(one_app: Flask) -> None:
    landlord = one_app.config["LETTERBOX"].landlord
    assert walks.forms(one_app, walks.ways_of_every_form(landlord), TAGS) == {}


def test_no_page_that_few_come_to_says_english(one_app: Flask) -> None:
    assert walks.errands(one_app, TAGS) == {}


def test_no_letter_says_english(one_app: Flask) -> None:
    assert walks.letters(one_app, TAGS, in_turn=not walks.IS_LONG) == {}


def test_no_mail_says_english(one_app: Flask) -> None:
    assert walks.mails(one_app, TAGS) == {}
