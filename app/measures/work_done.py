"""Parts of the dashboard: answers to complaints, first contacts, calls, themes, and whether letters met needs."""

from collections import Counter
from collections.abc import Sequence
from math import ceil

from flask_babel import gettext as _
from flask_babel import ngettext

from app.landlords.standards import Landlord
from app.measures import words
from app.measures.charts import bars
from app.measures.counted import KEPT, LATE, MET, NO, NOT_SAID, YES
from app.measures.figures import Figures, Key
from app.measures.months import Period, names_of
from app.measures.promises_kept import chart_words, short
from app.measures.tables import Cell, Line, Panel, Table, labels_of, number_cell, share_words, those, total

Span = dict[str, str]


def spans(period: Period) -> list[tuple[str, Span, tuple[str, ...]]]:
    """Each month and then all of them: its label, what a list of rows is asked for, and the spans to count."""
    months = names_of(period)
    each = [(words.span_words(month), {"first": month, "last": month}, (month,)) for month in months]
    return [*each, (_("All months"), _whole(period), months)]


def _whole(period: Period) -> Span:
    return {"first": str(period.first), "last": str(period.last)}


def _monthly(caption: str, headings: tuple[str, ...], lines: Sequence[tuple[str, tuple[Cell, ...]]]) -> Table:
    last = len(lines) - 1
    made = (Line(label, cells, is_sum=at == last) for at, (label, cells) in enumerate(lines))
    return Table(caption, (_("Month"), *headings), tuple(made))


def complaints(figures: Figures, period: Period) -> Panel:
    title = _("Complaints by stage, and what we decided")
    lines = []
    for label, span, months in spans(period):
        made, answered, refused = (figures.rows(name, months) for name in ("code", "decisions", "refusals"))
        cells = (
            number_cell(total(rows, those(a=stage)), name, a=stage, **span)
            for stage in words.STAGES
            for name, rows in (("code", made), ("decisions", answered), ("refusals", refused))
        )
        lines.append((label, tuple(cells)))
    headings = tuple(
        heading
        for stage in words.STAGES.values()
        for heading in (
            _("%(stage)s: made", stage=stage),
            _("%(stage)s: answered", stage=stage),
            _("%(stage)s: refused", stage=stage),
        )
    )
    decided = figures.rows("decisions")
    parts = [str(label) for label in words.DECISIONS.values()]
    drawn = [(str(label), _by_decision(decided, stage)) for stage, label in words.STAGES.items()]
    return Panel(
        "complaints",
        title,
        (
            _("Made: in the month in which the stage began. Answered and refused: in the month of the letter."),
            _("A refusal that we took back does not count."),
        ),
        (_decisions(decided, period), _monthly(_("Complaints by month"), headings, lines)),
        bars("complaints", chart_words(title), parts, drawn),
    )


def _by_decision(rows: Counter[Key], stage: str) -> list[int]:
    return [total(rows, those(a=stage, b=decision)) for decision in words.DECISIONS]


def _decisions(rows: Counter[Key], period: Period) -> Table:
    lines = []
    for stage, label in words.STAGES.items():
        whole = total(rows, those(a=stage))
        cells = tuple(
            number_cell(number, "decisions", share_words(number, whole), a=stage, b=decision, **_whole(period))
            for number, decision in zip(_by_decision(rows, stage), words.DECISIONS, strict=True)
        )
        lines.append(Line(str(label), (number_cell(whole, "decisions", a=stage, **_whole(period)), *cells)))
    headings = (_("Stage"), _("Answered"), *(str(label) for label in words.DECISIONS.values()))
    return Table(_("What we decided"), headings, tuple(lines))


def first_contact(figures: Figures, period: Period) -> Panel:
    title = _("Solved at the first contact")
    lines, drawn = [], []
    for label, span, months in spans(period):
        rows = figures.rows("first-contact", months)
        yes, no, unsaid = (total(rows, those(b=said)) for said in (YES, NO, NOT_SAID))
        share = share_words(yes, yes + no)
        numbers = (
            number_cell(number, "first-contact", b=said, **span)
            for number, said in ((yes, YES), (no, NO), (unsaid, NOT_SAID))
        )
        lines.append((label, (Cell(share), *numbers)))
        drawn.append((f"{label} · {share}", [yes, no]))
    parts = [_("Solved"), _("Not solved")]
    rule = (
        _("Cases count in the month in which they came in."),
        _("Solved ÷ (solved + not solved). Cases of which nobody said it are left out."),
    )
    table = _monthly(title, (_("Share solved"), *parts, _("Nobody said")), lines)
    return Panel(
        "first-contact",
        title,
        rule,
        (table,),
        bars("first-contact", chart_words(title), parts, drawn[:-1], as_shares=True),
    )


def percentile(rows: Counter[Key], share: float) -> int | None:
    """The number of minutes within which this share of the calls was made; None where there was none."""
    wanted = ceil(total(rows) * share)
    for key in sorted(rows, key=lambda key: int(key[0])):
        wanted -= rows[key]
        if wanted <= 0:
            return int(key[0])
    return None


def wait_words(minutes: int | None) -> str:
    if minutes is None:
        return "–"
    hours, rest = divmod(minutes, 60)
    spoken = ngettext("%(num)s minute", "%(num)s minutes", rest)
    if not hours:
        return spoken
    # Translators: how long somebody waited, such as 3 hours 20 minutes; %(minutes)s is such as "20 minutes"
    return ngettext("%(num)s hour %(minutes)s", "%(num)s hours %(minutes)s", hours, minutes=spoken)


def call_backs(figures: Figures, period: Period) -> Panel:
    title = _("Calls that tenants asked for")
    lines, drawn = [], []
    for label, span, months in spans(period):
        calls, waits = figures.rows("call-backs", months), figures.rows("waits", months)
        in_time, late = (total(calls, those(a="called", b=state)) for state in (KEPT, LATE))
        missed, cancelled = (total(calls, those(a=state)) for state in ("missed", "cancelled"))
        cells = (
            Cell(wait_words(percentile(waits, 0.5))),
            Cell(wait_words(percentile(waits, 0.9))),
            number_cell(in_time, "call-backs", a="called", b=KEPT, **span),
            number_cell(late, "call-backs", a="called", b=LATE, **span),
            number_cell(missed, "call-backs", a="missed", **span),
            number_cell(cancelled, "call-backs", a="cancelled", **span),
        )
        lines.append((label, cells))
        drawn.append((label, [in_time, late, missed]))
    parts = [_("Called in time"), _("Called late"), _("Nobody answered")]
    headings = (_("Half called within"), _("9 of 10 called within"), *parts, _("Cancelled"))
    rule = (
        _("A call counts in the month in which it ended. The wait is from asking to the call."),
        _("Late: after the end of the time that the tenant chose."),
    )
    table = _monthly(title, headings, lines)
    return Panel("call-backs", title, rule, (table,), bars("call-backs", chart_words(title), parts, drawn[:-1]))


def complaint_themes(figures: Figures, period: Period, landlord: Landlord) -> Panel:
    rows = figures.rows("themes")
    services = [*labels_of(words.services(landlord), (key[0] for key in rows)), ("", _("Not said"))]
    kinds = [*labels_of(words.kinds_of_complaint(landlord), (key[1] for key in rows)), ("", _("Not said"))]
    title = _("What complaints are about")
    lines = []
    for service, label in (*services, (None, _("All services"))):
        which = _whole(period) if service is None else {**_whole(period), "a": service}
        cells = (number_cell(total(rows, those(service, kind)), "themes", b=kind, **which) for kind, _label in kinds)
        everything = number_cell(total(rows, those(service)), "themes", **which)
        lines.append(Line(label, (everything, *cells), is_sum=service is None))
    drawn = [(short(label), [total(rows, those(service))]) for service, label in services]
    caption = _("Complaints by service and by what went wrong")
    return Panel(
        "themes",
        title,
        (_("Complaints count in the month in which they came in, under the service that the tenant chose."),),
        (Table(caption, (_("Service"), _("All"), *(label for _kind, label in kinds)), tuple(lines)),),
        bars("themes", chart_words(title), [_("Complaints")], drawn),
    )


def other_themes(figures: Figures, period: Period, landlord: Landlord) -> Panel:
    rows, whole = figures.rows("topics"), _whole(period)
    topics = [*labels_of(words.topics(landlord), (key[0] for key in rows)), ("", _("Not said"))]
    title = _("What questions are about")
    lines = [Line(label, (number_cell(rows[topic, "", ""], "topics", a=topic, **whole),)) for topic, label in topics]
    lines.append(Line(_("All questions"), (number_cell(total(rows), "topics", **whole),), is_sum=True))
    learned, hate = figures.rows("learning"), figures.rows("hate")
    services = [*labels_of(words.services(landlord), (key[0] for key in learned)), ("", _("Not said"))]
    lessons = [
        Line(
            label,
            tuple(
                number_cell(total(learned, those(service, done)), "learning", a=service, b=done, **whole)
                for done in (YES, NO)
            ),
        )
        for service, label in services
        if total(learned, those(service))
    ]
    reports = [
        Line(str(label), (number_cell(hate[key, "", ""], "hate", a=key, **whole),)) for key, label in words.HATE.items()
    ]
    drawn = [(short(label), [rows[topic, "", ""]]) for topic, label in topics]
    tables = [Table(title, (_("Topic"), _("Questions")), tuple(lines))]
    if lessons:
        headings = (_("Service"), _("Change made"), _("Change still to make"))
        tables.append(Table(_("What we learned from complaints"), headings, tuple(lessons)))
    tables.append(Table(_("Antisocial behaviour cases (NM01)"), (_("Cases"), _("Opened")), tuple(reports)))
    rule = (
        _("Questions and reports count in the month in which they came in, learning in that in which it was recorded."),
        _("A further report on an open case is no new case; one after it was closed is."),
    )
    return Panel("topics", title, rule, tuple(tables), bars("topics", chart_words(title), [_("Questions")], drawn))


def needs(figures: Figures, period: Period) -> Panel:
    title = _("Letters sent as the tenant needs them")
    lines, drawn = [], []
    for label, span, months in spans(period):
        rows = figures.rows("letters", months)
        sent, met = total(rows), total(rows, those(a=MET))
        states = (number_cell(total(rows, those(a=state)), "letters", a=state, **span) for state in words.NEEDS)
        overridden = number_cell(total(figures.rows("overrides", months)), "overrides", **span)
        lines.append((label, (Cell(share_words(met, sent)), number_cell(sent, "letters", **span), *states, overridden)))
        drawn.append((f"{label} · {share_words(met, sent)}", [met, sent - met]))
    headings = (
        _("Share as needed"),
        _("Sent"),
        *(str(label) for label in words.NEEDS.values()),
        _("Sent so for a reason"),
    )
    rule = (
        _("Letters count in the month in which they went out. Sent as needed ÷ sent."),
        _("A letter with several unmet needs is shown under the first: format, language, way, safe way."),
    )
    parts = [_("Sent as needed"), _("Sent otherwise")]
    return Panel(
        "needs",
        title,
        rule,
        (_monthly(title, headings, lines),),
        bars("needs", chart_words(title), parts, drawn[:-1], as_shares=True),
    )
