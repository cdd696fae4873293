"""Read what is promised: standards with their clocks, lead times, and undertakings without a clock."""

from app.landlords.shapes import ADDRESSEES, EVENTS, UNITS, LeadTime, Standard, Undertaking
from app.landlords.tables import Table

# Kinds of contact that a standard can be for; "contact" is every kind.
KINDS = (
    "contact",
    "complaint",
    "compliment",
    "suggestion",
    "antisocial-behaviour",
    "enquiry",
    "repair",
    "hazard",
)
CHANNELS = ("web", "phone", "email", "letter", "social", "voicemail", "visit", "chat")
TOPICS = ("contact", "colleagues", "digital", "accessibility", "feedback", "repairs", "safety")
MOST_HOURS, MOST_DAYS = 24 * 366, 366


def standards(file: Table, regime: str) -> tuple[Standard, ...]:
    """All ``[[kind.name]]`` tables of a file. Raises WrongPolicy."""
    found: list[Standard] = []
    for kind in KINDS:
        if file.has(kind):
            of_kind = file.table(kind)
            for name in of_kind.left():
                for table in of_kind.tables(name):
                    standard = _standard(table, f"{kind}.{name}", regime)
                    _refuse_twin(table, standard, found)
                    found.append(standard)
    return tuple(found)


def _standard(table: Table, key: str, regime: str) -> Standard:
    amount, unit = _amount(table)
    standard = Standard(
        key=key,
        regime=regime,
        amount=amount,
        unit=unit,
        counted_from=table.one_of("counted_from", EVENTS),
        since=table.day("from"),
        until=table.day("until") if table.has("until") else None,
        source=table.text("source"),
        row=table.text("row"),
        label=table.text("label"),
        channels=table.texts("channels", CHANNELS) if table.has("channels") else (),
        addressee=table.one_of("addressee", ADDRESSEES) if table.has("addressee") else "",
        may_pause=_may_pause(table, regime),
    )
    if standard.until and standard.until < standard.since:
        raise table.wrong("until", f"is {standard.until}, before from")
    table.close()
    return standard


def _may_pause(table: Table, regime: str) -> bool:
    """Whether it waits while the tenant has to tell us something. Only a landlord's own promise can."""
    if not table.has("may_pause"):
        return False
    may_pause = table.yes_or_no("may_pause")
    if may_pause and regime != "landlord":
        raise table.wrong("may_pause", "is true: the Code and the law know no pause")
    if table.has("may_pause_checked") and not table.yes_or_no("may_pause_checked"):
        table.unchecked.append(f"{table.at}.may_pause")
    return may_pause


def _amount(table: Table) -> tuple[int, str]:
    given = [unit for unit in UNITS if table.has(unit)]
    if len(given) != 1:
        raise table.wrong(" or ".join(given or UNITS), "write exactly one of " + ", ".join(UNITS))
    (unit,) = given
    return table.whole(unit, 1, MOST_HOURS if unit == "hours" else MOST_DAYS), unit


def _refuse_twin(table: Table, new: Standard, known: list[Standard]) -> None:
    """Two entries of one day for one contact: nobody could say which is in force."""
    for old in known:
        same_door = not old.channels or not new.channels or set(old.channels) & set(new.channels)
        same_person = not old.addressee or not new.addressee or old.addressee == new.addressee
        if old.key == new.key and old.since == new.since and same_door and same_person:
            raise table.wrong("from", f"is {new.since}, as another {new.key} for the same contact: give each its date")


def lead_times(file: Table) -> tuple[LeadTime, ...]:
    return tuple(_lead_time(table) for table in file.listed("lead_times"))


def _lead_time(table: Table) -> LeadTime:
    found = LeadTime(
        key=table.text("key"),
        working_days=table.whole("working_days", 1, MOST_DAYS),
        since=table.day("from"),
        source=table.text("source"),
        row=table.text("row"),
        label=table.text("label"),
    )
    table.close()
    return found


def undertakings(file: Table) -> tuple[Undertaking, ...]:
    return tuple(_undertaking(table) for table in file.listed("undertakings"))


def _undertaking(table: Table) -> Undertaking:
    found = Undertaking(
        key=table.text("key"),
        about=table.one_of("about", TOPICS),
        words=table.text("words"),
        since=table.day("from"),
        source=table.text("source"),
        row=table.text("row"),
    )
    table.close()
    return found
