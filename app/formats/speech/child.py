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


def speak_with_pyttsx3(sentences: list[dict[str, Any]], folder: Path) -> None:
    import pyttsx3

    engine = pyttsx3.init("espeak")
    # The first run returns before its file exists, and the next writes the wrong text: it is spent on nothing.
    engine.runAndWait()
    for sentence in sentences:
        engine.setProperty("voice", sentence["voice"])
        engine.setProperty("rate", sentence["rate"])
        # A wrong name is ignored in silence, and the voice before it goes on speaking.
        if engine.getProperty("voice") != sentence["voice"].lower() or engine.getProperty("rate") != sentence["rate"]:
            raise SystemExit(f"pyttsx3 did not take the voice {sentence['voice']}")
        path = folder / sentence["file"]
        engine.save_to_file(sentence["text"], str(path))
        engine.runAndWait()
        if not path.exists():
            raise SystemExit(f"pyttsx3 wrote no {sentence['file']}")


def speak_with_command(sentences: list[dict[str, Any]], folder: Path) -> None:
    """The espeak-ng command: it keeps nothing between two sentences. The text comes by standard input, as data."""
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
    ENGINES[sys.argv[1]](json.loads(job.read_text()), job.parent)
    # eSpeak asserts when Python takes it apart at the end; all files are written and closed.
    os._exit(0)


if __name__ == "__main__":
    main()
