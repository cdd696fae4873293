"""An email of our own words: sent once, tried again while there is hope, readable by everybody, and then forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from playwright.sync_api import Page

from app.cases.models import Case
from app.dispatch.actions import forget_words, messages_of, queue_words
from app.dispatch.mail import compose
from app.dispatch.models import Message
from app.dispatch.sending import send_message
from app.extensions import db, start_writing
from tests.cases.test_opening import opened
from tests.conftest import MakeApp
from tests.dispatch.mailing import MINUTE, NOW, a_reader, history, part, seen
from tests.dispatch.post_office import PostOffice
from tests.rig.checkers import axe, nu
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

LINK = "https://letterbox.example/en/come-back/Zm9yIHRlc3RzIG9ubHk"
WORDS = {
    "en": f"To go on, open this page:\n\n{LINK}\n\nIt works until Monday <30 November> & no longer.",
    "ar": f"افتح هذه الصفحة:\n\n{LINK}\n\nالرابط يعمل حتى يوم الاثنين.",
}


def queued_words(language: str = "en", case: Case | None = None, address: str = "anna@example.org") -> Message:
    if case is None:
        start_writing()
    message = queue_words(address, "Your link from LiveWest", WORDS[language], language, NOW, case)
    db.session.commit()
    return message


def a_case() -> Case:
    start_writing()
    return opened(tenant=a_reader(), received_at=NOW)


class TestOverSmtp:
    def test_it_arrives_once_with_its_words_as_text_and_as_a_page(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued_words()
        assert send_message(message.id, NOW)
        assert not send_message(message.id, NOW + 60 * MINUTE)
        assert seen(message) == ("sent", 1, None)
        assert LINK not in (message.words or ""), "once it has gone its secret is kept nowhere"
        (mail,) = office.taken
        assert office.recipients == ["anna@example.org"]
        assert (mail["Subject"], mail["Message-ID"]) == ("Your link from LiveWest", message.message_id)
        assert (mail["Content-Language"], mail["Auto-Submitted"]) == ("en", "auto-generated")
        assert "LiveWest" in mail["From"]
        assert [line.rstrip() for line in part(mail, "plain").splitlines()] == [
            *WORDS["en"].splitlines(), "", "LiveWest",
        ]  # fmt: skip
        (link,) = html.fromstring(part(mail, "html")).xpath("//a")
        assert (link.get("href"), link.text) == (LINK, LINK)
        assert "<30 November> & no longer" in html.fromstring(part(mail, "html")).text_content()

    def test_not_now_is_tried_again_with_the_same_id(self, mailing_app: Flask, office: PostOffice) -> None:
        office.says(data="451 try again later")
        message = queued_words()
        assert not send_message(message.id, NOW)
        assert seen(message)[0] == "waiting"
        assert LINK in (message.words or "")
        assert send_message(message.id, NOW + MINUTE)
        assert [mail["Message-ID"] for mail in office.taken] == [message.message_id]

    def test_never_is_believed_with_no_case_to_tell(self, mailing_app: Flask, office: PostOffice) -> None:
        office.says(rcpt="550 nobody of that name")
        for address in ("anna@example.org", "no address"):
            message = queued_words(address=address)
            assert not send_message(message.id, NOW)
            assert seen(message)[0] == "failed"
        assert office.taken == []


class TestWithoutAServer:
    def test_it_is_a_file_named_by_its_id(self, sqlite_app: Flask) -> None:
        message = queued_words("ar")
        assert send_message(message.id, NOW)
        (path,) = sqlite_app.config["LETTERBOX"].outgoing_path.iterdir()
        assert path.name == message.message_id.strip("<>") + ".eml"
        assert b"Subject: Your link from LiveWest" in path.read_bytes()


class TestOfACase:
    def test_the_history_says_what_became_of_it_and_the_cases_page_still_opens(
        self, make_app: MakeApp, office: PostOffice
    ) -> None:
        app = make_app(mail_server="127.0.0.1", mail_port=office.port)
        with app.app_context():
            office.says(rcpt="550 nobody of that name")
            case = a_case()
            failed, sent = queued_words(case=case), queued_words(case=case)
            for message in (failed, sent):
                send_message(message.id, NOW)
            assert history(sent)[-2:] == ["note_failed", "note_sent"]
            assert [one.id for one in messages_of(case.id)] == [failed.id, sent.id]
            reference = case.reference
            a_colleague_with_a_password()
            client: FlaskClient = app.test_client()
            sign_in(client)
            page = client.get(f"/staff/cases/{reference}")
            assert page.status_code == 200
            assert "could not be sent: 550 nobody of that name" in words_of(page)
            assert "A note about this case was sent by email." in words_of(page)


def test_what_belongs_to_no_case_is_removed_after_a_while(sqlite_app: Flask) -> None:
    queued_words()
    case = a_case()
    of_a_case = queued_words(case=case)
    assert forget_words(NOW + timedelta(days=6)) == 0
    assert forget_words(NOW + timedelta(days=7)) == 1
    assert [one.id for one in db.session.scalars(db.select(Message))] == [of_a_case.id]


@pytest.mark.browser
def test_the_page_is_valid_and_accessible_and_arabic_reads_from_the_right(
    sqlite_app: Flask, page: Page, tmp_path: Path
) -> None:
    for language in ("en", "ar"):
        mail = compose(queued_words(language), NOW)
        (alternative,) = mail.alternatives
        written = str(alternative[0])
        (tmp_path / f"{language}.html").write_text(written, encoding="utf-8")
        page.set_content(written)
        assert axe(page) == []
        root = html.document_fromstring(written)
        assert (root.get("lang"), root.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
        assert root.xpath("//h1/text()") == ["Your link from LiveWest"]
        assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).direction") == root.get("dir")
    assert nu(tmp_path) == []
