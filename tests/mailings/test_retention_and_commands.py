"""How long a list is kept; the worker's turns; and mailings from the command line."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.cases import retention as of_cases
from app.dispatch.queue import current_queue
from app.extensions import db, start_writing
from app.letters import storage
from app.mailings import actions, making, retention, worker
from app.mailings.models import Mailing
from tests.builders import needs, person
from tests.caseload.desk import a_case_that_came_in
from tests.cases.test_retention import where_it_says
from tests.mailings.lists import AT, BOTH, LIST, WORDS, a_draft, begun

A_YEAR = datetime(2027, 11, 23, 0, 30, tzinfo=UTC)  # made on 23 November 2026


def made(text: str = LIST) -> Mailing:
    mailing = begun(text)
    making.work(mailing.id, AT)
    db.session.expire_all()
    assert mailing.state == "made"
    return mailing


def test_names_and_files_go_a_year_after_the_last_letter_and_what_was_said_stays(sqlite_app: Flask) -> None:
    mailing = made()
    assert retention.sweep(A_YEAR - timedelta(hours=1)) == 0
    assert "mailing_row" in where_it_says("Omar Haddad")
    assert retention.sweep(A_YEAR) == 1
    assert where_it_says("Omar Haddad") == []
    assert not list(storage.folder().rglob("*.*"))
    db.session.expire_all()
    assert (mailing.state, mailing.given["en"]["work"]) == ("made", "We paint the stairs.")
    assert retention.sweep(A_YEAR) == 0


def test_a_draft_that_nobody_takes_up_goes_after_a_month(sqlite_app: Flask) -> None:
    mailing = a_draft()
    assert retention.sweep(AT + timedelta(days=29)) == 0
    assert retention.sweep(AT + timedelta(days=30)) == 1
    db.session.expire_all()
    assert (mailing.state, mailing.rows) == ("dropped", [])


def test_a_tenant_who_is_forgotten_is_forgotten_in_mailings_too(sqlite_app: Flask) -> None:
    case = a_case_that_came_in(person=person(name="Ada Byron"), needs=needs(format="text"))
    start_writing()
    case.status, case.closed_at, case.closed_because = "closed", AT - timedelta(days=365 * 7), "withdrawn"
    db.session.commit()
    mailing = made("Name,Address,Postcode,Format\nAda Byron,1 High Street,EX1 1AA,\nOmar,2 High Street,EX1 1AA,html\n")
    assert of_cases.sweep(AT) == 1
    assert where_it_says("Ada Byron") == []
    db.session.expire_all()
    assert [archive.format for archive in mailing.archives] == ["html"]
    assert not list(storage.folder().rglob("mailings/**/*.txt"))
    assert [row.state for row in mailing.rows] == ["wrong", "made"]


def test_a_lost_nudge_is_found_and_no_more_are_given_than_processes_can_use(sqlite_app: Flask) -> None:
    now = datetime.now(UTC)
    mailing, huey = begun(at=now), current_queue().huey
    worker.sweep(now)
    worker.sweep(now + timedelta(minutes=1))
    assert huey.pending_count() == making.AT_ONCE
    while task := huey.dequeue():
        huey.execute(task)
    db.session.expire_all()
    assert mailing.state == "made"
    worker.sweep(now + timedelta(minutes=3))
    assert huey.pending_count() == 0


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.json"
    path.write_text(json.dumps({"both": BOTH, **WORDS}), encoding="utf-8")
    return path


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "stairs.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_the_command_makes_a_list_and_tells_wrong_lines(sqlite_app: Flask, listed: Path, words: Path) -> None:
    run = sqlite_app.test_cli_runner().invoke
    told = ["mailings", "make", str(listed), "--letter", "maintenance-notice", "--words", str(words)]
    checked = run(args=[*told, "--check"])
    assert checked.stdout == "4 of 7 lines can be made\n"
    assert checked.stderr == "line 5: name\nline 7: language: tlh\nline 8: twice: 2\n"
    assert db.session.scalar(db.select(db.func.count(Mailing.id))) == 0
    result = run(args=told)
    assert result.exit_code == 0, result.output
    reference = result.stdout.splitlines()[-1]
    assert f"{reference}  made  4 made, 3 wrong" in result.stdout
    status = run(args=["mailings", "status", reference.lower()])
    assert "text            3 letters" in status.stdout
    assert "line 7: language: tlh" in status.stderr
    assert f"{reference}  made" in run(args=["mailings", "status"]).stdout
    assert run(args=["mailings", "status", "K7M4-QX9T"]).exit_code == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"both": {}, "en": {"work": "x"}}', "begins_on needed; enters_homes needed"),
        ('{"tlh": {"work": "x"}}', "tlh is no language of this landlord"),
        ('{"en": {"work": 4}}', "a value is no text"),
        ("[]", "it is no object of objects"),
        ("{", "cannot be used"),
    ],
)
def test_words_that_cannot_be_used_are_refused_by_name(
    sqlite_app: Flask, listed: Path, words: Path, content: str, said: str
) -> None:
    words.write_text(content)
    run = sqlite_app.test_cli_runner().invoke
    result = run(args=["mailings", "make", str(listed), "--letter", "maintenance-notice", "--words", str(words)])
    assert (result.exit_code, said in result.output) == (1, True)


def test_what_can_be_left_to_the_worker_is_left(sqlite_app: Flask, listed: Path, words: Path) -> None:
    run = sqlite_app.test_cli_runner().invoke
    told = ["mailings", "make", str(listed), "--letter", "maintenance-notice", "--words", str(words)]
    assert run(args=[*told, "--leave"]).exit_code == 0
    assert db.session.scalars(db.select(Mailing.state)).all() == ["making"]
    assert current_queue().huey.pending_count() == making.AT_ONCE
    with pytest.raises(actions.NotNow):
        actions.begin(db.session.scalars(db.select(Mailing)).one(), AT, "kim")
