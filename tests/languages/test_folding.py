"""What one writer types finds what another has written, with or without accents, in each other's letters."""

import unicodedata

import pytest
from markupsafe import Markup

from app.cases.search_words import Term, readings, words_of
from app.content.finding import Findable, Index
from app.languages.folding import folded
from app.reception.listening import plain

SAME = [
    ("Zoe", "Zoë", "ZOË", unicodedata.normalize("NFD", "Zoë")),
    ("Lukasz", "Łukasz", "łukasz"),
    ("Sorensen", "Sørensen", "SØRENSEN"),
    ("Dordevic", "Đorđević"),
    ("Weiss", "Weiß", "WEISS"),
    ("Gwydd", "Ŵydd".replace("Ŵ", "Gŵ"), "GŴYDD"),
    ("Stefan", "Ștefan", "Ştefan"),
    ("ґанок", "ганок", "Ґанок"),
    ("м'ята", "м’ята", "мʼята", "мята"),
    ("O'Brien", "OʼBrien", "o’brien"),
    ("أحمد", "احمد", "أَحْمَد", "أحمـــد"),
    ("فاطمة", "فاطمه"),
    ("مصطفى", "مصطفي"),
    ("علي", "علی"),
    ("کامران", "كامران"),
    ("ہما", "هما", "ھما"),
    ("آمنہ", "امنه"),
    ("رؤوف", "رووف"),
]


@pytest.mark.parametrize("ways", SAME, ids=lambda ways: ways[0])
def test_however_it_is_written_it_is_one_word(ways: tuple[str, ...]) -> None:
    assert len({folded(way) for way in ways}) == 1
    assert len({plain(way) for way in ways}) == 1


@pytest.mark.parametrize("ways", SAME, ids=lambda ways: ways[0])
def test_a_case_is_found_by_the_name_in_each_of_these_ways(ways: tuple[str, ...]) -> None:
    for kept in ways:
        tokens = words_of(name=f"{kept} Nowak").split()
        for typed in ways:
            wanted: tuple[Term, ...] = next(one.terms for one in readings(typed) if one.kind == "name")
            assert all(any(token.startswith(term.token) for token in tokens) for term in wanted), (kept, typed)


@pytest.mark.parametrize("ways", SAME, ids=lambda ways: ways[0])
def test_a_page_is_found_by_the_word_in_each_of_these_ways(ways: tuple[str, ...]) -> None:
    for kept in ways:
        index = Index([Findable("Page", "/page", "en", words=(f"about {kept} here",))])
        for typed in ways:
            found = list(index.search(typed))
            assert [one.findable.address for one in found] == ["/page"], (kept, typed)
            assert Markup("<mark>{}</mark>").format(kept) in found[0].sentence
