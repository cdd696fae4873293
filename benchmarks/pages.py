"""A page of the complaint form against a bare Flask page of the same bytes, both from gunicorn over loopback."""

import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from benchmarks.measuring import Row, measure_in_turn
from tests.rig.databases import SqliteDatabases
from tests.rig.servers import Site

QUESTION = "/en/complaint/who-you-are"
ROUNDS, WARM_UP = 300, 20


def run(folder: Path, databases: SqliteDatabases) -> list[Row]:
    site = Site(folder / "pages", databases.make(folder / "pages"), "livewest", {})
    page = folder / "page.html"
    bare = Site(folder / "bare", "sqlite://", "livewest", {"BARE_PAGE": str(page)})
    try:
        site.start_server(processes=1)
        reader = build_opener(HTTPCookieProcessor(CookieJar()))
        page.write_bytes(_read(reader, f"{site}/en/complaint"))
        bare.start_server(processes=1, application="benchmarks.bare:app")
        times = measure_in_turn(
            {
                "page": lambda: _read(reader, f"{site}{QUESTION}"),
                "bare": lambda: _read(urllib.request.build_opener(), f"{bare}{QUESTION}"),
            },
            ROUNDS,
            WARM_UP,
        )
    finally:
        site.end()
        bare.end()
    ours, theirs = times["page"], times["bare"]
    size = page.stat().st_size / 1000
    return [
        Row(
            f"First question of the complaint form, {size:.1f} kB of HTML, whole request",
            f"{ours.median:.1f} ms (95 %: {ours.p95:.1f})",
            f"bare Flask page of the same bytes: {theirs.median:.1f} ms (95 %: {theirs.p95:.1f})",
            f"{ours.median / theirs.median:.1f}",
        )
    ]


def _read(reader: OpenerDirector, address: str) -> bytes:
    with reader.open(address, timeout=30) as answer:
        content: bytes = answer.read()
        return content
