"""The caseload, the search and the dashboard with a hundred times the cases: each page's time as a ratio of medians.

Pages are asked of the real application, through Flask's own client: what a colleague waits for but the network. The
plans of every query that a page asks are written into ``plans/``. ``python -m benchmarks.caseload`` measures 10,000
against 1,000,000 cases on both databases (an hour and 20 GB, in ``BENCHMARKS_CACHE``, where the databases stay for the
next time); ``make bench`` a short form. Where there is more to show of a million, the page is measured a second time
with its list cut to as many rows as there are at ten thousand. Beside the time that somebody waits stands the time that
a processor worked for them, in the application and in the database: on a busy machine only that says what a page costs.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import event, select
from sqlalchemy.orm import joinedload

from app.caseload import queue
from app.cases import search
from app.cases.lists import caseload
from app.cases.models import Case
from app.extensions import db
from benchmarks.desks import Desk, Taken, desk, opened_in_turn
from benchmarks.measuring import Row
from tests.rig.databases import SECRET, SqliteDatabases, migrate
from tests.rig.postgresql import running_cluster
from tests.rig.servers import PROJECT

SIZES = (10_000, 1_000_000)
PLANS = Path(__file__).with_name("plans")
CACHE = Path(os.environ.get("BENCHMARKS_CACHE", Path.home() / ".cache" / "letterbox-benchmarks"))
ROUNDS, WARM_UP = 15, 3
DEEP = 40  # pages down
MOST = 2.0  # times as long, at most


def pages(desk: Desk) -> dict[str, str]:
    """What is measured: by its name, an address. Names, postcodes and words are those of a case that is there."""
    with desk.app.app_context():
        found = _somebody()
    searched = {
        "reference": found.reference,
        "reference, one character wrong": _misread(found.reference),
        "name": found.tenant.name,
        "last name": found.tenant.name.split()[-1],
        "postcode": found.tenant.postcode or "",
        "beginning of a postcode": (found.tenant.postcode or "").split()[0],
        "phone": found.tenant.phone or "",
        "words that are common": "nobody rang back",
        "words that are rare": "ramp wheelchair october",
        "words that nobody wrote": "zeppelin",
    }
    shown = ("all", "mine", "team", "unassigned", "today", "overdue", "waiting", "closed")
    addresses = {f"caseload, {show}": f"/staff/?show={show}" for show in shown}
    addresses |= {
        "caseload, the handler of one case": f"/staff/?handler={found.handler_id}",
        "caseload, the team of one case": f"/staff/?team={found.team_id}",
        "caseload, by name": "/staff/?sort=name",
        "caseload, by receipt": "/staff/?sort=received",
        "caseload, complaints": "/staff/?kind=complaint",
        "caseload, enquiries that are overdue": "/staff/?show=overdue&kind=enquiry",
        "caseload, stage 1": "/staff/?stage=1",
        "caseload, a hazard": "/staff/?hazard=any",
        "caseload, restricted": "/staff/?restricted=1",
        "caseload, large print": "/staff/?format=large-print",
        "caseload, other languages": "/staff/?language=other",
    }
    addresses[f"caseload, all, {DEEP} pages down"] = _deep(desk.client, "/staff/", DEEP)
    addresses[f"caseload, overdue, {DEEP // 4} pages down"] = _deep(desk.client, "/staff/?show=overdue", DEEP // 4)
    addresses |= {f"search, {what}": f"/staff/search?q={typed}" for what, typed in searched.items() if typed}
    return addresses | {"dashboard": "/staff/measures"}


def _somebody() -> Case:
    """A case in the middle of all, with a name in plain letters, a handler and a team."""
    middle = (db.session.scalar(select(Case.id).order_by(Case.id.desc()).limit(1)) or 0) // 2
    wanted = select(Case).join(Case.tenant).where(Case.id >= middle, Case.handler_id > 0, Case.team_id > 0)
    wanted = wanted.where(~Case.is_restricted, Case.language == "en")
    return db.session.scalars(wanted.order_by(Case.id).limit(1).options(joinedload(Case.tenant))).one()


def _misread(reference: str) -> str:
    return reference[:-1] + ("3" if reference[-1] != "3" else "4")


def _deep(client: FlaskClient, address: str, pages_down: int) -> str:
    """The address of the page so far down, or of the last one."""
    for _ in range(pages_down):
        tree = html.fromstring(client.get(address).get_data(as_text=True))
        found = tree.xpath("//a[contains(@href, 'after=')]/@href")
        if not found:
            break
        address = str(found[-1])
    return address


def plans_of(desk: Desk, address: str) -> list[str]:
    """Each query that the page asks, with the plan that the database makes for it."""
    asked: list[tuple[str, Any]] = []

    def remember(_c: Any, _cursor: Any, statement: str, given: Any, _context: Any, _many: bool) -> None:
        if re.match(r"\s*(SELECT|WITH)", statement) and (statement, given) not in asked:
            asked.append((statement, given))

    with desk.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", remember)
    try:
        desk.client.get(address)
    finally:
        event.remove(engine, "before_cursor_execute", remember)
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN (ANALYZE, BUFFERS) "}[engine.dialect.name]
    with engine.connect() as connection:
        written = []
        for statement, given in asked:
            rows = connection.exec_driver_sql(explain + statement, given).all()
            written.append("\n".join([" ".join(statement.split()), *(f"    {row[-1]}" for row in rows)]))
        return written


def measured(places: dict[int, tuple[Path, str]], database: str, rounds: int = ROUNDS) -> list[Row]:
    """``places``: by how many cases, instance path and DATABASE_URL. Both are asked turn about."""
    few, many = sorted(places)
    rows = []
    with ExitStack() as stack:
        desks = {size: stack.enter_context(desk(*place)) for size, place in places.items()}
        found = {size: pages(one) for size, one in desks.items()}
        plans: dict[int, list[str]] = {size: [] for size in desks}
        for name in found[few]:
            addresses = {size: found[size][name] for size in desks}
            shown = {size: _rows_on(one.client, addresses[size]) for size, one in desks.items()}
            taken = opened_in_turn(desks, addresses, rounds, WARM_UP)
            rows.append(_row(name, taken, database, shown))
            if 0 < shown[few] < shown[many]:
                with lists_cut_to(shown[few]):
                    cut = opened_in_turn(desks, addresses, rounds, WARM_UP)
                rows.append(_row(f"{name}, the list cut", cut, database, dict.fromkeys(shown, shown[few])))
            for size, one in desks.items():
                plans[size] += [f"== {name}: {taken[size].waited.median:.0f} ms", ""]
                plans[size] += [*plans_of(one, addresses[size]), ""]
        for size, lines in plans.items():
            _write_plans(lines, database, size)
    return rows


@contextmanager
def lists_cut_to(rows: int) -> Iterator[None]:
    """The application's own lists, with this number in place of fifty."""
    shorter = partial(caseload, limit=rows)
    with patch.object(queue, "caseload", shorter), patch.object(search, "MOST_FOUND", rows):
        yield


def _rows_on(client: FlaskClient, address: str) -> int:
    """Cases on the page: where there are more of them to show, a page takes longer for that alone."""
    tree = html.fromstring(client.get(address, follow_redirects=True).get_data(as_text=True))
    return len(tree.xpath("//main//tbody/tr"))


def _row(name: str, taken: dict[int, Taken], database: str, shown: dict[int, int]) -> Row:
    """``shown``: by how many cases there are, how many are on the page."""
    few, many = sorted(shown)
    waited = taken[many].waited.median / taken[few].waited.median
    worked = taken[many].worked.median / taken[few].worked.median
    return Row(
        f"{database}: {name}, {many:,} cases, {shown[many]} on the page",
        _told(taken[many]),
        f"{few:,} cases, {shown[few]} on the page: {_told(taken[few])}",
        f"{waited:.2f}, processor {worked:.2f}" + (f" (more than {MOST:.0f})" if max(waited, worked) > MOST else ""),
    )


def _told(taken: Taken) -> str:
    return f"{taken.waited.median:.1f} ms (95 %: {taken.waited.p95:.0f}; processor {taken.worked.median:.1f})"


def _write_plans(lines: list[str], database: str, size: int) -> None:
    PLANS.mkdir(exist_ok=True)
    said = f"{database}, {size:,} cases, {datetime.now(UTC):%d %B %Y}. Milliseconds are of the whole page."
    (PLANS / f"{database.lower()}-{size}.txt").write_text("\n".join([said, "", *lines]), encoding="utf-8")


def loaded(instance_path: Path, address: str, cases: int) -> tuple[Path, str]:
    """Load so many cases, or what is missing of them; prints how fast."""
    settings = {
        "INSTANCE_PATH": str(instance_path),
        "DATABASE_URL": address,
        "LANDLORD": "livewest",
        "SECRET_KEY": SECRET,
    }
    environment = {**os.environ, **settings}
    began = time.monotonic()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "load", "--cases", str(cases)]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode and "There are cases in this database already" not in done.stderr:
        raise RuntimeError(done.stdout + done.stderr)
    print(f"{cases:,} cases: {time.monotonic() - began:.0f} s", flush=True)
    return instance_path, address


def run(folder: Path, databases: SqliteDatabases, sizes: tuple[int, int] = (1_000, 10_000)) -> list[Row]:
    """The short form: SQLite, and ten times the cases."""
    places = {}
    for size in sizes:
        place = folder / f"caseload-{size}"
        places[size] = loaded(place, databases.make(place), size)
    return measured(places, "SQLite", rounds=7)


@click.command()
@click.option("--few", default=SIZES[0], show_default=True)
@click.option("--many", default=SIZES[1], show_default=True)
@click.option(
    "--database", type=click.Choice(["sqlite", "postgresql"]), multiple=True, default=["sqlite", "postgresql"]
)
def main(few: int, many: int, database: tuple[str, ...]) -> None:
    """Measure both sizes on each database, print the rows of results.md, and write plans/."""
    for row in run_long((few, many), database):
        print(f"| {row.what} | {row.figure} | {row.against} | {row.ratio} |")


def run_long(sizes: tuple[int, int] = SIZES, databases: tuple[str, ...] = ("sqlite", "postgresql")) -> list[Row]:
    rows: list[Row] = []
    if "sqlite" in databases:
        rows += _on_sqlite(sizes)
    if "postgresql" in databases:
        rows += _on_postgresql(sizes)
    return rows


def _on_sqlite(sizes: tuple[int, ...]) -> list[Row]:
    places = {}
    for size in sizes:
        place = CACHE / f"sqlite-{size}"
        place.mkdir(parents=True, exist_ok=True)
        address = f"sqlite:///{place / 'letterbox.sqlite3'}"
        migrate(place, address)
        places[size] = loaded(place, address, size)
    return measured(places, "SQLite")


def _on_postgresql(sizes: tuple[int, ...]) -> list[Row]:
    """A server of its own, which ends with the run; its databases stay."""
    with running_cluster(shared_buffers="1GB", kept_in=CACHE / "postgresql-server") as cluster:
        places = {}
        for size in sizes:
            place, name = CACHE / f"postgresql-{size}", f"letterbox_{size}"
            place.mkdir(parents=True, exist_ok=True)
            if not cluster.has(name):
                cluster.create(name)
            migrate(place, cluster.address(name))
            places[size] = loaded(place, cluster.address(name), size)
        return measured(places, "PostgreSQL")


if __name__ == "__main__":
    main()
