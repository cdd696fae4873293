"""What comes to notices from outside as nobody meant it: strange addresses, a file sent in another way, odd moments."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.languages import speaking
from app.notices import actions, from_files, mailing
from app.notices.calendars import calendar
from app.notices.files import ELSEWHERE, FileRefused, read_notice, read_update
from app.notices.retelling import facts
from app.notices.shapes import Given
from tests.laws.page_laws import page_of, words_of
from tests.notices.subscribers import MINUTE, NOW, WHO, a_subscriber, published, waiting
from tests.notices.telling import a_notice


def test_a_key_that_no_database_can_look_for_is_no_notice(client: FlaskClient) -> None:
    assert client.get("/en/notices/a%00b").status_code == 404
    assert actions.held("a\0b") is None


def test_an_update_sent_again_with_other_ends_of_lines_is_the_same(sqlite_app: Flask) -> None:
    notice = published()
    for words, is_new in (("Still slow.\r\nCall us.\r\n", True), ("Still slow.\r\nCall us.\r\n", False)):
        file = read_update(json.dumps({"words": {"en": words}}))
        assert from_files.update_by_file(notice.key, file, WHO, NOW) is is_new
        db.session.commit()


def test_no_notice_takes_the_address_of_another_page(sqlite_app: Flask) -> None:
    paths = [
        rule.rule.removeprefix("/<lang:language>").removeprefix("/staff") for rule in sqlite_app.url_map.iter_rules()
    ]
    firsts = {path.split("/")[2] for path in paths if path.startswith("/notices/")}
    assert {first for first in firsts if not first.startswith("<")} == ELSEWHERE
    for taken in ELSEWHERE:
        with pytest.raises(FileRefused, match="another page"):
            read_notice(json.dumps({"id": taken, "kind": "other"}), NOW, current_landlord())


def test_who_changes_only_the_words_moves_no_time_by_seconds(sqlite_app: Flask) -> None:
    """The form shows minutes; a monitoring system’s notice began at the second at which it was sent."""
    a_subscriber()
    began = NOW.replace(second=17, microsecond=345) - 2 * MINUTE
    notice = published(at=began, ends_at=began + timedelta(hours=1))
    mailing.sweep(NOW)
    shown = {name: getattr(notice, name).replace(second=0, microsecond=0) for name in ("starts_at", "ends_at")}
    start_writing()
    said = {"en": {"title": "The website is slow", "words": "We work on it."}}
    actions.change(
        notice, Given(kind=notice.kind, severity=notice.severity, words=said, **shown), WHO, NOW, notice.version
    )
    db.session.commit()
    assert notice.events[-1].details == {"fields": ["words"]}
    mailing.sweep(NOW + MINUTE)
    assert len(waiting()) == 1, "nobody is told that times have changed"


def test_in_the_hour_that_comes_twice_an_event_ends_after_it_begins(sqlite_app: Flask) -> None:
    notice = a_notice("Sun 2026-10-25 00:30", created_at=NOW, changed_at=NOW)
    notice.starts_at, notice.ends_at = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    with speaking("en"):
        lines = calendar([notice], current_landlord(), "https://site.example").decode().splitlines()
    assert "DTSTART;TZID=Europe/London:20261025T013000" in lines
    assert "DTEND:20261025T013000Z" in lines, "one hour later: London’s clocks show 1:30 again"


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"kind": "other"}, "words: nothing is usual"),
        ({"kind": "busy-lines", "starts_at": "0001-01-01T00:00+14:00"}, "starts_at: "),
    ],
)
def test_a_file_that_would_tell_people_nothing_or_never_is_refused(
    sqlite_app: Flask, found: dict[str, str], told: str
) -> None:
    with pytest.raises(FileRefused, match=told):
        read_notice(json.dumps(found), NOW, current_landlord())


def test_a_file_written_on_windows_is_read(sqlite_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "notice.json"
    file.write_text('{"kind": "busy-lines"}', encoding="utf-8-sig")
    assert sqlite_app.test_cli_runner().invoke(args=["notices", "publish", str(file)]).exit_code == 0


def test_whoever_sends_a_file_of_what_is_over_learns_that_nobody_sees_it(sqlite_app: Flask, tmp_path: Path) -> None:
    file, run = tmp_path / "notice.json", sqlite_app.test_cli_runner()
    file.write_text('{"id": "watch-1", "kind": "technical-trouble"}', encoding="utf-8")
    said = [
        run.invoke(args=["notices", *arguments]).stderr
        for arguments in (["publish", str(file)], ["resolve", "watch-1"], ["publish", str(file)])
    ]
    assert ["it is over" in one for one in said] == [False, False, True]


def test_a_banner_says_where_so_that_others_can_pass_over_it(client: FlaskClient) -> None:
    published(areas=("EX4", "EX5", "EX6", "PL1", "PL2"), at=NOW - MINUTE)
    assert "For these areas: EX4, EX5, EX6, PL1…" in words_of(page_of(client.get("/en/")))


def test_nobody_is_told_that_what_was_cancelled_may_go_on(sqlite_app: Flask) -> None:
    notice = a_notice("Thu 2026-12-31 06:00", cancelled_at=NOW)
    assert "We do not know yet" not in " ".join(facts(notice))
    notice.cancelled_at = None
    assert "We do not know yet" in " ".join(facts(notice))


def test_a_reason_is_kept_without_signs_that_no_database_takes(app: Flask) -> None:
    start_writing()
    words = {"en": {"title": "The website is off", "words": "We work on it."}}
    notice = actions.write(Given("planned-maintenance", "urgent", words, NOW + timedelta(hours=2)), WHO, NOW)
    actions.publish(notice, WHO, NOW, may_announce_late=True, reason="It could\0 not wait")
    db.session.commit()
    assert notice.lead_reason == "It could not wait"
