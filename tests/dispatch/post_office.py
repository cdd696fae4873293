"""A real mail server on the loopback, which does what a test tells it to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 taken"


class PostOffice:
    """What came, and what will be said to the next ones: ``office.says(rcpt="550 nobody here")``, once each."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.tries = 0
        self.signed_in_with: list[tuple[bytes, bytes]] = []
        self._rcpt: list[str] = []
        self._data: list[str] = []
        self.port = 0

    def says(self, *, rcpt: str | None = None, data: str | None = None, times: int = 1) -> None:
        """``data`` may be "hang up": the line goes dead in the middle of the message; or "die": after all of it."""
        self._rcpt += [rcpt] * times if rcpt else []
        self._data += [data] * times if data else []

    def next_words(self) -> str:
        return self._data[0] if self._data else OK

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._rcpt:
            return self._rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.tries += 1
        words = self._data.pop(0) if self._data else OK
        if words == "die":
            assert server.transport is not None
            server.transport.abort()
            return OK
        if words.startswith("2"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
            self.recipients += envelope.rcpt_tos
        return words

    def forget(self) -> None:
        self._rcpt, self._data = [], []


class _Smtp(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        office: PostOffice = self.event_handler
        if office.next_words() == "hang up":
            office._data.pop(0)
            office.tries += 1
            await self.push("354 go on")
            assert self._reader is not None
            assert self.transport is not None
            await self._reader.read(100)  # it has begun
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Smtp(self.handler, **self.SMTP_kwargs)


@contextmanager
def open_post_office(**more: Any) -> Iterator[PostOffice]:
    office = PostOffice()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        office.port = free.getsockname()[1]
    controller = _Controller(office, hostname="127.0.0.1", port=office.port, **more)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
