"""``flask standards lint``: a landlord held against the Complaint Handling Code."""

from dataclasses import replace
from datetime import date

import pytest

from app.landlords.lint import LAXER, OK, STRICTER, compare, rows_against_the_code
from app.landlords.shapes import Landlord, Standard
from app.landlords.standards import load_landlord
from tests.conftest import MakeApp
from tests.landlords.conftest import Policies

ON = date(2026, 11, 23)
PARAGRAPHS = [
    "1.3", "2.2", "3.2", "5.2", "6.2", "6.3", "6.4", "6.5", "6.10", "6.11", "6.12", "6.13", "6.14", "6.15",
]  # fmt: skip


def results(landlord: Landlord) -> dict[str, str]:
    return {row.paragraph: row.result for row in rows_against_the_code(landlord, ON)}


def fair(policies: Policies) -> Landlord:
    """Livv, if it kept to the Code throughout."""
    policies.change("livv.toml", "reasons_required = true", "reasons_required = false")
    policies.change("livv.toml", 'refusal_grounds = ["policy-followed", "law-followed"]\n', "")
    policies.add(
        "livv.toml",
        """
[[complaint.stage_2_acknowledge]]
from = 2024-04-01
working_days = 5
counted_from = "stage_2_requested"
label = "Acknowledge the request for stage 2"
row = "V11"
source = "Livv customer feedback policy, Stage two"
""",
    )
    return policies.read("livv")


def test_livv_is_laxer_where_it_asks_reasons_refuses_by_policy_and_acknowledges_no_stage_2() -> None:
    found = results(load_landlord("livv"))
    assert list(found) == PARAGRAPHS
    assert [paragraph for paragraph, result in found.items() if result == LAXER] == ["6.10", "6.11", "6.12"]
    assert [paragraph for paragraph, result in found.items() if result == STRICTER] == ["6.3", "6.14"]


def test_livewest_is_laxer_in_its_revised_date_and_in_publishing_no_stage_2() -> None:
    found = results(load_landlord("livewest"))
    assert list(found) == PARAGRAPHS
    assert [paragraph for paragraph, result in found.items() if result == LAXER] == ["5.2", "6.4", "6.11", "6.14"]
    assert [paragraph for paragraph, result in found.items() if result == STRICTER] == ["6.2", "6.3"]


def test_a_landlord_that_keeps_to_the_code_is_nowhere_laxer(policies: Policies) -> None:
    assert LAXER not in results(fair(policies)).values()


@pytest.mark.parametrize(
    ("old", "new", "paragraph"),
    [
        ("working_days = 10\ncounted_from", "working_days = 11\ncounted_from", "6.3"),
        ("working_days = 20\ncounted_from", "working_days = 21\ncounted_from", "6.14"),
        ("has_cap = true", "has_cap = false", "6.4"),
        ("gives_reasons = true", "gives_reasons = false", "6.15"),
        ("independent = true", "independent = false", "6.13"),
        ('code = "1.2"\n', "", "2.2"),
        ('key = "representative"', 'key = "friend"', "1.3"),
        ('key = "letter"', 'key = "fax"', "3.2"),
        ('published = true\nrow = "V11"', 'published = false\nrow = "V11"', "5.2"),
    ],
)
def test_each_departure_from_the_code_is_found(policies: Policies, old: str, new: str, paragraph: str) -> None:
    policies.change("livv.toml", old, new)
    assert results(policies.read("livv"))[paragraph] == LAXER


def standard(amount: int, unit: str, counted_from: str = "received") -> Standard:
    (code,) = (
        entry
        for entry in load_landlord("livv").standards
        if entry.key == "complaint.acknowledge" and entry.regime == "code"
    )
    return replace(code, amount=amount, unit=unit, counted_from=counted_from)


@pytest.mark.parametrize(
    ("own", "code", "result"),
    [
        (standard(5, "working_days"), standard(5, "working_days"), OK),
        (standard(4, "working_days"), standard(5, "working_days"), STRICTER),
        (standard(6, "working_days"), standard(5, "working_days"), LAXER),
        (standard(24, "hours"), standard(1, "working_days"), STRICTER),  # from closing time to closing time
        (standard(25, "hours"), standard(1, "working_days"), LAXER),
        (standard(4, "calendar_days"), standard(5, "working_days"), STRICTER),
        (standard(5, "calendar_days"), standard(5, "working_days"), LAXER),  # to midnight, past closing time
        (standard(10, "working_days"), standard(10, "working_days", "acknowledged"), STRICTER),
        (standard(11, "working_days"), standard(10, "working_days", "acknowledged"), LAXER),
        (standard(10, "working_days", "acknowledged"), standard(10, "working_days"), LAXER),
        (standard(1, "working_days"), standard(48, "hours"), LAXER),
    ],
)
def test_a_promise_is_stricter_only_where_it_can_never_fall_due_later(
    own: Standard, code: Standard, result: str
) -> None:
    assert compare(own, code) == result


@pytest.mark.parametrize(("key", "laxer"), [("livewest", 4), ("livv", 3)])
def test_the_command_tells_both_figures_and_ends_with_1(make_app: MakeApp, key: str, laxer: int) -> None:
    ran = make_app().test_cli_runner().invoke(args=["standards", "lint", "--landlord", key])
    assert ran.exit_code == 1
    lines = ran.output.splitlines()
    assert [line.split()[1] for line in lines[: len(PARAGRAPHS)]] == PARAGRAPHS
    assert sum(line.startswith(LAXER) for line in lines) == laxer
    (acknowledge,) = (line for line in lines if " 6.2 " in line)
    assert "the Code 5 working days of receipt" in acknowledge
    assert {"livewest": "24 hours of receipt (L32)", "livv": "5 working days of receipt (V07)"}[key] in acknowledge
    assert "both clocks run" in acknowledge


def test_without_a_name_the_command_takes_the_landlord_of_the_settings(make_app: MakeApp) -> None:
    ran = make_app(landlord="livv").test_cli_runner().invoke(args=["standards", "lint"])
    assert "Livv Housing Group: laxer than the Code in 3 of 14 rows" in ran.output


def test_the_command_names_what_the_landlord_has_still_to_confirm(make_app: MakeApp) -> None:
    ran = make_app().test_cli_runner().invoke(args=["standards", "lint"])
    assert "emergency_phone" in ran.output.splitlines()[-1]


def test_the_command_ends_with_0_where_nothing_is_laxer(make_app: MakeApp, policies: Policies) -> None:
    app = make_app(landlord="livv")
    app.extensions["landlord"] = fair(policies)
    ran = app.test_cli_runner().invoke(args=["standards", "lint"])
    assert "laxer than the Code in 0 of 14 rows" in ran.output
    assert ran.exit_code == 0


def test_an_unknown_landlord_is_refused_with_those_known(make_app: MakeApp) -> None:
    ran = make_app().test_cli_runner().invoke(args=["standards", "lint", "--landlord", "nobody"])
    assert ran.exit_code == 2
    assert "livewest" in ran.output
