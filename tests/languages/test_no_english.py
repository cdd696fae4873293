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
from app.languages import DEFAULT, LANGUAGES
from tests.conftest import Visitor
from tests.languages import walks
from tests.laws.english import English, Piece, english_in
from tests.rig.databases import SqliteDatabases, settings_from

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


def test_no_form_and_no_mistake_in_it_says_english(one_app: Flask) -> None:
    landlord = one_app.config["LETTERBOX"].landlord
    assert walks.forms(one_app, walks.ways_of_every_form(landlord), TAGS) == {}


def test_no_letter_says_english(one_app: Flask) -> None:
    assert walks.letters(one_app, TAGS, in_turn=not walks.IS_LONG) == {}


def test_no_mail_says_english(one_app: Flask) -> None:
    assert walks.mails(one_app, TAGS) == {}
