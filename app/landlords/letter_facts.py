"""What a policy says of letters. Raises WrongPolicy."""

from app.landlords.facts import where_from
from app.landlords.shapes import APPROVED, APPROVERS, Approval
from app.landlords.tables import Table


def approvals(file: Table) -> tuple[Approval, ...]:
    """Which letters need a second colleague's approval, and of which role. None where the policy is silent."""
    if not file.has("letters"):
        return ()
    table = file.table("letters")
    asked = table.table("approval")
    found = tuple(Approval(letter, asked.one_of(letter, APPROVERS)) for letter in APPROVED if asked.has(letter))
    asked.close()
    where_from(table)
    return found
