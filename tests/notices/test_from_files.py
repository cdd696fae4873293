"""``flask notices …``: whoever is on duty, and monitoring systems, publish and end notices from a file, each once."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.cases.clock import LONDON
from app.extensions import db
from app.notices import from_files
from app.notices.files import FileRefused, read_notice, read_update
from app.notices.lists import notice_of
from app.notices.models import Notice, NoticeUpdate
from app.notices.shapes import KINDS
from app.notices.usual import usual
from tests.builders import a_colleague
from tests.cases.moments import london, written
from tests.letters.test_files_and_misfortune import another_process
from tests.notices.test_lead_times import LIVEWEST

TROUBLE: dict[str, Any] = {
    "id": "watch-4711",
    "kind": "technical-trouble",
    "severity": "important",
    "services": ["website"],
    "words": {"en": {"title": "The website is slow", "words": "We look into it."}},
}


def local(days: int, hour: int) -> str:
    day = datetime.now(UTC).astimezone(LONDON).date() + timedelta(days=days)
    return f"{day}T{hour:02}:00"


@pytest.fixture
def file_of(tmp_path: Path) -> Any:
    def write(found: Any) -> str:
        path = tmp_path / "notice.json"
        path.write_text(found if isinstance(found, str) else json.dumps(found), encoding="utf-8")
        return str(path)

    return write


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["notices", *arguments])


def done(app: Flask, *arguments: str) -> str:
    """The last line of what it prints."""
    answer = run(app, *arguments)
    assert answer.exit_code == 0, answer.output
    return str(answer.stdout.splitlines()[-1])


def refused(app: Flask, *arguments: str) -> str:
    answer = run(app, *arguments)
    assert answer.exit_code == 1, answer.output
    return answer.output


def test_a_monitoring_system_tells_of_trouble_adds_to_it_and_ends_it_each_once(app: Flask, file_of: Any) -> None:
    for what in ("published", "there already: nothing was changed"):
        answer = run(app, "publish", file_of(TROUBLE))
        assert answer.exit_code == 0, answer.output
        assert answer.stdout.splitlines() == [what, "watch-4711"]
        assert "cy: not translated" in answer.stderr
    for _ in range(2):
        assert done(app, "update", "watch-4711", file_of({"words": {"en": "Pages load again."}})) == "watch-4711"
    for _ in range(2):
        assert done(app, "resolve", "watch-4711", "--words", file_of({"words": {"en": "Over."}})) == "watch-4711"
    notice = notice_of("watch-4711")
    assert notice
    assert [event.what for event in notice.events] == ["written", "published", "updated", "resolved"]
    assert [update.words["en"] for update in notice.updates] == ["Pages load again.", "Over."]
    assert {event.by for event in notice.events} == {"command"}
    assert done(app, "publish", file_of(TROUBLE)) == "watch-4711"
    assert db.session.scalar(select(func.count(Notice.id))) == 1, (
        "sent once more after its end, it does not begin again"
    )
    assert "(not in cy" in run(app, "list", "--all").output
    assert "until resolved" not in run(app, "list", "--all").output, "it is known by now when it ended"
    assert run(app, "list").output == ""


def test_two_processes_with_one_file_publish_it_once(app: Flask, file_of: Any) -> None:
    db.session.commit()
    work = f"""
        sys.argv = ["flask", "notices", "publish", {file_of(TROUBLE)!r}]
        answer = app.test_cli_runner().invoke(args=sys.argv[1:])
        print(answer.stdout.splitlines()[0], answer.exit_code, flush=True)
    """
    with another_process(app, work) as one, another_process(app, work) as two:
        said = sorted(process.said().strip() for process in (one, two))
    assert said == ["published 0", "there already: nothing was changed 0"]
    db.session.rollback()
    assert db.session.scalar(select(func.count(Notice.id))) == 1


def test_who_looked_before_the_other_had_written_finds_it_at_the_second_try(
    app: Flask, file_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(app, "publish", file_of(TROUBLE))
    really, looked_too_early = from_files._notice, [True]
    monkeypatch.setattr(from_files, "_notice", lambda key: None if looked_too_early.pop() else really(key))
    looked_too_early.insert(0, False)
    assert done(app, "publish", file_of(TROUBLE)) == "watch-4711"
    assert looked_too_early == []
    assert db.session.scalar(select(func.count(Notice.id))) == 1


def test_what_cannot_be_read_or_done_is_told_by_name_and_nothing_is_kept(sqlite_app: Flask, file_of: Any) -> None:
    wrong = TROUBLE | {"id": "A b", "severety": "urgent", "kind": "fire", "services": ["fax"], "ends_at": "tomorrow"}
    said = refused(sqlite_app, "publish", file_of(wrong))
    for piece in ("severety is not known: write only id, kind", "kind: write one of", "id: write up to 60",
                  "services: fax is not known", "ends_at: write local time"):  # fmt: skip
        assert piece in said
    for found, piece in (
        ("{", "no JSON"),
        ("[]", "one object"),
        (TROUBLE | {"words": {"en": {"title": "a", "text": "b"}}}, "words.en.text is not known"),
        (TROUBLE | {"words": {"cy": {"title": "a", "words": "b"}}}, "words.en.title is missing"),
        (TROUBLE | {"words": {"fr": {"title": "a", "words": "b"}}}, "unknown fr"),
        (TROUBLE | {"areas": ["Devon"]}, "unknown Devon"),
        (TROUBLE | {"starts_at": "2026-02-30T10:00"}, "starts_at: day is out of range"),
        (TROUBLE | {"starts_at": "2027-03-28T01:30"}, "no such time in London"),
        (TROUBLE | {"ends_at": local(-1, 9)}, "ends_at: "),
    ):
        assert piece in refused(sqlite_app, "publish", file_of(found))
    for act in ("resolve", "cancel"):
        assert "no notice has the key nothing" in refused(sqlite_app, act, "nothing")
    assert db.session.scalar(select(func.count(Notice.id))) == 0


def test_another_file_with_an_id_that_is_taken_is_refused(sqlite_app: Flask, file_of: Any) -> None:
    done(sqlite_app, "publish", file_of(TROUBLE))
    assert "flask notices update watch-4711" in refused(
        sqlite_app, "publish", file_of(TROUBLE | {"severity": "urgent"})
    )
    same = dict(reversed(TROUBLE.items()))
    assert done(sqlite_app, "publish", file_of(same)) == "watch-4711"


def test_without_words_and_times_it_says_what_is_usual_from_now_on(sqlite_app: Flask, file_of: Any) -> None:
    key = done(sqlite_app, "publish", file_of({"kind": "busy-lines"}))
    assert key.startswith("busy-lines-")
    notice = notice_of(key)
    assert notice
    assert (notice.words["en"]["title"], notice.words["en"]["words"]) == usual("busy-lines", "en")
    assert (notice.severity, notice.services, notice.starts_at) == ("information", [], notice.published_at)
    assert done(sqlite_app, "publish", file_of({"kind": "busy-lines"})) != key, "without an id each is another"


def test_only_colleagues_who_may_are_named_and_only_a_manager_is_late(sqlite_app: Flask, file_of: Any) -> None:
    for email, roles in (("kim@x.example", ("advisor",)), ("pri@x.example", ("complaints-team",)),
                         ("grace@x.example", ("manager",))):  # fmt: skip
        a_colleague(email, roles=roles)
    db.session.commit()
    late = file_of({"kind": "planned-maintenance", "starts_at": local(1, 6), "ends_at": local(1, 9)})
    said = refused(sqlite_app, "publish", late)
    assert "would be the latest" in said
    assert "not counted: It has to be announced by closing time on this day" in said
    for email in ("kim@x.example", "nobody@x.example"):
        assert "no colleague who may" in refused(sqlite_app, "publish", late, "--by", email)
    reason = ("--late-reason", "A fault that cannot wait")
    assert "takes --by" in refused(sqlite_app, "publish", late, *reason)
    assert "takes --by" in refused(sqlite_app, "publish", late, "--by", "pri@x.example", *reason)
    notice = notice_of(done(sqlite_app, "publish", late, "--by", "Grace@x.example", *reason))
    assert notice
    assert (notice.lead_is_kept, notice.lead_reason, notice.published_by) == (False, reason[1], "grace@x.example")


def test_an_update_may_move_the_end_and_a_last_word_may_not(sqlite_app: Flask, file_of: Any) -> None:
    key = done(sqlite_app, "publish", file_of(TROUBLE | {"ends_at": local(1, 9)}))
    longer = {"words": {"en": "It takes longer."}, "ends_at": local(2, 9)}
    assert done(sqlite_app, "update", key, file_of(longer)) == key
    notice = notice_of(key)
    assert notice
    assert notice.ends_at
    assert notice.ends_at.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M") == local(2, 9)
    assert "ends_at is not known" in refused(sqlite_app, "resolve", key, "--words", file_of(longer))
    assert "words.en.words is missing" in refused(sqlite_app, "update", key, file_of({"words": {"cy": "Mwy."}}))
    assert "like {" in refused(sqlite_app, "update", key, file_of({"words": {"en": {"words": "More."}}}))
    assert done(sqlite_app, "cancel", key) == key
    assert "cancelled already" in run(sqlite_app, "cancel", key).output
    assert db.session.scalar(select(func.count(NoticeUpdate.id))) == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-24T16:59", "Thu 2026-12-24 16:59"),
        ("2026-07-01T09:00", "Wed 2026-07-01 09:00"),
        ("2026-07-01T09:00Z", "Wed 2026-07-01 10:00"),
        ("2026-10-25T01:30+00:00", "Sun 2026-10-25 01:30"),
    ],
)
def test_times_are_londons_unless_they_say_another_offset(typed: str, meant: str) -> None:
    found = read_update(json.dumps({"words": {"en": "x"}, "ends_at": typed}))
    assert found.ends_at
    assert written(found.ends_at) == meant


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    found = read_update(json.dumps({"ends_at": "2026-10-25T01:30"}))
    assert found.ends_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


OF_ANOTHER_KIND = (
    "null",
    "3",
    '{"kind": ["other"]}',
    '{"kind": "other", "words": []}',
    '{"kind": "other", "id": 7}',
    '{"kind": "other", "areas": "EX4"}',
    '{"kind": "other", "services": [1]}',
    '{"kind": "other", "starts_at": 5}',
)


@pytest.mark.parametrize("wrong", OF_ANOTHER_KIND)
def test_values_of_another_kind_are_refused_and_break_nothing(wrong: str) -> None:
    with pytest.raises(FileRefused):
        read_notice(wrong, london("Mon 2026-12-21 09:00"), LIVEWEST)


def test_there_are_usual_words_for_every_kind_and_they_fit(sqlite_app: Flask) -> None:
    from app.notices.checking import LONGEST_TITLE

    for kind in KINDS:
        title, words = usual(kind, "en")
        assert title
        assert words
        assert len(title) <= LONGEST_TITLE / 2, "Welsh and Arabic need room"
