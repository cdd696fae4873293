"""Requests that are too large, broken or lost, full disks, other people's drafts: nothing is lost."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient

from app.extensions import db
from app.journeys import drafts, steps
from app.uploads import storage
from app.uploads.limits import limits
from app.uploads.models import Upload
from app.uploads.sweep import clear_shelves
from tests.complaints.complaining import LIFT
from tests.journeys.reader import Reader
from tests.letters.test_files_and_misfortune import a_disk_of
from tests.uploads import samples
from tests.uploads.attaching import add, at_files, listed, send, send_complaint, stored

KEPT = "Your answers and the files in the list are kept."


def with_one_file(client: FlaskClient) -> Reader:
    return add(at_files(client), (samples.photo(), "one.jpg"))


def assert_nothing_is_lost(reader: Reader, *names: str) -> None:
    """The page that came back lists them, and so it does when it is opened anew; what was typed is there."""
    assert KEPT in reader.words
    assert listed(reader) == list(names)
    assert listed(reader.open("/en/complaint/files")) == list(names)
    assert reader.open("/en/complaint/what-happened").fields()["what_happened"].replace("\r", "") == LIFT


class _Endless(BytesIO):
    """So many bytes, without having them."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.left = size

    def read(self, size: int | None = -1) -> bytes:  # type: ignore[override]
        given = min(self.left, 1 << 16 if size is None or size < 0 else size)
        self.left -= given
        return b"x" * given


def test_a_request_that_is_too_large_is_read_to_its_end_and_answered(sqlite_app: Flask) -> None:
    reader = with_one_file(sqlite_app.test_client())
    size = limits().largest_request + 1
    body = _Endless(size)
    answered = reader.client.post(
        reader.path,
        input_stream=body,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(size)},
    )
    assert answered.status_code == 413
    assert body.left == 0, "the browser is still sending, and would show no answer"
    reader._see(answered)
    assert "All files together can be up to 120 MB." in reader.words
    assert_nothing_is_lost(reader, "one.jpg")


def test_a_request_that_breaks_off_loses_nothing(sqlite_app: Flask) -> None:
    reader = with_one_file(sqlite_app.test_client())
    for body, kind in (
        (
            b"--x\r\nContent-Disposition: form-data; name=files; filename=a.jpg\r\n\r\nhalf",
            "multipart/form-data; boundary=x",
        ),
        (b"no parts at all", "multipart/form-data; boundary=x"),
        (b"\xff\xfe\x00", "multipart/form-data"),
        (b"{}", "application/json"),
    ):
        reader._see(reader.client.post("/en/complaint/files", data=body, content_type=kind))
        assert reader.response.status_code == 400
        assert "did not reach us whole" in reader.words
        assert_nothing_is_lost(reader, "one.jpg")


def test_a_lost_token_loses_nothing_but_the_new_files(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = with_one_file(client)
    reader._see(send(reader, (samples.photo(), "two.jpg"), csrf_token="of yesterday"))
    assert reader.response.status_code == 400
    assert "choose the new files again" in reader.words
    assert len(stored()) == 1
    assert_nothing_is_lost(reader, "one.jpg")
    add(reader.open("/en/complaint/files"), (samples.photo(), "two.jpg"))
    assert listed(reader) == ["one.jpg", "two.jpg"]


def test_a_full_disk_loses_nothing_and_what_is_chosen_again_later_arrives(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = at_files(client)
    folder = current_app.config["LETTERBOX"].uploads_path
    large = samples.as_bytes(samples.Image.effect_noise((800, 600), 90).convert("RGB"), "JPEG")
    assert len(large) > 64_000
    with a_disk_of(folder, 64):
        reader._see(send(reader, (large, "large.jpg")))
        assert reader.response.status_code == 503
        assert "We could not keep the files just now." in reader.words
        assert_nothing_is_lost(reader)
        assert stored() == []
    add(reader.open("/en/complaint/files"), (large, "large.jpg"))
    assert listed(reader) == ["large.jpg"]


def test_a_file_can_be_taken_back_and_is_gone(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = add(at_files(client), (samples.photo(), "one.jpg"), (samples.photo(), "two.jpg"))
    (first, _second) = reader.page.xpath("//button[@name='remove']/@value")
    answered = client.post(reader.path, data={**reader.fields(), "remove": first}, content_type="multipart/form-data")
    assert answered.status_code == 303
    reader.open(reader.path)
    assert "The file is removed. We have not kept it." in reader.words
    assert listed(reader) == ["two.jpg"]
    assert len(stored()) == 1


def test_files_can_be_added_while_changing_answers(sqlite_app: Flask) -> None:
    reader = with_one_file(sqlite_app.test_client())
    reader.press()
    reader.open("/en/complaint/files/change")
    add(reader, (samples.photo(), "two.jpg"), then="continue")
    assert reader.path == "/en/complaint/check"
    assert reader.summary["Files you sent"] == "one.jpg\ntwo.jpg"


def test_nobody_sees_or_removes_the_files_of_another_draft(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    mine = with_one_file(client)
    stranger = at_files(client.application.test_client())
    assert listed(stranger) == []
    (number,) = mine.page.xpath("//button[@name='remove']/@value")
    answered = stranger.client.post(
        stranger.path, data={**stranger.fields(), "remove": number}, content_type="multipart/form-data"
    )
    assert answered.status_code == 303
    assert listed(mine.open("/en/complaint/files")) == ["one.jpg"]
    send_complaint(stranger)
    assert db.session.scalars(db.select(Upload.contact_id)).all() == [None], "sent with somebody else's complaint"


def test_what_comes_after_sending_is_not_taken_for_sent(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = with_one_file(client)
    late = {**reader.fields(), "then": "add"}
    reader.press()
    send_complaint(reader)
    answered = client.post(
        "/en/complaint/files",
        data={**late, "files": [(BytesIO(samples.photo()), "late.jpg")]},
        content_type="multipart/form-data",
    )
    assert answered.status_code == 409
    assert "has not reached us" in answered.get_data(as_text=True)
    assert len(stored()) == 1


def test_deleted_answers_take_their_files_with_them(sqlite_app: Flask) -> None:
    reader = with_one_file(sqlite_app.test_client())
    assert len(stored()) == 1
    reader.open("/en/complaint/delete").press()
    assert stored() == []
    assert db.session.scalar(db.select(db.func.count(Upload.id))) == 0


def test_a_draft_that_ran_out_takes_its_files_with_it_and_a_sent_one_does_not(client: FlaskClient) -> None:
    sent = with_one_file(client)
    sent.press()
    send_complaint(sent)
    with_one_file(client.application.test_client())
    assert len(stored()) == 2
    drafts.purge_expired_drafts(datetime.now(UTC) + timedelta(days=8))
    assert len(stored()) == 1
    assert db.session.scalars(db.select(Upload)).one().contact is not None


def test_a_draft_that_began_anew_under_the_same_cookie_has_none_of_the_old_files(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = with_one_file(sqlite_app.test_client())
    later = datetime.now(UTC) + timedelta(days=8)
    monkeypatch.setattr(steps, "now", lambda: later)
    reader.open("/en/complaint")
    reader.answer(who="customer")
    assert db.session.scalar(db.select(db.func.count(Upload.id))) == 0


def test_files_that_no_row_speaks_of_are_removed_after_a_day_and_no_others(sqlite_app: Flask) -> None:
    with_one_file(sqlite_app.test_client())
    (known,) = stored()
    with storage.workshop() as own:
        (own / "made").write_bytes(b"left behind")
        storage.put(own / "made")
    now = datetime.now(UTC)
    assert clear_shelves(now, range(256)) == 0, "it may be somebody's in a moment"
    assert clear_shelves(now + timedelta(days=1, minutes=1), range(256)) == 1
    assert stored() == [known]


def test_what_a_killed_process_left_half_made_is_cleared_away(sqlite_app: Flask) -> None:
    half = storage.folder() / ".parts" / "dead"
    half.mkdir(parents=True)
    (half / "sent").write_bytes(b"half")
    now = datetime.now(UTC)
    storage.clear_workshop(now)
    assert half.exists()
    storage.clear_workshop(now + timedelta(days=1, minutes=1))
    assert not half.exists()
