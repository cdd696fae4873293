"""Imports look down only, never sideways; and only the doors know that there is a browser."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.laws.source import PROJECT, dotted, imported, modules, named, tree

DOORS = ("app/journeys/", "app/staff/")
OF_THE_BROWSER = {"flask.request", "flask.session", "flask.globals.request", "flask.globals.session"}
AROUND_EVERY_PAGE = {
    "app/__init__.py": "puts the house together",
    "app/errors.py": "stands outside the law",
    "app/assets.py": "how long a browser keeps a sheet",
    "app/languages/paths.py": "takes the language off the address before any room sees it",
    "app/pages/language_switch.py": "the same page in each language",
}


def may_see_the_browser(path: Path) -> bool:
    is_routes = path.name == "routes.py" or path.name.endswith("_routes.py")
    return is_routes or named(path).startswith(DOORS) or named(path) in AROUND_EVERY_PAGE


def test_imports_look_down_only_and_never_sideways() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    linted = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, timeout=120
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr
    assert "1 kept, 0 broken" in linted.stdout


@pytest.mark.parametrize("path", modules(), ids=named)
def test_only_routes_journeys_and_staff_touch_the_request(path: Path) -> None:
    if may_see_the_browser(path):
        return
    found = [f"line {line}: {name}" for name, line in imported(tree(path)) if name in OF_THE_BROWSER]
    assert not found


def test_every_room_says_how_it_opens() -> None:
    rooms = [path for path in (PROJECT / "app").iterdir() if (path / "__init__.py").exists()]
    assert len(rooms) > 10
    for room in rooms:
        defined = {node.name for node in tree(room / "__init__.py").body if hasattr(node, "name")}
        assert "init_app" in defined or room.name == "tenants", room.name


def test_the_law_sees_a_door_that_is_not_one() -> None:
    """The two readers that the laws rest on find what they look for."""
    import ast

    module = ast.parse("from flask import request, g\nimport app.cases\nx = datetime.now(UTC)")
    assert [name for name, _ in imported(module)] == ["flask.request", "flask.g", "app.cases"]
    call = module.body[2]
    assert isinstance(call, ast.Assign)
    assert isinstance(call.value, ast.Call)
    assert dotted(call.value.func) == "datetime.now"
