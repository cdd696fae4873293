"""What holds on every page, in every language. ``assert_page_laws(response)`` gives the parsed page back."""

from itertools import pairwise
from typing import Any

from lxml import html
from werkzeug.test import TestResponse

from app.languages import LANGUAGES

# What a title must not say where the page can be left in a hurry.
TELLING = ("antisocial", "behaviour", "abuse", "police", "danger", "risk", "hate", "harm", "afraid", "happen")
NOT_SET_OUT = ("meta", "title", "link", "option", "track")  # browsers set them out by their letters
WORDS_OF_MACHINES = ("This field is required", "Not a valid choice", "CSRF", "Traceback", "None", "l'")


def page_of(response: TestResponse) -> Any:
    return html.fromstring(response.get_data(as_text=True))


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def assert_page_laws(response: TestResponse) -> Any:
    """One h1 whose words are in the title; language and direction; labels; unique ids; linked error summary."""
    page = page_of(response)
    assert_one_heading_in_title(page)
    assert_language_and_direction(page)
    assert_unique_ids(page)
    assert_every_field_is_labelled(page)
    assert_mistakes_are_linked(page)
    assert_links_lead_somewhere(page)
    return page


def assert_one_heading_in_title(page: Any) -> None:
    headings = page.xpath("//h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    title = words_of(page.find(".//title"))
    if page.xpath("//*[@data-exit]"):
        assert_title_gives_nothing_away(page, title)
    else:
        assert words_of(headings[0]) in title, f"title {title!r} does not hold the h1 {words_of(headings[0])!r}"
    levels = [int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
    # The summary of mistakes stands above the h1, as in every GOV.UK page.
    below = levels[levels.index(1) :]
    assert all(after <= before + 1 for before, after in pairwise(below)), levels


def assert_title_gives_nothing_away(page: Any, title: str) -> None:
    """Where somebody may look over the reader's shoulder, a tab, a history or a list of windows names no subject."""
    assert title, "no title"
    found = [word for word in TELLING if word in title.casefold()]
    assert not found, f"title {title!r} says {found}"
    if page.xpath("//main//*[contains(@class, 'govuk-caption-m')]"):
        # "Question 3 of 9": the words of the question are not in the title, whatever the language.
        assert words_of(page.xpath("//h1")[0]) not in title, f"title {title!r} holds its question"
    assert not page.xpath("//meta[@name='description' or starts-with(@property, 'og:')]"), "a description gives it away"


def assert_language_and_direction(page: Any) -> None:
    root = page.getroottree().getroot()
    assert root.get("lang"), "no lang"
    assert root.get("dir") == ("rtl" if root.get("lang") in ("ar", "ur", "fa", "ckb") else "ltr")


def assert_marks_are_right(root: Any, where: str = "") -> None:
    """Every ``lang`` and ``hreflang`` is a language that we have; what is in another direction says so."""
    above = {root: root.get("dir")}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        above[element] = element.get("dir", above.get(parent))
        tags = {value for name, value in element.attrib.items() if name in ("lang", "hreflang", "srclang")}
        assert tags - {"x-default"} <= set(LANGUAGES), f"{where}: {tags}"
        direction = above[element]
        if "lang" in element.attrib and direction != "auto" and element.tag not in NOT_SET_OUT:
            assert direction == LANGUAGES[element.get("lang")].direction, f"{where}: {words_of(element)[:80]}"


def assert_unique_ids(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)


def assert_every_field_is_labelled(page: Any) -> None:
    for field in page.xpath("//input[not(@type='hidden')] | //textarea | //select"):
        labels = page.xpath("//label[@for=$id]", id=field.get("id"))
        assert len(labels) == 1, f"{field.get('name')}: {len(labels)} labels"
        assert words_of(labels[0]), f"{field.get('name')}: an empty label"
        for described in (field.get("aria-describedby") or "").split():
            assert page.xpath("//*[@id=$id]", id=described), f"nothing has the id {described}"
    for group in page.xpath("//fieldset"):
        assert group.xpath("./legend"), "a fieldset without a legend"


def assert_mistakes_are_linked(page: Any) -> None:
    """Each line of the summary leads to a field, and the same words stand beside that field."""
    beside = {words_of(message).partition(": ")[2] for message in page.xpath("//p[contains(@class, 'error-message')]")}
    linked = page.xpath("//*[contains(@class, 'error-summary__list')]//a")
    for link in linked:
        target = page.xpath("//*[@id=$id]", id=link.get("href").removeprefix("#"))
        assert target, f"nothing has the id {link.get('href')}"
        assert target[0].tag in ("input", "textarea", "select"), f"{link.get('href')} is no field"
        assert words_of(link) in beside, f"{words_of(link)!r} is not beside its field"
    assert len(linked) == len(beside), "a mistake beside a field is missing in the summary"


def assert_links_lead_somewhere(page: Any) -> None:
    for link in page.xpath("//a"):
        assert link.get("href") not in (None, "", "#"), f"{words_of(link)!r} leads nowhere"
        assert words_of(link) or link.xpath(".//img[@alt]"), f"{link.get('href')} has no words"
