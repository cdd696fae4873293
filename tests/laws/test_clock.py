"""Rules are pure: the moment is handed in. Only the edge reads a clock."""

import ast
from pathlib import Path

import pytest

from tests.laws.source import dotted, modules, named, tree

CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
    "datetime.date.today", "time.time", "time.localtime", "time.gmtime",
}  # fmt: skip
EDGE_FILES = {"routes.py", "commands.py", "worker.py"}
NOT_A_RULE = {"app/letters/storage.py": "the age of a file that was left behind"}
EDGE_ROOMS = ("app/staff/", "app/journeys/", "app/demonstration/")


def is_edge(path: Path) -> bool:
    return (
        path.name in EDGE_FILES
        or path.name.endswith(("_command.py", "_routes.py"))
        or named(path) in NOT_A_RULE
        or named(path).startswith(EDGE_ROOMS)
    )


def clocks_read(path: Path) -> list[str]:
    """A clock handed on (``default=datetime.now``) is read too, so that names count and not only calls."""
    return [
        f"line {node.lineno}: {dotted(node)}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and dotted(node) in CLOCKS
    ]


@pytest.mark.parametrize("path", modules(), ids=named)
def test_only_the_edge_reads_a_clock(path: Path) -> None:
    if not is_edge(path):
        assert not clocks_read(path)


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_moment_read_says_its_time_zone(path: Path) -> None:
    naive = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and (
            dotted(node.func).endswith("utcnow")
            or (dotted(node.func) == "datetime.now" and not (node.args or node.keywords))
        )
    ]
    assert not naive
