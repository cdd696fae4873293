"""Days, times, numbers, money and lists as people write them in each language, and letters that can be shown."""

from datetime import date, time

import pytest
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_currency
from flask import Flask
from flask_babel import format_decimal
from werkzeug.datastructures import LanguageAccept

from app.content.reading import CONTENT
from app.formats import fonts
from app.languages import DEFAULT, LANGUAGES, choose, speaking
from app.languages.catalogues import path_of
from app.languages.po_files import forms_of_message
from app.languages.times import clock_words, dated, day_words, weekday_words

DAY, EVENING = date(2026, 12, 29), time(17, 5)
MEANT = {"pt-BR": "pt", "ur-PK": "ur", "uk-UA": "uk", "pl-PL": "pl", "ro-MD": "ro"}


@pytest.mark.parametrize(
    ("tag", "day", "long_day", "month", "clock", "weekdays"),
    [
        ("pl", "wtorek, 29 grudnia", "29 grudnia 2026", "grudzień 2026", "17:05", "poniedziałek – piątek"),
        ("ro", "marți, 29 decembrie", "29 decembrie 2026", "decembrie 2026", "17:05", "de luni până vineri"),
        ("uk", "вівторок, 29 грудня", "29 грудня 2026", "грудень 2026", "17:05", "понеділок – пʼятниця"),
        ("ur", "منگل، 29 دسمبر", "29 دسمبر 2026", "دسمبر 2026", "سہ پہر 5:05", "پیر سے جمعہ تک"),
        (
            "pt", "terça-feira, 29 de dezembro", "29 de dezembro de 2026", "dezembro de 2026", "17:05",
            "segunda-feira a sexta-feira",
        ),
        ("cy", "Dydd Mawrth 29 Rhagfyr", "29 Rhagfyr 2026", "Rhagfyr 2026", "5:05pm", "Dydd Llun – Dydd Gwener"),
        ("ar", "الثلاثاء 29 ديسمبر", "29 ديسمبر 2026", "ديسمبر 2026", "5:05 م", "من الاثنين إلى الجمعة"),
        ("en", "Tuesday 29 December", "29 December 2026", "December 2026", "5:05pm", "Monday to Friday"),
    ],
)  # fmt: skip
def test_days_and_times_are_those_of_the_language(
    sqlite_app: Flask, tag: str, day: str, long_day: str, month: str, clock: str, weekdays: str
) -> None:
    with speaking(tag):
        said = day_words(DAY), dated(DAY, "d MMMM y"), dated(DAY, "MMMM y"), clock_words(EVENING).replace("\xa0", " ")
        assert said == (day, long_day, month, clock)
        assert weekday_words((1, 2, 3, 4, 5)) == weekdays


@pytest.mark.parametrize(
    ("tag", "listed", "number", "pounds"),
    [
        ("pl", "A, B i C", "12 345,6", "1 234,50 GBP"),
        ("ro", "A, B și C", "12.345,6", "1.234,50 GBP"),
        ("uk", "A, B і C", "12 345,6", "1 234,50 GBP"),
        ("ur", "A، B، اور C", "12,345.6", "£1,234.50"),
        ("pt", "A, B e C", "12 345,6", "1 234,50 £"),
    ],
)
def test_numbers_money_and_lists_too(sqlite_app: Flask, tag: str, listed: str, number: str, pounds: str) -> None:
    with speaking(tag) as language:
        assert format_list(["A", "B", "C"], locale=language.locale) == listed
        assert str(format_decimal(12345.6)).replace("\xa0", " ") == number
        assert format_currency(1234.5, "GBP", locale=language.locale).replace("\xa0", " ") == pounds


def test_a_browser_that_asks_for_a_language_of_a_country_gets_the_language() -> None:
    for asked, tag in MEANT.items():
        assert choose(None, LanguageAccept([(asked, 1), ("en", 0.5)]), list(LANGUAGES)) == tag


def test_the_fonts_of_print_have_every_letter_of_every_catalogue_and_page() -> None:
    """No box stands where a letter should: Cyrillic, the commas under Romanian letters, the letters of Urdu."""
    known = fonts.installed()
    for language in LANGUAGES.values():
        if language == DEFAULT:
            continue
        with path_of(language).open("rb") as file:
            words = "".join("".join(forms_of_message(message)[1]) for message in read_po(file) if message.id)
        words += "".join(page.read_text(encoding="utf-8") for page in CONTENT.glob(f"*/{language.tag}/*.md"))
        families = [known[family] for family in (fonts.MAIN, *fonts.FOR_LANGUAGE[language.tag])]
        lacking = {
            letter
            for letter in set(words)
            if not any(letter in family for family in families) and not letter.isspace() and letter.isprintable()
        }
        assert lacking == set(), language.tag
