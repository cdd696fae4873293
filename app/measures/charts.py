"""Bars as SVG that our own sheet colours: no style or script in it, a pattern for each part, words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, log10

import pygal
from flask_babel import format_decimal, format_percent
from lxml import etree
from markupsafe import Markup
from pygal.style import Style

from app.languages import current_language

SVG = "http://www.w3.org/2000/svg"
WIDTH, ROW, REST = 420, 28, 46  # of the drawing: units, of a row, and of what stands above and below the rows
TICKS = 4
TEXT = 15
_STYLE = Style(font_family="sans-serif", label_font_size=TEXT, major_label_font_size=TEXT)
_DROPPED = ("style", "script", "title", "desc", "defs")
# What fills the parts after the first, which is solid: read apart without seeing a colour.
_PATTERNS = (
    "",
    '<path d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"/>',
    '<circle cx="2" cy="2" r="1.6"/><circle cx="6" cy="6" r="1.6"/>',
    "",
    '<path d="M0,4 h8 M4,0 v8"/>',
    '<path d="M0,2 h8 M0,6 h8"/>',
)


@dataclass(frozen=True)
class Chart:
    """``drawing`` is an SVG element; ``parts`` are what its patterns stand for: a swatch and words."""

    drawing: Markup
    parts: tuple[tuple[Markup, str], ...]


def bars(
    key: str,
    says: str,
    parts: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
    as_shares: bool = False,
) -> Chart | None:
    """One bar for each row, of as many parts as ``parts``. None where there is nothing to draw.

    ``key`` is unique on its page. ``says`` is what the drawing is, for whoever does not see it. ``as_shares``: every
    bar is as long as the others, and its parts are what they are of the whole.
    """
    if not any(sum(numbers) for _label, numbers in rows):
        return None
    unchanging = tuple((label, tuple(numbers)) for label, numbers in rows)
    return _made(key, says, tuple(parts), unchanging, as_shares, current_language().locale)


@lru_cache(maxsize=256)
def _made(
    key: str,
    says: str,
    parts: tuple[str, ...],
    rows: tuple[tuple[str, Sequence[float]], ...],
    as_shares: bool,
    locale: str,
) -> Chart:
    """The same figures are drawn once: most months do not change between two looks. ``locale`` writes its numbers."""
    del locale
    drawn = _drawn([(label, _shares(numbers)) for label, numbers in rows] if as_shares else rows, len(parts), as_shares)
    drawn.set("id", f"chart-{key}")
    drawn.set("class", "chart__drawing")
    drawn.set("role", "img")
    drawn.set("aria-label", says)
    drawn.set("focusable", "false")
    for group in drawn.iter(f"{{{SVG}}}g"):
        _fill(group, key)
    drawn.insert(0, etree.fromstring(_patterns(key, len(parts))))
    etree.cleanup_namespaces(drawn)
    text = etree.tostring(drawn, encoding="unicode")
    return Chart(Markup(text), tuple((_swatch(key, place), words) for place, words in enumerate(parts)))  # noqa: S704  # lxml wrote it


def _shares(numbers: Sequence[float]) -> list[float]:
    return [100 * number / (sum(numbers) or 1) for number in numbers]


def _drawn(rows: Sequence[tuple[str, Sequence[float]]], parts: int, as_shares: bool) -> etree._Element:
    ticks = [0, 25, 50, 75, 100] if as_shares else _ticks(max(sum(numbers) for _label, numbers in rows))
    write = format_decimal if not as_shares else lambda number: format_percent(number / 100)
    chart = pygal.HorizontalStackedBar(
        width=WIDTH, height=REST + ROW * len(rows), js=(), style=_STYLE, show_legend=False, print_values=False,
        truncate_label=-1, margin=4, margin_right=24, spacing=6, disable_xml_declaration=True,
        range=(0, ticks[-1]), y_labels=[{"value": tick, "label": str(write(tick))} for tick in ticks],
    )  # fmt: skip
    upwards = list(reversed(rows))  # pygal draws the first at the bottom
    chart.x_labels = [label for label, _numbers in upwards]
    for place in range(parts):
        chart.add(str(place), [numbers[place] for _label, numbers in upwards])
    drawn = etree.fromstring(chart.render().encode(), etree.XMLParser(resolve_entities=False, remove_comments=True))
    for name in _DROPPED:
        etree.strip_elements(drawn, f"{{{SVG}}}{name}", with_tail=False)
    for group in drawn.xpath("//*[contains(@class, 'overlay') or contains(@class, 'titles')]"):
        group.getparent().remove(group)
    return drawn


def _ticks(most: float) -> list[int]:
    """From nothing to the most or a little more, in whole steps that are easy to read."""
    rough = max(1, most / TICKS)
    power = 10 ** int(log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough)
    return [step * place for place in range(ceil(most / step) + 1)]


def _fill(group: etree._Element, key: str) -> None:
    classes = (group.get("class") or "").split()
    place = next((name.removeprefix("serie-") for name in classes if name.startswith("serie-")), None)
    if place is None:
        return
    for bar in group.iter(f"{{{SVG}}}rect"):
        bar.set("class", f"chart__bar chart__bar--{place}")
        bar.set("fill", f"url(#{key}-{place})")
        if not float(bar.get("width") or 0):
            bar.set("width", "0")
            bar.set("class", "chart__bar--none")


def _patterns(key: str, number: int) -> str:
    made = "".join(
        f'<pattern id="{key}-{place}" patternUnits="userSpaceOnUse" width="8" height="8">'
        f'<rect width="8" height="8" class="chart__ground chart__ground--{place}"/>'
        f'<g class="chart__lines">{_PATTERNS[place % len(_PATTERNS)]}</g></pattern>'
        for place in range(number)
    )
    return f'<defs xmlns="{SVG}">{made}</defs>'


def _swatch(key: str, place: int) -> Markup:
    return Markup(
        '<svg class="chart__swatch" width="20" height="20" aria-hidden="true" focusable="false">'
        '<rect x="1" y="1" width="18" height="18" class="chart__bar chart__bar--{}" fill="url(#{}-{})"/></svg>'
    ).format(place, key, place)
