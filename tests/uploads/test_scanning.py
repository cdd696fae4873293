"""The check for viruses: at once where the scanner answers, else later; what is found is given to nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings, WrongSetting
from app.extensions import db
from app.uploads import storage
from app.uploads.models import Upload
from app.uploads.sweep import TRY_AGAIN_AFTER, sweep
from tests.conftest import MakeApp
from tests.staff.door import words_of
from tests.uploads import samples
from tests.uploads.attaching import a_desk, add, at_files, links_to_files, listed, send_complaint, stored
from tests.uploads.clamd import EICAR, running_clamd, small_scanner

NOBODY_THERE = "127.0.0.1:9"


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_clamd(tmp_path_factory.mktemp("clamd")) as address:
        yield address


def state() -> tuple[str, str | None]:
    db.session.expire_all()
    upload = db.session.scalars(db.select(Upload)).one()
    return upload.state, upload.finding


def sent_without_a_scan(app: Flask) -> tuple[FlaskClient, str]:
    """A complaint with one photo that came while no scanner answered. A colleague's browser, and the reference."""
    client = app.test_client()
    reader = add(at_files(client), (samples.photo(), "photo.jpg"))
    reader.press()
    reference = send_complaint(reader)
    return a_desk(client), reference


def test_a_file_with_a_virus_is_refused_at_once_and_the_others_are_kept(make_app: MakeApp, clamd: str) -> None:
    app = make_app(clamd=clamd)
    with app.app_context():
        reader = at_files(app.test_client())
        add(reader, (samples.photo(), "one.jpg"), (samples.document() + EICAR, "two.pdf"))
        assert reader.mistakes == ["We did not keep “two.pdf”. Our check found a virus in it. Choose another file."]
        assert listed(reader) == ["one.jpg"]
        assert state() == ("clean", None)
        assert len(stored()) == 1


def test_without_a_scanner_staff_see_that_a_file_was_not_checked(sqlite_app: Flask) -> None:
    desk, reference = sent_without_a_scan(sqlite_app)
    assert "not checked for viruses" in words_of(desk.get(f"/staff/cases/{reference}"))
    (link,) = links_to_files(desk, reference)
    assert desk.get(link).status_code == 200


def test_while_the_scanner_is_down_forms_are_taken_and_files_wait_for_it(make_app: MakeApp, clamd: str) -> None:
    app = make_app(clamd=NOBODY_THERE)
    with app.app_context():
        desk, reference = sent_without_a_scan(app)
        (link,) = links_to_files(desk, reference)
        answer = desk.get(link)
        assert answer.status_code == 503
        assert "This file is not checked yet" in words_of(answer)
        now = datetime.now(UTC)
        sweep(now)
        assert state() == ("waiting", None)
        db.session.rollback()
        object.__setattr__(app.config["LETTERBOX"], "clamd", clamd)  # it is back
        sweep(now)
        assert state() == ("waiting", None), "tried again at once"
        db.session.rollback()
        sweep(now + TRY_AGAIN_AFTER + timedelta(seconds=1))
        assert state() == ("clean", None)
        assert desk.get(link).status_code == 200
        assert "checked for viruses" in words_of(desk.get(f"/staff/cases/{reference}"))


def test_what_is_found_later_is_given_to_nobody_and_stands_in_the_history(make_app: MakeApp, clamd: str) -> None:
    app = make_app()
    with app.app_context():
        desk, reference = sent_without_a_scan(app)
        (link,) = links_to_files(desk, reference)
        (path,) = stored()
        path.write_bytes(path.read_bytes() + EICAR)
        object.__setattr__(app.config["LETTERBOX"], "clamd", clamd)  # set up today
        sweep(datetime.now(UTC))
        verdict, finding = state()
        assert verdict == "infected"
        assert "Eicar" in str(finding)
        db.session.rollback()
        answer = desk.get(link)
        assert answer.status_code == 409
        assert EICAR not in answer.data
        assert "This file holds a virus" in words_of(answer)
        assert links_to_files(desk, reference) == []
        assert "found a virus in a file that came with this" in words_of(desk.get(f"/staff/cases/{reference}"))


def test_an_answer_that_is_no_verdict_is_none(make_app: MakeApp) -> None:
    app = make_app()
    with app.app_context():
        reader = at_files(app.test_client())
        for number, says in enumerate(
            (b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: \0", b"\xff" * 9000), 1
        ):
            with small_scanner(says) as address:
                object.__setattr__(app.config["LETTERBOX"], "clamd", address)
                assert len(listed(add(reader, (samples.photo(), "photo.jpg")))) == number
        assert set(db.session.scalars(db.select(Upload.state))) == {"waiting"}


def test_a_scanner_over_the_network_is_asked_in_the_same_words(make_app: MakeApp) -> None:
    with small_scanner() as address:
        app = make_app(clamd=address)
        with app.app_context():
            reader = add(at_files(app.test_client()), (samples.photo() + EICAR, "photo.jpg"))
            assert "found a virus" in reader.mistakes[0]
            assert listed(add(reader, (samples.photo(), "photo.jpg"))) == ["photo.jpg"]
            assert state() == ("clean", None)


def test_a_file_that_is_gone_from_the_disk_is_said_to_be(sqlite_app: Flask) -> None:
    desk, reference = sent_without_a_scan(sqlite_app)
    (link,) = links_to_files(desk, reference)
    (path,) = stored()
    storage.remove(path.name)
    answer = desk.get(link)
    assert answer.status_code == 410
    assert "This file is not there any more" in words_of(answer)


@pytest.mark.parametrize("value", ["clamd", ":3310", "here:port", "here:70000"])
def test_an_address_that_cannot_be_one_stops_the_start(tmp_path: Path, value: str) -> None:
    environment = {"CLAMD": value, "INSTANCE_PATH": str(tmp_path)}
    with pytest.raises(WrongSetting, match="CLAMD"):
        Settings.from_environment(environment)
    assert Settings.from_environment({**environment, "CLAMD": "/run/clamd"}).clamd == "/run/clamd"
    assert Settings.from_environment({**environment, "CLAMD": "[::1]:3310"}).clamd == "[::1]:3310"
