"""A password and a tenant's words go only to the mail server that was meant."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult

from app.dispatch.sending import send_message
from tests.conftest import MakeApp
from tests.dispatch.mailing import NOW, queued, seen
from tests.dispatch.post_office import PostOffice, open_post_office


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
                state, _attempts, problem = seen(message)
                assert state == "waiting"
                assert problem is not None
                assert "535" in problem
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
        return AuthResult(success=given[1] == b"a secret", handled=False)  # so that aiosmtpd says no with 535

    with open_post_office(
        tls_context=context, require_starttls=True, authenticator=authenticator, auth_required=True
    ) as office:
        office.signed_in_with = signed_in
        yield office
