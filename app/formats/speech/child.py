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
from pathlib import Path
from typing import Any

TRIES = 5
WAV_HEAD = 44  # bytes


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


ENGINES = {"pyttsx3": speak_with_pyttsx3, "espeak-ng": speak_with_command}


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
