"""``flask demo load``"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import AppGroup

from app.demonstration import loading
from app.demonstration.people import COLLEAGUES, email_of
from app.demonstration.stories import STORIES
from app.landlords.standards import Landlord, current_landlord

demonstration_commands = AppGroup("demo", help="Demonstration data.")
SAID_EVERY = 1000  # cases
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@demonstration_commands.command("load")
@click.option("--cases", type=click.IntRange(min=1), default=len(STORIES), show_default=True, help="How many cases.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are cases already, or on a public address.")
@click.option("--force", is_flag=True, help="Load beside cases that are there, or on a public address.")
def load(cases: int, if_empty: bool, force: bool) -> None:
    """Add people who do not exist and their cases, the same each time, and colleagues to sign in as."""
    if not loading.is_current():
        raise click.ClickException(
            "The database has no tables of this version yet: run flask --app wsgi db upgrade first."
        )
    landlord = current_landlord()
    if not force and (reason := _why_not()):
        if not if_empty:
            raise click.ClickException(f"{reason} To load all the same: --force")
    else:
        loaded = 0
        for loaded in loading.load(landlord, cases, datetime.now(UTC)):
            if loaded % SAID_EVERY == 0 and loaded < cases:
                click.echo(f"{loaded} of {cases} cases…")
        click.echo(f"{loaded} demonstration cases are loaded.")
    if loading.has_demonstration_staff(landlord):
        _print_sign_ins(landlord)


def _why_not() -> str | None:
    """The password is known to everybody: no site that others reach may have it by accident."""
    host = urlsplit(current_app.config["LETTERBOX"].public_url).hostname
    if host not in THIS_MACHINE:
        return f"The site's address is {host}: everybody knows the password of the demonstration colleagues."
    if loading.has_cases():
        return "There are cases in this database already."
    return None


def _print_sign_ins(landlord: Landlord) -> None:
    address = current_app.config["LETTERBOX"].public_url
    click.echo(f"Sign in at {address}/staff/sign-in with the password: {loading.PASSWORD}")
    width = max(len(email_of(first, landlord.key)) for first, _name, _roles in COLLEAGUES)
    for first_part, name, roles in COLLEAGUES:
        click.echo(f"  {email_of(first_part, landlord.key):{width}}  {name}, {', '.join(roles)}")
