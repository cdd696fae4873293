"""``flask cases …`` and ``flask due``."""

import json
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from app.cases.holidays import recount_all
from app.cases.lists import case_of
from app.cases.models import Case, Promise
from app.cases.search import index_all
from app.cases.shown import as_json, local, signs_of_a_machine
from app.landlords.standards import current_landlord

cases_commands = AppGroup("cases", help="What people told us, and what we promised them.")


@cases_commands.command("show")
@click.argument("reference")
@click.option("--json", "is_json", is_flag=True, help="One JSON object.")
def show(reference: str, is_json: bool) -> None:
    """Print the case, its promises with their working, and its history."""
    case = case_of(reference)
    if case is None:
        raise click.ClickException(f"no case has the reference {reference}")
    if is_json:
        click.echo(json.dumps(as_json(case), ensure_ascii=False, indent=2))
        return
    for line in (*_heading(case), "", *_promises(case), "", *_history(case)):
        click.echo(line)


@cases_commands.command("recount")
def recount() -> None:
    """Count every open working-day clock again, with the holidays as they are known now.

    A holiday that was added moves due dates later; one that was taken back moves none. The worker does this by itself
    for each new holiday; the command is for when nobody wants to wait, and does all.
    """
    moved = recount_all(current_landlord(), datetime.now(UTC))
    click.echo(f"{moved} promise{'' if moved == 1 else 's'} moved")


@cases_commands.command("index")
def index() -> None:
    """Make anew what cases are found by. Searching works meanwhile."""
    done = 0
    for done in index_all():
        click.echo(f"{done} cases")
    click.echo(f"Indexed: {done} cases.")


def _heading(case: Case) -> list[str]:
    contact = case.contacts[0]
    needs = case.tenant.needs
    directly = ", to a colleague directly" if contact.addressee == "colleague" else ""
    lines = [
        f"{case.reference}  {case.kind}, {case.status}" + (", restricted" if case.is_restricted else ""),
        f"received     {local(case.received_at)} by {contact.channel}, in {contact.language}{directly}",
        f"from         {'anonymous' if case.tenant.is_anonymous else case.tenant.name} ({case.tenant.who})",
        f"letters      {needs.letter_format}, in {case.language}",
        f"handler      {case.handler.name if case.handler else 'not named yet'}",
        f"due next     {local(case.next_due_at) if case.next_due_at else 'nothing'}",
    ]
    if needs.safe_ways is not None:
        lines.append(f"safe ways    {', '.join(needs.safe_ways) or 'none'}")
    if case.hazard:
        lines.append(f"hazard       {case.hazard}")
    if signs := signs_of_a_machine(case):
        lines.append(f"looks automatic: {', '.join(signs)}")
    lines += [
        f"then         {local(later.received_at)} by {later.channel}: {later.purpose}" for later in case.contacts[1:]
    ]
    return lines


def _promises(case: Case) -> list[str]:
    lines = ["promises" if case.promises else "no promises with a date"]
    for promise in sorted(case.promises, key=lambda promise: (promise.due_at, promise.id)):
        lines += _promise(promise)
    return lines


def _promise(promise: Promise) -> list[str]:
    met = _state(promise)
    unit = promise.unit.replace("_", " ")
    lines = [
        f"  {local(promise.due_at)}  {promise.standard} ({promise.regime}), {met}",
        f"    {promise.amount} {unit} from {local(promise.counted_from_at)}; {promise.source}",
    ]
    lines += [
        f"    {local(change.at)} {change.what}: "
        f"due {local(change.due_before_at)} before, {local(change.due_after_at)} after"
        for change in promise.changes
    ]
    counted = 0
    for step in promise.working:
        counted += step["counts"]
        says = f"not counted: {step['reason']}" if not step["counts"] else f"day {counted}"
        lines.append(f"    {step['date']}  {says if promise.unit != 'hours' else 'every hour counts'}")
    return lines


def _state(promise: Promise) -> str:
    if promise.met_at:
        return f"met {local(promise.met_at)}"
    if promise.ended_at:
        return f"fell away {local(promise.ended_at)}"
    return f"waiting since {local(promise.paused_at)}" if promise.paused_at else "open"


def _history(case: Case) -> list[str]:
    lines = ["history"]
    for event in case.events:
        details = ", ".join(f"{name} {value}" for name, value in event.details.items())
        who = f" by {event.who}" if event.who else ""
        lines.append(f"  {local(event.at)}  {event.what}{who}{': ' if details else ''}{details}")
    return lines
