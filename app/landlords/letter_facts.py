"""What a policy says of letters. Raises WrongPolicy."""

import re

from app.landlords.facts import where_from
from app.landlords.shapes import APPROVED, APPROVERS, Approval, Mark
from app.landlords.tables import Table

_COLOUR = re.compile("#[0-9a-f]{6}")
_PATH = re.compile("[MmLlHhVvCcSsQqTtAaZz0-9 .,-]{1,4000}")


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


def mark(file: Table) -> Mark | None:
    """The landlord's sign; None where the policy has none."""
    if not file.has("mark"):
        return None
    table = file.table("mark")
    label, paths = table.text("label"), table.texts("paths")
    if wrong := [path for path in paths if not _PATH.fullmatch(path)]:
        raise table.wrong("paths", f"has {wrong[0][:40]!r}: write the letters and numbers of an SVG path")
    found = Mark(label, _colour(table, "colour"), _colour(table, "colour_on_dark"), paths)
    where_from(table)
    return found


def _colour(table: Table, key: str) -> str:
    value = table.text(key)
    if not _COLOUR.fullmatch(value):
        raise table.wrong(key, f"is {value!r}: write a colour such as #00504f")
    return value
