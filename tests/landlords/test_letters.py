"""What a policy says of letters."""

from pathlib import Path

import pytest

from app.landlords.letter_facts import approvals
from app.landlords.shapes import APPROVERS, Approval
from app.landlords.standards import load_landlord
from app.landlords.tables import Table, WrongPolicy
from app.staff.models import ROLES


def _policy(tmp_path: Path, approval: str) -> Table:
    path = tmp_path / "own.toml"
    path.write_text(f'[letters]\napproval = {approval}\nfrom = 2026-11-22\nsource = "own"\n', encoding="utf-8")
    return Table.of_file(path)


def test_a_policy_names_the_role_that_approves_each_letter(tmp_path: Path) -> None:
    found = approvals(_policy(tmp_path, '{ letter = "manager", stage-2-response = "reviewer" }'))
    assert found == (Approval("letter", "manager"), Approval("stage-2-response", "reviewer"))


@pytest.mark.parametrize("approval", ['{ leter = "manager" }', '{ letter = "tenant" }', '"manager"'])
def test_a_slip_in_it_stops_the_start(tmp_path: Path, approval: str) -> None:
    with pytest.raises(WrongPolicy):
        approvals(_policy(tmp_path, approval))


def test_whoever_approves_is_a_role_of_colleagues() -> None:
    assert set(APPROVERS) <= set(ROLES)
    assert load_landlord("livewest").approver_of("letter") == "manager"
    assert load_landlord("livewest").approver_of("receipt") is None
