"""``flask due``: when something falls due, with its working. For colleagues who want to check a date by hand."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from app.cases.clock import LONDON, Due, due
from app.landlords.commands import KNOWN
from app.landlords.standards import Landlord, current_landlord, load_landlord
from app.working_days import YearNotKnown

MOST = {"working_days": 2_500, "hours": 87_600, "calendar_days": 3_650}  # ten years
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True)
class Asked:
    """What the command was asked to count."""

    amount: int
    unit: str


class LocalMoment(click.ParamType):
    """``2026-12-24T16:59``, a time in London; with an offset at its end, a moment anywhere."""

    name = "moment"

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> datetime:
        if not _MOMENT.fullmatch(value):
            self.fail(f"{value!r} is not a date and a time: write it like 2026-12-24T16:59", param, context)
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            self.fail(f"there is no {value}: {error}", param, context)
        if moment.tzinfo is not None:
            return moment
        moment = moment.replace(tzinfo=LONDON)
        if moment.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != moment.replace(tzinfo=None):
            self.fail(f"there is no {value} in London: the clocks go forward over it", param, context)
        if moment.replace(fold=1).utcoffset() != moment.utcoffset():
            # The earlier reading falls due earlier: nobody is told too late.
            click.echo(f"{value} comes twice: the clocks go back. The first is meant; for the second add +00:00.")
        return moment


@click.command("due")
@click.argument("received", metavar="FROM", type=LocalMoment())
@click.option("--working-days", type=click.IntRange(1, MOST["working_days"]), help="Working days of the nation.")
@click.option("--hours", type=click.IntRange(1, MOST["hours"]), help="Elapsed hours, day and night.")
@click.option("--calendar-days", type=click.IntRange(1, MOST["calendar_days"]), help="Every day counts.")
@click.option("--landlord", "key", type=click.Choice(KNOWN), help="Another landlord than LANDLORD.")
@with_appcontext
def due_command(
    received: datetime, working_days: int | None, hours: int | None, calendar_days: int | None, key: str | None
) -> None:
    """When what came at FROM falls due: the working, and on the last line the moment."""
    given = {"working_days": working_days, "hours": hours, "calendar_days": calendar_days}
    asked = [Asked(amount, unit) for unit, amount in given.items() if amount is not None]
    if len(asked) != 1:
        raise click.UsageError("Give exactly one of --working-days, --hours and --calendar-days.")
    landlord = load_landlord(key) if key else current_landlord()
    try:
        answer = due(received, asked[0], landlord.calendar, landlord.hours)
    except (YearNotKnown, OverflowError) as error:
        raise click.BadParameter(str(error), param_hint="FROM") from error
    for line in _working(answer, asked[0], landlord):
        click.echo(line)
    click.echo(answer.at.astimezone(LONDON).isoformat())


def _working(answer: Due, asked: Asked, landlord: Landlord) -> list[str]:
    """One line a day: how many have counted, or why it does not."""
    hours = landlord.hours
    lines = [f"{landlord.name}: open from {hours.opens:%H:%M} to {hours.closes:%H:%M}, {landlord.nation}"]
    counted = 0
    for step in answer.working:
        counted += step.counts
        if not step.counts:
            says = f"not counted: {step.reason}"
        elif asked.unit == "hours":
            says = "every hour counts"
        else:
            says = f"day {counted}"
        lines.append(f"  {step.date:%a %Y-%m-%d}  {says}")
    return lines
