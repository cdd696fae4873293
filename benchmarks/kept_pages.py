"""A public page from the shelf against a static file of the same bytes, by the same server.

``python -m benchmarks.kept_pages`` writes its section of results.md. Both sides: gunicorn with one process, over
loopback, turn about, whole request on a new connection. The file is sent by Flask alone, without a database.
"""

import http.client
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from app import create_app
from app.extensions import db
from app.notices import actions
from app.notices.shapes import Given
from benchmarks.measuring import Row, Times, measure_in_turn
from benchmarks.sections import write_section
from tests.rig.databases import SqliteDatabases, settings_from
from tests.rig.servers import Site

PAGE = "/en/contact"
ROUNDS, WARM_UP = 500, 30
SECTION = "Pages that are kept"


def run(folder: Path, databases: SqliteDatabases) -> list[Row]:
    site = Site(folder / "site", databases.make(folder / "site"), "livewest", {})
    file = folder / "kept.html"
    bare = Site(folder / "bare", "sqlite://", "livewest", {"BARE_PAGE": str(file)})
    try:
        _announce(site)
        site.start_server(processes=1)
        file.write_bytes(_read(site.port, PAGE)[1])
        bare.start_server(processes=1, application="benchmarks.bare:app")
        times = measure_in_turn(_acts(site.port, bare.port), ROUNDS, WARM_UP)
    finally:
        site.end()
        bare.end()
    size = file.stat().st_size / 1000
    return [
        _row(f"A page with two notices, {size:.1f} kB of HTML, from the shelf", times["kept"], times["file"]),
        _row("The same, to a browser that has it (304)", times["kept again"], times["file again"]),
        _row("The same, made anew", times["anew"], times["file"]),
    ]


def _acts(site: int, bare: int) -> dict[str, Callable[[], object]]:
    acts: dict[str, Callable[[], object]] = {
        "kept": partial(_expect, 200, site, PAGE),
        "file": partial(_expect, 200, bare, "/file"),
        "anew": partial(_expect, 200, site, f"{PAGE}?anew"),  # what stands behind a question mark is not kept
    }
    for name, port, path in (("kept again", site, PAGE), ("file again", bare, "/file")):
        acts[name] = partial(_expect, 304, port, path, {"If-None-Match": _read(port, path)[2]})
    return acts


def _announce(site: Site) -> None:
    """Two notices, so that a page has its banners."""
    app = create_app(settings_from(site.instance_path, site.environment["DATABASE_URL"], "livewest"))
    with app.app_context():
        now = datetime.now(UTC)
        for title in ("Our phone lines are busy", "Snow is coming"):
            words = {"en": {"title": title, "words": "Please call us later."}}
            notice = actions.write(Given("other", "important", words, now, now + timedelta(days=1)), "benchmark", now)
            actions.publish(notice, "benchmark", now)
        db.session.commit()
        db.engine.dispose()


def _read(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes, str]:
    """Status, body and the name of the content."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.getheader("ETag", "")
    finally:
        connection.close()


def _expect(code: int, port: int, path: str, headers: dict[str, str] | None = None) -> None:
    status, _body, _tag = _read(port, path, headers)
    if status != code:
        raise RuntimeError(f"{path} answers {status} in place of {code}")


def _row(what: str, ours: Times, theirs: Times) -> Row:
    return Row(
        what,
        f"{ours.median:.2f} ms (95 %: {ours.p95:.2f})",
        f"{theirs.median:.2f} ms (95 %: {theirs.p95:.2f})",
        f"{ours.median / theirs.median:.2f}",
    )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="letterbox-bench-") as name:
        rows = run(Path(name), SqliteDatabases(Path(name)))
    lines = [f"| {row.what} | {row.figure} | {row.against} | {row.ratio} |" for row in rows]
    said = "\n".join(
        [
            f"Written by `python -m benchmarks.kept_pages` on {datetime.now(UTC):%d %B %Y},",
            f"load {os.getloadavg()[0]:.1f}. Medians of {ROUNDS}, turn about: whole requests over loopback, each on a",
            "new connection, gunicorn with one process on both sides. A page from the shelf asks the database one",
            "small question: whether what this process knows of notices still stands.",
            "",
            "| what | figure | a static file of the same bytes, by Flask alone | ratio |",
            "| --- | --- | --- | --- |",
            *lines,
        ]
    )
    write_section(SECTION, said)
    print(said)


if __name__ == "__main__":
    main()
