"""What the caseload calls each choice, each filter and each order; what is chosen, said in words."""

from collections.abc import Sequence

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.caseload.choices import CLOSED_LATELY, Choices, orders_for
from app.caseload.queue import MOST_COUNTED
from app.caseload.words import FORMATS, KINDS, language_name
from app.cases.lists import ANY, OTHER
from app.extensions import db
from app.landlords.shapes import Landlord
from app.languages import LANGUAGES
from app.staff.models import StaffMember, Team

Option = tuple[str, str]

SHOWN_WORDS = {
    "all": _l("All open cases"),
    "mine": _l("Mine"),
    "team": _l("My team’s"),
    "unassigned": _l("Nobody’s yet"),
    "today": _l("Due today"),
    "overdue": _l("Overdue"),
    "waiting": _l("Waiting for the tenant"),
    "closed": _l("Closed lately"),
}
TITLES = {
    "all": _l("Caseload"),
    "mine": _l("My cases"),
    "team": _l("My team’s cases"),
    "unassigned": _l("Cases that nobody deals with yet"),
    "today": _l("Cases due today"),
    "overdue": _l("Overdue cases"),
    "waiting": _l("Cases that wait for the tenant"),
    "closed": _l("Cases closed lately"),
}
ORDER_WORDS = {
    "due": _l("What is due first"),
    "received": _l("The newest first"),
    "name": _l("By name"),
    "reference": _l("By reference"),
    "waiting": _l("Who waits longest first"),
    "closed": _l("Closed last first"),
}
NOTHING = {
    "all": _l("There are no open cases."),
    "mine": _l("You have no open cases."),
    "team": _l("Your team has no open cases."),
    "unassigned": _l("Every open case has somebody who deals with it."),
    "today": _l("Nothing is due today."),
    "overdue": _l("Nothing is overdue."),
    "waiting": _l("No case waits for the tenant."),
}


def count_words(count: int) -> str:
    """12, or 1,000+ where counting ended."""
    if count > MOST_COUNTED:
        # Translators: a number of cases that is greater than this, as in 1,000+
        return _("%(number)s+", number=format_decimal(MOST_COUNTED))
    return str(format_decimal(count))


def nothing_words(show: str) -> str:
    if show == "closed":
        days = CLOSED_LATELY.days
        return ngettext(
            "No case was closed in the last %(num)s day.", "No case was closed in the last %(num)s days.", days
        )
    return str(NOTHING[show])


def narrowed_words(choices: Choices, landlord: Landlord) -> list[str]:
    """The filters that are on, a few words each, in the order of the form."""
    found = []
    if choices.kind:
        found.append(str(KINDS[choices.kind]))
    if choices.stage:
        found.append(_("Stage %(number)s", number=choices.stage))
    if choices.hazard:
        found.append(_hazard(choices.hazard, landlord))
    if choices.restricted:
        found.append(_("Restricted cases"))
    if choices.handler:
        found.append(_("Handler: %(name)s", name=_name_of(StaffMember, choices.handler)))
    if choices.team:
        found.append(_("Team: %(name)s", name=_name_of(Team, choices.team)))
    if choices.language:
        found.append(_language(choices.language, landlord))
    if choices.format:
        found.append(_("Letters in another format") if choices.format == OTHER else str(FORMATS[choices.format]))
    return found


def options(
    choices: Choices, landlord: Landlord, people: Sequence[StaffMember], teams: Sequence[Team]
) -> dict[str, list[Option]]:
    """What each field of the form offers, by the field's name: value and label."""
    everything = ("", _("Any"))
    tags = [tag for tag in LANGUAGES if tag != landlord.languages[0]]
    if choices.language not in {None, OTHER, *tags}:
        tags.append(str(choices.language))
    return {
        "kind": [everything, *((key, str(label)) for key, label in KINDS.items())],
        "stage": [everything, ("1", _("Stage %(number)s", number=1)), ("2", _("Stage %(number)s", number=2))],
        "hazard": [everything, (ANY, _hazard(ANY, landlord)), *((one.key, _(one.label)) for one in landlord.hazards)],
        "handler": [everything, *((str(one.id), one.name) for one in people)],
        "team": [everything, *((str(one.id), one.name) for one in teams)],
        "language": [everything, (OTHER, _language(OTHER, landlord)), *((tag, language_name(tag)) for tag in tags)],
        "format": [
            everything,
            (OTHER, _("Any other than standard print")),
            *((key, str(FORMATS[key])) for key in FORMATS),
        ],
        "sort": [(order, str(ORDER_WORDS[order])) for order in orders_for(choices.show)],
    }


def _hazard(key: str, landlord: Landlord) -> str:
    if key == ANY:
        return _("Any hazard")
    label = next(hazard.label for hazard in landlord.hazards if hazard.key == key)
    return _("Hazard: %(hazard)s", hazard=_(label))


def _language(tag: str, landlord: Landlord) -> str:
    if tag == OTHER:
        return _("Another language than %(language)s", language=language_name(landlord.languages[0]))
    return language_name(tag)


def _name_of(model: type[StaffMember] | type[Team], number: int) -> str:
    name: str | None = db.session.scalar(select(model.name).where(model.id == number))
    return name or _("somebody who is not here any more")
