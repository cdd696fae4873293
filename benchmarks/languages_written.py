"""What ``benchmarks.languages`` found, as a page; what people looked at is kept from the page as it was."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.rig.browsers import Screen

LOOKED_AT = Path(__file__).parent / "languages_looked_at.md"


def written(kept: Path, screens: Sequence[Screen], at: datetime) -> str:
    """Of every file in the folder: figures by landlord and language, then each finding with where it was first met."""
    done = {tuple(path.stem.split(".")): json.loads(path.read_text("utf-8")) for path in sorted(kept.glob("*.json"))}
    widths = " and ".join(str(screen.width) for screen in screens)
    return "\n".join(
        [
            "# Every page in every language", "",
            f"Written by `python -m benchmarks.languages` on {at:%d %B %Y}: "
            f"{sum(one['pages'] for one in done.values()):,} pages, each at {widths} CSS pixels (a desktop at 400 %; "
            f"a phone), {sum(one['seconds'] for one in done.values()) / 60:.0f} minutes in all. Pages of the site, "
            "every question of every form with and without mistakes, answers to check, received pages, cases that are "
            "followed with every act on them, calls that were booked. Whatever can be unfolded is unfolded.", "",
            "Judged by script: the page scrolls sideways; words off the page, cut off, out of their box or over "
            "others; targets under 44 px outside sentences; letters higher than their line; letters apart "
            "that hang together; capitals; hyphens set by the browser; the direction of each part; phones, references, "
            "postcodes and addresses in their order inside Arabic and Urdu; letters that no font has; "
            "English that is not marked as English; odd punctuation. `en-XA` and `ar-XB` are nobody's: two fifths "
            "longer than English (`tests/rig/pseudo.py`).", "",
            "| landlord | language | pages | letters, of which no font has | findings |",
            "| --- | --- | --- | --- | --- |",
            *(_row(key, one) for key, one in done.items()), "",
            "## Findings", "", *(_findings(done) or ["None."]), "",
            LOOKED_AT.read_text("utf-8") if LOOKED_AT.exists() else "",
        ]
    )  # fmt: skip


def _row(key: tuple[str, ...], one: dict[str, Any]) -> str:
    missing = " ".join(one["missing"]) or "0"
    return f"| {key[0]} | {key[1]} | {one['pages']} | {one['letters']}, {missing} | {len(one['found'])} |"


def _findings(done: dict[tuple[str, ...], dict[str, Any]]) -> list[str]:
    return [
        f"- {' '.join(key)}: {finding} — {len(pages)} ×, first {pages[0]}"
        for key, one in done.items()
        for finding, pages in sorted(one["found"].items())
    ]
