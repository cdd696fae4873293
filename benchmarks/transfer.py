"""What a first visit costs in bytes, as a browser counts them on the wire: headers and compressed bodies."""

from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.measuring import Row
from tests.rig.browsers import PHONE, open_window, running_browser
from tests.rig.databases import SqliteDatabases
from tests.rig.servers import Site

MOST = 60_000  # bytes; the design's limit for all of a first visit
VISITS = {
    "The home page": "/en/",
    "The complaint form": "/en/complaint",
    "The complaint form in Arabic": "/ar/complaint",
    "The report of antisocial behaviour": "/en/antisocial-behaviour",
    "Following a case": "/en/track",
}


def run(folder: Path, databases: SqliteDatabases) -> list[Row]:
    site = Site(folder / "transfer", databases.make(folder / "transfer"), "livewest", {})
    try:
        site.start_server()
        with running_browser() as browser:
            return [_row(what, bytes_of_first_visit(browser, f"{site}{address}")) for what, address in VISITS.items()]
    finally:
        site.end()


def bytes_of_first_visit(browser: Browser, address: str) -> dict[str, int]:
    """Bytes received, by kind of file (Document, Stylesheet, Script, Image…), with nothing in the browser's cache."""
    window = open_window(browser, PHONE)
    page = window.new_page()
    wire = window.new_cdp_session(page)
    kinds: dict[str, str] = {}
    counted: dict[str, int] = {}

    def remember(event: dict[str, str]) -> None:
        kinds[event["requestId"]] = event["type"]

    def add(event: dict[str, str]) -> None:
        kind = kinds.get(event["requestId"], "Other")
        counted[kind] = counted.get(kind, 0) + int(event["encodedDataLength"])

    wire.on("Network.responseReceived", remember)
    wire.on("Network.loadingFinished", add)
    wire.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    window.close()
    return counted


def _row(what: str, counted: dict[str, int]) -> Row:
    total = sum(counted.values())
    parts = ", ".join(f"{kind.lower()} {size / 1000:.1f}" for kind, size in sorted(counted.items()))
    return Row(
        f"{what}, first visit, everything", f"{total / 1000:.1f} kB", f"limit {MOST / 1000:.0f} kB; in kB: {parts}",
        f"{total / MOST:.2f}",
    )  # fmt: skip
