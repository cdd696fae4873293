"""Parts of pages about the home: dangers and what to do, promised times, damp, safety checks."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup

from app.content.facts import FactNotThere, fact
from app.content.parts import add_part
from app.content.said_of_complaints import undertaken
from app.content.tags import bullets, heading, paragraph, said, table, together
from app.landlords.enquiry_shapes import Danger
from app.landlords.shapes import Landlord, Option
from app.landlords.tables import Table
from app.letters import facts as written

CHECKS = Path(__file__).with_name("safety_checks.toml")


def init_app(app: Flask) -> None:
    safety_checks()  # a mistake in the file stops the start
    add_part(app, "dangers", dangers)
    add_part(app, "emergency-line", emergency_line)
    add_part(app, "emergency-times", emergency_times)
    add_part(app, "damp-times", damp_times)
    add_part(app, "repair-promises", repair_promises)
    add_part(app, "safety-checks", checks)
    add_part(app, "safety-promises", safety_promises)


def dangers(landlord: Landlord, at: datetime) -> Markup:
    """Each emergency with what to do at once, and whom to call where that is not the landlord."""
    return together(
        *(piece for danger in landlord.dangers if danger.is_emergency for piece in _danger(danger, landlord))
    )


def _danger(danger: Danger, landlord: Landlord) -> Iterator[Markup]:
    yield heading(_(danger.label), 3)
    for words in danger.advice:
        yield paragraph(_(words))
    if not danger.advice:
        yield paragraph(Markup("{} {}").format(_("Call us now:"), written.phone(landlord.emergency_phone)))
    if danger.phone:
        who = said(_("Call the %(name)s, at any hour. It is free:"), name=danger.phone_of)
        yield paragraph(Markup("{} {}").format(who, written.phone(danger.phone)))


def emergency_line(landlord: Landlord, at: datetime) -> Markup:
    return together(
        *undertaken(landlord, ("emergency_line",)),
        paragraph(
            said(
                _("If nobody answers and somebody could get hurt, call %(number)s."),
                number=fact("dial 999", landlord, written.local_day(at)),
            )
        ),
    )


def emergency_times(landlord: Landlord, at: datetime) -> Markup:
    """The landlord's own promise, where it makes one, and the law's."""
    on = written.local_day(at)
    sentences = (
        ("time repair.make_safe", _("We come within %(time)s and make it safe.")),
        (
            "time repair.arrange_appointment",
            _("If more has to be done, we arrange it while we are there, or contact you about it within %(time)s."),
        ),
        (
            "law hazard.emergency_make_safe",
            _("The law for tenants says: within %(time)s the landlord looks at a serious danger and makes it safe."),
        ),
    )
    return together(*_with_times(landlord, on, sentences))


def damp_times(landlord: Landlord, at: datetime) -> Markup:
    """Awaab's Law in four lines."""
    on = written.local_day(at)
    sentences = (
        (
            "law hazard.emergency_make_safe",
            _("If it is dangerous at once, we must look at it and make your home safe within %(time)s."),
        ),
        ("law hazard.investigate", _("Else we must find out within %(time)s what is wrong.")),
        ("law hazard.summary", _("Within %(time)s after that we must write to you what we found.")),
        ("law hazard.make_safe", _("Within %(time)s of finding out we must make your home safe.")),
    )
    lines = list(_with_times(landlord, on, sentences, is_list=True))
    if not lines:
        return Markup()
    return together(
        heading(_("What the law says")),
        paragraph(_("For tenants there is a law, called Awaab’s Law. If damp or mould may harm somebody’s health:")),
        bullets(lines),
        paragraph(
            _("If we cannot make your home safe in that time, we must find you another place to stay until then.")
        ),
    )


def _with_times(
    landlord: Landlord, on: date, sentences: tuple[tuple[str, str], ...], *, is_list: bool = False
) -> Iterator[Markup]:
    for wanted, sentence in sentences:
        try:
            line = said(sentence, time=fact(wanted, landlord, on))
        except FactNotThere:
            continue
        yield line if is_list else paragraph(line)


def repair_promises(landlord: Landlord, at: datetime) -> Markup:
    return _promises(landlord, "repairs", _("What we promise when we repair something"))


def safety_promises(landlord: Landlord, at: datetime) -> Markup:
    return _promises(landlord, "safety", _("How we work in your home"))


def _promises(landlord: Landlord, about: str, title: str) -> Markup:
    """All that the landlord undertakes about something; nothing where it undertakes nothing."""
    found = [_(one.words) for one in landlord.undertakings if one.about == about]
    return together(heading(title), bullets(found)) if found else Markup()


def checks(landlord: Landlord, at: datetime) -> Markup:
    rows = ((_(one.label), _(how_often)) for one, how_often in safety_checks())
    return table(_("What we check"), (_("What"), _("How often")), rows)


@cache
def safety_checks() -> tuple[tuple[Option, str], ...]:
    """What is checked, and how often. Raises WrongPolicy where the file is wrong."""
    file = Table.of_file(CHECKS)
    file.yes_or_no("checked"), file.day("from"), file.text("row")
    found = []
    for one in file.listed("checks"):
        found.append((Option(one.text("key"), one.text("label")), one.text("words")))
        one.text("source")
        one.close()
    file.close()
    return tuple(found)
