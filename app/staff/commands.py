"""``flask staff …``: accounts, from the command line."""

from datetime import UTC, datetime

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup

from app.extensions import db, start_writing
from app.staff import accounts, actions, second_factor
from app.staff.changes import write_down
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
    start_writing()
    staff_member = actions.find_staff_member(email)
    if staff_member is None:
        raise click.ClickException(f"{email} has no account: flask --app wsgi staff add {email} --role ROLE")
    if not staff_member.active:
        raise click.ClickException(f"The account of {email} is closed. An administrator opens it again.")
    write_down(staff_member, "link_made", datetime.now(UTC), None)
    db.session.commit()
    _print_link(staff_member)


@staff_commands.command("rekey")
def rekey() -> None:
    """Write the secrets of all codes anew under the secret key of now. Those under a key that is gone are counted."""
    start_writing()
    written, lost = second_factor.write_anew()
    db.session.commit()
    click.echo(f"{written} written anew.")
    if lost:
        raise click.ClickException(f"{lost} cannot be read: put the key of before into OLD_SECRET_KEYS.")


@staff_commands.command("reset-codes")
@click.argument("email", callback=_email)
def reset_codes(email: str) -> None:
    """Take away the codes of a colleague who has lost telephone and recovery codes."""
    start_writing()
    staff_member = actions.find_staff_member(email)
    if staff_member is None:
        raise click.ClickException(f"{email} has no account.")
    second_factor.take_away(staff_member, datetime.now(UTC), None)
    db.session.commit()
    click.echo(f"{staff_member.name} sets the codes up anew at the next sign-in.")


@staff_commands.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Closed accounts too.")
def list_accounts(with_closed: bool) -> None:
    """Print the accounts, one a line: email, name, roles, team, and how the account stands."""
    for one in accounts.everybody():
        if one.active or with_closed:
            roles = ",".join(sorted(role.name for role in one.roles)) or "-"
            click.echo("\t".join((one.email, one.name, roles, one.team.name if one.team else "-", _standing(one))))


def _standing(one: StaffMember) -> str:
    if not one.active:
        return "closed"
    if one.password is None:
        return "waits for a password"
    return "two factors" if one.tf_totp_secret else "password"


def _print_link(staff_member: StaffMember) -> None:
    click.echo(f"This link sets a password and signs in. It works once, and for {LASTS.days} days:")
    click.echo(link_address(make_link_token(staff_member)))


def _name_from(email: str) -> str:
    words = email.partition("@")[0].replace(".", " ").replace("_", " ").replace("-", " ").split()
    return " ".join(word.capitalize() for word in words)
