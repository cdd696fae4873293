"""Processes that start together on a fresh folder sign with one key."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.config import MINIMUM_SECRET_LENGTH, Settings, WrongSetting

AT_ONCE = 8


def test_all_that_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    together = threading.Barrier(AT_ONCE)

    def start(folder: Path) -> str:
        together.wait()
        return Settings.from_environment({"INSTANCE_PATH": str(folder)}).secret_key

    with ThreadPoolExecutor(AT_ONCE) as processes:
        for number in range(60):
            keys = set(processes.map(start, [tmp_path / str(number)] * AT_ONCE))
            assert len(keys) == 1
            assert len(keys.pop()) >= MINIMUM_SECRET_LENGTH
            assert [path.name for path in (tmp_path / str(number)).iterdir()] == ["secret_key"]


def test_a_key_that_was_cut_short_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(WrongSetting, match="SECRET_KEY"):
        Settings.from_environment({"INSTANCE_PATH": str(tmp_path)})
