"""``flask demo load``"""

import signal
from datetime import UTC, datetime
from time import monotonic
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import AppGroup

from app.demonstration import loading
from app.demonstration.people import COLLEAGUES, email_of
from app.demonstration.stories import STORIES
from app.demonstration.teams import NoCode, code_of
from app.extensions import db
from app.landlords.standards import Landlord, current_landlord

demonstration_commands = AppGroup("demo", help="Demonstration data.")
SAID_EVERY = 5  # seconds; what is left is reckoned from the last of them: copies are quicker than stories
STOPPED = 130  # what a shell gives for Ctrl-C
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@demonstration_commands.command("load")
@click.option("--cases", type=click.IntRange(min=1), default=len(STORIES), show_default=True, help="How many cases.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are cases already, or on a public address.")
@click.option("--force", is_flag=True, help="Load beside cases that are there, or on a public address.")
def load(cases: int, if_empty: bool, force: bool) -> None:
    """Add people who do not exist and their cases, the same each time, and colleagues to sign in as.

    Up to a million and more: stopped, it goes on where it was when the same is asked for again.
    """
    if not loading.is_current():
        raise click.ClickException(
            "The database has no tables of this version yet: run flask --app wsgi db upgrade first."
        )
    landlord = current_landlord()
    if not force and (reason := _why_not(landlord, cases)):
        if not if_empty:
            raise click.ClickException(f"{reason} To load all the same: --force")
    else:
        _load(landlord, cases, is_beside=force)
    if loading.has_demonstration_staff(landlord):
        _print_sign_ins(landlord)


def _load(landlord: Landlord, cases: int, *, is_beside: bool) -> None:
    """Say every few seconds how far it is; stopped by Ctrl-C or a farewell, how far it got."""
    before = 0 if is_beside else loading.how_far(landlord, cases)
    if before:
        click.echo(f"{before:,} of {cases:,} cases are there: going on with the others.")
    loaded = said = before
    said_at = monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for there in loading.load(landlord, cases, datetime.now(UTC), is_beside=is_beside):
            loaded = max(loaded, there)
            if monotonic() - said_at >= SAID_EVERY and loaded < cases:
                click.echo(_progress(loaded, cases, (loaded - said) / (monotonic() - said_at)))
                said, said_at = loaded, monotonic()
    except KeyboardInterrupt:
        db.session.rollback()
        click.echo(f"Stopped: {loaded:,} of {cases:,} cases are loaded. The same command goes on from there.")
        raise click.exceptions.Exit(STOPPED) from None
    click.echo(f"{loaded} demonstration cases are loaded.")


def _progress(loaded: int, cases: int, rate: float) -> str:
    minutes, seconds = divmod(round((cases - loaded) / rate) if rate else 0, 60)
    return f"{loaded:,} of {cases:,} cases, {rate:,.0f} a second, {minutes}:{seconds:02} left"


def _why_not(landlord: Landlord, cases: int) -> str | None:
    """The password is known to everybody: no site that others reach may have it by accident."""
    host = urlsplit(current_app.config["LETTERBOX"].public_url).hostname
    if host not in THIS_MACHINE:
        return f"The site's address is {host}: everybody knows the password of the demonstration colleagues."
    if loading.has_cases() and not loading.how_far(landlord, cases):
        return "There are cases in this database already."
    return None


def _print_sign_ins(landlord: Landlord) -> None:
    address = current_app.config["LETTERBOX"].public_url
    click.echo(f"Sign in at {address}/staff/sign-in with the password: {loading.PASSWORD}")
    width = max(len(email_of(first, landlord.key)) for first, _name, _roles in COLLEAGUES)
    for first_part, name, roles in COLLEAGUES:
        click.echo(f"  {email_of(first_part, landlord.key):{width}}  {name}, {', '.join(roles)}")
    click.echo("and, where a code is asked for, with what this prints: flask --app wsgi demo code EMAIL")


@demonstration_commands.command("code")
@click.argument("email")
def code(email: str) -> None:
    """Print the code with which a demonstration colleague signs in now. Nobody else's."""
    try:
        found, seconds = code_of(email, current_landlord(), datetime.now(UTC))
    except NoCode as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"For {seconds} seconds more, and once:", err=True)
    click.echo(found)
