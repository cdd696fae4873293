"""A part of the dashboard: interpreters that were asked for, whether one was there, and how soon one was booked."""

from flask_babel import gettext as _

from app.landlords.standards import Landlord
from app.measures import words
from app.measures.charts import bars
from app.measures.counted import KEPT, LATE
from app.measures.figures import Figures
from app.measures.months import Period
from app.measures.promises_kept import chart_words
from app.measures.tables import Cell, Line, Panel, Table, number_cell, share_words, those, total
from app.measures.work_done import percentile, spans, wait_words

OF_CASES, OF_CALLS = "interpreters", "interpreters-for-calls"
WAITS = {OF_CASES: "interpreter-waits", OF_CALLS: "interpreter-waits-for-calls"}


def interpreters(found: Figures, period: Period, landlord: Landlord) -> Panel:
    title = _("Interpreters")
    tables = [_table(found, period, OF_CASES, _("Interpreters for cases, by month"))]
    if landlord.calls.has_call_back:
        tables.append(_table(found, period, OF_CALLS, _("Interpreters for calls, by month")))
    drawn = []
    for label, _span, months in spans(period)[:-1]:
        rows = found.rows(OF_CASES, months) + found.rows(OF_CALLS, months)
        drawn.append((label, [total(rows, those(a=state)) for state in ("met", "failed")]))
    parts = [str(words.INTERPRETERS["met"]), str(words.INTERPRETERS["failed"])]
    target = landlord.interpreter_booking
    rule = (
        _("Interpreters count in the month in which they were asked for."),
        _("Share there: the interpreter was there ÷ (was there + was not there)."),
        _("The wait is from asking to the first booking."),
        _("In time: booked within what the landlord promises.")
        if target.is_promised
        else _("In time: booked within our own target, which is no promise to tenants."),
    )
    return Panel("interpreters", title, rule, tuple(tables), bars("interpreters", chart_words(title), parts, drawn))


def _table(found: Figures, period: Period, name: str, caption: str) -> Table:
    lines = []
    for label, span, months in spans(period):
        rows, waits = found.rows(name, months), found.rows(WAITS[name], months)
        met, failed = (total(rows, those(a=state)) for state in ("met", "failed"))
        lines.append(
            (
                label,
                (
                    Cell(share_words(met, met + failed)),
                    Cell(wait_words(percentile(waits, 0.5))),
                    Cell(wait_words(percentile(waits, 0.9))),
                    number_cell(total(rows), name, **span),
                    *(number_cell(total(rows, those(a=one)), name, a=one, **span) for one in words.INTERPRETERS),
                    *(number_cell(total(rows, those(b=one)), name, b=one, **span) for one in (KEPT, LATE)),
                ),
            )
        )
    headings = (
        _("Share there"),
        _("Half booked within"),
        _("9 of 10 booked within"),
        _("Asked for"),
        *(str(label) for label in words.INTERPRETERS.values()),
        _("Booked in time"),
        _("Booked late, or not in time"),
    )
    last = len(lines) - 1
    made = (Line(label, cells, is_sum=at == last) for at, (label, cells) in enumerate(lines))
    return Table(caption, (_("Month"), *headings), tuple(made))
