"""The page of one letter, behind the link in its email: read, heard, kept, over in time, and nobody else's."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.cases.models import Case
from app.dispatch.mail import compose
from app.extensions import db
from app.letters.actions import request_letter
from app.letters.links import LASTS, LinkIsOver, address_of, letter_behind
from tests.dispatch.mailing import queued
from tests.journeys.reader import Reader


def path_in(words: str) -> str:
    found = re.search(r"https?://[^/\s\"]+(/\S*/letter/[A-Za-z0-9._-]+)", words)
    assert found, words
    return found[1]


def a_path(language: str = "en") -> tuple[str, str]:
    """The path of a letter's page, begun now, and the letter's title."""
    letter = queued(language=language).letter
    assert letter
    return path_in(address_of(letter, datetime.now(UTC))), letter.title


def test_the_email_says_where_and_until_when_as_text_and_html(sqlite_app: Flask) -> None:
    message = queued()
    mail = compose(message, message.created_at)
    (page, _kind), *_others = mail.alternatives
    assert path_in(str(mail.body)) == path_in(str(page))
    for words in (str(mail.body).replace("\n", " "), str(page)):
        assert "on our website until Wednesday 23 December 2026" in words.replace("Wednesday, ", "Wednesday ")


def test_the_email_of_a_sensitive_case_holds_no_link(sqlite_app: Flask) -> None:
    message = queued()
    assert message.case
    message.case.is_restricted = True
    mail = compose(message, message.created_at)
    assert "/letter/" not in str(mail.body)
    assert "/letter/" not in str(mail.alternatives[0][0])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_whole_letter_is_on_its_page_and_kept_by_nobody(sqlite_app: Flask, language: str) -> None:
    path, title = a_path(language)
    reader = Reader(sqlite_app.test_client()).open(path)
    assert title in reader.words
    assert "The lift has been broken for three weeks." in reader.words
    assert reader.response.headers["Cache-Control"] == "no-store"
    assert reader.response.headers["Referrer-Policy"] == "same-origin"
    assert reader.page.xpath("//article/@lang") == [language]
    assert reader.page.xpath("//audio[@controls]/@src")


def test_the_letter_is_kept_in_another_format(sqlite_app: Flask) -> None:
    path, _title = a_path()
    answer = sqlite_app.test_client().get(f"{path}/text")
    assert answer.status_code == 200
    assert "The lift has been broken" in answer.text.replace("\r\n", " ")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert sqlite_app.test_client().get(f"{path}/parchment").status_code == 404


def test_after_thirty_days_the_page_says_so_and_where_the_letter_is(sqlite_app: Flask) -> None:
    letter = queued().letter
    assert letter
    long_ago = datetime.now(UTC) - LASTS
    assert letter_behind(path_in(address_of(letter, long_ago)).rpartition("/")[2], long_ago + timedelta(days=29))
    with pytest.raises(LinkIsOver):
        letter_behind(path_in(address_of(letter, long_ago)).rpartition("/")[2], datetime.now(UTC))
    answer = sqlite_app.test_client().get(path_in(address_of(letter, long_ago)))
    assert answer.status_code == 410
    assert "This link has ended" in answer.text
    assert "/en/track" in answer.text
    assert letter.title not in answer.text


def test_a_changed_key_opens_nothing(sqlite_app: Flask) -> None:
    path, _title = a_path()
    wrong = path[:-9] + ("A" if path[-9] != "A" else "B") + path[-8:]
    assert sqlite_app.test_client().get(wrong).status_code == 404
    assert sqlite_app.test_client().get(f"{wrong}/text").status_code == 404


def test_a_link_closes_when_the_case_becomes_sensitive(sqlite_app: Flask) -> None:
    message = queued()
    letter = request_letter(message.case or Case(), "receipt", message.created_at)
    db.session.commit()
    path = path_in(address_of(letter, datetime.now(UTC)))
    assert sqlite_app.test_client().get(path).status_code == 200
    letter.case.is_restricted = True
    db.session.commit()
    assert sqlite_app.test_client().get(path).status_code == 404
