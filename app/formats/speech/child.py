"""Runs in a process of its own: speaks one letter's sentences, each into its own WAV file, then ends.

Started by ``engine.py`` by its path, so that it loads the voice and nothing of the application. One process serves one
letter and no other: pyttsx3 can write one text into the file of another, and two tenants' letters must never meet.

    python -I child.py ENGINE JOB SECONDS

JOB is a file of JSON, ``[{"text", "voice", "rate", "file"}, …]``; the files are made beside it. Nothing comes by
standard input: it is held open, and when it closes, whoever asked has died; then this process removes JOB's folder and
ends, with all that it started. It also ends by itself after SECONDS.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import wave
from pathlib import Path
from typing import Any

TRIES = 5
WAV_HEAD = 44  # bytes
# At which rate eSpeak NG takes as long as a voice of Piper's that is left as it is: 33 words of a letter in
# en_US-joe-medium last 8.3 s, as long as in eSpeak NG at 187 of what it calls words a minute.
PIPERS_OWN_PACE = 187


class NotSpoken(Exception):
    """The engine did something else than it was asked for."""


def speak_with_pyttsx3(sentences: list[dict[str, Any]], folder: Path) -> None:
    import pyttsx3
    from pyttsx3.drivers import _espeak

    engine = pyttsx3.init("espeak")
    # The first run returns before its file exists, and the next writes the wrong text: it is spent on nothing.
    engine.runAndWait()
    speaking = None
    for sentence in sorted(sentences, key=lambda each: (each["voice"], each["rate"])):
        if speaking != (sentence["voice"], sentence["rate"]):
            speaking = (sentence["voice"], sentence["rate"])
            set_voice(engine, *speaking)
        path = folder / sentence["file"]
        for _try in range(TRIES):
            engine.save_to_file(sentence["text"], str(path))
            engine.runAndWait()
            # The end of a sentence is told from a thread of eSpeak's own: nothing of this one may reach the next.
            _espeak.Synchronize()
            if has_sound(path):
                break
        else:
            raise NotSpoken(f"pyttsx3 wrote no sound into {sentence['file']}")


def has_sound(path: Path) -> bool:
    """Whether there is a file with more than its head: one sentence in ten, eSpeak says the end and no sound before."""
    return path.exists() and path.stat().st_size > WAV_HEAD


def set_voice(engine: Any, voice: str, rate: int) -> None:
    """Raises NotSpoken when another voice goes on speaking: a wrong name is ignored in silence."""
    from pyttsx3.drivers import _espeak

    # eSpeak changes the voice at once, but the rate in a thread of its own: each waits for the other.
    engine.setProperty("voice", voice)
    _espeak.Synchronize()
    engine.setProperty("rate", rate)
    _espeak.Synchronize()
    if engine.getProperty("voice") != voice.lower() or engine.getProperty("rate") != rate:
        raise NotSpoken(f"pyttsx3 did not take the voice {voice} at {rate} words a minute")


def speak_with_command(sentences: list[dict[str, Any]], folder: Path) -> None:
    """The espeak-ng command: it keeps nothing between two sentences. The text comes by standard input, as data."""
    listed = subprocess.run(["espeak-ng", "--voices"], capture_output=True, check=True, text=True)  # noqa: S607
    known = {line.split()[4] for line in listed.stdout.splitlines()}
    # A voice that it does not know it replaces by another, and ends as if all were well.
    if unknown := {sentence["voice"] for sentence in sentences} - known:
        raise NotSpoken(f"espeak-ng has no voice {', '.join(unknown)}")
    for sentence in sentences:
        how = ("-v", sentence["voice"], "-s", str(sentence["rate"]), "-b", "1", "-w", str(folder / sentence["file"]))
        subprocess.run(["espeak-ng", *how, "--stdin"], input=sentence["text"].encode(), check=True)  # noqa: S603, S607


def speak_with_piper(sentences: list[dict[str, Any]], folder: Path) -> None:
    """Voices that were trained on a speaker; ``voice`` is the path of the voice's file."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import onnxruntime

    # The voice varies by chance, as people do: from one seed, so that the same letter has the same sound.
    onnxruntime.set_seed(1)
    for path in dict.fromkeys(sentence["voice"] for sentence in sentences):
        voice = piper_voice(Path(path))
        for sentence in sentences:
            if sentence["voice"] == path:
                write_with_piper(voice, sentence, folder / sentence["file"])


def piper_voice(path: Path) -> Any:
    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig

    # One core for one letter: sums in another order would give other bytes, and the site has letters to make at once.
    one_core = onnxruntime.SessionOptions()
    one_core.intra_op_num_threads = one_core.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), one_core, providers=["CPUExecutionProvider"])
    shape = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
    return PiperVoice(session=session, config=PiperConfig.from_dict(shape), use_tashkeel=False)


def write_with_piper(voice: Any, sentence: dict[str, Any], path: Path) -> None:
    from piper import SynthesisConfig

    # Each sentence as loud as it was trained: made as loud as can be, a single digit would shout.
    how = SynthesisConfig(
        length_scale=voice.config.length_scale * PIPERS_OWN_PACE / sentence["rate"], normalize_audio=False
    )
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, voice.config.sample_rate, 0, "NONE", ""))
        for chunk in voice.synthesize(sentence["text"], how):
            file.writeframes(chunk.audio_int16_bytes)


ENGINES = {"pyttsx3": speak_with_pyttsx3, "espeak-ng": speak_with_command, "piper": speak_with_piper}


def end_with_whoever_asked(folder: Path) -> None:
    sys.stdin.buffer.read()
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    signal.alarm(int(float(sys.argv[3])) + 1)
    job = Path(sys.argv[2])
    threading.Thread(target=end_with_whoever_asked, args=(job.parent,), daemon=True).start()
    # eSpeak asserts when Python takes it apart at the end, and the thread holds standard input: out at once.
    try:
        ENGINES[sys.argv[1]](json.loads(job.read_text()), job.parent)
    except Exception as wrong:
        print(f"{type(wrong).__name__}: {wrong}", file=sys.stderr, flush=True)  # noqa: T201  read by engine.py
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
