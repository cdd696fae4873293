"""A malware scanner: clamd itself where it is installed, and a small one that speaks its protocol and misbehaves."""

import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The industry's harmless test file (EICAR). In two parts, or every scanner that reads this repository would object.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*").encode()
START_TIMEOUT = 20.0  # seconds
_CONFIGURATION = """
LocalSocket {folder}/socket
DatabaseDirectory {folder}
TemporaryDirectory {folder}
Foreground yes
StreamMaxLength 100M
"""


@contextmanager
def running_clamd(folder: Path) -> Iterator[str]:
    """Address of a scanner that knows one malware: clamd with a signature of our own, or else the small one."""
    program = shutil.which("clamd")
    if program is None:
        with small_scanner() as address:
            yield address
        return
    (folder / "ours.ndb").write_text(f"Eicar-Of-Ours:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(_CONFIGURATION.format(folder=folder))
    with subprocess.Popen([program, "-c", folder / "clamd.conf"], stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(folder / "socket")
            yield str(folder / "socket")
        finally:
            process.terminate()


def _wait_for(path: Path) -> None:
    give_up_at = time.monotonic() + START_TIMEOUT
    while time.monotonic() < give_up_at:
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(str(path))
            except OSError:
                time.sleep(0.05)
            else:
                return
    raise RuntimeError("clamd did not start")


@contextmanager
def small_scanner(says: bytes | None = None) -> Iterator[str]:
    """host:port of a scanner that finds EICAR; or that always says this, whatever it is sent."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_serve, args=(door, says), daemon=True).start()
        yield f"127.0.0.1:{door.getsockname()[1]}"


def _serve(door: socket.socket, says: bytes | None) -> None:
    while True:
        try:
            line, _address = door.accept()
        except OSError:
            return
        with line, line.makefile("rb") as sent:
            assert sent.read(10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack("!L", sent.read(4))[0]:
                content += sent.read(length)
            found = b"stream: Eicar-Of-Ours.UNOFFICIAL FOUND\0" if EICAR in content else b"stream: OK\0"
            line.sendall(found if says is None else says)
