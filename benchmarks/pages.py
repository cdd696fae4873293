"""Pages over loopback: a form's against the same bytes from memory, a kept page against them as a static file.

Each from gunicorn with one process. ``python -m benchmarks.pages`` measures these alone and prints the lines.
"""

import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from app import create_app
from app.extensions import db
from app.notices import actions
from app.notices.shapes import Given
from benchmarks.measuring import Row, Times, measure_in_turn
from tests.rig.databases import SqliteDatabases, settings_from
from tests.rig.servers import Site

QUESTION = "/en/complaint/who-you-are"
KEPT = "/en/contact"
ROUNDS, WARM_UP = 300, 20


def run(folder: Path, databases: SqliteDatabases) -> list[Row]:
    site = Site(folder / "pages", databases.make(folder / "pages"), "livewest", {})
    try:
        _announce(site)
        site.start_server(processes=1)
        return [_of_a_form(site, folder), *_of_a_kept_page(site, folder)]
    finally:
        site.end()


def _of_a_form(site: Site, folder: Path) -> Row:
    reader = build_opener(HTTPCookieProcessor(CookieJar()))
    page = folder / "page.html"
    page.write_bytes(_read(reader, f"{site}/en/complaint"))
    bare = _bare(folder, page)
    try:
        times = measure_in_turn(
            {
                "page": lambda: _read(reader, f"{site}{QUESTION}"),
                "bare": lambda: _read(build_opener(), f"{bare}{QUESTION}"),
            },
            ROUNDS,
            WARM_UP,
        )
    finally:
        bare.end()
    size = page.stat().st_size / 1000
    return _row(
        f"First question of the complaint form, {size:.1f} kB of HTML, whole request",
        times["page"],
        times["bare"],
        "bare Flask page of the same bytes",
    )


def _of_a_kept_page(site: Site, folder: Path) -> list[Row]:
    """Whole, and asked for again by a browser that has it."""
    file = folder / "kept.html"
    file.write_bytes(_read(build_opener(), f"{site}{KEPT}"))
    bare = _bare(folder, file)
    acts: dict[str, Callable[[], object]] = {}
    addresses = {"kept": f"{site}{KEPT}", "file": f"{bare}/file"}
    for name, address in addresses.items():
        acts[name] = partial(_read, build_opener(), address)
        acts[f"{name} again"] = partial(_is_unchanged, address, _tag(address))
    try:
        times = measure_in_turn(acts, ROUNDS, WARM_UP)
    finally:
        bare.end()
    size = file.stat().st_size / 1000
    return [
        _row(
            f"A page that is kept, with two notices, {size:.1f} kB of HTML, whole request",
            times["kept"],
            times["file"],
            "a static file of the same bytes, by Flask alone",
        ),
        _row(
            "The same page, asked for again by a browser that has it (304)",
            times["kept again"],
            times["file again"],
            "the same file, asked for again",
        ),
    ]


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


def _bare(folder: Path, page: Path) -> Site:
    bare = Site(folder / f"bare-{page.stem}", "sqlite://", "livewest", {"BARE_PAGE": str(page)})
    bare.start_server(processes=1, application="benchmarks.bare:app")
    return bare


def _row(what: str, ours: Times, theirs: Times, against: str) -> Row:
    return Row(
        what,
        f"{ours.median:.1f} ms (95 %: {ours.p95:.1f})",
        f"{against}: {theirs.median:.1f} ms (95 %: {theirs.p95:.1f})",
        f"{ours.median / theirs.median:.1f}",
    )


def _read(reader: OpenerDirector, address: str) -> bytes:
    with reader.open(address, timeout=30) as answer:
        content: bytes = answer.read()
        return content


def _tag(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.headers["ETag"])


def _is_unchanged(address: str, tag: str) -> None:
    try:
        with urllib.request.urlopen(Request(address, headers={"If-None-Match": tag}), timeout=30) as answer:
            code = answer.status
    except urllib.error.HTTPError as unchanged:
        code = unchanged.code
    if code != 304:
        raise RuntimeError(f"{address} answers {code}: it has changed while it was measured")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="letterbox-bench-") as name:
        for row in run(Path(name), SqliteDatabases(Path(name))):
            print(f"| {row.what} | {row.figure} | {row.against} | {row.ratio} |")
