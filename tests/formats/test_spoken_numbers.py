"""Times and numbers inside sentences, as people of each language say them."""

import pytest

from app.formats.document import Fact
from app.formats.speech import facts
from app.formats.speech.clock import time_of_day
from app.formats.speech.plain import with_copied_facts
from app.languages import speaking

pytestmark = pytest.mark.usefixtures("letterbox")


@pytest.mark.parametrize(
    ("language", "half_past_midnight", "written", "said"),
    [
        ("cy", "30 munud wedi hanner nos", "rhwng 9am a 12:30pm", "rhwng 9 y bore a 12 30 y prynhawn"),
        ("pl", "godzina dwunasta 30 w nocy", "między 9:00 a 21:30", "między dziewiątą a dwudziestą pierwszą 30"),
        ("pl", "godzina dwunasta 30 w nocy", "od 2:00 do 10:05", "od drugiej do dziesiątej 05"),
        ("ro", "ora douăsprezece și 30 noaptea", "orele 02:00 și 10:30", "orele două și 10 și 30"),
        ("uk", "дванадцята 30 ночі", "з 09:00 до 23:30", "з дев'ятої до двадцять третьої 30"),
        ("uk", "дванадцята 30 ночі", "о 15:00", "о п'ятнадцятій"),
        ("ar", "الساعة 12 و30 دقيقة بعد منتصف الليل", "9:00 ص و10:30 م", "9 صباحًا و10 و30 دقيقة مساءً"),
        ("ur", "رات ساڑھے 12 بجے", "صبح 9:00 سے صبح 10:30", "صبح 9 بجے سے صبح ساڑھے 10 بجے"),
        ("pt", "meia-noite e 30", "entre a 1:00 e as 10:30", "entre a uma e as 10 e 30"),
    ],
)
def test_a_time_of_day_is_said_as_people_of_the_language_say_it(
    language: str, half_past_midnight: str, written: str, said: str
):
    with speaking(language):
        assert time_of_day(0, 30, language) == half_past_midnight
    assert with_copied_facts(written, language) == said


def test_a_language_that_is_new_has_times_of_the_night_all_the_same():
    with speaking("en"):  # its catalogue has no word of it yet
        assert time_of_day(0, 30, "so") == "12 30 in the morning"


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("ro", "2 lire și 12 pence", "două lire și 12 pence"),
        ("ro", "22 de lire", "20 și două de lire"),
        ("ro", "21 de lire, 1 liră, 212 lire", "20 și una de lire, o liră, 200 douăsprezece lire"),
        ("ro", "O listă cu 2 lucruri", "O listă cu două lucruri"),
        ("uk", "Список із 3 пунктів", "Список із трьох пунктів"),
        ("uk", "близько 2 хвилин, 21 хвилина", "близько 2 хвилин, 20 одна хвилина"),
        ("uk", "22 хвилини, 12 хвилин", "20 дві хвилини, 12 хвилин"),
        ("uk", "1%, 23%, 50 %, 2,5%", "1 відсоток, 23 відсотки, 50 відсотків, 2,5 відсотка"),
        ("pl", "2 minuty, 1 minutę, 12 minut", "dwie minuty, jedną minutę, 12 minut"),
        ("pt", "1 libra, 1252 libras, 200 libras", "uma libra, 1000 duzentas e 50 e duas libras, duzentas libras"),
        ("pt", "102 libras, 100 libras, 2 minutos", "cento e duas libras, 100 libras, 2 minutos"),
        ("cy", "2 bunt", "dwy bunt"),
        ("en", "2 pounds", "2 pounds"),
    ],
)
def test_a_number_agrees_with_what_is_counted(language: str, written: str, said: str):
    with speaking(language):
        assert with_copied_facts(written, language) == said


def test_an_amount_agrees_too():
    fact = Fact("amount", "£2.50", "2.50")
    for language, said in (("ro", "două lire și 50 de pence"), ("pt", "duas libras e 50 pence")):
        with speaking(language):
            assert facts.inline(fact, language) == said
