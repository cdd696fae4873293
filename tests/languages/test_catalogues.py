from babel.messages.catalog import Catalog

from app.languages import LANGUAGES
from app.languages.catalogues import count

WELSH = LANGUAGES["cy"]


def welsh() -> Catalog:
    return Catalog(locale="cy")


def test_a_catalogue_with_every_sentence_is_complete() -> None:
    catalogue = welsh()
    catalogue.add("Enter your name", "Rhowch eich enw")
    found = count(WELSH, catalogue)
    assert (found.translated, found.missing, found.fuzzy, found.is_complete) == (1, 0, 0, True)


def test_a_sentence_without_words_is_missing() -> None:
    catalogue = welsh()
    catalogue.add("Enter your name", "")
    found = count(WELSH, catalogue)
    assert found.missing == 1
    assert not found.is_complete


def test_a_guess_is_not_a_translation() -> None:
    catalogue = welsh()
    catalogue.add("Enter your name", "Rhowch eich enw", flags=["fuzzy"])
    found = count(WELSH, catalogue)
    assert (found.translated, found.fuzzy, found.is_complete) == (0, 1, False)


def test_a_plural_needs_every_form_that_the_language_has() -> None:
    catalogue = welsh()
    forms = ["%(num)s diwrnod"] * catalogue.num_plurals
    assert catalogue.num_plurals > 2
    catalogue.add(("%(num)s day", "%(num)s days"), [*forms[:-1], ""], flags=["python-format"])
    assert count(WELSH, catalogue).missing == 1


def test_a_lost_or_misspelt_placeholder_is_a_mistake() -> None:
    catalogue = welsh()
    catalogue.add("Dear %(name)s", "Annwyl")
    catalogue.add("Ring %(phone)s", "Ffoniwch %(ffon)s")
    found = count(WELSH, catalogue)
    assert found.mistakes == (
        "Dear %(name)s: %(name)s is lost",
        "Ring %(phone)s: %(ffon)s is not in the English",
        "Ring %(phone)s: %(phone)s is lost",
    )
    assert not found.is_complete


def test_a_form_of_a_plural_may_say_its_number_in_words() -> None:
    catalogue = welsh()
    forms = ["dim diwrnod", "un diwrnod", *["%(num)s diwrnod"] * (catalogue.num_plurals - 2)]
    catalogue.add(("%(num)s day", "%(num)s days"), forms)
    assert count(WELSH, catalogue).is_complete


def test_a_sentence_counts_as_reviewed_when_a_reader_of_the_language_says_so() -> None:
    catalogue = welsh()
    catalogue.add("Enter your name", "Rhowch eich enw", user_comments=["reviewed by N. N., 2026-11-22"])
    catalogue.add("Enter your address", "Rhowch eich cyfeiriad")
    assert count(WELSH, catalogue).reviewed == 1
