"""An email holds the letter, and the file that its reader needs; its subject tells a bystander nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from lxml import html

from app import formats
from app.dispatch.mail import ATTACHED
from app.dispatch.sending import send_message
from app.extensions import db
from app.formats.document import File, FormatRefused
from app.tenants.models import FORMATS_BY_EMAIL
from tests.conftest import MakeApp
from tests.dispatch.mailing import NOW, a_reader, history, part, queued, seen
from tests.dispatch.post_office import PostOffice


@pytest.fixture
def mailing_app(make_app: MakeApp, office: PostOffice) -> Iterator[Flask]:
    """No database changes what an email holds; what becomes of it is proved on both in test_email.py."""
    with (made := make_app(mail_server="127.0.0.1", mail_port=office.port)).app_context():
        yield made
        db.session.rollback()


def holding(page: str, words: str) -> list[html.HtmlElement]:
    """The elements whose own text has these words."""
    found: list[html.HtmlElement] = html.fromstring(page).xpath("//body//*[contains(text(), $words)]", words=words)
    return found


class TestWhatIsSent:
    def test_the_letter_goes_to_the_tenant_as_text_and_html(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued()
        assert send_message(message.id, NOW)
        (mail,) = office.taken
        assert office.recipients == ["anna@example.org"]
        for words in (message.case.reference, "The lift has been broken for three weeks.", "0300 111 3000"):
            assert words in part(mail, "plain").replace("\n", " ")
            assert words in part(mail, "html")
        assert '<html lang="en"' in part(mail, "html")

    def test_the_subject_tells_a_bystander_nothing(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued()
        send_message(message.id, NOW)
        assert office.taken[0]["Subject"] == f"A letter from LiveWest: {message.case.reference}"

    def test_it_comes_from_the_landlord_and_an_answer_goes_there(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued()
        send_message(message.id, NOW)
        (mail,) = office.taken
        assert mail["From"] == "LiveWest <letterbox@localhost>"
        assert mail["Reply-To"] == "enquiries@livewest.co.uk"
        assert mail["Message-ID"] == message.message_id
        assert mail["Date"] == "Mon, 23 Nov 2026 12:00:00 +0000"
        assert mail["Auto-Submitted"] == "auto-generated"

    @pytest.mark.parametrize("language", ["ar", "ur"])
    def test_from_right_to_left_numbers_and_addresses_keep_their_order(
        self, mailing_app: Flask, office: PostOffice, language: str
    ) -> None:
        message = queued(language=language)
        send_message(message.id, NOW)
        (mail,) = office.taken
        assert mail["Content-Language"] == language
        page, words, reference = part(mail, "html"), part(mail, "plain"), message.case.reference
        assert f'lang="{language}" dir="rtl"' in page
        for island in (reference, "0300 123 8080", "enquiries@livewest.co.uk", "1 High Street", "EX1 1AA"):
            assert f"\u2066{island}\u2069" in words, island
            assert {one.xpath("string(ancestor-or-self::*[@dir][1]/@dir)") for one in holding(page, island)} == {"ltr"}
        assert mail["Subject"].endswith(f"\u2066{reference}\u2069")

    @pytest.mark.parametrize(
        ("needed", "ending", "holds"), [("large-print", ".pdf", b"%PDF"), ("braille", ".brf", b",LIVE,WE/")]
    )
    def test_the_file_that_the_tenant_needs_goes_with_it(
        self, mailing_app: Flask, office: PostOffice, needed: str, ending: str, holds: bytes
    ) -> None:
        message = queued(tenant=a_reader(format=needed, point_size=24))
        assert send_message(message.id, NOW)
        (attached,) = office.taken[0].iter_attachments()
        assert attached.get_filename() == f"{message.case.reference}{ending}"
        content = attached.get_content()
        assert isinstance(content, bytes)
        assert holds in content

    def test_every_format_that_goes_by_email_is_the_email_or_goes_with_it(self) -> None:
        assert set(FORMATS_BY_EMAIL) <= {"html", "text", *ATTACHED}

    def test_a_file_that_mail_servers_would_refuse_stays_behind_the_link(
        self, mailing_app: Flask, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.dispatch.mail.LARGEST_ATTACHMENT", 1_000)
        message = queued(tenant=a_reader(format="large-print"))
        assert send_message(message.id, NOW)
        assert list(office.taken[0].iter_attachments()) == []
        assert "/letter/" in part(office.taken[0], "plain")

    @pytest.mark.parametrize(("needed", "goes"), [("large-print", []), ("wav", [".mp3"])])
    def test_without_a_link_a_file_too_large_goes_as_a_smaller_one_or_a_colleague_is_told(
        self, mailing_app: Flask, office: PostOffice, monkeypatch: pytest.MonkeyPatch, needed: str, goes: list[str]
    ) -> None:
        really = formats.make

        def make(name: str, *more: Any) -> File:  # quicker than recordings
            sounds = {"wav": File("a.wav", "audio/wav", b"w" * 2_000), "audio": File("a.mp3", "audio/mpeg", b"m")}
            return sounds.get(name) or really(name, *more)

        monkeypatch.setattr(formats, "make", make)
        monkeypatch.setattr("app.dispatch.mail.LARGEST_ATTACHMENT", 1_000)
        message = queued(tenant=a_reader(format=needed))
        message.case.is_restricted = True
        db.session.commit()
        assert send_message(message.id, NOW) is bool(goes)
        sent = [str(file.get_filename()) for mail in office.taken for file in mail.iter_attachments()]
        assert [name[-4:] for name in sent] == goes
        assert ("message_failed" in history(message)) is not bool(goes)

    @pytest.mark.parametrize("needed", ["standard-print", "html", "text", "audio-cd"])
    def test_what_the_email_says_itself_or_the_post_brings_is_not_attached(
        self, mailing_app: Flask, office: PostOffice, needed: str
    ) -> None:
        message = queued(tenant=a_reader(format=needed))
        send_message(message.id, NOW)
        assert list(office.taken[0].iter_attachments()) == []

    def test_where_the_format_is_refused_the_words_go_without_the_file_and_the_history_says_so(
        self, mailing_app: Flask, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        really = formats.make

        def refuse_audio(name: str, *more: Any) -> File:
            if name == "audio":
                raise FormatRefused("there is no voice for this language")
            return really(name, *more)

        monkeypatch.setattr(formats, "make", refuse_audio)
        message = queued(tenant=a_reader(format="audio"))
        assert send_message(message.id, NOW)
        assert list(office.taken[0].iter_attachments()) == []
        assert "letter_refused" in history(message)

    def test_where_the_file_cannot_be_made_now_the_email_waits_for_it(
        self, mailing_app: Flask, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        really = formats.make

        def stumble(name: str, *more: Any) -> File:
            if name == "audio":
                raise RuntimeError("the engine has stopped")
            return really(name, *more)

        monkeypatch.setattr(formats, "make", stumble)
        message = queued(tenant=a_reader(format="audio"))
        assert not send_message(message.id, NOW)
        assert seen(message)[::2] == ("waiting", "RuntimeError: the engine has stopped")
        assert office.taken == []
