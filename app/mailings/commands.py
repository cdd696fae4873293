"""``flask mailings …``: a letter to a list from the command line, and how far mailings are."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters import storage
from app.letters.compose_list import LISTED
from app.mailings import actions, lists, making, worker
from app.mailings.models import Mailing
from app.mailings.reading import ListRefused, read_list
from app.mailings.rows import Row
from app.mailings.said import WordsRefused, checked

FROM_HERE = "command line"

mailings_commands = AppGroup("mailings", help="One letter to a list of tenants.")


@mailings_commands.command("make")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--letter", "name", type=click.Choice(list(LISTED)), required=True)
@click.option("--words", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help='What it says, as JSON: {"both": {"begins_on": …}, "en": {"work": …}, "cy": {…}}.')  # fmt: skip
@click.option("--title", help="For colleagues. The name of the file when left out.")
@click.option("--check", is_flag=True, help="Only say which lines are wrong. Nothing is stored.")
@click.option("--leave", is_flag=True, help="Leave the making to the worker.")
def make(file: Path, name: str, words: Path, title: str | None, check: bool, leave: bool) -> None:
    """Make the letters of a list (CSV). Wrong lines are told, and the others made; prints its reference last."""
    landlord, now = current_landlord(), datetime.now(UTC)
    try:
        read = read_list(file.read_bytes())
        given = _given(name, json.loads(words.read_text(encoding="utf-8")))
    except ListRefused as refused:
        raise click.ClickException(f"{file.name} cannot be read: {refused}") from refused
    except (WordsRefused, ValueError) as wrong:
        raise click.ClickException(f"{words.name} cannot be used: {wrong}") from wrong
    rows = actions.rows_of_list(read, landlord)
    for column in read.not_used:
        click.echo(f"column {column} is not used", err=True)
    if check:
        _say_wrong((row.line, row.problem) for row in rows)
        click.echo(f"{_right(rows)} of {len(rows)} lines can be made")
        return
    start_writing()
    mailing = actions.begin_draft(landlord, name, title or file.stem, rows, now, FROM_HERE, file_name=file.name)
    actions.write_words(mailing, given)
    db.session.flush()
    try:
        actions.begin(mailing, now, FROM_HERE)
    except actions.NotReady as why:
        _say_wrong((row.line, row.problem) for row in rows)
        raise click.ClickException(f"nothing can be made: {why}") from why
    reference, mailing_id = mailing.reference, mailing.id
    _say_wrong((row.line, row.problem) for row in lists.rows_in(mailing, ("wrong",), limit=None))
    db.session.commit()
    if leave:
        worker.nudge(mailing_id)
    else:
        making.work_until_made(mailing_id, now)
        _say_all(db.session.get_one(Mailing, mailing_id, populate_existing=True))
    click.echo(reference)


@mailings_commands.command("status")
@click.argument("reference", required=False)
def status(reference: str | None) -> None:
    """How far a mailing is, its archives, and what could not be made; or all mailings, a line each."""
    if reference is None:
        found, _more = lists.mailings(current_landlord())
        counts = lists.counts([mailing.id for mailing in found])
        for mailing in found:
            click.echo(f"{mailing.reference}  {mailing.state:8}{_counted(counts[mailing.id])}  {mailing.title}")
        return
    named = lists.mailing_of(reference, current_landlord())
    if named is None:
        raise click.ClickException(f"no mailing has the reference {reference}")
    _say_all(named)
    _say_wrong((row.line, row.problem) for row in lists.rows_in(named, ("wrong",), limit=None))


def _given(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(said, dict) or not all(isinstance(one, dict) for one in said.values()):
        raise ValueError("it is no object of objects")
    if not all(isinstance(value, str) for one in said.values() for value in one.values()):
        raise ValueError("a value is no text")
    offered = current_landlord().languages
    if unknown := set(said) - {"both", *offered}:
        raise ValueError(f"{', '.join(sorted(unknown))} is no language of this landlord: {', '.join(offered)}")
    return checked(name, said.get("both", {}), {tag: said[tag] for tag in offered if tag in said}, offered)


def _say_all(mailing: Mailing) -> None:
    click.echo(f"{mailing.reference}  {mailing.state}  {_counted(lists.counts([mailing.id])[mailing.id])}")
    for archive in mailing.archives:
        click.echo(f"  {archive.format:16}{archive.letters} letters  {storage.folder() / archive.path}")
    _say_wrong((row.line, row.problem) for row in lists.rows_in(mailing, ("refused",), limit=None))


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "no rows"


def _say_wrong(rows: Any) -> None:
    for line, problem in rows:
        if problem:
            click.echo(f"line {line}: {problem}", err=True)


def _right(rows: list[Row]) -> int:
    return sum(row.problem is None for row in rows)
