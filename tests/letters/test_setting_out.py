"""What a colleague types, as a letter has it."""

import time

import pytest

from app.formats.document import Fact, Heading, ListOf, Paragraph, Words, parse, text_of
from app.letters.setting_out import set_out


def blocks(words: str, top: int = 2) -> tuple[object, ...]:
    return parse(str(set_out(words, "en", top)), "en")


def test_headings_lists_strong_words_and_links_are_set_out() -> None:
    found = blocks("# Your roof\nWe **fixed** it.\n- a tile\n- a [gutter](https://roof.example/x)\n### Later\n1) paint")
    assert found == (
        Heading(2, (Words("Your roof"),)),
        Paragraph((Words("We "), Words("fixed", is_strong=True), Words(" it."))),
        ListOf(
            False,
            (
                (Words("a tile"),),
                (Words("a gutter ("), Fact("link", "roof.example/x", "https://roof.example/x"), Words(")")),
            ),
        ),
        Heading(3, (Words("Later"),)),
        ListOf(True, ((Words("paint"),),)),
    )


@pytest.mark.parametrize("address", ["https://", "http:", "https://a:99999/", "http://[::1", "tel:", "<https://a b>"])
def test_a_link_that_leads_nowhere_stays_as_it_was_typed(address: str) -> None:
    (paragraph,) = blocks(f"Read [our page]({address}).")
    assert text_of(paragraph.content) == f"Read [our page]({address})."  # type: ignore[attr-defined]


def test_a_scheme_in_capitals_is_a_link_all_the_same() -> None:
    assert Fact("link", "Roof.example", "https://Roof.example") in blocks("[us](HTTPS://Roof.example)")[0].content  # type: ignore[attr-defined]


def test_headings_stand_below_the_letters_own() -> None:
    words = "# One\n### Two"
    assert [block.level for block in blocks(words)] == [2, 3]  # type: ignore[attr-defined]
    under_h2 = parse(f"<h2>Ours</h2>{set_out(words, 'en')}", "en")
    assert under_h2[1:] == (Heading(3, (Words("One"),)), Paragraph((Words("Two", is_strong=True),)))
    assert [block.level for block in blocks("### Low\n# High\n### Low")] == [2, 2, 3]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "typed",
    [
        "Flat #5, 5 * 3 * 2 = 30, *not sure* and a_file_name",
        "<script>alert(1)</script> & <b>bold</b>",
        "[press](javascript:alert(1)) ![](https://x.example/y.png)",
        "    `four spaces` > no quotation &amp; no entity",
        "__________",
    ],
)
def test_whatever_else_is_typed_stands_as_it_was_typed(typed: str) -> None:
    (paragraph,) = blocks(typed)
    assert isinstance(paragraph, Paragraph)
    if "https" not in typed:
        assert text_of(paragraph.content) == " ".join(typed.split())
    assert not any(isinstance(run, Fact) and run.kind != "link" for run in paragraph.content)


def test_every_word_is_marked_with_its_language() -> None:
    found = parse(str(set_out("# Pen\nMae'r **to** yn gollwng.\n- un", "cy", 2)), "en")
    runs = [run for block in found for run in (block.items[0] if isinstance(block, ListOf) else block.content)]  # type: ignore[union-attr]
    assert {run.language for run in runs} == {"cy"}  # type: ignore[union-attr]


def test_an_address_is_told_to_those_who_cannot_press_a_link() -> None:
    (paragraph,) = blocks("[Write to us](mailto:help@landlord.example) or [ring](tel:+441512907000).")
    assert text_of(paragraph.content) == "Write to us (help@landlord.example) or ring (+441512907000)."  # type: ignore[attr-defined]
    (paragraph,) = blocks("See [landlord.example](https://landlord.example/).")
    assert text_of(paragraph.content) == "See landlord.example."  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "typed", ["*" * 20_000, "[" * 20_000, "**a " * 5_000, "_*" * 10_000, "a\n" * 10_000, "# " * 9_000]
)
def test_long_hostile_words_take_no_long_time(typed: str) -> None:
    began = time.process_time()
    assert blocks(typed)
    assert time.process_time() - began < 2
