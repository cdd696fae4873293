"""Email: handed to a real server once, tried again while there is hope, and visible when there is none."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from flask import Flask

from app.dispatch.actions import HandlerNotNamed, NotWaiting, mark_posted, queue_message, try_again, way_to
from app.dispatch.models import Message
from app.dispatch.sending import ENOUGH_ATTEMPTS, LEASE, send_message, to_send
from app.extensions import db, start_writing
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.tenants.actions import record_tenant
from app.tenants.models import Tenant
from tests.builders import a_colleague, needs, person
from tests.cases.test_opening import opened
from tests.conftest import MakeApp
from tests.dispatch.post_office import PostOffice, open_post_office

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_reader(language: str = "en", email: str | None = "anna@example.org", **needed: object) -> Tenant:
    start_writing()
    return record_tenant(person(email=email), needs(contact_channel="email", **needed), language, NOW, None)


def queued(
    name: str = "receipt", tenant: Tenant | None = None, language: str = "en", address: str = "anna@example.org"
) -> Message:
    case = opened(tenant=tenant or a_reader(language), language=language, received_at=NOW)
    message = queue_message(request_letter(case, name, NOW), "email", address, NOW)
    db.session.commit()
    return message


def seen(message: Message) -> tuple[str, int, str | None]:
    db.session.expire_all()
    return message.state, message.attempts, message.problem


def history(message: Message) -> list[str]:
    db.session.expire_all()
    return [event.what for event in message.case.events]


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


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

    def test_it_says_in_which_language_it_is(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued(language="ar")
        send_message(message.id, NOW)
        (mail,) = office.taken
        assert mail["Content-Language"] == "ar"
        assert 'dir="rtl"' in part(mail, "html")

    @pytest.mark.parametrize(("needed", "kind"), [("large-print", "application/pdf")])
    def test_the_file_that_the_tenant_needs_goes_with_it(
        self, mailing_app: Flask, office: PostOffice, needed: str, kind: str
    ) -> None:
        message = queued(tenant=a_reader(format=needed, point_size=24))
        assert send_message(message.id, NOW)
        (attached,) = office.taken[0].iter_attachments()
        assert attached.get_content_type() == kind
        assert attached.get_filename() == f"{message.case.reference}.pdf"
        content = attached.get_content()
        assert isinstance(content, bytes)
        assert content.startswith(b"%PDF")

    @pytest.mark.parametrize("needed", ["standard-print", "html", "text", "audio-cd"])
    def test_what_the_email_says_itself_or_the_post_brings_is_not_attached(
        self, mailing_app: Flask, office: PostOffice, needed: str
    ) -> None:
        message = queued(tenant=a_reader(format=needed))
        send_message(message.id, NOW)
        assert list(office.taken[0].iter_attachments()) == []


class TestWhatBecomesOfIt:
    def test_sent_it_is_written_down_and_never_sent_again(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued()
        assert send_message(message.id, NOW)
        assert not send_message(message.id, NOW + 60 * MINUTE)
        assert seen(message) == ("sent", 1, None)
        assert message.sent_at == message.letter.sent_at == NOW
        assert history(message)[-1] == "message_sent"
        assert len(office.taken) == 1

    def test_an_acknowledgement_that_is_sent_keeps_the_promise_and_starts_the_codes_clock(
        self, mailing_app: Flask, office: PostOffice
    ) -> None:
        a_colleague("ada@landlord.example", roles=("complaints-team",))
        message = queued("acknowledgement")
        assert send_message(message.id, NOW + 5 * MINUTE)
        db.session.expire_all()
        promises = {(one.standard, one.regime): one for one in message.case.promises}
        assert promises["complaint.acknowledge", "landlord"].met_at == NOW + 5 * MINUTE
        assert promises["complaint.stage_1_response", "code"].counted_from_at == NOW + 5 * MINUTE
        assert message.case.next_due_at == promises["complaint.stage_1_response", "landlord"].due_at

    def test_a_receipt_keeps_no_promise(self, mailing_app: Flask, office: PostOffice) -> None:
        a_colleague("ada@landlord.example", roles=("complaints-team",))
        message = queued("receipt")
        assert send_message(message.id, NOW)
        assert {promise.met_at for promise in message.case.promises} == {None}

    def test_an_acknowledgement_does_not_go_out_while_nobody_is_named(self, mailing_app: Flask) -> None:
        with pytest.raises(HandlerNotNamed):
            queued("acknowledgement")

    @pytest.mark.parametrize("when", ["rcpt", "data"])
    def test_not_now_is_tried_again_later_with_the_same_id(
        self, mailing_app: Flask, office: PostOffice, when: str
    ) -> None:
        office.says(**{when: "451 try again later"})
        message = queued()
        assert not send_message(message.id, NOW)
        state, attempts, problem = seen(message)
        assert (state, attempts) == ("waiting", 1)
        assert problem is not None
        assert "451" in problem
        assert message.try_at == NOW + MINUTE
        assert not send_message(message.id, NOW + MINUTE / 2)
        assert send_message(message.id, NOW + MINUTE)
        assert seen(message) == ("sent", 2, None)
        assert [mail["Message-ID"] for mail in office.taken] == [message.message_id]

    @pytest.mark.parametrize("when", ["rcpt", "data"])
    def test_never_is_believed_at_once_and_shown(self, mailing_app: Flask, office: PostOffice, when: str) -> None:
        office.says(**{when: "550 nobody of that name"})
        message = queued()
        assert not send_message(message.id, NOW)
        state, _attempts, problem = seen(message)
        assert (state, problem) == ("failed", "550 nobody of that name")
        event = message.case.events[-1]
        assert (event.what, event.details["reason"]) == ("message_failed", "550 nobody of that name")
        assert message.id not in to_send(NOW + 60 * 24 * MINUTE)
        assert office.taken == []

    def test_a_failed_message_can_be_tried_once_more(self, mailing_app: Flask, office: PostOffice) -> None:
        office.says(rcpt="550 nobody of that name")
        message = queued()
        send_message(message.id, NOW)
        db.session.expire_all()
        try_again(message, NOW + MINUTE)
        db.session.commit()
        assert send_message(message.id, NOW + MINUTE)
        with pytest.raises(NotWaiting):
            try_again(message, NOW)

    @pytest.mark.parametrize("how", ["hang up", "die"])
    def test_a_line_that_goes_dead_is_tried_again(self, mailing_app: Flask, office: PostOffice, how: str) -> None:
        office.says(data=how)
        message = queued()
        assert not send_message(message.id, NOW)
        assert seen(message)[:2] == ("waiting", 1)
        assert office.tries == 1
        assert send_message(message.id, NOW + MINUTE)
        assert len(office.taken) == 1

    def test_a_server_that_is_not_there_is_waited_for_ever_longer(self, make_app: MakeApp) -> None:
        with make_app(mail_server="127.0.0.1", mail_port=9).app_context():
            message = queued()
            now, pauses = NOW, []
            for _ in range(9):
                assert not send_message(message.id, now)
                assert seen(message)[0] == "waiting"
                pauses.append((message.try_at - now) / MINUTE)
                now = message.try_at
            assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]

    def test_after_five_days_it_has_failed(self, make_app: MakeApp) -> None:
        with make_app(mail_server="127.0.0.1", mail_port=9).app_context():
            message = queued()
            now = NOW
            for _ in range(ENOUGH_ATTEMPTS):
                assert seen(message)[0] == "waiting"
                send_message(message.id, now)
                now = message.try_at
            assert seen(message)[0] == "failed"
            assert timedelta(days=4.5) < now - NOW < timedelta(days=5.5)
            assert history(message).count("message_failed") == 1

    def test_an_address_that_is_none_fails_at_once(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued(address="anna@example.org\nBcc: everyone@example.org")
        assert not send_message(message.id, NOW)
        assert seen(message)[0] == "failed"
        assert office.taken == []


class TestWhoDies:
    def test_a_claim_that_ran_out_is_taken_over_with_the_same_id(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued()
        message.state, message.attempts, message.try_at = "sending", 1, NOW + LEASE
        db.session.commit()
        assert not send_message(message.id, NOW + LEASE - MINUTE)
        assert message.id in to_send(NOW + LEASE)
        assert send_message(message.id, NOW + LEASE)
        assert office.taken[0]["Message-ID"] == message.message_id

    def test_one_who_comes_back_late_changes_nothing(
        self, mailing_app: Flask, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from app.dispatch import mail

        message = queued()
        really = mail.deliver

        def be_overtaken(*arguments: object) -> None:
            monkeypatch.setattr(mail, "deliver", really)
            assert send_message(message.id, NOW + LEASE)
            raise OSError("and then the first one's line breaks")

        monkeypatch.setattr(mail, "deliver", be_overtaken)
        assert not send_message(message.id, NOW)
        assert seen(message) == ("sent", 2, None)
        assert history(message).count("message_sent") == 1


class TestWithoutAServer:
    def test_the_email_is_a_file_named_by_its_id(self, app: Flask) -> None:
        message = queued()
        assert send_message(message.id, NOW)
        (path,) = app.config["LETTERBOX"].outgoing_path.iterdir()
        assert path.name == message.message_id.strip("<>") + ".eml"
        assert message.case.reference.encode() in path.read_bytes()

    def test_sent_twice_after_a_crash_it_is_still_one_file(self, app: Flask) -> None:
        message = queued()
        send_message(message.id, NOW)
        folder = app.config["LETTERBOX"].outgoing_path
        (path,) = folder.iterdir()
        before = path.read_bytes()
        message.state = "sending"  # as a worker leaves it that dies before it can write down that it was sent
        message.try_at = NOW
        db.session.commit()
        assert send_message(message.id, NOW + LEASE)
        assert [one.read_bytes() for one in folder.iterdir()] == [before]

    def test_a_folder_that_cannot_be_written_is_waited_for(self, app: Flask) -> None:
        folder: Path = app.config["LETTERBOX"].outgoing_path
        message = queued()
        folder.write_text("a file stands where the folder should be")
        assert not send_message(message.id, NOW)
        assert seen(message)[0] == "waiting"
        folder.unlink()
        assert send_message(message.id, NOW + MINUTE)


class TestThePost:
    def test_a_letter_for_the_post_waits_for_a_colleague(self, app: Flask) -> None:
        a_colleague("ada@landlord.example", roles=("complaints-team",))
        letter: Letter = request_letter(opened(received_at=NOW), "acknowledgement", NOW)
        message = queue_message(letter, "post", "Anna Nowak\n1 High Street\nExeter\nEX1 1AA", NOW)
        db.session.commit()
        assert not send_message(message.id, NOW + MINUTE)
        assert message.id not in to_send(NOW + 60 * MINUTE)
        mark_posted(message, NOW + MINUTE, "sam@landlord.example")
        db.session.commit()
        assert seen(message)[0] == "sent"
        sent = next(event for event in message.case.events if event.what == "message_sent")
        assert (sent.who, sent.details["channel"]) == ("sam@landlord.example", "post")
        assert message.case.events[-1].what == "acknowledged"
        with pytest.raises(NotWaiting):
            mark_posted(message, NOW, "sam@landlord.example")

    def test_the_way_is_what_the_tenant_asked_for_and_can_be_reached_by(self, sqlite_app: Flask) -> None:
        assert way_to(a_reader()) == ("email", "anna@example.org")
        assert way_to(a_reader(email=None)) == ("post", "Anna Nowak\n1 High Street\nExeter\nEX1 1AA")
        by_letter = record_tenant(person(email="a@example.org"), needs(contact_channel="letter"), "en", NOW, None)
        assert way_to(by_letter) == ("post", "Anna Nowak\n1 High Street\nExeter\nEX1 1AA")
        a_file = record_tenant(
            person(email="a@example.org"), needs(contact_channel="letter", format="audio"), "en", NOW, None
        )
        assert way_to(a_file) == ("email", "a@example.org")
        nowhere = record_tenant(person(email=None, address=[], postcode=None), needs(), "en", NOW, None)
        assert way_to(nowhere) is None


class TestTheLine:
    """A password and a tenant's words go only to the server that was meant."""

    def test_a_server_that_cannot_show_who_it_is_gets_nothing(self, make_app: MakeApp, tmp_path: Path) -> None:
        with secret_office(tmp_path) as office:
            settings = {"mail_use_tls": True, "mail_username": "letterbox", "mail_password": "a secret"}
            app = make_app(mail_server="127.0.0.1", mail_port=office.port, **settings)
            with app.app_context():
                message = queued()
                assert not send_message(message.id, NOW)
                state, _attempts, problem = seen(message)
                assert state == "waiting"
                assert problem is not None
                assert "CERTIFICATE_VERIFY_FAILED" in problem
            assert office.taken == office.signed_in_with == []

    def test_one_that_can_gets_password_and_mail(
        self, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with secret_office(tmp_path) as office:
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
            settings = {"mail_use_tls": True, "mail_username": "letterbox", "mail_password": "a secret"}
            app = make_app(mail_server="127.0.0.1", mail_port=office.port, **settings)
            with app.app_context():
                assert send_message(queued().id, NOW)
            assert office.signed_in_with == [(b"letterbox", b"a secret")]
            assert len(office.taken) == 1

    def test_a_password_that_is_refused_is_our_fault_and_not_the_messages(
        self, make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with secret_office(tmp_path) as office:
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
            settings = {"mail_use_tls": True, "mail_username": "letterbox", "mail_password": "an old one"}
            app = make_app(mail_server="127.0.0.1", mail_port=office.port, **settings)
            with app.app_context():
                message = queued()
                assert not send_message(message.id, NOW)
                assert seen(message)[0] == "waiting"
            assert office.taken == []


@contextmanager
def secret_office(folder: Path) -> Iterator[PostOffice]:
    """One that asks for TLS and a password, with a certificate that nobody has signed but itself."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", certificate, "-days", "3", "-subj", "/CN=post office",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    signed_in: list[tuple[bytes, bytes]] = []

    def authenticator(server: object, session: object, envelope: object, mechanism: str, auth: object) -> AuthResult:
        given = (getattr(auth, "login", b""), getattr(auth, "password", b""))
        signed_in.append(given)
        return AuthResult(success=given[1] == b"a secret")

    with open_post_office(
        tls_context=context, require_starttls=True, authenticator=authenticator, auth_required=True
    ) as office:
        office.signed_in_with = signed_in
        yield office
