"""``make run``'s own process: the site and its worker, watched, and gone when it is."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import PROJECT

PATIENCE = 90.0  # seconds


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def environment(tmp_path: Path, free_port: int) -> dict[str, str]:
    ours = {"INSTANCE_PATH": str(tmp_path / "instance"), "PORT": str(free_port), "WEB_PROCESSES": "1"}
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PUBLIC_URL")}
    return {**kept, **ours}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def running(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.serve"], cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL,
            stdout=out, stderr=out,
        )  # fmt: skip
    yield process
    process.kill()
    process.wait()


def wait_for(words: str, log: Path, times: int = 1) -> str:
    give_up_at = time.monotonic() + PATIENCE
    while log.read_text().count(words) < times:
        assert time.monotonic() < give_up_at, f"{words!r} never came:\n{log.read_text()}"
        time.sleep(0.2)
    return log.read_text()


def children_of(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def family_of(process: int) -> list[int]:
    found = children_of(process)
    return found + [each for child in found for each in family_of(child)]


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_the_site_answers_what_dies_comes_back_and_ctrl_c_ends_everything(
    running: subprocess.Popen[bytes], free_port: int, log: Path
) -> None:
    said = wait_for("Letterbox is at", log)
    assert f"http://127.0.0.1:{free_port}/" in said
    assert "Sign in at" in said
    assert urllib.request.urlopen(f"http://127.0.0.1:{free_port}/en/", timeout=30).status == 200

    for child in children_of(running.pid):
        os.kill(child, signal.SIGKILL)
    wait_for("Starting it again", log, times=2)
    give_up_at = time.monotonic() + PATIENCE
    while True:
        try:
            assert urllib.request.urlopen(f"http://127.0.0.1:{free_port}/en/", timeout=30).status == 200
            break
        except OSError:
            assert time.monotonic() < give_up_at
            time.sleep(0.5)

    family = family_of(running.pid)
    assert len(family) >= 3, "the site's own process, its server and the worker"
    running.send_signal(signal.SIGINT)
    assert running.wait(PATIENCE) == 0
    assert not [each for each in family if is_running(each)]


def test_a_taken_port_is_named_before_anything_starts(environment: dict[str, str], free_port: int) -> None:
    with socket.create_server(("127.0.0.1", free_port)):
        said = subprocess.run(
            [sys.executable, "-m", "tools.serve"], cwd=PROJECT, env=environment, capture_output=True, text=True,
            timeout=PATIENCE,
        )  # fmt: skip
    assert said.returncode != 0
    assert f"Port {free_port} cannot be used" in said.stderr


def test_a_wrong_setting_is_named_and_nothing_is_left_running(environment: dict[str, str], log: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "tools.serve"], cwd=PROJECT, env={**environment, "LANDLORD": "nobody"},
        capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert said.returncode != 0
    assert "LANDLORD is 'nobody'" in said.stderr
    assert "Traceback" not in said.stderr
