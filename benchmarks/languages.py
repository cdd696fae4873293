"""Every page that tenants meet × language × landlord on two narrow screens, judged in a browser: writes languages.md.

``python -m benchmarks.languages`` takes an hour or more. What was judged is kept in ``--kept FOLDER`` and not judged
again: a run that was stopped goes on where it was. Some of it: ``--landlords livv --languages ur,en-XA``.
"""

import argparse
import json
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from lxml import html
from playwright.sync_api import Browser

from app import create_app
from app.languages import LANGUAGES
from benchmarks.languages_written import written
from tests.conftest import Visitor
from tests.languages import walks
from tests.languages.every_page import Seen, every_page
from tests.laws.english import english_in, pieces
from tests.rig.browsers import PHONE, ZOOMED, open_window, running_browser
from tests.rig.databases import SqliteDatabases, settings_from
from tests.rig.fitting import Shown
from tests.rig.pseudo import PSEUDO, known, speak_pseudo

ANSWER = Path(__file__).parent / "languages.md"
KEPT = Path(tempfile.gettempdir()) / "letterbox-languages"
SCREENS = (ZOOMED, PHONE)
TAGS = tuple(LANGUAGES)
OFFERED = [*TAGS, *(language.tag for language in PSEUDO)]
TYPED = re.compile("Words for|lift|November")  # what the tenants of walks say of their cases, in English
# What the eye stumbles over, and no width shows.
ODD = {
    "a comma or question mark of Latin script after Arabic letters": re.compile(r"[\u0620-\u06ff][,;?](?!\d)"),
    "digits of another script than the rest": re.compile("[\u0660-\u0669\u06f0-\u06f9]"),
    "a space before a full stop or comma": re.compile(r"\w\s+[.,،؛;](?:\s|$)"),
    "a stop twice": re.compile(r"(?<![.…])\.\.(?!\.)|[,،]{2}|؟\?|\?\?"),
    "a placeholder": re.compile(r"%\(\w+\)|\{\{|\}\}"),
}


def application(folder: Path, landlord: str, language: str) -> Flask:
    """With an empty database and somebody to handle its cases; inside ``known()`` for a language that nobody speaks."""

    def make() -> Flask:
        return create_app(settings_from(folder, SqliteDatabases(folder).make(folder), landlord))

    app = speak_pseudo(make) if language in {one.tag for one in PSEUDO} else make()
    app.testing = True
    app.test_client_class = Visitor
    walks.somebody_to_handle(app)
    return app


def judged(app: Flask, language: str, browser: Browser) -> dict[str, Any]:
    """Pages, letters without a glyph, seconds; by finding the pages on which it was met."""
    began, pages, found, letters = time.monotonic(), 0, defaultdict[str, list[str]](list), set[str]()
    english, is_rtl = walks.judge(app), LANGUAGES[language].is_right_to_left
    window = open_window(browser, ZOOMED)
    shown = Shown(window.new_page(), app.test_client())
    for seen in every_page(app, language):
        pages += 1
        read = [*pieces(html.fromstring(seen.html).getroottree().getroot())]
        not_typed = (piece for piece in read if not TYPED.search(piece.words))
        for finding in (*english_in(not_typed, english), *_odd(read, language)):
            found[finding].append(seen.name)
        letters |= {letter for piece in read for letter in piece.words if letter.isprintable() and letter > " "}
        for width, finding in _in_browser(shown, seen, is_rtl):
            found[f"{width} px: {finding}"].append(seen.name)
    missing = shown.without_a_glyph(letters)
    window.close()
    return {
        "pages": pages, "letters": len(letters), "missing": missing, "seconds": time.monotonic() - began,
        "found": found,
    }  # fmt: skip


def _in_browser(shown: Shown, seen: Seen, is_right_to_left: bool) -> Iterator[tuple[int, str]]:
    shown.show(seen.address, seen.html)
    for screen in SCREENS:
        for finding in shown.wrong(screen, right_to_left=is_right_to_left):
            yield screen.width, finding


def _odd(read: list[Any], language: str) -> Iterator[str]:
    for piece in read:
        if piece.language == language and language in TAGS:
            for what, pattern in ODD.items():
                if pattern.search(piece.words.strip()):
                    yield f"{what}: {piece.where}: {piece.words.strip()[:80]}"


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--landlords", default=",".join(walks.LANDLORDS))
    wanted.add_argument("--languages", default=",".join(OFFERED))
    wanted.add_argument("--kept", type=Path, default=KEPT)
    chosen = wanted.parse_args()
    chosen.kept.mkdir(parents=True, exist_ok=True)
    with running_browser() as browser:
        for landlord in chosen.landlords.split(","):
            for language in chosen.languages.split(","):
                kept = chosen.kept / f"{landlord}.{language}.json"
                if not kept.exists():
                    kept.write_text(json.dumps(_one(landlord, language, browser), ensure_ascii=False), encoding="utf-8")
                    print(landlord, language, "judged", flush=True)
    ANSWER.write_text(written(chosen.kept, SCREENS, datetime.now(UTC)).rstrip() + "\n", encoding="utf-8")


def _one(landlord: str, language: str, browser: Browser) -> dict[str, Any]:
    with ExitStack() as until_done:
        folder = Path(until_done.enter_context(tempfile.TemporaryDirectory(prefix="letterbox-languages-")))
        if language not in LANGUAGES:
            until_done.enter_context(known())
        return judged(application(folder, landlord, language), language, browser)


if __name__ == "__main__":
    main()
