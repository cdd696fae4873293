"""Read the facts of a policy: who, where, when, and the rules of complaints. Everything raises WrongPolicy."""

import re
from collections.abc import Iterator

from app.landlords.shapes import (
    HANDLED_BY,
    INDEPENDENT_SENIOR,
    KEPT,
    UNITS,
    WEEKDAYS,
    CallBackTimes,
    Calls,
    Complainant,
    Escalation,
    Exclusion,
    Hazard,
    InterpreterBooking,
    Ombudsman,
    OpeningHours,
    Option,
    Phone,
    QualitySample,
    Retention,
    RevisedDate,
    Stage,
)
from app.landlords.tables import Table
from app.working_days import Holiday

_DIALLED = re.compile(r"\+44[1-9]\d{8,9}")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+")
_WEBSITE = re.compile(r"https://[a-z0-9.-]+(/\S*)?")
REFUSAL_GROUNDS = ("policy-followed", "law-followed")


def where_from(table: Table) -> None:
    """Every fact says where it is from and since when, and whether it was confirmed; then nothing may be left over."""
    table.text("source")
    table.text_or_none("row")
    table.day("from")
    if table.has("checked") and not table.yes_or_no("checked"):
        table.unchecked.append(table.at)
    table.close()


def _matching(table: Table, key: str, pattern: re.Pattern[str], wanted: str) -> str:
    value = table.text(key)
    if not pattern.fullmatch(value):
        raise table.wrong(key, f"is {value!r}: write {wanted}")
    return value


def team(table: Table) -> str:
    return _one(table, "label")


def service(file: Table, name: str) -> str:
    """Who does it for the landlord; empty where the policy promises nobody."""
    return _one(file.table(name), "service") if file.has(name) else ""


def _one(table: Table, key: str) -> str:
    value = table.text(key)
    where_from(table)
    return value


def address(table: Table) -> tuple[str, ...]:
    """The lines, the postcode last."""
    lines = (*table.texts("lines"), _matching(table, "postcode", _POSTCODE, "a postcode, such as EX5 2FZ"))
    where_from(table)
    return lines


def phone(table: Table) -> Phone:
    shown = table.text("shown")
    dialled = _matching(table, "dialled", _DIALLED, "+44 and the number without its first 0")
    if "0" + dialled.removeprefix("+44") != shown.replace(" ", ""):
        raise table.wrong("dialled", f"is {dialled}, another number than {shown}")
    where_from(table)
    return Phone(shown, dialled)


def email(table: Table) -> str:
    value = _matching(table, "address", _EMAIL, "an email address")
    where_from(table)
    return value


def website(table: Table) -> str:
    value = website_of(table, "address")
    where_from(table)
    return value


def website_of(table: Table, key: str = "website") -> str:
    """One of a table's facts; the others are still to be taken."""
    return _matching(table, key, _WEBSITE, "an address that begins with https://")


def opening_hours(table: Table) -> OpeningHours:
    days = tuple(sorted(WEEKDAYS.index(day) + 1 for day in table.texts("days", WEEKDAYS)))
    opens, closes = table.time_of_day("opens"), table.time_of_day("closes")
    if closes <= opens:
        raise table.wrong("closes", f"is {closes}, not after opens")
    where_from(table)
    return OpeningHours(days, opens, closes)


def calls(table: Table) -> Calls:
    minutes = table.whole("answered_within_minutes") if table.has("answered_within_minutes") else None
    found = Calls(
        answered_within_minutes=minutes,
        has_call_back=table.yes_or_no("call_back"),
        are_recorded=table.yes_or_no("recorded"),
    )
    where_from(table)
    return found


def call_backs(file: Table, calls: Calls, hours: OpeningHours) -> CallBackTimes | None:
    """None where nobody is called back: then there is no table either."""
    if not calls.has_call_back:
        return None
    table = file.table("call_backs")
    open_for = (hours.closes.hour - hours.opens.hour) * 60 + hours.closes.minute - hours.opens.minute
    found = CallBackTimes(
        slot_minutes=table.whole("slot_minutes", 5, open_for),
        calls_per_slot=table.whole("calls_per_slot"),
        days_ahead=table.whole("days_ahead", 1, 30),
        soonest_minutes=table.whole("soonest_minutes", 0, 7 * 24 * 60),
    )
    where_from(table)
    return found


def interpreter_booking(table: Table) -> InterpreterBooking:
    """A promise names its row in the landlord's document; a target of our own has none."""
    is_promised, row = table.yes_or_no("promised"), str(table.peek("row") or "")
    if is_promised != bool(row):
        raise table.wrong("promised", "is true where the landlord's document has it: then write its row, else none")
    found = InterpreterBooking(table.whole("amount"), table.one_of("unit", UNITS), is_promised, row)
    where_from(table)
    return found


def some(file: Table, name: str) -> Iterator[Table]:
    """The tables of a list that may not be empty."""
    if not file.has(name):
        raise file.wrong(name, f"is missing: write tables [[{name}]]")
    yield from file.listed(name)


def options(file: Table, name: str) -> tuple[Option, ...]:
    found = []
    for table in some(file, name):
        found.append(Option(table.text("key"), table.text("label")))
        where_from(table)
    return tuple(found)


def complainants(file: Table) -> tuple[Complainant, ...]:
    found = []
    for table in some(file, "who_may_complain"):
        key, label = table.text("key"), table.text("label")
        permission = table.has("needs_permission") and table.yes_or_no("needs_permission")
        banding = table.has("may_ask_about_banding") and table.yes_or_no("may_ask_about_banding")
        clocks = not table.has("has_hazard_clocks") or table.yes_or_no("has_hazard_clocks")
        found.append(Complainant(key, label, permission, banding, clocks))
        where_from(table)
    return tuple(found)


def hazards(file: Table) -> tuple[Hazard, ...]:
    """Those of the law. ``from`` is the day from which it has clocks for them; without it, it has none yet."""
    found = []
    for table in some(file, "hazards"):
        found.append(
            Hazard(
                key=table.text("key"),
                label=table.text("label"),
                is_emergency=table.has("is_emergency") and table.yes_or_no("is_emergency"),
                since=table.day("from") if table.has("from") else None,
                until=table.day("until") if table.has("until") else None,
            )
        )
        table.text("source")
        table.close()
    return tuple(found)


def exclusions(file: Table) -> tuple[Exclusion, ...]:
    return tuple(_exclusion(table) for table in some(file, "exclusions"))


def _exclusion(table: Table) -> Exclusion:
    key, label, instead = table.text("key"), table.text("label"), table.text("instead")
    code = table.text_or_none("code")
    row = table.text_or_none("row")
    where_from(table)
    return Exclusion(key, label, instead, code, row)


def stages(file: Table) -> tuple[Stage, ...]:
    """Two, no more and no fewer: the Code's 5.2 and 5.3."""
    found = []
    for number, table in enumerate(file.tables("stages"), 1):
        table_number = table.whole("number", 1, 2)
        if table_number != number:
            raise table.wrong("number", f"is {table_number}: write stage {number} here")
        label, words = table.text("label"), table.text("words")
        handled_by = table.one_of("handled_by", HANDLED_BY)
        independent, published = table.yes_or_no("independent"), table.yes_or_no("published")
        if independent and handled_by != INDEPENDENT_SENIOR:
            raise table.wrong("handled_by", f"is {handled_by!r}: an independent stage needs {INDEPENDENT_SENIOR!r}")
        found.append(Stage(number, label, words, handled_by, independent, published, table.text_or_none("row")))
        where_from(table)
    if len(found) != 2:
        raise file.wrong("stages", "a complaint has exactly two stages: write two tables [[stages]]")
    return tuple(found)


def escalation(table: Table) -> Escalation:
    found = Escalation(
        calendar_days=table.whole("calendar_days", 1, 366) if table.has("calendar_days") else None,
        may_be_extended=table.yes_or_no("may_be_extended"),
        reasons_required=table.yes_or_no("reasons_required"),
        refusal_grounds=table.texts("refusal_grounds", REFUSAL_GROUNDS) if table.has("refusal_grounds") else (),
        row=table.text_or_none("row"),
    )
    where_from(table)
    return found


def revised_date(table: Table) -> RevisedDate:
    found = RevisedDate(
        has_cap=table.yes_or_no("has_cap"),
        gives_reasons=table.yes_or_no("gives_reasons"),
        is_agreed=table.yes_or_no("agreed_with_tenant"),
        row=table.text_or_none("row"),
    )
    where_from(table)
    return found


def ombudsman(table: Table) -> Ombudsman:
    found = Ombudsman(
        name=table.text("label"),
        phone=phone(table.table("phone")),
        website=website_of(table),
        address=table.texts("lines"),
        postcode=_matching(table, "postcode", _POSTCODE, "a postcode, such as L33 7WQ"),
    )
    where_from(table)
    return found


def retention(file: Table) -> tuple[Retention, ...]:
    """One for each kind of record, no more and no fewer."""
    found = []
    for table in some(file, "retention"):
        key, years, source = table.one_of("key", KEPT), table.whole("years", 1, 100), str(table.peek("source"))
        found.append(Retention(key, years, source))
        where_from(table)
    if missing := set(KEPT) - {one.key for one in found}:
        raise file.wrong("retention", f"lacks {', '.join(sorted(missing))}: say how long each is kept")
    return tuple(found)


def quality(table: Table) -> QualitySample:
    found = QualitySample(percent=table.whole("percent", 1, 100), at_least=table.whole("at_least"))
    where_from(table)
    return found


def extra_holiday(table: Table) -> Holiday:
    found = Holiday(table.day("on"), table.text("label"))
    where_from(table)
    return found
