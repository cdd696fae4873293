"""Arabic gets the vowel marks that the voice needs, and keeps every letter that was written."""

import re
import subprocess

import pytest

from app.formats.speech import vowels
from app.formats.speech.names import DIGITS
from app.formats.speech.vowels import MARKS, NoVowels, with_vowels

SENTENCE = "نحن نفهم أنك تشتكي من إصلاح السقف."


def letters(text: str) -> str:
    return re.sub(f"[{MARKS}]", "", text)


def sounds(text: str, voice: str = "sem/ar") -> str:
    command = ["espeak-ng", "-v", voice, "-q", "--ipa", "--stdin"]
    said = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    return re.sub("[ˈˌ]", "", said).strip()


def test_marks_are_added_and_no_letter_is_changed():
    (marked,) = with_vowels([SENTENCE], 60)
    assert letters(marked) == SENTENCE
    assert len(marked) > 1.5 * len(SENTENCE)


def test_the_voice_says_the_vowels_that_it_left_out():
    bare, marked = sounds("شكوى جديدة"), sounds(with_vowels(["شكوى جديدة"], 60)[0])
    assert "dʒdiːd" in bare
    assert "dʒadiːdah" in marked


def test_numbers_latin_words_and_marked_words_stay_as_they_are():
    text = f"الهاتف {DIGITS['ar'][7]} LiveWest 29 ديسمبر"
    (marked,) = with_vowels([text], 60)
    for kept in (DIGITS["ar"][7], "LiveWest", "29"):
        assert kept in marked


def test_a_doubling_mark_stands_before_its_vowel():
    assert vowels._for_voice("كُلَّ يوم") == "كُل\u0651\u064e يوم"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("بِالشَّكْوَى", "biʃʃ"), ("بِالْبَيْت", "bilb"), ("السَّقْف", "ʔass")],
)
def test_the_article_is_said_as_it_sounds(written: str, expected: str):
    assert sounds(vowels._for_voice(written)).startswith(expected)


def test_each_digit_has_a_sound_of_its_own():
    said = [sounds(name) for name in DIGITS["ar"]]
    assert len(set(said)) == 10
    assert "sabʕ" in said[7]


def test_a_language_model_that_does_not_answer_is_an_error_with_a_reason(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vowels, "_CHILD", "/nowhere.py")
    with pytest.raises(NoVowels, match="nowhere"):
        with_vowels([SENTENCE], 60)
