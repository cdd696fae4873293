"""Lists stand in the order in which readers of each language look for a word."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.languages.sorting import LONGEST_STORED, in_order, sort_key, stored_key

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
def test_names_stand_where_readers_of_the_language_look_for_them(tag):
    wanted = ORDERS[tag].split()
    shuffled = random.Random(tag).sample(wanted, len(wanted))
    assert in_order(shuffled, str, tag) == wanted
    assert sorted(wanted) != wanted  # by code point they would not


def test_numbers_apostrophes_and_empty_words_have_their_place():
    assert in_order(["Team 10", "Team 2", "", "team 1", None], lambda one: one, "en") == [
        "", None, "team 1", "Team 2", "Team 10"
    ]  # fmt: skip
    key = sort_key("uk")
    assert key("м'ята") == key("м’ята") == key("мʼята")


def test_a_stored_key_orders_as_the_key_does_and_fits_its_column():
    names = [name for line in ORDERS.values() for name in line.split()] + ["Nowak, Anna " + "x" * 300, "\ud800", "한"]
    assert sorted(names, key=stored_key) == in_order(names, str, "root")
    assert max(map(len, map(stored_key, names))) == LONGEST_STORED
    assert stored_key(None) == stored_key("") == ""


def test_many_threads_get_the_same_keys():
    names = [f"{name} {number}" for number in range(40) for name in ORDERS["cy"].split()]
    alone = list(map(stored_key, names))
    from app.languages import sorting

    sorting._key.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(stored_key, names)) == alone
