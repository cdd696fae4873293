"""Runs in a process of its own: text → cells, and cells → text, by liblouis.

liblouis keeps its tables in memory that threads overwrite, and what a tenant typed goes into C code: neither may end
the process that serves the site. Started by ``braille_translation.py`` by its path:

    python -I braille_child.py SECONDS < job > result

Job and result are JSON; see ``translate`` and ``read_back``.
"""

import importlib.util
import json
import os
import signal
import sys
from functools import cache
from pathlib import Path
from typing import Any

# Debian's binding is outside of any virtual environment. It is pure ctypes, so that any Python 3 loads it.
BINDING = Path("/usr/lib/python3/dist-packages/louis/__init__.py")
UNCONTRACTED = 0x1000  # liblouis's typeform no_contract


def load_binding() -> Any:
    spec = importlib.util.spec_from_file_location("louis", BINDING)
    if spec is None or spec.loader is None or not BINDING.exists():
        raise SystemExit("python3-louis is not installed")
    louis = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(louis)
    return louis


louis = load_binding()
CELLS = louis.dotsIO | louis.ucBrl


@cache
def is_known(table: str, character: str) -> bool:
    return character.isspace() or bool(louis.translateString([table], character, mode=CELLS | louis.noUndefined))


def replaced(table: str, character: str, instead: dict[str, list[str]]) -> str:
    """The first of what may stand for the character that the table can write; "" when it can write none."""
    for text in (character, *instead.get(character, ())):
        if all(is_known(table, each) for each in text):
            return text
    return ""


def translate(job: dict[str, Any]) -> dict[str, Any]:
    """``{"table", "text", "kept", "plain"}``, the last two a list of 0 or 1 for each character.

    Gives ``cells``, ``text`` as it was translated, ``kept`` and ``origins`` for each cell (an origin is a place in
    ``text``), and ``back``: the cells as print again.
    """
    pieces = [replaced(job["table"], character, job["instead"]) for character in job["text"]]
    kept = [mark for piece, mark in zip(pieces, job["kept"], strict=True) for _ in piece]
    plain = [mark for piece, mark in zip(pieces, job["plain"], strict=True) for _ in piece]
    text = "".join(pieces)
    if not text:
        return {"cells": "", "text": "", "kept": [], "origins": [], "back": ""}
    typeform = [UNCONTRACTED if mark else 0 for mark in plain]
    cells, positions, *_ = louis.translate([job["table"]], text, typeform=typeform, mode=CELLS)
    origins = [min(position, len(text) - 1) for position in positions[: len(cells)]]
    return {
        "cells": cells,
        "text": text,
        "kept": [kept[origin] for origin in origins],
        "origins": origins,
        "back": louis.backTranslateString([job["table"]], cells),
    }


def read_back(job: dict[str, Any]) -> str:
    """``{"table", "cells"}`` → print."""
    return str(louis.backTranslateString([job["table"]], job["cells"])) if job["cells"] else ""


def main() -> None:
    signal.alarm(int(float(sys.argv[1])) + 1)
    jobs = json.loads(sys.stdin.buffer.read())
    # liblouis warns on standard output; the result goes where nothing else is written.
    result = os.dup(1)
    os.dup2(2, 1)
    made = [translate(job) if "text" in job else read_back(job) for job in jobs]
    with os.fdopen(result, "w") as file:
        json.dump(made, file)


if __name__ == "__main__":
    main()
