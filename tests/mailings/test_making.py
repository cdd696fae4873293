"""Each letter of a list is made once, however often the making is broken off; the archives hold them in order."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask

from app import formats
from app.extensions import db, start_writing
from app.formats.document import Document, File, FormatRefused
from app.letters import storage
from app.mailings import actions, making
from app.mailings.files import folder_of
from app.mailings.models import Mailing, MailingRow
from tests.caseload.desk import a_desk_for_many_tests
from tests.mailings.lists import AT, LIST, WHO, a_draft, begun, given

SOON = AT + timedelta(minutes=1)
LATER = AT + timedelta(minutes=10)


def rows_of(mailing: Mailing) -> dict[int, MailingRow]:
    db.session.expire_all()
    return {row.line: row for row in mailing.rows}


def states(mailing: Mailing) -> dict[int, str]:
    return {line: row.state for line, row in rows_of(mailing).items()}


def archive_of(mailing: Mailing, format_name: str) -> Path:
    db.session.expire_all()
    found = next(archive for archive in mailing.archives if archive.format == format_name)
    return storage.folder() / found.path


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """One application for all tests that look at a mailing of their own."""
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client.application


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whom a letter was made for, each time one is."""
    made, real = [], formats.make

    def make(name: str, document: Document, choice: formats.Choice | None = None) -> File:
        made.append(document.recipient[0])
        return real(name, document, choice)

    monkeypatch.setattr(formats, "make", make)
    return made


def test_wrong_rows_keep_why_and_the_others_are_made(app: Flask) -> None:
    mailing = begun()
    assert states(mailing) == {
        2: "waiting",
        3: "waiting",
        4: "waiting",
        5: "wrong",
        6: "waiting",
        7: "wrong",
        8: "wrong",
    }
    assert making.work(mailing.id, AT) is False
    found = rows_of(mailing)
    assert {line: row.problem for line, row in found.items() if row.state == "wrong"} == {
        5: "name", 7: "language: tlh", 8: "twice: 2",
    }  # fmt: skip
    assert [line for line, row in found.items() if row.state == "made"] == [2, 3, 4, 6]
    assert (mailing.state, {one.format: one.letters for one in mailing.archives}) == ("made", {"text": 3, "html": 1})


def test_each_letter_speaks_its_readers_language_and_says_the_words_that_there_are(desk: Flask) -> None:
    mailing = begun()
    making.work(mailing.id, AT)
    said = {line: (storage.folder() / str(row.path)).read_text() for line, row in rows_of(mailing).items() if row.path}
    assert "We paint the stairs." in said[2]
    assert "Rydym yn paentio’r grisiau." in said[3]
    assert "We paint the stairs." in said[4]  # nobody has put it into Arabic
    assert 'lang="en"' in said[4]
    assert all(mailing.reference in words for words in said.values())
    assert "23 November 2026" in said[2]


def test_an_archive_is_in_the_order_of_addresses_and_its_manifest_tells_what_is_in_it(desk: Flask) -> None:
    mailing = begun()
    making.work(mailing.id, AT)
    with zipfile.ZipFile(archive_of(mailing, "text")) as archive:
        names = archive.namelist()
        manifest = list(csv.DictReader(StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
        hashes = [sha256(archive.read(name)).hexdigest() for name in names[1:]]
    assert names == [
        "manifest.csv", "0001-EX2-1AA-line-3.txt", "0002-EX2-1AB-line-6.txt", "0003-EX10-1AA-line-2.txt",
    ]  # fmt: skip
    assert [row["file"] for row in manifest] == names[1:]
    assert [row["sha256"] for row in manifest] == hashes
    assert [row["name"] for row in manifest] == ["Siân Rees", "'=HYPERLINK(1)", "Anna Nowak"]
    assert [row["language"] for row in manifest] == ["cy", "en", "en"]


def test_pages_are_counted_for_the_printer(desk: Flask) -> None:
    text = "Name,Address,Postcode,Format,Size,Paper,Lines\nAnna,1 High Street,EX1 1AA,large print,28pt,yellow,\n"
    mailing = begun(text + "Bo,2 High Street,EX1 1AA,pef,,,20\nCy,3 High Street,EX1 1AA,braille,,,20\n")
    making.work(mailing.id, AT)
    found = {}
    for name in ("large-print", "pef", "braille"):
        with zipfile.ZipFile(archive_of(mailing, name)) as archive:
            found[name] = next(csv.DictReader(StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    assert (found["large-print"]["point_size"], found["large-print"]["variant"]) == ("28", "yellow")
    assert int(found["large-print"]["pages"]) > 1
    assert found["pef"]["pages"] == found["braille"]["pages"] != "1"
    assert found["pef"]["variant"] == "40x20"


def test_what_a_dead_process_was_making_is_made_by_the_next_and_nothing_twice(
    app: Flask, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = begun()
    real = making._make
    monkeypatch.setattr(making, "_make", lambda row_id: real(row_id) if len(counted) < 2 else _die())
    with pytest.raises(SystemExit):
        making.work(mailing.id, AT)
    monkeypatch.setattr(making, "_make", real)
    start_writing()  # a third was killed with no time to say so
    killed = db.session.scalars(db.select(MailingRow).where(MailingRow.state == "waiting").limit(1)).one()
    killed.state, killed.attempts, killed.try_at = "making", 1, AT + making.LEASE
    db.session.commit()
    making.work(mailing.id, SOON)
    assert making.to_work_on(SOON) == {}  # it may still live
    assert sorted(states(mailing).values()).count("made") == 3
    assert mailing.state == "making"
    assert making.to_work_on(LATER) == {mailing.id: making.AT_ONCE}
    making.work(mailing.id, LATER)
    db.session.expire_all()
    assert mailing.state == "made"
    assert sorted(counted) == sorted(["Anna Nowak", "Siân Rees", "Omar Haddad", "=HYPERLINK(1)"])
    assert making.work(mailing.id, LATER) is False
    assert len(counted) == 4


def _die() -> None:
    raise SystemExit(1)


def test_a_paused_mailing_stands_still_until_it_is_resumed(desk: Flask, counted: list[str]) -> None:
    mailing = begun()
    assert making.work(mailing.id, AT, seconds=0) is True
    start_writing()
    actions.pause(mailing)
    db.session.commit()
    assert making.work(mailing.id, AT) is False
    assert (len(counted), mailing.id in making.to_work_on(LATER)) == (1, False)
    start_writing()
    actions.resume(db.session.get_one(Mailing, mailing.id))
    db.session.commit()
    making.work(mailing.id, AT)
    assert (len(counted), len(set(counted))) == (4, 4)


def test_a_refused_letter_does_not_hold_up_the_others_and_can_be_tried_again(
    desk: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing, real = begun(), formats.make

    def make(name: str, document: Document, choice: formats.Choice | None = None) -> File:
        if document.recipient[0] == "Siân Rees":
            raise FormatRefused("no such voice")
        return real(name, document, choice)

    monkeypatch.setattr(formats, "make", make)
    making.work(mailing.id, AT)
    assert rows_of(mailing)[3].problem == "refused: no such voice"
    assert {one.format: one.letters for one in mailing.archives} == {"text": 2, "html": 1}
    monkeypatch.setattr(formats, "make", real)
    start_writing()
    actions.try_again(mailing, LATER)
    db.session.commit()
    making.work(mailing.id, LATER)
    assert rows_of(mailing)[3].state == "made"
    assert {one.format: one.letters for one in mailing.archives} == {"text": 3, "html": 1}


def test_what_fails_is_tried_again_later_and_in_the_end_given_up(desk: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    mailing = begun("Name,Address,Postcode,Format\nAnna,1 High Street,EX1 1AA,text\n")

    def make(*_all: object) -> File:
        raise OSError("no room")

    monkeypatch.setattr(formats, "make", make)
    now = AT
    for _each in range(making.MOST_ATTEMPTS):
        making.work(mailing.id, now)
        now += timedelta(hours=1)
    making.work(mailing.id, now)
    row = rows_of(mailing)[2]
    assert (row.state, row.attempts, row.problem) == ("refused", making.MOST_ATTEMPTS, "trouble: OSError: no room")
    assert (mailing.state, mailing.archives) == ("made", [])


def test_a_file_that_was_altered_before_packing_is_made_anew(desk: Flask, counted: list[str]) -> None:
    mailing = begun()
    while len(counted) < 4:
        making.work(mailing.id, AT, seconds=0)
    row = rows_of(mailing)[2]
    (storage.folder() / str(row.path)).write_text("Somebody else's words")
    (storage.folder() / str(rows_of(mailing)[4].path)).unlink()
    assert making.work(mailing.id, AT) is True
    making.work(mailing.id, LATER)
    db.session.expire_all()
    assert (mailing.state, len(counted)) == ("made", 6)
    with zipfile.ZipFile(archive_of(mailing, "text")) as archive:
        assert "We paint the stairs." in archive.read("0003-EX10-1AA-line-2.txt").decode()


def test_the_same_mailing_made_again_gives_the_same_bytes(desk: Flask) -> None:
    mailing = begun(LIST + "Petra,1 High Street,EX1 1AA,,standard-print,\n")
    making.work(mailing.id, AT)
    before = {one.format: (one.sha256, archive_of(mailing, one.format).read_bytes()) for one in mailing.archives}
    start_writing()
    for row in mailing.rows:
        if row.state == "made":
            (storage.folder() / str(row.path)).unlink()
            row.state, row.path = "waiting", None
    mailing.archives.clear()
    mailing.state = "making"
    db.session.commit()
    making.work(mailing.id, LATER)
    db.session.expire_all()
    assert {
        one.format: (one.sha256, archive_of(mailing, one.format).read_bytes()) for one in mailing.archives
    } == before


def test_making_begins_only_once_there_are_words_and_somebody_to_read_them(desk: Flask) -> None:
    start_writing()
    mailing = a_draft("Name,Address,Postcode\nAnna,,EX1 1AA\n")
    with pytest.raises(actions.NotReady, match="rows"):
        actions.begin(mailing, AT, WHO)
    empty = a_draft()
    empty.given = {}
    with pytest.raises(actions.NotReady, match="words"):
        actions.begin(empty, AT, WHO)
    db.session.rollback()
    done = begun()
    for act in (actions.resume, lambda one: actions.write_words(one, given()), actions.drop):
        with pytest.raises(actions.NotNow):
            act(done)


def test_a_dropped_mailing_leaves_no_name_and_no_file(desk: Flask) -> None:
    mailing = begun()
    making.work(mailing.id, AT, seconds=0)
    start_writing()
    actions.pause(mailing)
    actions.drop(mailing)
    db.session.commit()
    assert rows_of(mailing) == {}
    assert not folder_of(mailing).exists()
    assert (mailing.state, mailing.created_by) == ("dropped", WHO)


def test_a_letter_that_is_made_while_its_mailing_is_given_up_leaves_no_file(
    desk: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing, real = begun(), formats.make

    def given_up_meanwhile(name: str, document: Document, choice: formats.Choice | None = None) -> File:
        start_writing()
        actions.pause(db.session.get_one(Mailing, mailing_id))
        actions.drop(db.session.get_one(Mailing, mailing_id))
        db.session.commit()
        return real(name, document, choice)

    mailing_id, folder = mailing.id, folder_of(mailing)
    monkeypatch.setattr(formats, "make", given_up_meanwhile)
    making.work(mailing_id, SOON, seconds=0)
    assert not list(folder.glob("*"))
