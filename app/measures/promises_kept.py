"""Parts of the dashboard: what is due, and which promises were kept."""

from collections import Counter

from flask_babel import gettext as _

from app.caseload.words import REGIMES
from app.landlords.standards import Landlord
from app.measures import words
from app.measures.charts import bars
from app.measures.counted import DUE_STATES, ENDED, KEPT, LATE, MISSED, NOW, PROMISE_STATES, TO_COME
from app.measures.figures import Figures, Key
from app.measures.months import Period, names_of
from app.measures.tables import Cell, Line, Panel, Table, labels_of, number_cell, share_words, those, total

CHART_LABEL = 26  # characters
BROKEN = (LATE, MISSED)
COUNTED = (KEPT, *BROKEN)  # of a promise whose day has come


def short(label: str) -> str:
    """A label that fits beside a bar; the table has the whole."""
    return label if len(label) <= CHART_LABEL else label[: CHART_LABEL - 1].rstrip() + "…"


def chart_words(title: str) -> str:
    # Translators: says what a drawing is, for people who do not see it
    return _("Chart: %(title)s. The table has the same figures.", title=title)


def due(figures: Figures) -> Panel:
    rows = figures.rows("open", (NOW,))
    teams = [(key, label) for key, label in words.teams() if total(rows, those(a=key)) or key]
    lines = [
        Line(label, _due_cells(rows, key))
        for key, label in (*teams, *labels_of(teams, (key[0] for key in rows))[len(teams) :])
    ]
    title = _("What is due, by team")
    drawn = [(short(label), [rows[key, state, ""] for state in DUE_STATES]) for key, label in teams]
    return Panel(
        "due",
        title,
        (
            _("Open cases, by the team whose work they are and by the date that falls due first."),
            _("Nothing due: every promise is kept, or waits for the tenant."),
        ),
        (
            Table(
                title,
                (_("Team"), *(str(words.DUE[state]) for state in DUE_STATES), _("All")),
                (*lines, Line(_("All teams"), _due_cells(rows, None), is_sum=True)),
            ),
        ),
        bars("due", chart_words(title), [str(words.DUE[state]) for state in DUE_STATES], drawn),
    )


def _due_cells(rows: Counter[Key], team: str | None) -> tuple[Cell, ...]:
    which = {} if team is None else {"a": team}
    by_state = (number_cell(total(rows, those(a=team, b=state)), "open", b=state, **which) for state in DUE_STATES)
    return (*by_state, number_cell(total(rows, those(a=team)), "open", **which))


def promises(figures: Figures, period: Period, landlord: Landlord, regime: str) -> Panel | None:
    """The promises of one regime: by month, and by standard and month. None where there are none."""
    rows = Counter({key: number for key, number in figures.rows("promises").items() if key[1] == regime})
    if not rows:
        return None
    title = {
        "landlord": _("Our own promises kept"),
        "code": _("Times of the Complaint Handling Code kept"),
        "law": _("Times of the law on hazards kept"),
    }[regime]
    by_month = {month: figures.rows("promises", (month,)) for month in names_of(period)}
    drawn = [(_with_share(month, by_month[month], regime), _three(by_month[month], regime)) for month in by_month]
    parts = [str(words.PROMISES[state]) for state in COUNTED]
    return Panel(
        f"promises-{regime}",
        title,
        (
            _("A promise counts in the month in which it falls due."),
            _("Kept in time ÷ (kept in time + kept late + not kept)."),
            _("Left out: what is still to come, what waits for the tenant, and what fell away before its day."),
        ),
        (_monthly(title, by_month, regime, period), _by_standard(by_month, regime, period, landlord, rows)),
        bars(f"promises-{regime}", chart_words(title), parts, drawn, as_shares=True),
    )


def _three(rows: Counter[Key], regime: str) -> list[int]:
    return [total(rows, those(b=regime, c=state)) for state in COUNTED]


def _with_share(month: str, rows: Counter[Key], regime: str) -> str:
    """Nov 2026 · 93 %: what the bar says stands beside it."""
    kept, late, missed = _three(rows, regime)
    share = share_words(kept, kept + late + missed)
    return f"{words.span_words(month)} · {share}"


def _monthly(title: str, by_month: dict[str, Counter[Key]], regime: str, period: Period) -> Table:
    states = (*COUNTED, *(state for state in PROMISE_STATES if state not in COUNTED))
    whole = sum(by_month.values(), Counter())
    lines = [
        Line(words.span_words(month), _states(rows, regime, states, {"first": month, "last": month}))
        for month, rows in by_month.items()
    ]
    span = {"first": str(period.first), "last": str(period.last)}
    lines.append(Line(_("All months"), _states(whole, regime, states, span), is_sum=True))
    headings = (_("Month"), _("Share kept"), *(str(words.PROMISES[state]) for state in states))
    return Table(_("%(title)s, by month", title=title), headings, tuple(lines))


def _states(rows: Counter[Key], regime: str, states: tuple[str, ...], span: dict[str, str]) -> tuple[Cell, ...]:
    three = _three(rows, regime)
    numbers = (
        number_cell(total(rows, those(b=regime, c=state)), "promises", b=regime, c=state, **span) for state in states
    )
    return (Cell(share_words(three[0], sum(three))), *numbers)


def _by_standard(
    by_month: dict[str, Counter[Key]], regime: str, period: Period, landlord: Landlord, rows: Counter[Key]
) -> Table:
    standards = labels_of(words.standards(landlord, regime), (key[0] for key in rows))
    whole = {"first": str(period.first), "last": str(period.last)}
    lines = tuple(
        Line(
            label,
            (
                *(
                    _kept_of(found, standard, regime, {"first": month, "last": month})
                    for month, found in by_month.items()
                ),
                _kept_of(rows, standard, regime, whole),
            ),
        )
        for standard, label in standards
        if any(key[0] == standard for key in rows)
    )
    caption = _("%(regime)s: share kept, by standard and month", regime=REGIMES[regime])
    return Table(caption, (_("Promise"), *map(words.span_words, by_month), _("All months")), lines)


def _kept_of(rows: Counter[Key], standard: str, regime: str, span: dict[str, str]) -> Cell:
    kept, whole = (total(rows, those(standard, regime, states)) for states in ((KEPT,), COUNTED))
    if not whole:
        return Cell("–")
    # Translators: how many of how many, as in "14 of 15"
    more = _("%(part)s of %(whole)s", part=kept, whole=whole)
    return Cell(share_words(kept, whole), {"measure": "promises", "a": standard, "b": regime, **span}, more)


def in_the_codes_time(figures: Figures, period: Period) -> Panel:
    """CH02: complaints answered within the Code's time."""
    rows = figures.rows("code")
    span = {"first": str(period.first), "last": str(period.last)}
    states = (KEPT, LATE, MISSED, TO_COME, ENDED)
    named = {
        KEPT: _("Answered in the Code’s time"),
        LATE: _("Answered late"),
        MISSED: _("Late, not answered yet"),
        TO_COME: _("Not answered yet, in time so far"),
        ENDED: _("Fell away"),
    }
    lines = []
    for stage, label in words.STAGES.items():
        by_state = [total(rows, those(a=stage, b=state)) for state in states]
        made, answered = sum(by_state), by_state[0] + by_state[1]
        numbers = (number_cell(by_state[at], "code", a=stage, b=state, **span) for at, state in enumerate(states))
        shares = (Cell(share_words(by_state[0], made)), Cell(share_words(by_state[0], answered)))
        lines.append(Line(str(label), (number_cell(made, "code", a=stage, **span), *shares, *numbers)))
    title = _("Complaints answered in the Code’s time (CH02)")
    headings = (_("Stage"), _("Made"), _("Share of those made"), _("Share of those answered"), *named.values())
    drawn = [
        (str(label), [total(rows, those(a=stage, b=state)) for state in states])
        for stage, label in words.STAGES.items()
    ]
    rule = (
        _("A complaint counts in the month in which it was made at the stage (CH01 counts the same)."),
        _("Both shares are shown, as the measure can be read both ways: of all that were made, and of those answered."),
        _("In time: by the Code’s own date, or by the one to which it was extended."),
    )
    return Panel(
        "code",
        title,
        rule,
        (Table(title, headings, tuple(lines)),),
        bars("code", chart_words(title), list(named.values()), drawn),
    )
