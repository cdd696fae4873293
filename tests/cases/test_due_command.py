"""``flask due``: a colleague checks a date by hand."""

import pytest
from click.testing import Result
from flask import Flask

from tests.conftest import MakeApp


def ask(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["due", *arguments])


@pytest.mark.parametrize(
    ("received", "option", "last_line"),
    [
        ("2026-12-24T16:59", ("--working-days", "1"), "2026-12-29T17:00:00+00:00"),
        ("2026-12-24T17:00", ("--working-days", "1"), "2026-12-29T17:00:00+00:00"),
        ("2026-12-24T17:01", ("--working-days", "1"), "2026-12-30T17:00:00+00:00"),
        ("2026-12-24T16:59:59", ("--working-days", "10"), "2027-01-12T17:00:00+00:00"),
        ("2026-07-01T09:00", ("--working-days", "2"), "2026-07-03T17:00:00+01:00"),
        ("2026-12-24T16:59", ("--hours", "24"), "2026-12-25T16:59:00+00:00"),
        ("2026-10-24T18:00", ("--hours", "24"), "2026-10-25T17:00:00+00:00"),
        ("2027-03-27T18:00", ("--hours", "24"), "2027-03-28T19:00:00+01:00"),
        ("2026-06-24T16:59", ("--calendar-days", "28"), "2026-07-22T23:59:59+01:00"),
        ("2026-12-24T16:59Z", ("--working-days", "1"), "2026-12-29T17:00:00+00:00"),
        ("2026-07-01T16:30+00:00", ("--working-days", "1"), "2026-07-03T17:00:00+01:00"),  # 17:30 in London
    ],
)
def test_the_last_line_is_the_due_moment(
    sqlite_app: Flask, received: str, option: tuple[str, str], last_line: str
) -> None:
    answer = ask(sqlite_app, received, *option)
    assert answer.exit_code == 0, answer.output
    assert answer.output.splitlines()[-1] == last_line


def test_the_working_stands_above_it_each_day_with_its_reason(sqlite_app: Flask) -> None:
    answer = ask(sqlite_app, "2026-12-24T17:01", "--working-days", "2", "--landlord", "livv")
    assert answer.output.splitlines() == [
        "Livv Housing Group: open from 08:00 to 17:00, england-and-wales",
        "  Thu 2026-12-24  not counted: It came after closing time, so it counts as received on the next working day.",
        "  Fri 2026-12-25  not counted: Christmas Day",
        "  Sat 2026-12-26  not counted: Saturday",
        "  Sun 2026-12-27  not counted: Sunday",
        "  Mon 2026-12-28  not counted: Boxing Day (substitute day)",
        "  Tue 2026-12-29  not counted: It counts as received on this day. Counting starts on the next working day.",
        "  Wed 2026-12-30  day 1",
        "  Thu 2026-12-31  day 2",
        "2026-12-31T17:00:00+00:00",
    ]


def test_without_a_name_it_takes_the_landlord_of_the_settings(make_app: MakeApp) -> None:
    answer = ask(make_app(landlord="livv"), "2026-12-24T12:00", "--hours", "1")
    assert answer.output.startswith("Livv Housing Group")


def test_an_hour_that_comes_twice_is_taken_for_the_first_and_says_so(sqlite_app: Flask) -> None:
    lines = ask(sqlite_app, "2026-10-25T01:30", "--hours", "2").output.splitlines()
    assert (
        lines[0] == "2026-10-25T01:30 comes twice: the clocks go back. The first is meant; for the second add +00:00."
    )
    assert lines[-1] == "2026-10-25T02:30:00+00:00"
    second = ask(sqlite_app, "2026-10-25T01:30+00:00", "--hours", "2").output.splitlines()
    assert second[-1] == "2026-10-25T03:30:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("2027-03-28T01:30", "--hours", "2"), "there is no 2027-03-28T01:30 in London: the clocks go forward over it"),
        (("2026-02-30T10:00", "--hours", "2"), "there is no 2026-02-30T10:00"),
        (("2026-12-24", "--hours", "2"), "write it like 2026-12-24T16:59"),
        (("24/12/2026 16:59", "--hours", "2"), "write it like 2026-12-24T16:59"),
        (("2026-12-24T16:59",), "exactly one of --working-days, --hours and --calendar-days"),
        (("2026-12-24T16:59", "--hours", "2", "--working-days", "1"), "exactly one of"),
        (("2026-12-24T16:59", "--working-days", "0"), "0 is not in the range"),
        (("2026-12-24T16:59", "--working-days", "-3"), "-3 is not in the range"),
        (("2026-12-24T16:59", "--hours", "soon"), "'soon' is not a valid integer"),
        (("2026-12-24T16:59", "--calendar-days", "99999"), "99999 is not in the range"),
        (("2026-12-24T16:59", "--hours", "2", "--landlord", "nobody"), "'livewest', 'livv'"),
        (("1999-12-31T12:00", "--working-days", "1"), "bank holidays are known from 2000 to 2100, not for 1999"),
        (("9999-12-31T12:00", "--hours", "100"), "FROM"),
        (("9999-12-31T23:00", "--calendar-days", "1"), "FROM"),
        (("0001-01-01T00:00+14:00", "--hours", "1"), "FROM"),
        ((), "Missing argument 'FROM'"),
    ],
)
def test_wrong_input_ends_with_2_and_says_what_to_write(
    sqlite_app: Flask, arguments: tuple[str, ...], says: str
) -> None:
    answer = ask(sqlite_app, *arguments)
    assert answer.exit_code == 2, answer.output
    assert says in answer.output
    assert "Traceback" not in answer.output
