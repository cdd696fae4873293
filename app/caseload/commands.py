"""``flask cases record FILE.json``"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from app.caseload.record import WrongRecord, read_json, record_contact
from app.cases.commands import cases_commands
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord


@cases_commands.command("record")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--by", "recorded_by", metavar="EMAIL", help="The colleague who records it.")
def record(file: Path, recorded_by: str | None) -> None:
    """Record a contact that came by any channel; prints its reference on the last line."""
    landlord, now = current_landlord(), datetime.now(UTC)
    try:
        found = read_json(sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig"))
        start_writing()
        case = record_contact(found, landlord, now, recorded_by)
    except UnicodeDecodeError as problem:
        raise click.ClickException(f"{file} is not UTF-8 text") from problem
    except WrongRecord as wrong:
        raise click.ClickException("\n".join(wrong.problems)) from wrong
    db.session.commit()
    asked_for = case.contacts[0].language
    if asked_for != case.language:
        click.echo(f"Letters cannot be written in {asked_for} yet: they are in {case.language}.")
    click.echo(case.reference)
