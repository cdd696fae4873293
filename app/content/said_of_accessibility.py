"""Parts of the accessibility statement, made from the file of the last check."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.content.parts import add_part
from app.content.tags import bullets, paragraph, said, together
from app.landlords.shapes import Landlord
from app.landlords.tables import Table
from app.letters import facts as written

FILE = Path(__file__).with_name("last_check.toml")


def init_app(app: Flask) -> None:
    last_check()  # a mistake in the file stops the start
    add_part(app, "known-faults-short", how_many_faults)
    add_part(app, "known-faults", known_faults)
    add_part(app, "compliance-status", compliance)
    add_part(app, "accessibility-dates", dates)


class Fault(NamedTuple):
    """``criterion`` is the guidelines' number, or empty; ``reason`` says why it is there and what becomes of it."""

    label: str
    reason: str
    criterion: str


@dataclass(frozen=True)
class Check:
    """The last check of this website: days, how it was done, and what is not right yet."""

    prepared_on: date
    checked_on: date
    review_by: date
    standard: str
    ways: tuple[str, ...]
    faults: tuple[Fault, ...]


@cache
def last_check() -> Check:
    """Raises WrongPolicy where the file is wrong."""
    file = Table.of_file(FILE)
    check = Check(
        prepared_on=file.day("prepared_on"),
        checked_on=file.day("checked_on"),
        review_by=file.day("review_by"),
        standard=file.text("standard"),
        ways=tuple(_way(one) for one in file.listed("ways")),
        faults=tuple(_fault(one) for one in file.listed("faults")),
    )
    file.close()
    return check


def _way(table_of_way: Table) -> str:
    table_of_way.text("key")
    label = table_of_way.text("label")
    table_of_way.close()
    return label


def _fault(one: Table) -> Fault:
    one.text("key")
    fault = Fault(one.text("label"), one.text("words"), one.text_or_none("criterion"))
    one.close()
    return fault


def how_many_faults(landlord: Landlord, at: datetime) -> Markup:
    count = len(last_check().faults)
    if not count:
        return paragraph(_("We know of nothing that does not work for everybody."))
    words = ngettext(
        "We know of %(num)s thing that does not work for everybody. It stands below.",
        "We know of %(num)s things that do not work for everybody. They stand below.",
        count,
    )
    return paragraph(words)


def known_faults(landlord: Landlord, at: datetime) -> Markup:
    found = last_check().faults
    if not found:
        return paragraph(_("We know of nothing that does not work for everybody."))
    return bullets(_of_fault(one) for one in found)


def _of_fault(fault: Fault) -> Markup:
    words = Markup("<strong>{}</strong> {}").format(_(fault.label), _(fault.reason))
    if fault.criterion:
        # Translators: the number of a rule in the Web Content Accessibility Guidelines, as in 3.1.2
        rule = said(_("This is rule %(number)s of the guidelines."), number=fault.criterion)
        return Markup("{} {}").format(words, rule)
    return words


def compliance(landlord: Landlord, at: datetime) -> Markup:
    """Not more than is known: nobody from outside has tested it."""
    aim = _(
        "We aim for level AA of the Web Content Accessibility Guidelines, version 2.2. Nobody from outside has tested"
        " this website yet, so we do not say that it meets them in full."
    )
    if not last_check().faults:
        return paragraph(aim)
    return together(
        paragraph(_("This website keeps to these guidelines in part, because of the faults that stand below.")),
        paragraph(aim),
    )


def dates(landlord: Landlord, at: datetime) -> Markup:
    check = last_check()
    return together(
        paragraph(
            said(
                _("We wrote this statement on %(written)s. We will read it again by %(review)s."),
                written=written.day(check.prepared_on),
                review=written.day(check.review_by),
            )
        ),
        paragraph(
            said(_("We checked this website last on %(day)s, in these ways:"), day=written.day(check.checked_on))
        ),
        bullets(_(one) for one in check.ways),
    )
