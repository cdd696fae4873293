"""References: hard to get wrong, easy to read out."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases.references import (
    ALPHABET,
    make_reference,
    make_return_code,
    read_reference,
    read_return_code,
    with_check,
)

seven = st.text(ALPHABET, min_size=7, max_size=7)
references = seven.map(with_check)


def _plain(reference: str) -> str:
    return reference.replace("-", "")


def test_the_alphabet_has_none_of_those_that_are_taken_for_each_other() -> None:
    assert len(set(ALPHABET)) == 23
    assert not set(ALPHABET) & set("01O5S8BILUZAE")


def test_a_new_reference_is_two_groups_of_four_and_reads_back() -> None:
    made = {make_reference() for _ in range(500)}
    assert len(made) == 500
    for reference in made:
        assert len(reference) == 9
        assert reference[4] == "-"
        assert read_reference(reference) == reference


def test_the_reference_of_the_printed_examples_is_one() -> None:
    assert read_reference("K7M4-QX9T") == "K7M4-QX9T"


@settings(deadline=None)
@given(references)
def test_it_is_read_however_it_is_typed(reference: str) -> None:
    plain = _plain(reference)
    for typed in (
        plain,
        plain.lower(),
        " ".join(plain),
        f"  {reference} ",
        reference.replace("-", "–"),
        reference.replace("-", " - "),
        f"{plain[:2]}.{plain[2:]}",
    ):
        assert read_reference(typed) == reference


@settings(deadline=None)
@given(references)
def test_every_single_wrong_character_is_caught(reference: str) -> None:
    plain = _plain(reference)
    for place, wrong in itertools.product(range(8), ALPHABET):
        if plain[place] != wrong:
            assert read_reference(plain[:place] + wrong + plain[place + 1 :]) is None


@settings(deadline=None)
@given(references)
def test_every_swap_of_two_characters_is_caught(reference: str) -> None:
    plain = _plain(reference)
    for first, second in itertools.combinations(range(8), 2):
        if plain[first] != plain[second]:
            swapped = list(plain)
            swapped[first], swapped[second] = plain[second], plain[first]
            assert read_reference("".join(swapped)) is None


@settings(deadline=None)
@given(st.text(max_size=20))
def test_whatever_is_typed_gives_a_reference_in_our_writing_or_none(text: str) -> None:
    read = read_reference(text)
    assert read is None or read_reference(read) == read


@pytest.mark.parametrize("text", ["", "K7M4", "K7M4-QX9", "K7M4-QX9TT", "K7M4-QX9O", "K7M4-QX9١", "ｋ7M4-QX9T"])
def test_what_cannot_be_a_reference_is_none(text: str) -> None:
    assert read_reference(text) is None


codes = st.text(ALPHABET, min_size=11, max_size=11).map(with_check)


def test_a_new_return_code_is_three_groups_of_four_and_reads_back() -> None:
    made = {make_return_code() for _ in range(500)}
    assert len(made) == 500
    for code in made:
        assert [len(group) for group in code.split("-")] == [4, 4, 4]
        assert read_return_code(code.lower().replace("-", " ")) == code
        assert read_reference(code) is None


@settings(deadline=None, max_examples=30)
@given(codes)
def test_one_wrong_character_or_two_swapped_give_no_return_code(code: str) -> None:
    plain = _plain(code)
    for place, wrong in itertools.product(range(12), ALPHABET):
        if plain[place] != wrong:
            assert read_return_code(plain[:place] + wrong + plain[place + 1 :]) is None
    for first, second in itertools.combinations(range(12), 2):
        if plain[first] != plain[second]:
            swapped = list(plain)
            swapped[first], swapped[second] = plain[second], plain[first]
            assert read_return_code("".join(swapped)) is None
