"""The caseload beside another help desk's list: django-helpdesk, as many cases, the same people and words, in one run.

Both on SQLite, behind gunicorn with two workers, on this machine. The other is installed with pip into a folder of its
own, outside the checkout (``BENCHMARKS_CACHE``): it is no part of the project.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app import create_app
from app.cases.models import Case
from app.extensions import db
from benchmarks.measuring import Row, Times, measure_in_turn
from benchmarks.signing_in import read, signed_in
from tests.rig.databases import SqliteDatabases, settings_from
from tests.rig.servers import PROJECT, Site

PINNED = ("django-helpdesk==2.6.1", "Django==5.2.19", "gunicorn==27.0.1")
CACHE = Path(os.environ.get("BENCHMARKS_CACHE", Path.home() / ".cache" / "letterbox-benchmarks"))
PASSWORD = "open the letterbox please"
ROUNDS, WARM_UP = 15, 3
WORD = "ramp"  # in one story of 24, so in 4 of 100 cases
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ROWS = re.compile(r'"url": "(/datatables_ticket_list/[^"]+)"')


def run(folder: Path, databases: SqliteDatabases, cases: int = 10_000) -> list[Row]:
    place = folder / "helpdesk"
    ours = Site(place / "ours", databases.make(place / "ours"), "livewest", {})
    theirs = OtherSite(place / "theirs")
    try:
        loaded = ours.flask("demo", "load", "--cases", str(cases), timeout=6 * 3600)
        if loaded.returncode:
            raise RuntimeError(loaded.stderr)
        whoever = theirs.fill(_told(ours, place / "cases.jsonl"))
        ours.start_server()
        theirs.start()
        return _measured(ours, theirs, whoever, cases)
    finally:
        ours.end()
        theirs.end()


def _told(ours: Site, path: Path) -> Path:
    """Each of our cases, a JSON object a line."""
    app = create_app(settings_from(ours.instance_path, ours.environment["DATABASE_URL"]))
    wanted = select(Case).order_by(Case.id).options(
        joinedload(Case.tenant), joinedload(Case.handler), selectinload(Case.contacts)
    )  # fmt: skip
    with app.app_context(), path.open("w", encoding="utf-8") as file:
        for case in db.session.scalars(wanted.execution_options(yield_per=1000)):
            told = {
                "reference": case.reference,
                "kind": case.kind,
                "words": case.contacts[0].answers.get("what_happened", ""),
                "email": case.tenant.email,
                "handler": case.handler.email if case.handler else "nobody",
                "is_open": case.status == "open",
                "received_at": case.received_at.isoformat(),
                "due_at": case.next_due_at.isoformat() if case.next_due_at else None,
            }
            file.write(json.dumps(told) + "\n")
    with app.app_context():
        db.engine.dispose()
    return path


class OtherSite:
    """The other help desk, on a port of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._site = Site(folder, "sqlite://", "livewest", {"HELPDESK_FOLDER": str(folder)})
        self._environment = {**self._site.environment, "PYTHONPATH": str(PROJECT)}
        self._server: subprocess.Popen[bytes] | None = None
        self.url = self._site.url
        self._python = CACHE / "helpdesk" / "bin" / "python"
        if not self._python.exists():
            subprocess.run([sys.executable, "-m", "venv", CACHE / "helpdesk"], check=True)
            subprocess.run([self._python, "-m", "pip", "install", "--quiet", *PINNED], check=True)

    def fill(self, path: Path) -> str:
        """Gives the name of somebody who may see everything."""
        command = [str(self._python), "-m", "benchmarks.helpdesk_site.fill", str(path)]
        done = subprocess.run(command, cwd=PROJECT, env=self._environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.split()[0]

    def start(self) -> None:
        self._site.start_server(application="benchmarks.helpdesk_site.wsgi:app", python=str(self._python))

    def end(self) -> None:
        self._site.end()

    def signed_in(self, whoever: str) -> OpenerDirector:
        reader = build_opener(HTTPCookieProcessor(CookieJar()))
        token = TOKEN.search(read(reader, f"{self.url}/login/"))
        if token is None:
            raise RuntimeError("its sign-in page has changed")
        fields = {"csrfmiddlewaretoken": token.group(1), "username": whoever, "password": PASSWORD}
        asked = urllib.request.Request(f"{self.url}/login/", urlencode(fields).encode(), {"Referer": self.url})
        with reader.open(asked, timeout=300) as answer:
            if "/login" in answer.geturl():
                raise RuntimeError(f"{whoever} cannot come in")
        return reader

    def listed(self, reader: OpenerDirector, address: str) -> str:
        """A page of its list and, as its script does, the rows."""
        page = read(reader, self.url + address)
        rows = ROWS.search(page)
        if rows is None:
            raise RuntimeError("its list has changed")
        return read(reader, f"{self.url}{rows.group(1)}?draw=1&start=0&length=25")


def _measured(ours: Site, theirs: OtherSite, whoever: str, cases: int) -> list[Row]:
    officer = signed_in(str(ours), "grace.okafor@livewest.example", ours.flask)
    other, nobody = theirs.signed_in(whoever), build_opener()
    of_all = quote(WORD)
    acts = {
        "The caseload": (
            lambda: read(officer, f"{ours}/staff/"),
            lambda: theirs.listed(other, "/tickets/"),
        ),
        f"Searching for “{WORD}”": (
            lambda: read(officer, f"{ours}/staff/search?q={of_all}"),
            lambda: theirs.listed(other, f"/tickets/?q={of_all}&search_type=header"),
        ),
        "The dashboard": (
            lambda: read(officer, f"{ours}/staff/measures"),
            lambda: read(other, f"{theirs.url}/dashboard/"),
        ),
        "The public form’s first page": (
            lambda: read(nobody, f"{ours}/en/complaint"),
            lambda: read(nobody, f"{theirs.url}/tickets/submit/"),
        ),
    }  # fmt: skip
    rows = []
    for what, (our_act, their_act) in acts.items():
        times = measure_in_turn({"ours": our_act, "theirs": their_act}, ROUNDS, WARM_UP)
        rows.append(_row(f"{what}, {cases:,} cases", times["ours"], times["theirs"]))
    return rows


def _row(what: str, ours: Times, theirs: Times) -> Row:
    return Row(
        what,
        f"{ours.median:.0f} ms (95 %: {ours.p95:.0f})",
        f"django-helpdesk 2.6.1, as many: {theirs.median:.0f} ms (95 %: {theirs.p95:.0f})",
        f"{ours.median / theirs.median:.2f} (95 %: {ours.p95 / theirs.p95:.2f})",
    )
