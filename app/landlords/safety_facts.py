"""Read what a policy says about safety: behaviour, who else helps, the way out. Everything raises WrongPolicy."""

from app.landlords.facts import phone, some, website, website_of, where_from
from app.landlords.shapes import BehaviourKind, Helpline, NotAntisocial
from app.landlords.tables import Table


def not_antisocial_behaviour(file: Table) -> tuple[NotAntisocial, ...]:
    found = []
    for table in some(file, "not_antisocial_behaviour"):
        address = website_of(table) if table.has("website") else ""
        found.append(NotAntisocial(table.text("key"), table.text("label"), table.text("instead"), address))
        where_from(table)
    return tuple(found)


def behaviour_kinds(file: Table) -> tuple[BehaviourKind, ...]:
    """At least one of them is domestic abuse, which has a route of its own."""
    found = []
    for table in some(file, "antisocial_behaviour_kinds"):
        kind = BehaviourKind(
            key=table.text("key"),
            label=table.text("label"),
            hint=table.text_or_none("words"),
            is_domestic_abuse=table.has("is_domestic_abuse") and table.yes_or_no("is_domestic_abuse"),
        )
        found.append(kind)
        where_from(table)
    if not any(kind.is_domestic_abuse for kind in found):
        raise file.wrong("antisocial_behaviour_kinds", "write one with is_domestic_abuse = true")
    return tuple(found)


def helplines(file: Table) -> tuple[Helpline, ...]:
    found = []
    for table in some(file, "helplines"):
        found.append(
            Helpline(
                key=table.text("key"),
                label=table.text("label"),
                words=table.text("words"),
                phone=phone(table.table("phone")),
                website=website_of(table),
            )
        )
        where_from(table)
    return tuple(found)


def exit_address(table: Table) -> str:
    """Where somebody goes who has to leave a page at once."""
    return website(table)
