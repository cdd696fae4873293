"""What we learned from complaints and what we changed, as the website tells it: “You said, we did” (L35)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from app.cases.models import Case
from app.complaints.models import Learning
from app.content.parts import add_part
from app.content.remembered import Remembered, remember
from app.content.tags import bullets, heading, paragraph, together
from app.extensions import db
from app.landlords.shapes import Landlord
from app.languages.times import dated
from app.letters.facts import local_day
from app.letters.setting_out import sentence

MOST = 20  # the newest
OF_COLLEAGUES = "en"  # the language in which colleagues write


@dataclass(frozen=True)
class Learned:
    """One change that was made. ``service`` is a key of the policy's services, or empty."""

    service: str
    words: str
    changed_on: date


def init_app(app: Flask) -> None:
    remember(app, LEARNED)
    add_part(app, "you-said-we-did", you_said_we_did)


def read(moment: datetime) -> tuple[Learned, ...]:
    """The changes that were made and may be told, the newest first. Of a restricted case nothing is told. One query."""
    wanted = (
        select(Learning.service, Learning.words, Learning.changed_on)
        .join(Case, Case.id == Learning.case_id)
        .where(Learning.may_be_published, Learning.changed_on <= local_day(moment), Case.is_restricted.is_(False))
        .order_by(Learning.changed_on.desc(), Learning.id.desc())
        .limit(MOST)
    )
    return tuple(Learned(service or "", words, on) for service, words, on in db.session.execute(wanted) if on)


LEARNED: Remembered[tuple[Learned, ...]] = Remembered("what we learned", read, ())


def you_said_we_did(landlord: Landlord, at: datetime) -> Markup:
    """Under what people complained about, what we changed and when. Nothing while nothing was changed."""
    learned = LEARNED.at(at)
    if not learned:
        return Markup()
    return together(
        heading(_("You said, we did")),
        paragraph(_("Complaints show us what to do better. This is what we changed because of them:")),
        *_by_service(landlord, learned),
    )


def _by_service(landlord: Landlord, learned: tuple[Learned, ...]) -> Iterator[Markup]:
    labels = {one.key: _(one.label) for one in landlord.services}
    in_order = [key for key in labels if any(one.service == key for one in learned)]
    place = {key: number for number, key in enumerate(in_order)}
    together_ = sorted(learned, key=lambda one: place.get(one.service, len(place)))
    for key, group in groupby(together_, key=lambda one: one.service if one.service in labels else ""):
        yield heading(labels.get(key) or _("Something else"), 3)
        yield bullets(_line(one) for one in group)


def _line(one: Learned) -> Markup:
    month = dated(one.changed_on, "MMMM y")
    # Translators: what we changed because of a complaint; %(when)s is a month, %(what)s a colleague's sentence
    return Markup(_("%(when)s: %(what)s")) % {"when": month, "what": sentence(one.words, OF_COLLEAGUES)}  # noqa: S704
