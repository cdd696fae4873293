"""The malware scan by clamd, in its own protocol (clamd(8), INSTREAM): a file is sent, and a verdict comes back."""

import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

PATIENCE = 30.0  # seconds without a word from the scanner
_BLOCK = 1 << 17  # bytes
_LONGEST_ANSWER = 4096
_LONGEST_FINDING = 200  # as stored


class NotScanned(Exception):
    """No scanner is set up, or it does not answer, or it refuses to look at this file. It may later."""


@dataclass(frozen=True)
class Verdict:
    """``finding`` is what the scanner calls it; None for a clean file."""

    finding: str | None

    @property
    def is_clean(self) -> bool:
        return self.finding is None


def is_set_up() -> bool:
    return current_app.config["LETTERBOX"].clamd is not None


def scan(path: Path) -> Verdict:
    """Raises NotScanned."""
    address = current_app.config["LETTERBOX"].clamd
    if address is None:
        raise NotScanned("no scanner is set up")
    try:
        with _connect(address) as line:
            _send(line, path)
            return _understood(_answer(line))
    except OSError as trouble:
        raise NotScanned(f"the scanner does not answer: {trouble}") from trouble


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)


def _send(line: socket.socket, path: Path) -> None:
    """Blocks with their length before them, the last one empty. ``z`` has the answer end with a NUL."""
    line.sendall(b"zINSTREAM\0")
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            line.sendall(struct.pack("!L", len(block)) + block)
    line.sendall(struct.pack("!L", 0))


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        block = line.recv(_LONGEST_ANSWER)
        if not block:
            break
        said += block
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _understood(said: str) -> Verdict:
    """``stream: OK`` · ``stream: Name.Of.It FOUND`` · anything else, such as a limit of its own, is no verdict."""
    about, _, verdict = said.partition(": ")
    if about == "stream" and verdict == "OK":
        return Verdict(None)
    if about == "stream" and verdict.endswith(" FOUND"):
        return Verdict(verdict.removesuffix(" FOUND")[:_LONGEST_FINDING])
    raise NotScanned(f"the scanner says {said!r}")
