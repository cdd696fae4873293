"""Lists, money and numbers are written as each language writes them; the code has no ways of its own."""

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


def test_letters_write_money_as_the_language_does_with_the_sign_that_stands_on_bills(sqlite_app: Flask) -> None:
    for tag, whole, parted in (
        ("en", "£150", "£1,250.50"),
        ("cy", "£150", "£1,250.50"),
        ("pl", "150\xa0£", "1\xa0250,50\xa0£"),
        ("ro", "150\xa0£", "1.250,50\xa0£"),
        ("uk", "150\xa0£", "1\xa0250,50\xa0£"),
        ("ar", "150\xa0£", "1,250.50\xa0£"),
        ("ur", "£150", "£1,250.50"),
        ("pt", "150\xa0£", "1\xa0250,50\xa0£"),
    ):
        with speaking(tag):
            assert f">{whole}<" in pounds(15000)
            assert f">{parted}<" in pounds(125050)
