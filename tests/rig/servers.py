"""The site as it runs in earnest: gunicorn's own processes, and a worker's, on a fresh instance folder."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
START_TIMEOUT = 60.0  # seconds
END_TIMEOUT = 15.0


class Site:
    """One running site. ``str(site)`` is its address, without a slash at the end.

    ``environment`` is what its processes were started with: hand it to ``flask`` commands to speak of the same site.
    """

    def __init__(self, instance_path: Path, database_url: str, landlord: str, settings: dict[str, str]) -> None:
        # The socket is ours and handed down, so that no other program can take the port between two starts.
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(128)
        self._socket.set_inheritable(True)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.instance_path = instance_path
        self.log_path = instance_path / "log"
        instance_path.mkdir(parents=True, exist_ok=True)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("FLASK_", "MAIL_"))},
            "INSTANCE_PATH": str(instance_path),
            "DATABASE_URL": database_url,
            "LANDLORD": landlord,
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "UNFINISHED_LANGUAGES": "yes",  # what a catalogue lacks is a matter of tests/languages
            "FASTEST_FORM": "0",  # tests fill in forms faster than people
            **settings,
        }
        self.server: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def __str__(self) -> str:
        return self.url

    def __add__(self, path: str) -> str:
        return self.url + path

    def start_server(self, processes: int = 2, application: str = "wsgi:app", python: str = sys.executable) -> None:
        """Start gunicorn and wait until it answers. Raises RuntimeError with its log when it does not."""
        self.server = self._run(
            "gunicorn", "--workers", str(processes), "--worker-class", "sync", "--bind", f"fd://{self._socket.fileno()}",
            "--timeout", "120", "--graceful-timeout", "5", "--no-control-socket", application, python=python,
        )  # fmt: skip
        give_up_at = time.monotonic() + START_TIMEOUT
        while self.server.poll() is None and time.monotonic() < give_up_at:
            if self._answers():
                return
            time.sleep(0.1)
        self.end()
        raise RuntimeError(f"the site did not start:\n{self.log()}")

    def start_worker(self) -> None:
        self.worker = self._run("flask", "--app", "wsgi", "worker")

    def flask(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run ``flask --app wsgi …`` beside the running site; the caller looks at ``returncode`` and ``stdout``."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
            cwd=PROJECT, env=self.environment, capture_output=True, text=True, timeout=timeout,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def kill_server(self) -> None:
        """The power goes: no farewell, master and workers at once."""
        _kill(self.server, signal.SIGKILL)

    def kill_worker(self) -> None:
        _kill(self.worker, signal.SIGKILL)

    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def end(self) -> None:
        for process in (self.server, self.worker):
            _kill(process, signal.SIGTERM)
        self._socket.close()

    def _run(self, *command: str, python: str = sys.executable) -> subprocess.Popen[bytes]:
        program = [python, "-m", *command]
        if shutil.which("setpriv"):
            program = ["setpriv", "--pdeathsig=TERM", *program]
        with self.log_path.open("ab") as log:
            return subprocess.Popen(
                program, cwd=PROJECT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                pass_fds=[self._socket.fileno()], start_new_session=True,
            )  # fmt: skip

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=START_TIMEOUT)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True


def _kill(process: subprocess.Popen[bytes] | None, how: signal.Signals) -> None:
    if process is None or process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    try:
        process.wait(END_TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
