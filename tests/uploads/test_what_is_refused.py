"""Files that are not taken: why, in a sentence that names the file and says what to do."""

import time
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.extensions import db
from app.uploads import limits as limits_module
from app.uploads.actions import NotTaken, name_to_show, prepare
from app.uploads.limits import LIMITS, WrongLimits, limits, read_limits
from tests.complaints.complaining import LIFT
from tests.uploads import samples
from tests.uploads.attaching import add, at_files, listed, send, stored

ISO_FILM = b"\0\0\0\x18ftypmp42\0\0\0\0"


@pytest.fixture
def words(sqlite_app: Flask) -> Callable[[bytes, str], str]:
    """Why this file is not taken, on an English page."""

    def refused(content: bytes, name: str) -> str:
        with sqlite_app.test_request_context("/en/"), pytest.raises(NotTaken) as refusal:
            prepare(BytesIO(content), name)
        assert stored() == [], "something of it is left"
        return refusal.value.reason

    return refused


REFUSED = [
    (b"", "empty.jpg", "“empty.jpg” is empty."),
    (b"MZ\x90\0" + b"\0" * 500, "photo.jpg", "We cannot open “photo.jpg”. Choose a photo, a PDF"),
    (b"PK\x03\x04" + b"\0" * 500, "letter.docx", "We cannot open “letter.docx”."),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.svg", "We cannot open “photo.svg”."),
    (b"<!DOCTYPE html><script>1</script>", "film.mp4", "We cannot open “film.mp4”."),
    (b"#EXTM3U\nfile:///etc/passwd\n", "list.m3u8", "We cannot open “list.m3u8”."),
    (samples.photo()[:2000], "half.jpg", "We could not read “half.jpg”. It may be damaged."),
    (b"\x89PNG\r\n\x1a\n" + b"x" * 900, "broken.png", "We could not read “broken.png”."),
    (b"%PDF-1.7\n" + b"x" * 900, "broken.pdf", "We could not read “broken.pdf”."),
    (ISO_FILM + b"x" * 900, "broken.mp4", "We could not read “broken.mp4”."),
    (b"\0\0\0\x18ftypheic\0\0\0\0" + b"x" * 900, "broken.heic", "We could not read “broken.heic”."),
    (b"ID3\x03" + b"x" * 9000, "broken.mp3", "We could not read “broken.mp3”."),
]


def test_what_cannot_be_read_is_refused_by_name_with_what_to_do(words: Callable[[bytes, str], str]) -> None:
    for content, name, says in REFUSED:
        assert words(content, name).startswith(says), name


def test_a_locked_pdf_is_refused_with_what_to_do(words: Callable[[bytes, str], str]) -> None:
    assert words(samples.locked_document(), "a.pdf") == (
        "“a.pdf” is locked with a password. Choose a copy that is not locked."
    )


def test_a_hundred_million_dots_in_a_small_file_are_refused_quickly(words: Callable[[bytes, str], str]) -> None:
    bomb = samples.bomb()
    assert len(bomb) < 50_000
    started = time.process_time(), time.monotonic()
    assert "more than 60 million dots" in words(bomb, "bomb.png")
    assert time.monotonic() - started[1] < 5, "it was read"


def test_each_kind_has_its_own_limits(words: Callable[[bytes, str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    smaller = LIMITS.read_text()
    for usual, small in (
        ("bytes = 15_000_000\npixels", "bytes = 1000\npixels"),
        ("pages = 200", "pages = 1"),
        ("bytes = 30_000_000", "bytes = 3000"),
        ("seconds = 180", "seconds = 1"),
    ):
        smaller = smaller.replace(usual, small)
    found = read_limits(smaller)
    for module in ("cleaning", "reasons", "actions"):
        monkeypatch.setattr(f"app.uploads.{module}.limits", lambda: found)
    assert words(samples.photo(), "p.jpg") == "“p.jpg” is too large. A photo can be up to 1 KB. Try a smaller one."
    assert words(samples.document(pages=2), "d.pdf").startswith("“d.pdf” has too many pages. A PDF can have up to 1.")
    assert words(samples.recording(), "s.mp3").startswith("“s.mp3” is too large. It can be up to 3 KB.")
    assert words(samples.film(seconds=3), "f.mov").startswith("“f.mov” is too long.")


def test_limits_that_cannot_be_used_stop_the_start_and_say_which() -> None:
    text = LIMITS.read_text()
    for wrong, says in (
        (text.replace("files = 10", "files = 0"), "[draft] files is 0"),
        (text.replace("files = 10", "files = 'ten'"), "[draft] files is 'ten'"),
        (text.replace("pages = 200", ""), "[document] must have bytes, pages"),
        (text + "\n[archive]\nbytes = 1\n", "archive"),
        (text.replace("120_000_000", "1_000_000"), "[draft] bytes"),
        (text + "[", "cannot be read"),
    ):
        with pytest.raises(WrongLimits) as refusal:
            read_limits(wrong)
        assert says in str(refusal.value)
    assert limits_module.limits().draft.files == 10


def test_a_mistake_with_one_file_keeps_the_others_and_leads_to_the_field(sqlite_app: Flask) -> None:
    reader = at_files(sqlite_app.test_client())
    add(reader, (samples.photo(), "one.jpg"), (b"MZ", "two.exe"), (samples.photo(), "three.jpg"))
    assert reader.response.status_code == 422
    assert listed(reader) == ["one.jpg", "three.jpg"]
    assert reader.mistakes == ["We cannot open “two.exe”. Choose a photo, a PDF, a sound recording or a video."]
    assert reader.page.find(".//title").text.startswith("Error:")


def test_more_files_than_a_form_holds_are_refused_one_by_one(sqlite_app: Flask) -> None:
    reader = at_files(sqlite_app.test_client())
    small = samples.as_bytes(samples.picture(20, 20), "JPEG")
    add(reader, *[(small, f"{number}.jpg") for number in range(1, 12)])
    assert len(listed(reader)) == limits().draft.files == 10
    assert reader.mistakes == ["We could not add “11.jpg”. You can add up to 10 files. Remove one first."]
    assert len(stored()) == 10


NAMES = [
    ("C:\\Users\\Anna\\photo.jpg", "photo.jpg"),
    ("../../../etc/passwd", "passwd"),
    ("photo\u202egpj.exe", "photogpj.exe"),
    ("a\x00b\nc.jpg", "abc.jpg"),
    ("", "A file without a name"),
    ("x" * 300 + ".jpg", "x" * 115 + "….jpg"),
    ("می‌خواهم.jpg", "می‌خواهم.jpg"),
]


def test_a_name_is_shown_without_folders_or_tricks(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context("/en/"):
        for given_name, shown in NAMES:
            assert name_to_show(given_name) == shown


BEGINNINGS = [
    b"",
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"%PDF-1.4\n",
    ISO_FILM,
    b"ID3\x04",
    b"RIFF\0\0\0\0WAVE",
]


def test_whatever_is_sent_under_whatever_name_the_page_comes_back_and_no_answer_is_lost(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = at_files(client)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(BEGINNINGS), st.binary(max_size=300), st.text(max_size=40), st.sampled_from(["add", "continue"])
    )
    def anything(beginning: bytes, rest: bytes, name: str, then: str) -> None:
        here = reader.open("/en/complaint/files")
        answered = send(here, (beginning + rest, name.encode("utf-8", "replace").decode()), then=then)
        assert answered.status_code in (303, 422), answered.status_code
        reader.open("/en/complaint/what-happened")
        assert reader.fields()["what_happened"].replace("\r", "") == LIFT

    anything()
    db.session.rollback()
    assert listed(reader.open("/en/complaint/files")) == []
