"""What staff pages call the parts of a mailing, and what stands against a row or a list, in words."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload import words
from app.caseload.format_words import refused_words
from app.letters.compose_list import LISTED, Asked
from app.mailings.actions import NotReady
from app.mailings.models import Mailing, MailingRow
from app.mailings.reading import ListRefused
from app.mailings.rows import code_of

STATES = {
    "draft": _l("Being prepared"),
    "making": _l("Being made"),
    "paused": _l("Paused"),
    "made": _l("Made"),
    "dropped": _l("Given up"),
}
ROW_STATES = {
    "wrong": _l("Wrong in the list"),
    "waiting": _l("Waiting"),
    "making": _l("Being made now"),
    "made": _l("Made"),
    "refused": _l("Cannot be made"),
}
# What a letter says: keys of letters.compose_list.LISTED.
ASKED = {
    "work": _l("What work is done"),
    "begins_on": _l("First day"),
    "ends_on": _l("Last day, if it is another"),
    "works_from": _l("Work begins each day at"),
    "works_until": _l("Work ends each day at"),
    "effects": _l("What it means for the tenant"),
    "enters_homes": _l("Does somebody need to come into the homes?"),
    "firm": _l("The firm that does the work, if it is not us"),
    "answer_by": _l("Last day for an answer"),
    "title": _l("Title of the letter"),
    "words": _l("What the letter says"),
}
HINTS = {
    "day": _l("Such as 4 12 2026"),
    "clock": _l("Such as 8:30 or 17:00"),
    "words": _l("An empty line begins a new paragraph. Lines that begin with a dash become a list."),
}
_WHY_WORDS_ARE_WRONG = {
    "day": _l("Enter a day, such as 4 12 2026"),
    "clock": _l("Enter a time of day, such as 8:30"),
    "answer": _l("Choose yes or no"),
    "long": _l("Write less here"),
    "order": _l("Enter a last day that is not before the first"),
}
_NEEDED = {
    "work": _l("Say what work is done"),
    "begins_on": _l("Enter the first day of the work"),
    "enters_homes": _l("Say whether somebody needs to come into the homes"),
    "answer_by": _l("Enter the last day for an answer"),
    "title": _l("Enter a title"),
    "words": _l("Enter what the letter says"),
}
_PROBLEMS = {
    "cells": _l("This line has more cells than there are columns."),
    "name": _l("The name is missing."),
    "name-long": _l("The name is too long."),
    "address": _l("The address is missing."),
    "address-long": _l("The address has too many lines, or a line that is too long."),
    "unsafe": _l("This person told us that letters by this way are not safe for them. Get in touch in another way."),
    "unknown": _l("We know no tenant of this name and postcode, and the letter speaks of what a tenant told us."),
    "forgotten": _l("The time of this person’s cases is over: name and letter were removed."),
}


def row_words(row: MailingRow) -> str:
    """What is wrong with a row, as a sentence that says what to put right; nothing where nothing is."""
    if not row.problem:
        return ""
    found = code_of(row.problem)
    if found.code in ("cannot", "refused"):
        said_by_machine = found.value if found.code == "refused" else None
        return refused_words(row.language, row.format, said_by_machine)
    return problem_words(found.code, found.value)


def problem_words(code: str, value: str) -> str:
    """The same of a code of ``rows.PROBLEMS``, but for cannot and refused."""
    if code in _PROBLEMS:
        return str(_PROBLEMS[code])
    match code:
        case "postcode":
            return _("The postcode is too long: %(value)s", value=value) if value else _("The postcode is missing.")
        case "email":
            return _("This is no email address: %(value)s", value=value)
        case "language":
            return _("We do not write letters in this language: %(value)s", value=value)
        case "format":
            return _("There is no format of this name: %(value)s", value=value)
        case "twice":
            return _("The same letter for the same person stands in line %(line)s.", line=value)
        case "lacks":
            return _("The letter lacks something that it must have: %(item)s", item=value)
        case "trouble":
            return _("Making it failed again and again. The last time: %(trouble)s", trouble=value)
    return _("This cannot be used for the format, paper, size or rate: %(value)s", value=value)


def list_words(refused: ListRefused) -> str:
    """Why a file was not taken, and what to do."""
    match refused.code:
        case "spreadsheet":
            return _("This is a spreadsheet. Save it as CSV, and choose that file")
        case "empty":
            return _("There are no lines in this file. Choose another one")
        case "columns" if refused.value == "address":
            return _("The first line names no column for the address, such as Address, Postcode")
        case "columns" if refused.value == "name":
            return _("The first line names no column for the name, such as Name")
        case "columns":
            return _("The first line must name the columns, such as Name, Address, Postcode")
        case "too-many":
            return _("One mailing takes %(most)s lines at most. Make two lists of it", most=refused.value)
        case "cell":
            return _("Line %(line)s has a cell that cannot be read. Look for a quotation mark", line=refused.value)
    return _("This file is no text. Save the list as CSV, and choose that file")


def mistake_words(key: str, why: str) -> str:
    return str(_NEEDED.get(key, _l("Answer this"))) if why == "needed" else str(_WHY_WORDS_ARE_WRONG[why])


def not_ready_words(why: NotReady) -> str:
    match why.code:
        case "words":
            return _("Write what the letter says first.")
        case "rows":
            return _("Nobody on this list can be written to. Look at what is wrong with the lines.")
    return _("The letter lacks something that it must have: %(item)s", item=why.value)


def read_out(mailing: Mailing) -> list[tuple[str, str, str | None]]:
    """What its letter says, for a colleague whom a tenant rings about it: what was asked, what was written, and its
    language where a colleague wrote it. Of several languages the first.
    """
    given: dict[str, str] = next(iter(mailing.given.values()), {})
    return [
        (str(ASKED.get(one.key, one.key)), _shown(one, value), given["words_language"] if one.is_own_words else None)
        for one in LISTED[mailing.name].asked
        if (value := given.get(one.key))
    ]


def _shown(asked: Asked, value: str) -> str:
    match asked.kind:
        case "day":
            return words.short_day(date.fromisoformat(value))
        case "yes-or-no":
            return _("Yes") if value == "yes" else _("No")
    return value


def letter_name(mailing: Mailing) -> str:
    return str(words.LETTERS.get(mailing.name, mailing.name))


def chosen_words(wanted: Mapping[str, str] | None, who_labels: Mapping[str, str]) -> list[str]:
    """By what the tenants of a mailing were chosen."""
    said = dict(wanted or {})
    found = []
    if day := said.get("review_by"):
        found.append(_("needs to be reviewed by %(day)s", day=day))
    if district := said.get("district"):
        found.append(_("postcode begins with %(district)s", district=district))
    if tag := said.get("language"):
        found.append(_("language: %(language)s", language=words.language_name(tag)))
    if name := said.get("format"):
        found.append(_("format: %(format)s", format=words.FORMATS.get(name, name)))
    if who := said.get("who"):
        found.append(_("who they are: %(who)s", who=who_labels.get(who, who)))
    return found or [_("everybody")]
