"""Messages to send, and how to look at what became of them."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from app.dispatch.actions import queue_message
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.letters.actions import request_letter
from app.tenants.actions import record_tenant
from app.tenants.models import Tenant
from tests.builders import needs, person
from tests.cases.test_opening import opened

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
