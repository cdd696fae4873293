"""A page as a file: text at once, print when asked for, sound by the worker; made once, and anew for new words."""

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.content import files
from app.content.composing import page_in
from app.content.files import InTheMaking, Wish, clear, made, read_one_out
from app.dispatch.queue import Queue
from app.formats.check import check
from app.formats.document import FormatRefused
from tests.content.shelves import TUESDAY, a_page, a_site_for_many_tests, shelve, unshelve
from tests.laws.page_laws import assert_page_laws, words_of

NOW = datetime.now(TUESDAY.tzinfo)


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[Flask]:
    with a_site_for_many_tests(request) as app:
        yield app
        unshelve()


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    shelve(a_page("leaks", "Turn the tap.\n\n## Then\n\nCall us."), a_page("contact", "Call us."))
    for path in files.folder().glob("*"):
        path.unlink()
    return site.test_client()


@pytest.fixture
def nudges(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    given: list[str] = []
    monkeypatch.setattr(Queue, "nudge", lambda self, name, row_id, priority=None: given.append(name))
    return given


def wish(format: str, language: str = "en", slug: str = "leaks", **more: Any) -> Wish:
    return Wish(page_in(slug, language, NOW, is_shown=False), format, NOW, **more)


def test_text_comes_at_once_and_is_kept_nowhere(client: FlaskClient) -> None:
    answer = client.get("/en/help/leaks/as/text")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert "Leaks\n=====\n\nTurn the tap." in answer.text
    assert "Our reference" not in answer.text
    assert client.get("/en/help/leaks/as/text", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert not list(files.folder().glob("*"))


def test_print_is_made_once_for_each_size_and_passes_the_rules_of_letters(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get("/en/help/leaks/as/large-print?size=24")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "leaks-en-large-print-24.pdf" in answer.headers["Content-Disposition"]
    (kept,) = files.folder().glob("*.pdf")
    first = kept.stat().st_mtime_ns
    assert client.get("/en/help/leaks/as/large-print?size=24").data == answer.data
    assert kept.stat().st_mtime_ns == first
    path = tmp_path / "leaks.pdf"
    path.write_bytes(answer.data)
    assert list(check(path)) == []


def test_other_words_are_another_file(client: FlaskClient) -> None:
    before = wish("audio").key
    assert wish("audio").key == before
    shelve(a_page("leaks", "Turn the tap to the right."))
    assert wish("audio").key != before
    assert wish("large-print", size=16).key != wish("large-print", size=28).key


def test_the_day_on_which_a_page_is_asked_for_makes_no_other_file(client: FlaskClient) -> None:
    page = page_in("leaks", "en", NOW)
    assert Wish(page, "audio", NOW).key == Wish(page, "audio", NOW + timedelta(days=3)).key


def test_sound_is_wished_for_once_and_the_page_looks_again_until_it_is_there(
    client: FlaskClient, nudges: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _time in range(3):
        answer = client.get("/en/help/leaks/as/audio")
        assert answer.status_code == 202
        page = assert_page_laws(answer)
        assert page.xpath("//@data-look-again") == ["/en/help/leaks/as/audio"]
        assert "/en/help/leaks/as/audio" in page.xpath("//main//a/@href")  # without a script
        assert client.head("/en/help/leaks/as/audio").status_code == 202
        assert answer.cache_control.no_store
    assert nudges == [files.TASK]
    assert read_one_out(NOW)
    answer = client.get("/en/help/leaks/as/audio")
    assert (answer.status_code, answer.mimetype) == (200, "audio/mpeg")
    assert client.get("/en/help/leaks/as/audio", headers={"Range": "bytes=0-99"}).status_code == 206
    assert not read_one_out(NOW)
    assert {path.suffix for path in files.folder().glob("*")} == {".mp3"}


def test_who_has_waited_long_is_told_to_call_and_the_page_stops_looking(client: FlaskClient, nudges: list[str]) -> None:
    client.get("/en/help/leaks/as/audio")
    (wanted,) = files.folder().glob("*.wanted")
    long_ago = time.time() - files.PATIENCE.total_seconds() - 60
    os.utime(wanted, (long_ago, long_ago))
    answer = client.get("/en/help/leaks/as/audio")
    assert b"data-look-again" not in answer.data
    assert "longer than it should" in answer.text


def test_two_workers_do_not_read_out_the_same_page_and_a_dead_one_holds_nothing_up(
    client: FlaskClient, nudges: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made_now: list[str] = []
    monkeypatch.setattr(files, "_make", lambda one: made_now.append(one.key) or b"sound")
    with pytest.raises(InTheMaking):
        made(wish("audio"))
    claim = wish("audio").wanted.with_suffix(".making")
    claim.touch()
    os.utime(claim, (NOW.timestamp(), NOW.timestamp()))
    assert not read_one_out(NOW)  # another is at it
    assert read_one_out(NOW + files.LEASE + timedelta(minutes=1))
    assert made_now == [wish("audio").key]
    assert not claim.exists()


def test_a_wish_for_words_that_nobody_shows_any_more_is_dropped(client: FlaskClient, nudges: list[str]) -> None:
    with pytest.raises(InTheMaking):
        made(wish("audio"))
    shelve(a_page("leaks", "Other words."))
    assert not read_one_out(NOW)
    assert not list(files.folder().glob("*"))


def test_what_cannot_be_made_well_is_refused_in_words_with_what_can_be_had(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, nudges: list[str]
) -> None:
    def fail(one: Wish) -> bytes:
        raise FormatRefused("The voice broke off.")

    monkeypatch.setattr(files, "_make", fail)
    assert client.get("/en/help/leaks/as/audio").status_code == 202
    assert not read_one_out(NOW)
    answer = client.get("/en/help/leaks/as/audio")
    assert answer.status_code == 422
    page = assert_page_laws(answer)
    assert "/en/help/leaks/as/text" in page.xpath("//main//a/@href")
    assert "/en/another-format/of/leaks" in page.xpath("//main//a/@href")
    assert "broke off" not in words_of(page)
    (refused,) = files.folder().glob("*")
    long_ago = time.time() - files.REFUSED_FOR.total_seconds() - 60
    os.utime(refused, (long_ago, long_ago))
    assert client.get("/en/help/leaks/as/audio").status_code == 202  # it is tried again


def test_one_page_that_cannot_be_read_out_holds_no_other_up(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, nudges: list[str]
) -> None:
    def fail_once(one: Wish) -> bytes:
        if one.composed.slug == "leaks":
            raise RuntimeError("the voice has gone")
        return b"sound"

    monkeypatch.setattr(files, "_make", fail_once)
    for slug in ("leaks", "contact"):
        with pytest.raises(InTheMaking):
            made(wish("audio", slug=slug))
    os.utime(wish("audio").wanted, (time.time() - 9, time.time() - 9))  # the longest waiting
    assert not read_one_out(NOW)
    assert read_one_out(NOW)
    assert wish("audio", slug="contact").path.read_bytes() == b"sound"


def test_a_nudge_that_was_lost_is_given_again_within_a_minute(client: FlaskClient, nudges: list[str]) -> None:
    with pytest.raises(InTheMaking):
        made(wish("audio"))
    nudges.clear()
    files.sweep(NOW)
    assert nudges == [files.TASK]


def test_where_the_disk_is_full_print_comes_all_the_same_and_sound_is_not_promised(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(files, "write_whole", full)
    answer = client.get("/en/help/leaks/as/standard-print")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "longer than it should" in client.get("/en/help/leaks/as/audio").text


def test_a_language_without_a_voice_is_not_offered_sound(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "reason_against", lambda tag, name: "no-voice" if name == "audio" else None)
    assert "/as/audio" not in client.get("/en/help/leaks").text
    assert client.get("/en/help/leaks/as/audio").status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "leaks/as/braille",
        "leaks/as/html",
        "leaks/as/large-print?size=17",
        "leaks/as/large-print?size=²⁴",
        "none/as/text",
    ],
)
def test_only_what_we_offer_is_made(client: FlaskClient, address: str) -> None:
    assert client.get(f"/en/help/{address}").status_code == 404
    assert not list(files.folder().glob("*"))


def test_pages_with_an_address_of_their_own_can_be_taken_along_too(client: FlaskClient) -> None:
    assert "Contact\n=======" in client.get("/en/contact/as/text").text
    assert "/en/contact/as/text" in client.get("/en/contact").text


def test_files_that_were_made_long_ago_are_removed(client: FlaskClient) -> None:
    client.get("/en/help/leaks/as/standard-print")
    (kept,) = files.folder().glob("*.pdf")
    assert clear(NOW) == 0
    assert clear(NOW + files.KEPT_FOR + timedelta(days=1)) == 1
    assert not kept.exists()
