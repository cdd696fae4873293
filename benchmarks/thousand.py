"""A thousand letters to a list, in mixed formats, by the worker on two cores; and the same work by bare parts.

``python -m benchmarks.thousand`` prints the rows of benchmarks/results.md. Held against, in the same run and each in
two processes at once: WeasyPrint on the same HTML, the ``espeak-ng`` command on the same sentences, LibreOffice on the
same letter as ODT (one process: it takes no more).
"""

import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import func, select
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from app import create_app
from app.extensions import db, start_writing
from app.formats import html as html_format
from app.formats import print_page
from app.formats.document import Document
from app.formats.speech import spoken
from app.landlords.standards import current_landlord
from app.languages import speaking
from app.mailings.actions import begin, begin_draft, rows_of_list, write_words
from app.mailings.models import Mailing, MailingRow
from app.mailings.reading import read_list
from app.mailings.said import checked, document_for
from benchmarks.measuring import Row
from tests.rig.databases import SqliteDatabases, settings_from

PROCESSES = 2
# Of a thousand letters: what a landlord's list may ask for, with more sound than any.
MIX = {
    "standard-print": 560, "large-print": 180, "html": 80, "text": 80, "braille": 50, "pef": 10,
    "audio": 25, "wav": 5, "audio-cd": 5, "talking-book": 5,
}  # fmt: skip
LANGUAGES = ("en", "en", "en", "cy", "ar")
PRINTED, SPOKEN, CONVERTED = 200, 20, 200  # letters, of the comparisons
SAYS = {
    "en": {
        "work": "We will change the lift motor in your block. The lift will not run while we work.\n\n"
        "- We bring shopping and parcels up to you: ring us the day before.\n"
        "- If you cannot use the stairs, ring us now, and we find a way with you.",
        "effects": "There will be noise between the second and the fifth floor.",
        "firm": "Harbour Lifts",
    }
}
WHEN = {
    "begins_on": "2027-01-11", "ends_on": "2027-01-14", "works_from": "08:00", "works_until": "16:30",
    "enters_homes": "no",
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """``seconds`` for ``letters``; ``memory``: MB of the worker with its processes, by share of the letters made."""

    letters: int
    seconds: float
    memory: tuple[tuple[float, float], ...] = ()

    @property
    def each(self) -> float:
        """Letters a second."""
        return self.letters / self.seconds


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="letterbox-thousand-") as name:
        folder = Path(name)
        database = SqliteDatabases(folder).make(folder / "instance")
        app = create_app(settings_from(folder / "instance", database))
        whole = _mailed(app, folder, database, MIX)
        printed = _mailed(app, folder, database, {"standard-print": PRINTED})
        heard = _mailed(app, folder, database, {"wav": SPOKEN}, languages=("en",))
        with app.app_context(), app.test_request_context():
            document = _a_document()
            bare = _in_processes(_print_bare, [_html_and_styles(document)] * PRINTED)
            said = _in_processes(_say_bare, [_sentences(document)] * SPOKEN)
            office = _by_libreoffice(html_format.page_of(document), folder)
    return [
        Row(
            f"A thousand letters to a list in ten formats and three languages, by the worker, {PROCESSES} processes",
            f"{whole.seconds:.0f} s, {whole.each:.1f} letters a second; memory {_memory(whole)}",
        ),
        _held(f"{PRINTED} letters in standard print, by the worker", printed, "bare WeasyPrint, same HTML", bare),
        _held(f"{SPOKEN} letters as WAV, by the worker", heard, "the espeak-ng command, same sentences", said),
        _held(
            f"{PRINTED} letters in standard print, by the worker", printed,
            f"LibreOffice headless, {CONVERTED} ODT in one call (not PDF/UA)", office,
        ),
    ]  # fmt: skip


def _held(what: str, ours: Run, against: str, other: Run) -> Row:
    return Row(
        what,
        f"{ours.each:.1f} a second",
        f"{against}: {other.each:.1f} a second",
        f"{other.each / ours.each:.2f}",
    )


def _memory(run: Run) -> str:
    quarter, end = (
        max(mb for share, mb in run.memory if low <= share <= high) for low, high in ((0.15, 0.35), (0.9, 1))
    )
    return f"{quarter:.0f} MB after a quarter, {end:.0f} MB at the end"


def _mailed(
    app: Flask, folder: Path, database: str, mix: dict[str, int], languages: tuple[str, ...] = LANGUAGES
) -> Run:
    """From the press of the button to the packed archives."""
    with app.app_context():
        mailing_id = _a_mailing(_list_of(mix, languages))
        db.session.rollback()
        with _worker(folder, database) as pid:
            began, memory = time.monotonic(), []
            while True:
                time.sleep(1)
                made, of, state = _how_far(mailing_id)
                memory.append((made / of, _megabytes(pid)))
                if state == "made":
                    break
            seconds = time.monotonic() - began
        wrong = Counter(db.session.scalars(select(MailingRow.problem).where(MailingRow.mailing_id == mailing_id)))
        if set(wrong) != {None}:
            raise SystemExit(f"not all were made: {wrong}")
        return Run(of, seconds, tuple(memory))


def _list_of(mix: dict[str, int], languages: tuple[str, ...]) -> bytes:
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["name", "address", "postcode", "email", "language", "format"])
    formats = [name for name, many in mix.items() for _number in range(many)]
    # Spread as a list would be: of every ten neighbours one or two need something else.
    for number in range(len(formats)):
        format_name = formats[number * 377 % len(formats)]
        address = f"{number + 1} Harbour View, Exeter"
        rows.writerow(
            [f"Tenant {number}", address, f"EX{number % 9 + 1} 1AA", f"t{number}@example.org",
             languages[number % len(languages)], format_name]
        )  # fmt: skip
    return table.getvalue().encode()


def _a_mailing(content: bytes) -> int:
    landlord, now = current_landlord(), datetime.now(UTC)
    start_writing()
    rows = rows_of_list(read_list(content), landlord)
    mailing = begin_draft(landlord, "maintenance-notice", "A thousand", rows, now, "bench@landlord.example")
    write_words(mailing, checked("maintenance-notice", WHEN, SAYS, landlord.languages))
    db.session.flush()
    begin(mailing, now, "bench@landlord.example")
    db.session.commit()
    return mailing.id


def _how_far(mailing_id: int) -> tuple[int, int, str]:
    of_it = MailingRow.mailing_id == mailing_id
    made = db.session.scalar(select(func.count()).where(of_it, MailingRow.state == "made")) or 0
    of = db.session.scalar(select(func.count()).where(of_it)) or 1
    state = db.session.scalar(select(Mailing.state).where(Mailing.id == mailing_id)) or ""
    db.session.rollback()
    return made, of, state


@contextmanager
def _worker(folder: Path, database: str) -> Iterator[int]:
    environment = {
        **os.environ, "INSTANCE_PATH": str(folder / "instance"), "DATABASE_URL": database, "SECRET_KEY": "x" * 40,
        "LANDLORD": "livewest",
    }  # fmt: skip
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--processes", str(PROCESSES)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def _megabytes(pid: int) -> float:
    """Of the process and all below it: what each holds alone, and its share of what they hold together."""
    total = 0.0
    for one in (pid, *_below(pid)):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has just ended
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def _below(pid: int) -> Iterator[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from _below(child)


def _a_document() -> Document:
    mailing = db.session.scalars(select(Mailing).order_by(Mailing.id)).first()
    if mailing is None or mailing.dated_at is None:
        raise LookupError("no mailing was begun")
    row = next(row for row in mailing.rows if row.language == "en")
    return document_for(mailing, row, mailing.dated_at)


def _html_and_styles(document: Document) -> tuple[str, tuple[str, ...]]:
    sheet = print_page.Sheet("standard-print", 14, foot_point_size=12)
    with speaking(document.language):
        folder = Path(current_app.root_path).parent / "templates" / "formats"
        styles = tuple((folder / name).read_text("utf-8") for name in ("print.css", "standard_print.css"))
        return print_page._page(document, sheet), styles


def _sentences(document: Document) -> tuple[str, ...]:
    with speaking(document.language):
        return tuple(one.text for section in spoken.script_of(document) for one in section.sentences)


def _print_bare(letters: list[tuple[str, tuple[str, ...]]]) -> None:
    fonts = FontConfiguration()
    for html, styles in letters:
        sheets = [CSS(string=style, font_config=fonts) for style in styles]
        HTML(string=html).write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")


def _say_bare(letters: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for sentences in letters:
            for number, words in enumerate(sentences):
                out = f"{folder}/{number}.wav"
                subprocess.run(["espeak-ng", "-v", "gmw/en", "-s", "145", "-w", out, words], check=True)


def _in_processes(work: Callable[[list[Any]], None], letters: list[Any]) -> Run:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        list(pool.map(work, [letters[:1]] * PROCESSES))  # warm
        began = time.monotonic()
        list(pool.map(work, [letters[number::PROCESSES] for number in range(PROCESSES)]))
        return Run(len(letters), time.monotonic() - began)


def _by_libreoffice(page: str, folder: Path) -> Run:
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice is not installed (Debian: libreoffice-writer-nogui)")
    here = folder / "office"
    here.mkdir()
    (here / "letter.html").write_text(page, encoding="utf-8")
    usual, out = [office, f"-env:UserInstallation=file://{here}/profile", "--headless"], ["--outdir", str(here)]
    as_odt = ["--infilter=HTML (StarWriter)", "--convert-to", "odt:writer8", *out]
    _quietly([*usual, *as_odt, str(here / "letter.html")])
    copies = [shutil.copy(here / "letter.odt", here / f"{number}.odt") for number in range(CONVERTED)]
    began = time.monotonic()
    _quietly([*usual, "--convert-to", "pdf:writer_pdf_Export", *out, *map(str, copies)])
    if len(list(here.glob("*.pdf"))) != CONVERTED:
        raise SystemExit("LibreOffice did not convert all of them")
    return Run(CONVERTED, time.monotonic() - began)


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=600)


if __name__ == "__main__":
    for row in run():
        print(f"| {row.what} | {row.figure} | {row.against} | {row.ratio} |")
