"""Other processes on the same database and folders: to be killed, overtaken and raced.

Each is forked from one that has imported the application and made one already: to import it took three seconds each.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])


class Process:
    """Runs a script of Python; ``stdout`` is what it prints."""

    def __init__(self, script: str, environment: dict[str, str]) -> None:
        reading, writing = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(target=_run, args=(script, environment, writing), daemon=True)
        self._process.start()
        writing.close()
        self.stdout = os.fdopen(os.dup(reading.fileno()), encoding="utf-8")
        reading.close()

    def send_signal(self, how: signal.Signals) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, how)

    def wait(self, seconds: float = 120) -> int:
        """Until it has ended. Gives its exit code; raises TimeoutError."""
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise TimeoutError(f"it has not ended after {seconds} s")
        return self._process.exitcode

    def said(self, seconds: float = 120) -> str:
        """All that it prints until it ends: a few lines. Raises TimeoutError."""
        self.wait(seconds)
        return self.stdout.read()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.stdout.close()


def _run(script: str, environment: dict[str, str], writing: Connection) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(writing.fileno(), 1)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    exec(compile(script, "<another process>", "exec"), {"__name__": "__main__"})
    sys.stdout.flush()


def _import_everything() -> None:
    """By making an application, and a letter's print as it is made; no database is opened."""
    from sqlalchemy.orm import configure_mappers

    from app import create_app
    from app.formats import large_print, standard_print  # noqa: F401
    from tests.rig.databases import settings_from

    with tempfile.TemporaryDirectory() as name:
        create_app(settings_from(Path(name), f"sqlite:///{name}/never-made.sqlite3"))
    configure_mappers()
    for thread in threading.enumerate():  # none may run while this process is forked
        if thread is not threading.current_thread():
            thread.join(5)


if multiprocessing.current_process().name == "MainProcess" and "forkserver" in " ".join(sys.orig_argv):
    _import_everything()
