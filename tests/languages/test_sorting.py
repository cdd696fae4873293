"""Lists stand in the order in which readers of each language look for a word."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.extensions import db
from app.languages import sorting, speaking
from app.languages.sorting import LONGEST_STORED, in_order, sort_key, stored_key
from app.staff.accounts import everybody
from app.staff.actions import active_staff, teams_by_name
from app.staff.models import Team
from tests.builders import a_colleague

ORDERS = {
    "cy": "Carys Cyril Charlotte Deiniol Dylan Ddewi Fiona Ffion Gwen Ngaire Lowri Lyn Llinos Nia Rolant Ryan Rhys",
    "pl": "Cyprian Ćma Lucy Lyn Łukasz Maria Nowak Ńa Sylwia Świt Zofia Źródło Żaneta",
    "uk": "Галина Ґанна Дарія Ева Єва Жанна Зоя Ігор Їжак Йосип Яна",
    "ar": "إبراهيم أحمد بدر زهراء علي محمد ياسر",
    "ur": "بلال پرویز تنویر ٹیپو ثنا جمیل چاند ڈار کامران گل نعمان ہما یاسر",
    "ro": "Az Ăă Iz Îi Stoica Suciu Șerban Ștefan Tudor Țepeș",
    "en": "Angel Ángel Angela Lucy Łukasz Luz Oakley O’Brien Oz Öz Ozan Zoe Zoë",
}


@pytest.mark.parametrize("tag", ORDERS)
def test_names_stand_where_readers_of_the_language_look_for_them(tag: str) -> None:
    wanted = ORDERS[tag].split()
    shuffled = random.Random(tag).sample(wanted, len(wanted))
    assert in_order(shuffled, str, tag) == wanted
    assert sorted(wanted) != wanted  # by code point they would not


def test_colleagues_and_teams_stand_in_the_order_of_the_page_that_lists_them(sqlite_app: Flask) -> None:
    for number, name in enumerate(("Charlotte Rees", "Łukasz Żak", "cyril evans", "Lucy Ddu", "Lloyd Ann", "Émile B")):
        a_colleague(f"c{number}@landlord.example", name=name)
        db.session.add(Team(name=f"Team {12 - number}"))
    db.session.commit()
    in_english = ["Charlotte", "cyril", "Émile", "Lloyd", "Lucy", "Łukasz"]
    in_welsh = ["cyril", "Charlotte", "Émile", "Lucy", "Łukasz", "Lloyd"]
    for tag, order in (("en", in_english), ("cy", in_welsh)):
        with speaking(tag):
            assert [one.name.split()[0] for one in active_staff()] == order
            assert [one.name.split()[0] for one in everybody()] == order
            assert [team.name for team in teams_by_name()] == [f"Team {number}" for number in range(7, 13)]


def test_numbers_apostrophes_and_empty_words_have_their_place() -> None:
    assert in_order(["Team 10", "Team 2", "", "team 1", None], lambda one: one, "en") == [
        "", None, "team 1", "Team 2", "Team 10"
    ]  # fmt: skip
    key = sort_key("uk")
    assert key("м'ята") == key("м’ята") == key("мʼята")


def test_a_stored_key_orders_as_the_key_does_and_fits_its_column() -> None:
    names = [name for line in ORDERS.values() for name in line.split()] + ["Nowak, Anna " + "x" * 300, "\ud800", "한"]
    assert sorted(names, key=stored_key) == in_order(names, str, "root")
    assert max(map(len, map(stored_key, names))) == LONGEST_STORED
    assert stored_key(None) == stored_key("") == ""


def test_many_threads_get_the_same_keys() -> None:
    names = [f"{name} {number}" for number in range(40) for name in ORDERS["cy"].split()]
    alone = list(map(stored_key, names))
    sorting._key.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(stored_key, names)) == alone
