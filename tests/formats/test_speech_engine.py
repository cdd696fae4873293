"""The voice: what is asked for is spoken, and nothing else; a voice that fails does not fail the letter."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.formats.speech import waves
from app.formats.speech.engine import ENGINES, ESPEAK_NG, PYTTSX3, Breath, Engine, SpeechFailed, speak
from app.formats.speech.voices import VOICES

SHORT = Breath("Yes.", "en", 145)
LONG = Breath("We have your complaint, and we will write to you before the end of the month.", "en", 145)


def engine(code: str) -> Engine:
    """An engine that goes wrong as the code says. ``job`` and ``files`` are at hand in it."""
    ready = """
        import json, os, signal, sys, time, wave
        from pathlib import Path
        job = Path(sys.argv[1])
        files = [job.parent / each["file"] for each in json.loads(job.read_text())]
        def write(path, samples):
            with wave.open(str(path), "wb") as file:
                file.setparams((1, 2, 22050, 0, "NONE", ""))
                file.writeframes(samples)
    """
    return Engine("wrong", (sys.executable, "-c", textwrap.dedent(ready) + textwrap.dedent(code)))


def seconds(samples: "waves.Samples[int]") -> float:
    return len(samples) / waves.RATE


@pytest.mark.parametrize("one", ENGINES, ids=lambda engine: engine.name)
def test_each_engine_speaks_each_sentence_into_its_own_sound(one: Engine):
    short, long, again = speak([SHORT, LONG, SHORT], 60, [one])
    assert 0.2 < seconds(short) < 1.5
    assert 3 < seconds(long) < 9
    assert again == short


def test_the_same_words_give_the_same_sound():
    assert speak([LONG, SHORT], 60, [ESPEAK_NG]) == speak([LONG, SHORT], 60, [ESPEAK_NG])


def test_a_sentence_that_comes_out_empty_is_spoken_again():
    """One in ten does in pyttsx3 after the voice was changed: with words of two scripts, often."""
    breaths = [Breath("رِسَالَةٌ مِنْ Harbour Homes.", "ar", 145), Breath("إِلَى Anna Nowak.", "ar", 145)]
    for _time in range(12):
        assert all(seconds(sound) > 1 for sound in speak(breaths, 60, [PYTTSX3]))


def test_both_engines_speak_alike_in_every_voice_and_at_every_rate():
    """eSpeak sets the rate in a thread of its own: a sentence could come out at the rate of the one before it."""
    voices, rates = tuple(VOICES), (115, 145)
    breaths = [Breath(f"{number} 2 3", voice, rate) for number in range(3) for voice in voices for rate in rates]
    for breath, first, second in zip(
        breaths, speak(breaths, 120, [PYTTSX3]), speak(breaths, 120, [ESPEAK_NG]), strict=True
    ):
        assert abs(seconds(first) - seconds(second)) < 0.05, breath


def test_a_slower_rate_is_slower():
    slow, fast = speak([Breath(LONG.text, "en", 100), Breath(LONG.text, "en", 175)], 60)
    assert seconds(slow) > 1.3 * seconds(fast)


def test_many_letters_at_once_do_not_mix():
    """The known fault of pyttsx3: one text in the file of another."""
    texts = [Breath("word " * number, "en", 145) for number in (1, 4, 8, 12)]
    alone = [speak([breath], 60)[0] for breath in texts]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda breath: speak([breath], 120)[0], texts * 2))
    for one, other in zip(together, alone * 2, strict=True):
        assert abs(seconds(one) - seconds(other)) < 0.05


def test_a_stalled_engine_gives_way_to_the_next():
    begun = time.monotonic()
    (sound,) = speak([SHORT], 8, [engine("time.sleep(600)"), ESPEAK_NG])
    assert seconds(sound) > 0.2
    assert time.monotonic() - begun < 8


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "ended with -9"),
        ("sys.exit('the voice is lost')", "the voice is lost"),
        ("", "no sound in 00000.wav"),
        ("files[0].write_bytes(b'RIFF')", "no sound in 00000.wav"),
        ("[write(file, bytes(44100)) for file in files]", "is silent"),
        ("[write(file, bytes([0, 64, 0, 192]) * 1000) for file in files]", "lasts 0."),
        ("[write(file, bytes([0, 64, 0, 192]) * 2000000) for file in files]", "lasts 181"),
        ("time.sleep(600)", "timed out"),
    ],
)
def test_an_engine_that_fails_gives_way_and_is_named(code: str, reason: str):
    wrong = engine(code)
    assert speak([LONG], 12, [wrong, ESPEAK_NG]) == speak([LONG], 12, [ESPEAK_NG])
    with pytest.raises(SpeechFailed, match=f"wrong: .*{reason}"):
        speak([LONG], 3, [wrong])


def test_a_voice_that_does_not_exist_is_found_out():
    """pyttsx3 ignores a wrong name in silence, and would speak with the voice before it."""
    with pytest.raises(SpeechFailed, match="did not take the voice en-gb"):
        speak([SHORT], 60, [replace(PYTTSX3, voices={"en": "en-gb"})])
    with pytest.raises(SpeechFailed, match="no voice no-such-voice"):
        speak([SHORT], 60, [replace(ESPEAK_NG, voices={"en": "no-such-voice"})])


@pytest.mark.parametrize("text", ["...", "", " ", "!?"])
def test_a_breath_with_nothing_to_say_is_refused_and_does_not_hang(text: str):
    with pytest.raises(SpeechFailed):
        speak([Breath(text, "en", 145)], 6)


@pytest.mark.parametrize("one", ENGINES, ids=lambda engine: engine.name)
def test_words_that_look_like_a_command_are_only_words(one: Engine):
    texts = ["-w /tmp/x", "$(touch /tmp/x)", "--help", "; ls", "'\"\\`"]
    for text, sound in zip(texts, speak([Breath(f"a {text}", "en", 145) for text in texts], 60, [one]), strict=True):
        assert seconds(sound) > 0.2, text


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    speak([SHORT], 60)
    with pytest.raises(SpeechFailed):
        speak([LONG], 2, [engine("time.sleep(600)")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stalled", ["pyttsx3", "espeak-ng"])
def test_when_the_site_is_killed_the_voice_dies_with_it_and_its_files_too(stalled: str, tmp_path: Path):
    """The engine's own script, made to wait for ever; then kill -9 of the process that asked."""
    (tmp_path / "site").mkdir()
    lame = tmp_path / "site" / ("pyttsx3.py" if stalled == "pyttsx3" else "espeak-ng")
    if stalled == "pyttsx3":
        lame.write_text("import time\ntime.sleep(600)\n")
        setup = f"import sys; sys.path.insert(0, {str(lame.parent)!r})"
    else:
        lame.write_text("#!/bin/sh\nsleep 600\n")
        lame.chmod(0o755)
        setup = f"import os; os.environ['PATH'] = {str(lame.parent)!r} + ':' + os.environ['PATH']"
    script = Path("app/formats/speech/child.py").resolve()
    run = f"sys.argv = ['child.py', *sys.argv[1:]]; runpy.run_path({str(script)!r}, run_name='__main__')"
    runner = f"import runpy, sys; {setup}; {run}"
    asking = f"""
import sys, tempfile
tempfile.tempdir = {str(tmp_path)!r}
from app.formats.speech.engine import Breath, Engine, speak
speak([Breath("Hello", "en", 145)], 300, [Engine("stalled", (sys.executable, "-c", {runner!r}, {stalled!r}))])
"""
    asker = subprocess.Popen([sys.executable, "-c", asking])
    made = _wait_for(lambda: list(tmp_path.glob("letterbox-speech-*/job.json")))
    (child,) = _wait_for(lambda: _children(asker.pid))
    _wait_for(lambda: stalled == "pyttsx3" or _children(child))
    family = [child, *_children(child)]
    asker.send_signal(signal.SIGKILL)
    asker.wait()
    assert _wait_for(lambda: not any(_is_alive(each) for each in family)), family
    assert not made[0].parent.exists()


def _wait_for(what: Callable[[], Any], limit: float = 20) -> Any:
    end = time.monotonic() + limit
    while not (found := what()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_quiet_is_cut_from_both_ends_of_a_sound():
    loud = array("h", [9000, -9000] * 500)
    sound = waves.silence(1) + loud + waves.silence(1)
    assert waves.peak(sound) == 9000
    assert len(loud) < len(waves.trimmed(sound)) < len(loud) + 0.05 * waves.RATE


def test_the_voice_is_never_loaded_into_the_site():
    loaded = subprocess.run(
        [sys.executable, "-c", "import app.formats.audio, app.formats.braille, sys; print(sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    ).stdout
    assert not {"pyttsx3", "louis", "onnxruntime", "text2tashkeel"} & set(loaded.replace("'", "").split(", "))
