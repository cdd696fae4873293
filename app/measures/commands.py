"""``flask measures …``: count, draw the sample of a month, export."""

from datetime import UTC, datetime
from typing import BinaryIO

import click
from flask.cli import AppGroup

from app.landlords.standards import current_landlord
from app.measures import exports, figures, publishing, sampling
from app.measures.columns import EXPORTS
from app.measures.counted import NOW
from app.measures.months import Month, month_of, months_back, names_of, read_month

measures_commands = AppGroup("measures", help="Figures, the check of quality, exports.")


@measures_commands.command("count")
@click.option("--months", type=click.IntRange(1, 120), default=figures.YEAR + 1, show_default=True)
def count(months: int) -> None:
    """Count the figures of the last months now. The worker does it by itself, bit by bit."""
    now = datetime.now(UTC)
    for span in (NOW, *names_of(months_back(month_of(now), months))):
        figures.keep(span, now)
    click.echo(f"{months} months counted")


@measures_commands.command("publish-figures")
def publish_figures() -> None:
    """Count how often each promise was kept in the year up to yesterday, for the website. The worker does it daily.

    One line a promise: kept of counted. The website shows no share of fewer than ten.
    """
    now = datetime.now(UTC)
    found, year = publishing.publish(now), publishing.year_of(now)
    for one in found:
        click.echo(f"{one.standard} ({one.regime}): {one.kept} of {one.counted}")
    if not found:
        raise click.ClickException(f"no promise fell due up to {year.last_day}: nothing is published")
    click.echo(f"{len(found)} figures published, {year.first_day} to {year.last_day}")


def _month(_context: click.Context, _option: click.Parameter, value: str) -> Month:
    found = read_month(value)
    if found is None:
        raise click.BadParameter("write a month as 2026-10")
    return found


@measures_commands.command("draw-sample")
@click.argument("month", callback=_month)
def draw_sample(month: Month) -> None:
    """Draw the complaints of MONTH (2026-10) that are checked again, once; print the seed and their references.

    With the seed, anybody can draw them again: the lowest SHA-256 of "seed:reference" among the complaints closed in
    the month.
    """
    try:
        sample = sampling.draw(month, current_landlord(), datetime.now(UTC))
    except sampling.NotOverYet:
        raise click.ClickException(f"{month} is not over yet: complaints can still be closed in it") from None
    if not sample:
        click.echo(f"no complaint was closed in {month}")
        return
    click.echo(f"seed {sample[0].seed}")
    for check in sample:
        click.echo(f"{check.case.reference}  {check.reviewer.email if check.reviewer else 'nobody may check it'}")


@measures_commands.command("export")
@click.argument("what", type=click.Choice(list(EXPORTS)))
@click.option("--format", "format_name", type=click.Choice(list(exports.FORMATS)), default="csv", show_default=True)
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="The first day, such as 2026-04-01.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day.")
@click.option("--with-restricted", is_flag=True, help="Rows of restricted cases too.")
@click.option("--out", type=click.File("wb"), default="-", help="Where to write; standard output when left out.")
def export(
    what: str,
    format_name: str,
    since: datetime | None,
    until: datetime | None,
    with_restricted: bool,
    out: BinaryIO,
) -> None:
    """Write the rows of WHAT. docs/exports.md says what each column means. The export is recorded."""
    first, last = since.date() if since else None, until.date() if until else None
    wanted = exports.Wanted(what, format_name, with_restricted, first, last)
    made_id = exports.begin(wanted, None, datetime.now(UTC))
    for piece in exports.pieces(wanted):
        out.write(piece.encode())
    out.flush()
    exports.end(made_id, wanted.tally, datetime.now(UTC))
    left_out = f", {wanted.tally.left_out} of restricted cases left out" if not with_restricted else ""
    click.echo(f"{wanted.tally.rows} rows{left_out}", err=True)
