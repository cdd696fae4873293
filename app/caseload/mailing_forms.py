"""What is typed to begin a mailing, and to say what its letter says: read and checked, kept for when it is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from app.caseload.days import clock_from, day_from
from app.caseload.mailing_words import list_words
from app.formats import FORMATS
from app.landlords.shapes import Landlord
from app.languages.lists import listed
from app.letters.compose_list import LISTED, Asked
from app.mailings import actions
from app.mailings.people import Choosing, TooMany
from app.mailings.reading import ListRefused, read_list
from app.mailings.rows import Row
from app.tenants.words import typed_line

Typed = Mapping[str, str]


@dataclass
class NewMailing:
    """``mistakes``: (id of the field, what to do). ``told``: what a colleague should know of the file that was read."""

    typed: Typed = field(default_factory=dict)
    letter: str = ""
    title: str = ""
    rows: list[Row] = field(default_factory=list)
    file_name: str | None = None
    choosing: Choosing | None = None
    told: list[str] = field(default_factory=list)
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    def mistake_of(self, key: str) -> str | None:
        return next((words for name, words in self.mistakes if name == key), None)


def read_new(form: Typed, files: Mapping[str, FileStorage], landlord: Landlord) -> NewMailing:
    """Reads the database, writes nothing."""
    new = NewMailing(typed=form, letter=form.get("letter", ""), title=typed_line(form.get("title")) or "")
    if not new.title:
        new.mistakes.append(("title", _("Enter a name for this mailing")))
    elif len(new.title) > actions.LONGEST_TITLE:
        new.mistakes.append(("title", _("The name may have %(most)s characters at most", most=actions.LONGEST_TITLE)))
    if new.letter not in LISTED:
        new.mistakes.append(("letter", _("Choose which letter it is")))
    match form.get("source"):
        case "csv":
            _read_file(new, files.get("list"), landlord)
        case "tenants":
            _find_tenants(new, landlord)
        case _:
            new.mistakes.append(("source", _("Say who gets the letter")))
    return new


def _read_file(new: NewMailing, file: FileStorage | None, landlord: Landlord) -> None:
    if file is None or not file.filename:
        new.mistakes.append(("list", _("Choose the file with the list")))
        return
    new.file_name = file.filename
    try:
        read = read_list(file.read())
    except ListRefused as refused:
        new.mistakes.append(("list", list_words(refused)))
        return
    if read.encoding == "cp1252":
        new.told.append(
            _("The file was saved in an old way (Windows-1252). Look whether letters such as ŵ or é are right.")
        )
    if read.not_used:
        new.told.append(_("These columns are not used: %(columns)s", columns=listed(read.not_used)))
    if not new.mistakes:
        new.rows = actions.rows_of_list(read, landlord)


def _find_tenants(new: NewMailing, landlord: Landlord) -> None:
    typed = new.typed
    review_by = day_from(typed.get("review_by"))
    if (typed.get("review_by") or "").strip() and review_by is None:
        new.mistakes.append(("review_by", _("Enter a day, such as 4 12 2026")))
    district = "".join((typed.get("district") or "").split()).upper()
    if district and not re.fullmatch("[A-Z]{1,2}[0-9][0-9A-Z]?", district):
        new.mistakes.append(("district", _("Enter the first half of a postcode, such as EX1")))
    chosen = {
        "language": (typed.get("language", ""), landlord.languages),
        "format": (typed.get("format", ""), tuple(FORMATS)),
        "who": (typed.get("who", ""), tuple(one.key for one in landlord.who_may_complain)),
    }
    new.mistakes += [
        (key, _("Choose one of the list")) for key, (value, known) in chosen.items() if value not in ("", *known)
    ]
    if new.mistakes:
        return
    new.choosing = Choosing(review_by, district, **{key: value for key, (value, _known) in chosen.items()})
    try:
        new.rows = actions.rows_of_tenants(new.choosing, landlord)
    except TooMany as most:
        new.mistakes.append(
            ("source", _("One mailing takes %(most)s letters at most. Choose fewer tenants", most=most))
        )
    else:
        if not new.rows:
            new.mistakes.append(("source", _("No tenant is like that. Choose otherwise")))


def as_written(asked: Asked, typed: str) -> str:
    """What a colleague typed, as a letter is given it: days and times as ISO. What cannot be read stays as it is."""
    match asked.kind:
        case "day":
            day = day_from(typed)
            return day.isoformat() if day else typed
        case "clock":
            clock = clock_from(typed)
            return f"{clock:%H:%M}" if clock else typed
    return typed


def as_typed(asked: Asked, given: str) -> str:
    """The other way round: how a field begins."""
    if asked.kind == "day" and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        year, month, day = given.split("-")
        return f"{int(day)} {int(month)} {year}"
    return given


def words_typed(name: str, form: Typed, languages: tuple[str, ...]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What is the same in every language, and the words of each: ``said.checked`` takes both."""
    asked = LISTED[name].asked
    both = {one.key: as_written(one, form.get(one.key, "")) for one in asked if not one.is_own_words}
    own = [one for one in asked if one.is_own_words]
    return both, {tag: {one.key: form.get(f"{tag}-{one.key}", "") for one in own} for tag in languages}


def words_kept(name: str, given: Mapping[str, Any]) -> dict[str, str]:
    """How the fields begin: by the name of each."""
    if not given:
        return {}
    first = next(iter(given.values()))
    begins = {one.key: as_typed(one, first.get(one.key, "")) for one in LISTED[name].asked if not one.is_own_words}
    for tag, words in given.items():
        begins |= {f"{tag}-{one.key}": words.get(one.key, "") for one in LISTED[name].asked if one.is_own_words}
    return begins
