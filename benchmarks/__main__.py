"""Run every benchmark and write ``results.md``.

What is measured by itself (``python -m benchmarks.speech``) has a section of its own there, and keeps it.
``--long``: with the caseload at a million cases on both databases, and beside the other help desk at 100,000.
"""

import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import caseload, files, helpdesk, letters, pages, transfer
from benchmarks.measuring import Row
from benchmarks.sections import RESULTS, sections_in
from tests.rig.databases import SqliteDatabases


def main(is_long: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="letterbox-bench-") as name:
        folder = Path(name)
        databases = SqliteDatabases(folder)
        rows = [row for bench in (letters, pages, files, transfer) for row in bench.run(folder, databases)]
        rows += caseload.run_long() if is_long else caseload.run(folder, databases)
        rows += helpdesk.run(folder, databases, cases=100_000 if is_long else 10_000)
    RESULTS.write_text(f"{_written(rows)}\n{sections_in()}", encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


def _written(rows: list[Row]) -> str:
    lines = [f"| {row.what} | {row.figure} | {row.against} | {row.ratio} |" for row in rows]
    return "\n".join(
        [
            "# Benchmarks", "",
            f"Written by `make bench` on {datetime.now(UTC):%d %B %Y}: {_machine()}.",
            "Times are medians of many runs, turn about with what they are held against.", "",
            "| what | figure | held against | ratio |", "| --- | --- | --- | --- |", *lines, "",
        ]
    )  # fmt: skip


def _machine() -> str:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, commit "
        f"{commit.stdout.strip() or 'unknown'}, load before the end {load:.1f}"
    )


if __name__ == "__main__":
    main(is_long="--long" in sys.argv)
