"""A page's Markdown becomes a safe page, with facts, parts and links in place; the same words for every format."""

from collections.abc import Iterator

import pytest
from flask import Flask, current_app
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup

from app.content.composing import document_of, page_in
from app.content.parts import add_part
from app.formats.document import plain_words
from app.landlords.standards import current_landlord
from tests.content.shelves import TUESDAY, a_page, a_site_for_many_tests, composed, shelve, unshelve


@pytest.fixture(scope="module", autouse=True)
def site(request: pytest.FixtureRequest) -> Iterator[Flask]:
    with a_site_for_many_tests(request, public_url="https://letterbox.example") as app:
        add_part(
            app, "tried-part", lambda landlord, at: Markup("<h3>Made</h3><p>Of data, by {}.</p>").format(landlord.name)
        )
        add_part(app, "only-now", lambda landlord, at: Markup(), lambda landlord, at: Markup("<p>It is open.</p>"))
        yield app
        unshelve()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<b onclick=x>bold</b>", "&lt;b onclick=x&gt;bold&lt;/b&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,y)", "[x](data:text/html,y)"),
        ("[x](http://insecure.example)", "[x](http://insecure.example)"),
        ("![x](https://example.org/x.png)", '!<a class="govuk-link" href="https://example.org/x.png">x</a>'),
        ("a_name_with_lines and *a star*", "a_name_with_lines and *a star*"),
        ("**strong & sure**", "<strong>strong &amp; sure</strong>"),
        ("[Cymraeg](lang:cy)", '<span lang="cy">Cymraeg</span>'),
        ("one\ntwo", "one two"),
    ],
)
def test_only_a_few_signs_mean_anything(words: str, shown: str) -> None:
    page = composed(words)
    assert page.html == f'<p class="govuk-body">{shown}</p>'
    assert page.faults == ()


@given(st.text(alphabet="#-*[]()!<>&\"'|`~{}_: \nabcשع1.\\", max_size=80))
@settings(max_examples=150)
def test_whatever_is_typed_nothing_becomes_markup_that_we_do_not_make(words: str) -> None:
    tree = html.fragment_fromstring(composed(words).html or "<p></p>", create_parent="div")
    for element in tree.iter():
        assert element.tag in {"div", "p", "h2", "h3", "ul", "ol", "li", "strong", "a", "span", "bdi", "table", "thead",
                               "tbody", "tr", "th", "td", "caption"}  # fmt: skip
        assert not {name for name in element.attrib if name.startswith("on") or name == "style"}
        assert not element.get("href", "").startswith(("javascript", "data"))


def test_facts_stand_where_they_are_named_and_can_be_dialled() -> None:
    page = composed(
        "Call {{ phone }}, {{ dial 999 }} or {{ dial 0800 111 999 }}. **{{ time complaint.acknowledge }}** at most."
    )
    assert 'href="tel:+443001238080">0300 123 8080</a>' in page.html
    assert 'href="tel:999">999</a>' in page.html
    assert 'href="tel:+44800111999">0800 111 999</a>' in page.html
    assert "<strong>24 hours</strong> at most." in page.html


def test_a_fact_is_never_read_as_markdown() -> None:
    shelve(a_page("tried", "{{ name }}"))
    assert "LiveWest" in page_in("tried", "en", TUESDAY).html
    assert composed("[{{ phone }}](page:repairs)").faults == ()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("{{ fax }}", "no fact is called fax"),
        ("{{ time complaint.forever }}", "LiveWest has no time complaint.forever"),
        ("{{ escalation_days }}", "LiveWest has no escalation_days"),
        ("[[nothing]]", "no part is called nothing"),
        ("[x](page:nowhere)", "page:nowhere leads nowhere"),
        ("[x](form:nowhere)", "form:nowhere leads nowhere"),
        ("# Too high", "“Too high” is a heading of level 1: write ## or ###"),
        ("- one\n  - two", "“one two”: an item of a list is one line, without a list in it"),
        ("| a | b |\n| - | - |\n| c | d |", "a table stands under a line “Table: its caption”"),
    ],
)
def test_what_leads_nowhere_is_named_and_the_page_comes_all_the_same(words: str, fault: str) -> None:
    page = composed(f"First.\n\n{words}")
    assert page.faults == (fault,)
    assert "First." in page.html


def test_links_lead_to_pages_of_the_same_language_and_to_forms() -> None:
    page = composed("[taps](page:repairs#taps), [contact](page:home), [write](form:complaint)", "cy")
    links = html.fromstring(page.html).xpath("//a/@href")
    assert links == ["/cy/help/repairs#taps", "/cy/", "/cy/complaint"]


def test_headings_can_be_led_to_and_no_two_have_the_same_fragment() -> None:
    page = composed("## Stage two {#stage-2}\n\nx\n\n## Stage 2\n\nx\n\n## إذا كنتَ\n\nx\n\n## Stage 2")
    assert [one.fragment for one in page.anchors] == ["stage-2", "stage-2-2", "إذا-كنت", "stage-2-3"]
    assert html.fromstring(f"<div>{page.html}</div>").xpath("//h2/@id") == [one.fragment for one in page.anchors]


def test_a_part_stands_in_its_place_in_every_format_and_what_is_true_only_now_on_the_screen_alone() -> None:
    page = composed("## First\n\n[[only-now]]\n\n[[tried-part]]\n\nLast.")
    seen = " ".join(html.fromstring(f"<div>{page.html}</div>").text_content().split())
    assert seen == "First It is open. Made Of data, by LiveWest. Last."
    words = " ".join(plain_words(document_of(page, current_landlord(), TUESDAY)))
    assert words.endswith("Tried First Made Of data, by LiveWest. Last.")
    assert [one.fragment for one in page.anchors] == ["first", "made"]


def test_a_table_is_a_table_with_a_caption_and_each_value_knows_its_column() -> None:
    page = composed("Table: Who pays {{ name }}\n\n| What | Who |\n| --- | --- |\n| A [tap](page:repairs) | **You** |")
    table = html.fromstring(page.html)
    assert table.findtext("caption") == "Who pays LiveWest"
    assert [one.text for one in table.xpath("//th[@scope='col']")] == ["What", "Who"]
    assert table.xpath("//th[@scope='row']//a/@href") == ["/en/help/repairs"]
    assert table.xpath("//td/span[@aria-hidden]/text()") == ["Who"]


def test_print_has_the_address_behind_a_links_words_and_a_voice_reads_only_those_of_other_sites() -> None:
    page = composed("See [who repairs what](page:repairs) and [the council](https://www.gov.uk/find).")
    printed = " ".join(plain_words(document_of(page, current_landlord(), TUESDAY)))
    assert "See who repairs what (letterbox.example/en/help/repairs) and the council (www.gov.uk/find)." in printed
    read = " ".join(plain_words(document_of(page, current_landlord(), TUESDAY, is_read_out=True)))
    assert "See who repairs what and the council (www.gov.uk/find)." in read


def test_a_page_that_is_not_there_in_a_language_comes_in_the_first_that_has_it() -> None:
    shelve(a_page("tried", "Only in English. {{ days }}"))
    page = page_in("tried", "ar", TUESDAY)
    assert (page.language, page.wanted, page.direction, page.is_in_another_language) == ("en", "ar", "ltr", True)
    assert "Monday to Friday" in page.html  # its facts are in its own language too


def test_what_goes_out_of_force_is_not_said_any_more(site: Flask) -> None:
    """A promise is said as it holds on the day of the page."""
    with current_app.test_request_context("/en/"):
        assert "10 working days" in composed("{{ law hazard.investigate }}").html
        early = page_in("tried", "en", TUESDAY.replace(year=2025, month=1))
        assert early.faults == ("LiveWest has no law hazard.investigate",)
