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


def test_what_is_missing_is_counted_in_each_part_of_the_site_that_says_it() -> None:
    catalogue = welsh()
    catalogue.add("Send", "", locations=[("app/complaints/forms.py", 0), ("app/caseload/words.py", 0)])
    catalogue.add("Your answer", "Eich ateb", locations=[("templates/complaints/check.html", 0)])
    catalogue.add("Ring %(phone)s", "Ffoniwch", locations=[("templates/letters/letter.html", 0)])
    found = {each.room: (each.sentences, each.missing, each.mistaken) for each in count(WELSH, catalogue).journeys}
    assert found == {"complaints": (2, 1, 0), "letters": (1, 0, 1), "staff": (1, 1, 0)}


def test_a_language_is_ready_for_tenants_when_only_staff_pages_lack_words() -> None:
    catalogue = welsh()
    assert not count(WELSH, catalogue).is_ready_for_tenants, "nothing at all"
    catalogue.add("Your answer", "Eich ateb", locations=[("templates/complaints/check.html", 0)])
    catalogue.add("Caseload", "", locations=[("app/caseload/words.py", 0)])
    assert count(WELSH, catalogue).is_ready_for_tenants
    catalogue.add("Send", "", locations=[("app/complaints/forms.py", 0)])
    assert [each.room for each in count(WELSH, catalogue).unready_journeys] == ["complaints"]
