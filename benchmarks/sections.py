"""Parts of ``results.md`` that are measured by themselves, each under a heading of its own."""

import re
from pathlib import Path

RESULTS = Path(__file__).with_name("results.md")


def write_section(title: str, text: str, path: Path = RESULTS) -> None:
    """Put ``text`` under the heading ``title``: in place of what stood there, else at the end."""
    section = f"## {title}\n\n{text.strip()}\n"
    there = path.read_text(encoding="utf-8") if path.exists() else "# Benchmarks\n"
    old = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    made, count = old.subn(lambda _found: f"{section}\n", there)
    if not count:
        made = f"{there.rstrip()}\n\n{section}"
    path.write_text(f"{made.rstrip()}\n", encoding="utf-8")


def sections_in(path: Path = RESULTS) -> str:
    """All that stands under such headings, for whoever writes the rest anew."""
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.search(r"^## .*", there, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""
