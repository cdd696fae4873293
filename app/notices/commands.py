"""``flask notices …``: for whoever is on duty without the website, and for monitoring systems."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from app.cases.clock import LONDON
from app.extensions import db
from app.landlords.standards import current_landlord
from app.notices import from_files, refusals
from app.notices.files import FileRefused, NoticeFile, UpdateFile, read_notice, read_update
from app.notices.lead import Lead
from app.notices.lists import GROUPS, for_colleagues
from app.notices.models import Notice
from app.notices.showing import missing_languages, over_at, stage_at, words_in
from app.staff.actions import find_staff_member
from app.staff.roles import may

UNATTENDED = "command"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

notices = AppGroup("notices", help="Service notices: what is planned, broken, busy or closed.")
by_option = click.option("--by", metavar="EMAIL", help="The colleague who says so. Left out: the command itself.")
words_option = click.option("--words", "file", type=_FILE, help='A last word, as JSON: {"words": {"en": "…"}}.')


@notices.command("publish")
@click.argument("file", type=_FILE)
@by_option
@click.option("--late-reason", help="Why it comes later than we promise; only with --by somebody who may decide that.")
def publish(file: Path, by: str | None, late_reason: str | None) -> None:
    """Publish the notice of FILE, one JSON object; prints its key last. The same file again changes nothing."""
    now = datetime.now(UTC)
    who = _colleague(by, "publish_notices")
    if late_reason and not (by and _may(by, "announce_late")):
        raise click.ClickException("--late-reason takes --by and a colleague who may announce late: a manager")
    with _told(file):
        read = read_notice(_text(file), now, current_landlord())
        notice, is_new = _published(read, who, now, late_reason)
    click.echo("published" if is_new else "there already: nothing was changed")
    for tag in missing_languages(notice, current_landlord().languages):
        click.echo(f"{tag}: not translated; who reads it gets {current_landlord().languages[0]}", err=True)
    if stage_at(notice, now) == "over":
        click.echo("it is over, and shown no more: to publish a new one give the file another id", err=True)
    click.echo(notice.key)


@notices.command("update")
@click.argument("key")
@click.argument("file", type=_FILE)
@by_option
def update(key: str, file: Path, by: str | None) -> None:
    """Add the words of FILE to a notice, and its new end if it has one: {"words": {"en": "…"}, "ends_at": …}."""
    who = _colleague(by, "write_notices")
    with _told(file):
        is_new = from_files.update_by_file(key, read_update(_text(file)), who, datetime.now(UTC))
        db.session.commit()
    _say(key, "added" if is_new else "there already: nothing was changed")


@notices.command("resolve")
@click.argument("key")
@words_option
@by_option
def resolve(key: str, file: Path | None, by: str | None) -> None:
    """Say that it is over."""
    who = _colleague(by, "write_notices")
    with _told(file):
        is_new = from_files.resolve_by_file(key, _last_words(file), who, datetime.now(UTC))
        db.session.commit()
    _say(key, "resolved" if is_new else "over already: nothing was changed")


@notices.command("cancel")
@click.argument("key")
@words_option
@by_option
def cancel(key: str, file: Path | None, by: str | None) -> None:
    """Say that it does not take place."""
    who = _colleague(by, "publish_notices")
    with _told(file):
        is_new = from_files.cancel_by_file(key, _last_words(file), who, datetime.now(UTC))
        db.session.commit()
    _say(key, "cancelled" if is_new else "cancelled already: nothing was changed")


@notices.command("list")
@click.option("--all", "is_all", is_flag=True, help="Those that are over, too.")
def list_them(is_all: bool) -> None:
    """What is going on, planned, to be approved and begun: a line each."""
    now, offered = datetime.now(UTC), current_landlord().languages
    for group in GROUPS:
        if is_all or group != "over":
            for notice in for_colleagues(group, now):
                click.echo(_line(notice, group, offered))


def _published(read: NoticeFile, who: str, now: datetime, reason: str | None) -> tuple[Notice, bool]:
    """Commits. Two of them with one id at once: the one that comes second finds what the first has made."""
    for is_last_try in (False, True):
        try:
            made = from_files.publish_file(read, who, now, may_announce_late=bool(reason), reason=reason)
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            if is_last_try:
                raise
            continue
        return made
    raise AssertionError


def _last_words(file: Path | None) -> UpdateFile:
    return read_update(_text(file), is_last=True) if file else UpdateFile({}, None)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig")  # Windows writes a mark at the beginning


def _colleague(email: str | None, act: str) -> str:
    """Who it was, as the history keeps it."""
    if email is None:
        return UNATTENDED
    if not _may(email, act):
        raise click.ClickException(f"{email} is no colleague who may do this")
    return email.strip().lower()


def _may(email: str, act: str) -> bool:
    staff_member = find_staff_member(email)
    found = staff_member is not None and staff_member.active and may(act, staff_member)
    db.session.rollback()
    return found


@contextmanager
def _told(file: Path | None) -> Iterator[None]:
    """What cannot be done is told by name, and nothing is written."""
    try:
        yield
    except FileRefused as refused:
        for problem in refused.problems:
            click.echo(problem, err=True)
        raise click.ClickException(f"{file and file.name} cannot be used") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{file and file.name} is no text in UTF-8") from None
    except refusals.AnnouncedTooLate as late:
        for line in _working(late.lead):
            click.echo(line, err=True)
        raise click.ClickException(f"too late: {_local(late.lead.latest_at)} would be the latest") from None
    except from_files.TakenAlready as taken:
        message = f"there is another notice {taken}: use “flask notices update {taken}”, or another id"
        raise click.ClickException(message) from None
    except from_files.NoSuchNotice as missing:
        raise click.ClickException(f"no notice has the key {missing}") from None
    except refusals.NotNow as why:
        raise click.ClickException(f"it cannot be done now: the notice is {why}") from None
    except refusals.WordsMissing as missing_words:
        raise click.ClickException(f"words.{missing_words.language}.{missing_words.part} is missing") from None
    except refusals.Unusable as wrong:
        raise click.ClickException(f"cannot be used: {wrong}") from None
    finally:
        db.session.rollback()


def _working(lead: Lead) -> Iterator[str]:
    """One line a day: how many have counted, or why it does not."""
    counted = 0
    for step in lead.working:
        counted += step.counts
        yield f"  {step.date:%a %Y-%m-%d}  " + (f"day {counted}" if step.counts else f"not counted: {step.reason}")


def _line(notice: Notice, group: str, offered: tuple[str, ...]) -> str:
    over = over_at(notice)
    ends = _local(over) if over else "until resolved"
    missing = missing_languages(notice, offered)
    untranslated = f" (not in {', '.join(missing)})" if missing else ""
    title = words_in(notice, offered[0], offered[0]).title
    return f"{group:12}{notice.key}  {_local(notice.starts_at)} – {ends}  {notice.severity}  {title}{untranslated}"


def _local(moment: datetime) -> str:
    return moment.astimezone(LONDON).strftime("%a %d %b %Y %H:%M")


def _say(key: str, what: str) -> None:
    click.echo(what)
    click.echo(key)
