"""What translators save is kept by both databases, each saving once, and whoever is second is told."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.extensions import db, start_writing
from app.languages import LANGUAGES
from app.languages.proposals import NoSuchSentence, SavedMeanwhile, WordsRefused, Writer, save, save_one_of, take_back
from app.languages.sentences import key_of, sentences
from app.languages.suggesting import suggestions

WELSH = LANGUAGES["cy"]
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
KEY = key_of(None, ("Enter your name",))
FIRST, SECOND = Writer("a@landlord.example", "A. A."), Writer("b@landlord.example", "B. B.")


def test_two_who_save_at_the_same_moment_are_told_apart_by_the_database(app: Flask) -> None:
    start_writing()
    as_both_saw_it = sentences(WELSH)
    save_one_of(as_both_saw_it, WELSH, KEY, ("Enw un",), 0, FIRST, AT)
    with pytest.raises(SavedMeanwhile) as told:
        save_one_of(as_both_saw_it, WELSH, KEY, ("Enw dau",), 0, SECOND, AT)
    db.session.commit()
    assert (told.value.theirs.by_name, told.value.theirs.words) == ("A. A.", ["Enw un"])
    start_writing()
    save(WELSH, KEY, ("Enw dau",), 1, SECOND, AT)
    db.session.commit()
    assert sentences(WELSH)[KEY].words == ("Enw dau",)
    assert sentences(WELSH)[KEY].version == 2


def test_taking_back_is_a_saving_of_its_own_and_what_is_refused_is_none(sqlite_app: Flask) -> None:
    start_writing()
    filed = sentences(WELSH)[KEY].words
    save(WELSH, KEY, ("Enw un",), 0, FIRST, AT)
    with pytest.raises(SavedMeanwhile):
        take_back(WELSH, KEY, 0, SECOND, AT)
    take_back(WELSH, KEY, 1, SECOND, AT)
    with pytest.raises(WordsRefused):
        save(WELSH, KEY, ("<b>",), 2, FIRST, AT)
    with pytest.raises(NoSuchSentence):
        save(WELSH, "nothing", ("x",), 0, FIRST, AT)
    assert save(WELSH, KEY, filed, 2, FIRST, AT) is None, "it says so already"
    assert (sentences(WELSH)[KEY].words, sentences(WELSH)[KEY].version) == (filed, 2)


def test_the_likest_sentence_is_suggested_first(sqlite_app: Flask) -> None:
    known = sentences(WELSH)
    found = suggestions(known[key_of(None, ("Enter your reference",))], known.values())
    assert found
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)
    assert "reference" in found[0].source
    assert found[0].words[0]
