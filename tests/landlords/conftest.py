"""A folder of policies that a test may spoil, mend or add to."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.config import POLICIES
from app.landlords.policy_files import read_landlord
from app.landlords.shapes import Landlord


@dataclass(frozen=True)
class Policies:
    """Copies of the real policy files."""

    folder: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Replace words that stand there exactly once."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{text.count(old)} times: {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def add(self, file: str, text: str) -> None:
        with (self.folder / file).open("a", encoding="utf-8") as policy:
            policy.write(f"\n{text}\n")

    def read(self, key: str) -> Landlord:
        return read_landlord(self.folder, key)


@pytest.fixture
def policies(tmp_path: Path) -> Policies:
    return Policies(Path(shutil.copytree(POLICIES, tmp_path / "policies")))
