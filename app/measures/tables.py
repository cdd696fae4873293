"""Tables of figures, in which every figure leads to the rows behind it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import format_decimal, format_percent

from app.measures.charts import Chart
from app.measures.figures import Key


@dataclass(frozen=True)
class Cell:
    """``to``: what the list of rows is asked for; empty where there is nothing to list. ``more`` stands below."""

    words: str
    to: Mapping[str, str] = field(default_factory=dict)
    more: str = ""


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[Cell, ...]
    is_sum: bool = False


@dataclass(frozen=True)
class Table:
    """``headings``: the first is that of the labels."""

    caption: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Panel:
    """One part of the page. ``rule`` says how the figures are counted."""

    key: str
    title: str
    rule: tuple[str, ...]
    tables: tuple[Table, ...]
    chart: Chart | None = None
    notes: tuple[str, ...] = ()


def number_cell(number: int, measure: str, more: str = "", **which: str) -> Cell:
    """A figure that leads to its rows. ``which``: span or from and until, and those of a, b, c that it is of."""
    return Cell(str(format_decimal(number)), {"measure": measure, **which} if number else {}, more)


def share_words(part: int, whole: int) -> str:
    """93 %; a dash where there is nothing to take a share of."""
    return str(format_percent(part / whole)) if whole else "–"


def total(rows: Counter[Key], wanted: Callable[[Key], bool] = lambda _key: True) -> int:
    return sum(number for key, number in rows.items() if wanted(key))


def those(a: str | None = None, b: str | None = None, c: str | Iterable[str] | None = None) -> Callable[[Key], bool]:
    """Which rows: those with these values; None is any."""
    states = {c} if isinstance(c, str) else None if c is None else set(c)
    return lambda key: (
        (a is None or key[0] == a) and (b is None or key[1] == b) and (states is None or key[2] in states)
    )


def labels_of(options: Sequence[tuple[str, str]], found: Iterable[str]) -> list[tuple[str, str]]:
    """The policy's options in their order, then keys that it has no more, under their own name."""
    known = dict(options)
    return [*options, *((key, key) for key in sorted(set(found) - set(known)) if key)]
