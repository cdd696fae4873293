"""``flask measures …``: count, draw the sample of a month."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from app.landlords.standards import current_landlord
from app.measures import figures, sampling
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
