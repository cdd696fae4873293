"""Lists, money and numbers are written as each language writes them; the code has no ways of its own."""

import pytest
from flask import Flask

from app.languages import speaking
from app.languages.lists import listed
from app.letters.facts import pounds


def test_welsh_lists_join_the_last_with_the_word_that_fits(sqlite_app: Flask) -> None:
    with speaking("cy"):
        assert listed(["llythyr", "e-bost"]) == "llythyr ac e-bost"
        assert listed(["e-bost", "ffôn", "llythyr"]) == "e-bost, ffôn a llythyr"
        assert listed(["Saesneg", '<span lang="cy">Ŵyl</span>']) == 'Saesneg ac <span lang="cy">Ŵyl</span>'
        assert listed(["Saesneg", "Cymraeg"]) == "Saesneg, Cymraeg"  # “a Chymraeg”: the name stays as it is
        assert listed(["llythyr"]) == "llythyr"
        assert listed(["e-bost", "llythyr"], "or") == "e-bost neu llythyr"
    assert listed([]) == ""


@pytest.mark.parametrize(
    ("tag", "whole", "parted"),
    [
        ("en", "£150", "£1,250.50"),
        ("cy", "£150", "£1,250.50"),
        ("pl", "150\xa0£", "1250,50\xa0£"),
        ("ro", "150\xa0£", "1.250,50\xa0£"),
        ("ar", "150\xa0£", "1,250.50\xa0£"),
        ("ur", "£150", "£1,250.50"),
    ],
)
def test_letters_write_money_as_the_language_does_with_the_sign_that_stands_on_bills(
    sqlite_app: Flask, tag: str, whole: str, parted: str
) -> None:
    with speaking(tag):
        assert f">{whole}<" in pounds(15000)
        assert f">{parted}<" in pounds(125050) or parted.replace("1250", "1\xa0250") in pounds(125050)
