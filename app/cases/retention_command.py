"""``flask cases retention``: what is anonymised now, or would be."""

from datetime import UTC, datetime, timedelta

import click

from app.cases import retention
from app.cases.clock import LONDON
from app.cases.commands import cases_commands
from app.extensions import db
from app.landlords.standards import current_landlord

MOST_SHOWN = 10_000


@cases_commands.command("retention")
@click.option("--dry-run", is_flag=True, help="Print which cases, and change nothing.")
@click.option("--within", "days", type=click.IntRange(0, 3660), default=0, help="With --dry-run: days ahead.")
def retention_command(dry_run: bool, days: int) -> None:
    """Anonymise the cases whose time is over. The worker does the same by itself, some each minute."""
    now = datetime.now(UTC)
    if dry_run:
        on = now.astimezone(LONDON).date() + timedelta(days=days)
        found = retention.ending_by(current_landlord(), on, MOST_SHOWN)
        for ending in found:
            click.echo(f"{ending.on.isoformat()}  {ending.case.reference}  {ending.case.kind}")
        click.echo(f"{len(found)} cases")
        db.session.rollback()
        return
    done = 0
    while number := retention.sweep(now):
        done += number
    click.echo(f"{done} cases anonymised")
