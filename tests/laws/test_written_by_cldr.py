"""Lists, days, numbers and money that people read are written by CLDR: no sentence is put together by hand."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.laws.source import TEMPLATES, modules, named, tree

JOINTS = (", ", "; ", " and ", " or ")
NAMED_IN_WORDS = re.compile(r"%-?[AaBbpI]\b")  # of strftime: names of days and months, am and pm
MAY_HOLD = re.compile(r"""["'](, |; | and | or )["']\.join|:[^ ]*,[^ ]*}|%-?[AaBbpI]\b|£""")  # parsing is slow
# What operators read in a terminal, and what checkers of files find, is in English.
FOR_OPERATORS = re.compile(
    r"app/(.*/)?(commands|voice_commands|due_command|lint|checking|matrix|bulk|compiling)\.py|app/formats/check/.*"
)
# Kept in one line because a machine, a stranger's sheet or a postman reads them.
NO_WORDS = {
    "app/caseload/mailing_letter_routes.py": "an address in one cell of a sheet",
    "app/caseload/notice_forms.py": "postcodes, as they are typed",
    "app/caseload/notice_words.py": "postcodes",
    "app/caseload/shape_of_record.py": "names of fields, for a program",
    "app/cases/changes.py": "names of holidays as they are stored; history_of_dates.py says them",
    "app/formats/print_page.py": "fonts of a style sheet",
    "app/formats/speech/plain.py": "pauses between groups of digits",
    "app/mailings/packing.py": "an address in one cell of a sheet",
    "app/notices/calendars.py": "postcodes of an appointment, for a calendar",
    "app/notices/files.py": "names of fields, for who writes the file",
    "app/notices/subscribing_forms.py": "postcodes, as they are typed",
    "app/staff/doors.py": "a browser and a system, by their own names",
    "templates/caseload/_sending.html": "an address",
    "templates/caseload/mailing_rows.html": "an address",
    "templates/notices/parts.html": "postcodes",
}
READ_NOT_WRITTEN = {  # days as colleagues type them
    f"app/caseload/{name}.py" for name in ("conversation_routes", "dates_forms", "days", "identity_routes")
}


def by_hand(module: ast.Module) -> Iterator[tuple[str, int]]:
    """What is wrong, and its line. What an exception says to programmers is not looked at."""
    unread = {id(part) for node in ast.walk(module) if _is_for_programmers(node) for part in ast.walk(node)}
    for node in ast.walk(module):
        if id(node) in unread:
            continue
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(joint)), attr="join")) if joint in JOINTS:
                yield "joins: use languages/lists.listed", node.lineno
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str(how))])) if "," in how:
                yield "number: use format_decimal", node.lineno
            case ast.Constant(value=str(words)) if NAMED_IN_WORDS.search(words):
                yield "day: use languages/times", node.lineno
            case ast.JoinedStr(values=parts) if any(
                isinstance(one, ast.Constant) and "£" in one.value for one in parts
            ):
                yield "money: use letters/facts.pounds", node.lineno


def _is_for_programmers(node: ast.AST) -> bool:
    match node:
        case ast.Raise() | ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__")):
            return True
    return False


def found() -> Iterator[tuple[str, str]]:
    for path in modules():
        if not FOR_OPERATORS.fullmatch(named(path)) and MAY_HOLD.search(path.read_text(encoding="utf-8")):
            yield from ((named(path), f"{named(path)}:{line}: {what}") for what, line in by_hand(tree(path)))
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield from ((named(path), f"{named(path)}:{line}: joins") for line in _joined(path))


def _joined(path: Path) -> Iterator[int]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if re.search(r"""join\(["'](, |; | and | or )|["'](, |; )["'] if not loop""", line):
            yield number


def test_nothing_that_people_read_is_put_together_by_hand() -> None:
    wrong = list(found())
    kept = NO_WORDS.keys() | READ_NOT_WRITTEN
    assert [says for file, says in wrong if file not in kept] == []
    assert kept <= {file for file, _says in wrong}, "these are mended: take them out of the list"


def test_the_law_sees_each_of_them() -> None:
    for line in ('", ".join(x)', 'f"{n:,}"', 'd.strftime("%d %B")', 'f"£{n}"', '_("…", a="; ".join(b))'):
        assert list(by_hand(ast.parse(line))), line
    for line in ('raise ValueError(", ".join(x))', 'd.strftime("%H:%M")', 'f"{n:04}"', '"".join(x)'):
        assert not list(by_hand(ast.parse(line))), line
