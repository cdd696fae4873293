"""Lighthouse on its slow phone, against a demonstration site: writes lighthouse.md.

``python -m benchmarks.lighthouse --times 3``: a page's figures are the medians of so many runs. Lighthouse is 185 MB
and judges, but for speed, nothing that the tests do not: it is no dependency. ``LIGHTHOUSE`` names the program, where
it is installed; else ``npx`` fetches it. Chromium is Debian's.
"""

import argparse
import json
import os
import shlex
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.rig.databases import SqliteDatabases
from tests.rig.servers import Site

ANSWER = Path(__file__).parent / "lighthouse.md"
PROGRAM = "npx --yes lighthouse@12.8.2"
TRIES = 3  # a browser on a busy machine may not start
PAGES = (
    "/en/", "/ar/", "/en/contact", "/en/notices", "/en/standards", "/en/help/", "/en/help/repairs",
    "/en/help/bleed-a-radiator", "/en/complaint/who-you-are", "/en/reading",
)  # fmt: skip
SIDES = ("performance", "accessibility", "best-practices", "seo")
TIMINGS = {
    "first-contentful-paint": "first words, s",
    "largest-contentful-paint": "largest part, s",
    "total-blocking-time": "blocked, ms",
    "cumulative-layout-shift": "shift",
    "total-byte-weight": "kB on the way",
}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


@contextmanager
def standing(landlord: str) -> Iterator[Site]:
    """A site on demonstration data, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="letterbox-judged-") as name:
        folder = Path(name)
        site = Site(folder, SqliteDatabases(folder).make(folder), landlord, {})
        try:
            loaded = site.flask("demo", "load", timeout=300)
            assert loaded.returncode == 0, loaded.stderr
            site.start_server()
            yield site
        finally:
            site.end()


def judged(url: str, folder: Path) -> dict[str, Any]:
    """One run's report. Raises CalledProcessError when no try gives one."""
    report = folder / "report.json"
    command = [
        *shlex.split(os.environ.get("LIGHTHOUSE", PROGRAM)), url, "--quiet", "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(SIDES)}", f"--chrome-flags={FLAGS}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    for last in (False,) * (TRIES - 1) + (True,):
        done = subprocess.run(command, check=last, capture_output=True, env=environment, timeout=300)
        if done.returncode == 0:
            break
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def row_of(path: str, reports: list[dict[str, Any]]) -> str:
    """The medians, as a line of the table."""
    scores = [statistics.median(100 * one["categories"][side]["score"] for one in reports) for side in SIDES]
    timings = {name: statistics.median(one["audits"][name]["numericValue"] for one in reports) for name in TIMINGS}
    cells = [
        f"{timings['first-contentful-paint'] / 1000:.1f}", f"{timings['largest-contentful-paint'] / 1000:.1f}",
        f"{timings['total-blocking-time']:.0f}", f"{timings['cumulative-layout-shift']:.2f}",
        f"{timings['total-byte-weight'] / 1000:.0f}",
    ]  # fmt: skip
    return f"| `{path}` | {' | '.join([*(f'{score:.0f}' for score in scores), *cells])} |"


def faults_of(path: str, report: dict[str, Any]) -> Iterator[str]:
    """What costs a point, but for the timings."""
    for side in SIDES[1:]:
        for part in report["categories"][side]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"- `{path}`: {audit['title']}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=3)
    times: int = asked.parse_args().times
    rows: list[str] = []
    faults: list[str] = []
    with standing("livewest") as site, tempfile.TemporaryDirectory() as name:
        for path in PAGES:
            reports = [judged(f"{site.url}{path}", Path(name)) for _ in range(times)]
            rows.append(row_of(path, reports))
            faults += list(faults_of(path, reports[-1]))
            print(rows[-1], flush=True)
    ANSWER.write_text(_written(rows, faults, times), encoding="utf-8")


def _written(rows: list[str], faults: list[str], times: int) -> str:
    heads = [*SIDES, *TIMINGS.values()]
    return "\n".join(
        [
            "# Lighthouse", "",
            f"Written by `python -m benchmarks.lighthouse` on {datetime.now(UTC):%d %B %Y}: {PROGRAM.split()[-1]} and "
            f"Debian's Chromium, its slow phone (a processor four times slower, 1.6 Mbit/s, 150 ms), medians of "
            f"{times} runs against gunicorn with demonstration data. Load of the machine at the end: "
            f"{os.getloadavg()[0]:.1f}; what else runs costs performance and nothing else.", "",
            f"| page | {' | '.join(heads)} |", f"| --- |{' --- |' * len(heads)}", *rows, "",
            "## What costs a point", "", *(faults or ["Nothing."]), "",
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main()
