"""A made file is judged by what it holds where its name does not say: `letters make --out` writes to any name."""

from pathlib import Path

import pytest
from flask import Flask

from app.formats import make
from app.formats.check import check
from tests.formats.samples import sample


@pytest.mark.parametrize("name", ["standard-print", "html", "text", "braille"])
def test_a_file_without_an_ending_is_judged_by_what_it_holds(
    name: str, tmp_path: Path, letterbox: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.formats.check.html.CHECKER", tmp_path / "not-there")  # it takes seconds to begin
    path = tmp_path / "letter"
    path.write_bytes(make(name, sample("en")).content)
    assert check(path) == []

    path.write_bytes(path.read_bytes()[:200] + b"\x00\x01")
    assert check(path)
