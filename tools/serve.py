"""``make run``: the database brought up to date, then the site and its worker, until Ctrl-C.

Both are watched: one that dies is started again, and one that keeps dying ends the run with a message. Nothing is
left running, however this process ends.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque

from dotenv import load_dotenv

from app.config import PROJECT, Settings, WrongSetting

GRACE = 10.0  # seconds that a child has to end
WINDOW, MOST_DEATHS = 60.0, 5  # this many deaths in this many seconds is one too many
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl


class Ended(Exception):
    """Somebody asked us to end."""


class Child:
    """One watched process, in a group of its own: the terminal's Ctrl-C reaches it through us."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self._command = command
        self._deaths: deque[float] = deque(maxlen=MOST_DEATHS)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, cwd=PROJECT, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent
        )

    def restart_if_dead(self) -> None:
        """Raises SystemExit when it has died too often."""
        if self._process is None or self._process.poll() is None:
            return
        _kill(self._process, signal.SIGKILL)  # what is left of its group
        now = time.monotonic()
        self._deaths.append(now)
        if len(self._deaths) == MOST_DEATHS and now - self._deaths[0] < WINDOW:
            raise SystemExit(f"The {self.name} ended {MOST_DEATHS} times within a minute. Its messages stand above.")
        say(f"The {self.name} ended (status {self._process.returncode}). Starting it again.")
        time.sleep(0.5 * len(self._deaths))
        self.start()

    def end(self) -> None:
        if self._process is not None:
            _kill(self._process, signal.SIGTERM)

    def wait_for_end(self, until: float) -> None:
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, until - time.monotonic()))
        _kill(self._process, signal.SIGKILL)
        self._process.wait()


def say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def _kill(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _on_signal(number: int, frame: object) -> None:
    raise Ended


def _flask(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]


def _refuse_a_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise SystemExit(
                f"Port {port} cannot be used ({problem.strerror}). Try another: PORT=8001 make run"
            ) from None


def _prepare() -> None:
    """The database's schema, and demonstration data where it is empty. Their own messages say what went wrong."""
    for arguments in (("db", "upgrade"), ("demo", "load", "--if-empty")):
        done = subprocess.run(_flask(*arguments), cwd=PROJECT, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise SystemExit(f"flask {' '.join(arguments)} failed. Its message stands above.")


def _children(host: str, port: int) -> list[Child]:
    processes = os.environ.get("WEB_PROCESSES") or "2"
    server = [
        sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}", "--workers", processes,
        # Processes, not threads: Pango, which sets the letters, is not safe under threads.
        "--worker-class", "sync", "--timeout", "120", "--graceful-timeout", "8", "--log-level", "warning",
        "--no-control-socket", "wsgi:app",
    ]  # fmt: skip
    return [Child("site", server), Child("worker", _flask("worker"))]


def _wait_until_it_answers(host: str, port: int, children: list[Child]) -> None:
    while True:
        for child in children:
            child.restart_if_dead()
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.1)


def main() -> None:
    """Serve until told to end."""
    load_dotenv(PROJECT / ".env")
    try:
        Settings.from_environment()
    except WrongSetting as wrong:
        raise SystemExit(str(wrong)) from None
    host, port = os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _on_signal)
    children: list[Child] = []
    try:
        _refuse_a_taken_port(host, port)
        _prepare()
        children = _children(host, port)
        for child in children:
            child.start()
        _wait_until_it_answers(host, port, children)
        say(f"Letterbox is at http://{host}:{port}/   Staff: http://{host}:{port}/staff/   Ctrl-C ends it.")
        while True:
            time.sleep(0.5)
            for child in children:
                child.restart_if_dead()
    except Ended:
        say("\nEnding.")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in children:
            child.end()
        until = time.monotonic() + GRACE
        for child in children:
            child.wait_for_end(until)


if __name__ == "__main__":
    main()
