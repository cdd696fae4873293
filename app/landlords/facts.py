"""Read the facts of a policy: who, where, when, and the rules of complaints. Everything raises WrongPolicy."""

import re

from app.landlords.shapes import (
    WEEKDAYS,
    Calls,
    Complainant,
    Escalation,
    Exclusion,
    Ombudsman,
    OpeningHours,
    Option,
    Phone,
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


def _where_from(table: Table) -> bool:
    """Every fact says where it is from, and whether it was confirmed there; then nothing may be left over."""
    table.text("source")
    table.text_or_none("row")
    is_checked = table.yes_or_no("checked") if table.has("checked") else True
    table.close()
    return is_checked


def _matching(table: Table, key: str, pattern: re.Pattern[str], wanted: str) -> str:
    value = table.text(key)
    if not pattern.fullmatch(value):
        raise table.wrong(key, f"is {value!r}: write {wanted}")
    return value


def team(table: Table) -> str:
    label = table.text("label")
    _where_from(table)
    return label


def address(table: Table) -> tuple[str, ...]:
    """The lines, the postcode last."""
    lines = (*table.texts("lines"), _matching(table, "postcode", _POSTCODE, "a postcode, such as EX5 2FZ"))
    _where_from(table)
    return lines


def phone(table: Table) -> Phone:
    shown = table.text("shown")
    dialled = _matching(table, "dialled", _DIALLED, "+44 and the number without its first 0")
    if "0" + dialled.removeprefix("+44") != shown.replace(" ", ""):
        raise table.wrong("dialled", f"is {dialled}, another number than {shown}")
    return Phone(shown, dialled, _where_from(table))


def email(table: Table) -> str:
    value = _matching(table, "address", _EMAIL, "an email address")
    _where_from(table)
    return value


def website(table: Table) -> str:
    value = _matching(table, "address", _WEBSITE, "an address that begins with https://")
    _where_from(table)
    return value


def opening_hours(table: Table) -> OpeningHours:
    days = tuple(sorted(WEEKDAYS.index(day) + 1 for day in table.texts("days", WEEKDAYS)))
    opens, closes = table.time_of_day("opens"), table.time_of_day("closes")
    if closes <= opens:
        raise table.wrong("closes", f"is {closes}, not after opens")
    return OpeningHours(days, opens, closes, _where_from(table))


def calls(table: Table) -> Calls:
    minutes = table.whole("answered_within_minutes") if table.has("answered_within_minutes") else None
    found = Calls(
        answered_within_minutes=minutes,
        has_call_back=table.yes_or_no("call_back"),
        are_recorded=table.yes_or_no("recorded"),
    )
    _where_from(table)
    return found


def _refuse_twins(tables: list[Table], keys: list[str]) -> None:
    for number, (table, key) in enumerate(zip(tables, keys, strict=True)):
        if key in keys[:number]:
            raise table.wrong("key", f"is {key!r} for the second time")


def options(file: Table, name: str) -> tuple[Option, ...]:
    found, tables = [], list(file.tables(name))
    if not tables:
        raise file.wrong(name, f"is missing: write tables [[{name}]]")
    for table in tables:
        found.append(Option(table.text("key"), table.text("label")))
        _where_from(table)
    _refuse_twins(tables, [option.key for option in found])
    return tuple(found)


def complainants(file: Table) -> tuple[Complainant, ...]:
    found, tables = [], list(file.tables("who_may_complain"))
    if not tables:
        raise file.wrong("who_may_complain", "is missing: write tables [[who_may_complain]]")
    for table in tables:
        key, label = table.text("key"), table.text("label")
        permission = table.yes_or_no("needs_permission") if table.has("needs_permission") else False
        banding = table.yes_or_no("may_ask_about_banding") if table.has("may_ask_about_banding") else False
        found.append(Complainant(key, label, permission, banding))
        _where_from(table)
    _refuse_twins(tables, [option.key for option in found])
    return tuple(found)


def exclusion(table: Table) -> Exclusion:
    key, label, instead = table.text("key"), table.text("label"), table.text("instead")
    code = table.text_or_none("code")
    row = table.text("row") if table.has("row") else ""
    return Exclusion(key, label, instead, code, row, _where_from(table))


def stages(file: Table) -> tuple[Stage, ...]:
    """Two, no more and no fewer: the Code's 5.2 and 5.3."""
    found = []
    for number, table in enumerate(file.tables("stages"), 1):
        table_number = table.whole("number", 1, 2)
        if table_number != number:
            raise table.wrong("number", f"is {table_number}: write stage {number} here")
        label, handled_by = table.text("label"), table.text("words")
        independent, published = table.yes_or_no("independent"), table.yes_or_no("published")
        found.append(Stage(number, label, handled_by, independent, published, table.text_or_none("row")))
        _where_from(table)
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
    _where_from(table)
    return found


def revised_date(table: Table) -> RevisedDate:
    found = RevisedDate(table.yes_or_no("has_cap"), table.yes_or_no("gives_reasons"), table.text_or_none("row"))
    _where_from(table)
    return found


def ombudsman(table: Table) -> Ombudsman:
    found = Ombudsman(
        name=table.text("label"),
        phone=phone(table.table("phone")),
        website=_matching(table, "website", _WEBSITE, "an address that begins with https://"),
        address=table.texts("lines"),
        postcode=_matching(table, "postcode", _POSTCODE, "a postcode, such as L33 7WQ"),
    )
    _where_from(table)
    return found


def extra_holiday(table: Table) -> Holiday:
    found = Holiday(table.day("on"), table.text("label"))
    _where_from(table)
    return found
