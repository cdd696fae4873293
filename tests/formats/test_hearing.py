"""How it is measured what a voice's listener understood: figures that nobody could check are worth nothing."""

import os
import wave
from pathlib import Path

import pytest

from app.formats.speech import waves
from app.formats.speech.engine import ESPEAK_NG, Breath, speak
from benchmarks.hearing import KeyFact, counted, error_rate, is_a_fact
from benchmarks.recogniser import recogniser
from benchmarks.sections import write_section

REFERENCE = KeyFact("reference", "K7M4-QX9T")
PHONE = KeyFact("phone", "0300 111 3000")
DATE = KeyFact("date", "29 December 2026")


@pytest.mark.parametrize(
    ("fact", "heard"),
    [
        (REFERENCE, "Your reference is K7M4QX9T."),
        (REFERENCE, "K, 7, M, 4; Q, X, nine, T"),
        (REFERENCE, "Kay Kilo, 7. M Mike, 4, Q Quebec, X X-ray, nine, D Tango."),
        (PHONE, "Ring us on 0-3-0-0, one, one, one, 3000."),
        (PHONE, "Ring 03001113000"),
        (DATE, "Tuesday, 29th December, 2026."),
        (DATE, "29 December, two, zero, two, six"),
    ],
)
def test_a_fact_is_heard_however_it_is_written_down(fact: KeyFact, heard: str):
    assert fact.is_in(heard, "en")


@pytest.mark.parametrize(
    ("fact", "heard"),
    [
        (REFERENCE, "K7M4QX5T"),
        (REFERENCE, "K Kilo 7 N November 4 Q Quebec X X-ray 9 T Tango"),
        (REFERENCE, "K7M4 and then QX9T"),
        (PHONE, "0300 11 3000"),
        (DATE, "29 December 2020"),
        (DATE, "20 December 2026"),
    ],
)
def test_a_fact_with_one_thing_wrong_is_not_heard(fact: KeyFact, heard: str):
    assert not fact.is_in(heard, "en")


def test_words_mistaken_left_out_and_put_in_are_counted():
    said = counted("We will write to you, and say why.", "en")
    assert error_rate(said, counted("we will write to you and say why", "en")) == 0
    assert error_rate(said, counted("We will ride to you and say", "en")) == 2 / 8
    assert error_rate(said, counted("We will write to you and say why not", "en")) == 1 / 8


def test_arabic_is_compared_by_its_letters_and_not_by_its_marks():
    assert error_rate(counted("شَكْوَى جَدِيدَة", "ar"), counted("شكوي جديده", "ar")) == 0


def test_what_is_to_be_written_down_is_known():
    assert is_a_fact("K, seven, M, four")
    assert is_a_fact("You will have our answer by Tuesday, 29 December 2026")
    assert not is_a_fact("I am sorry that a man came late.")


def test_a_section_of_the_results_is_written_anew_and_the_others_stay(tmp_path: Path):
    path = tmp_path / "results.md"
    path.write_text("# Benchmarks\n\nfirst\n\n## Mine\n\nold\n\n## Other\n\nother\n", encoding="utf-8")
    write_section("Mine", "new", path)
    write_section("More", "more", path)
    assert path.read_text("utf-8") == (
        "# Benchmarks\n\nfirst\n\n## Mine\n\nnew\n\n## Other\n\nother\n\n## More\n\nmore\n"
    )


@pytest.mark.soak
@pytest.mark.skipif(os.environ.get("LETTERBOX_SOAK") != "1", reason="long: `python -m benchmarks.speech` is the whole")
def test_a_recogniser_hears_a_reference_and_a_sentence(tmp_path: Path):
    pytest.importorskip("faster_whisper")
    sentences = [
        "Your reference is K, seven, M, four; Q, X, nine, T.",
        "We look at what happened, and we write to you.",
    ]
    sounds = speak([Breath(sentence, "en", 145) for sentence in sentences], 60, [ESPEAK_NG])
    with recogniser() as ear:
        heard = []
        for sound in sounds:
            path = tmp_path / "said.wav"
            with wave.open(str(path), "wb") as file:
                file.setparams((1, 2, waves.RATE, 0, "NONE", ""))
                file.writeframes(waves.frames(sound))
            heard.append(ear.heard(path, "en"))
    assert REFERENCE.is_in(heard[0], "en")
    assert error_rate(counted(sentences[1], "en"), counted(heard[1], "en")) < 0.2
