"""``flask staff …``: accounts, from the command line."""

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup

from app.extensions import db
from app.staff import actions
from app.staff.doors import link_address
from app.staff.links import LASTS, make_link_token
from app.staff.models import ROLES, StaffMember

staff_commands = AppGroup("staff", help="Colleagues' accounts.")


def _email(context: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError as problem:
        raise click.BadParameter(str(problem)) from problem


@staff_commands.command("add")
@click.argument("email", callback=_email)
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, required=True, help="What they may do.")
@click.option("--name", help="As letters will name them. Left out: taken from the email address.")
@click.option("--phone", help="The number letters give for them.")
def add(email: str, roles: tuple[str, ...], name: str | None, phone: str | None) -> None:
    """Make an account and print a one-time sign-in link, on the last line."""
    try:
        staff_member = actions.add_staff_member(email, roles, name or _name_from(email), phone)
    except actions.StaffMemberExists as problem:
        raise click.ClickException(
            f"{email} has an account already. For a new sign-in link: flask --app wsgi staff link {email}"
        ) from problem
    db.session.commit()
    click.echo(f"{staff_member.name} has an account now.")
    _print_link(staff_member)


@staff_commands.command("link")
@click.argument("email", callback=_email)
def link(email: str) -> None:
    """Print a new one-time sign-in link, for somebody who has lost theirs or their password."""
    staff_member = actions.find_staff_member(email)
    if staff_member is None:
        raise click.ClickException(f"{email} has no account: flask --app wsgi staff add {email} --role ROLE")
    _print_link(staff_member)


def _print_link(staff_member: StaffMember) -> None:
    click.echo(f"This link sets a password and signs in. It works once, and for {LASTS.days} days:")
    click.echo(link_address(make_link_token(staff_member)))


def _name_from(email: str) -> str:
    words = email.partition("@")[0].replace(".", " ").replace("_", " ").replace("-", " ").split()
    return " ".join(word.capitalize() for word in words)
