"""A landlord's policy held against the Complaint Handling Code, row by row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.landlords.shapes import Landlord, Standard

OK, STRICTER, LAXER = "ok", "stricter", "laxer"
# One event, and those that come before it or with it: a clock that starts earlier is never the laxer for it.
_NOT_AFTER = {
    "received": {"received"},
    "acknowledged": {"received", "acknowledged"},
    "stage_2_requested": {"stage_2_requested"},
    "stage_2_acknowledged": {"stage_2_requested", "stage_2_acknowledged"},
}
_FROM = {
    "received": "of receipt",
    "acknowledged": "of the acknowledgement",
    "stage_2_requested": "of the request",
    "stage_2_acknowledged": "of the acknowledgement of the request",
}
CHANNELS_OF_EVERY_LANDLORD = ("web", "phone", "email", "letter")


@dataclass(frozen=True)
class Row:
    """One paragraph of the Code beside the landlord's rule, and what this service does about it."""

    paragraph: str
    about: str
    code: str
    landlord: str
    result: str  # ok | stricter | laxer
    beside: str

    def __str__(self) -> str:
        return (
            f"{self.result:<8}  {self.paragraph:<8}  {self.about}: "
            f"the Code {self.code}; the landlord {self.landlord}; {self.beside}"
        )


def rows_against_the_code(landlord: Landlord, on: date) -> tuple[Row, ...]:
    """Every row of the Code that a policy can keep or break, on that date."""
    clocks = (_clock(landlord, key, about, on) for key, about in _CLOCKS.items())
    rules = (rule(landlord) for rule in _RULES)
    return tuple(sorted((*clocks, *rules), key=lambda row: tuple(int(part) for part in row.paragraph.split("."))))


_CLOCKS = {
    "complaint.acknowledge": "acknowledge at stage 1",
    "complaint.stage_1_response": "answer at stage 1",
    "complaint.stage_2_acknowledge": "acknowledge the request for stage 2",
    "complaint.stage_2_response": "answer at stage 2",
}


def _clock(landlord: Landlord, key: str, about: str, on: date) -> Row:
    code = _in_force(landlord, key, "code", on)
    own = _in_force(landlord, key, "landlord", on)
    if code is None:
        raise LookupError(f"the Code has no {key} on {on}")
    if own is None:
        return Row(code.row, about, _time(code), "promises none", LAXER, "the Code's clock runs alone")
    result = compare(own, code)
    beside = {
        OK: "both clocks run and agree",
        STRICTER: "both clocks run; the landlord's never ends later",
        LAXER: "both clocks run; the Code's can end first, and warns",
    }[result]
    return Row(code.row, about, _time(code), f"{_time(own)} ({own.row})", result, beside)


def _in_force(landlord: Landlord, key: str, regime: str, on: date) -> Standard | None:
    entries = [entry for entry in landlord.standards if entry.key == key and entry.regime == regime]
    entries = [entry for entry in entries if entry.since <= on and (entry.until is None or on <= entry.until)]
    # Where channels differ, the laxest promise is the one to hold against the Code.
    newest = max((entry.since for entry in entries), default=None)
    return max((entry for entry in entries if entry.since == newest), key=_longest_hours, default=None)


def _time(standard: Standard) -> str:
    words = {"working_days": "working day", "hours": "hour", "calendar_days": "calendar day"}[standard.unit]
    plural = "" if standard.amount == 1 else "s"
    return f"{standard.amount} {words}{plural} {_FROM.get(standard.counted_from, standard.counted_from)}"


def _longest_hours(standard: Standard) -> int:
    """An order among promises of different units."""
    return standard.amount if standard.unit == "hours" else standard.amount * 24


def compare(own: Standard, code: Standard) -> str:
    """``stricter`` or ``ok`` only where the landlord's promise can never fall due after the Code's.

    A number of working days lasts at least as many times 24 hours; a calendar day ends after closing time.
    """
    if own.counted_from not in _NOT_AFTER[code.counted_from]:
        return LAXER
    if own.unit == code.unit:
        if own.amount > code.amount:
            return LAXER
        return OK if own.amount == code.amount and own.counted_from == code.counted_from else STRICTER
    if code.unit != "working_days":
        return LAXER
    is_within = own.amount <= 24 * code.amount if own.unit == "hours" else own.amount < code.amount
    return STRICTER if is_within else LAXER


def _representatives(landlord: Landlord) -> Row:
    is_taken = any(complainant.key == "representative" for complainant in landlord.who_may_complain)
    says = "takes them" if is_taken else "does not name them"
    beside = "permission is recorded" if is_taken else "add who_may_complain"
    return Row("1.3", "representatives", "takes them", says, OK if is_taken else LAXER, beside)


def _refusals(landlord: Landlord) -> Row:
    own = [exclusion.key for exclusion in landlord.exclusions if not exclusion.code]
    says = f"also refuses: {', '.join(own)}" if own else "refuses on no other ground"
    beside = "each refusal gives its reason and the Ombudsman's details"
    return Row("2.2", "refusing a complaint", "lists the grounds", says, LAXER if own else OK, beside)


def _channels(landlord: Landlord) -> Row:
    offered = {channel.key for channel in landlord.channels}
    missing = [channel for channel in CHANNELS_OF_EVERY_LANDLORD if channel not in offered]
    says = f"does not offer: {', '.join(missing)}" if missing else "offers " + ", ".join(sorted(offered))
    beside = "colleagues can record a complaint from any channel"
    return Row("3.2", "ways to complain", "takes any", says, LAXER if missing else OK, beside)


def _stages(landlord: Landlord) -> Row:
    published = [stage.number for stage in landlord.stages if stage.is_published]
    says = "has two" if published == [1, 2] else f"publishes only stage {', '.join(map(str, published)) or 'none'}"
    result = OK if published == [1, 2] else LAXER
    beside = "both stages run" if result == OK else "this service runs the Code's other stage"
    return Row("5.2", "stages", "has exactly two", says, result, beside)


def _more_time(landlord: Landlord) -> Row:
    rule = landlord.revised_date
    lacks = [words for has, words in ((rule.has_cap, "a limit"), (rule.gives_reasons, "reasons")) if not has]
    says = f"names a new date without {' or '.join(lacks)} ({rule.row})" if lacks else "asks for no more"
    beside = "the Code's limit runs; no new date without a written reason"
    code = "10 working days at most, with written reasons"
    return Row("6.4", "more time at stage 1", code, says, LAXER if lacks else OK, beside)


def _more_time_at_stage_2(landlord: Landlord) -> Row:
    rule = landlord.revised_date
    is_laxer = landlord.stages[1].is_published and not (rule.has_cap and rule.gives_reasons)
    says = f"names a new date without a limit or reasons ({rule.row})" if is_laxer else "asks for no more"
    beside = "the Code's limit runs; no new date without a written reason"
    code = "20 working days at most, with written reasons"
    return Row("6.15", "more time at stage 2", code, says, LAXER if is_laxer else OK, beside)


def _ombudsman(landlord: Landlord) -> Row:
    says = f"gives {landlord.ombudsman.phone.shown}"
    return Row("6.5", "the Ombudsman's details", "gives them", says, OK, "they stand on every letter")


def _reasons(landlord: Landlord) -> Row:
    rule = landlord.escalation
    says = f"asks for reasons ({rule.row})" if rule.reasons_required else "asks for none"
    beside = "the form asks, and may be left empty" if rule.reasons_required else "the form asks for none"
    return Row("6.12", "reasons for stage 2", "asks for none", says, LAXER if rule.reasons_required else OK, beside)


def _refused_stage_2(landlord: Landlord) -> Row:
    rule = landlord.escalation
    says = f"refuses where: {', '.join(rule.refusal_grounds)} ({rule.row})" if rule.refusal_grounds else "refuses none"
    beside = "a refusal needs one of the Code's grounds, and a letter"
    result = LAXER if rule.refusal_grounds else OK
    return Row("6.10", "refusing stage 2", "refuses none without a listed ground", says, result, beside)


def _another_person(landlord: Landlord) -> Row:
    stage = landlord.stages[1]
    says = "names another person" if stage.is_independent else "lets the same person decide"
    beside = "nobody who took part in stage 1 can be named"
    return Row("6.13", "who decides stage 2", "another person", says, OK if stage.is_independent else LAXER, beside)


_RULES: tuple[Callable[[Landlord], Row], ...] = (
    _representatives,
    _refusals,
    _channels,
    _stages,
    _more_time,
    _more_time_at_stage_2,
    _ombudsman,
    _refused_stage_2,
    _reasons,
    _another_person,
)
