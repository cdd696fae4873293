"""What every form's pages have after sending: the received page, and the receipt to take home in any format."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.cases.models import Case
from app.extensions import db
from app.formats.document import FormatRefused
from app.journeys.drafts import CANNOT_SAVE
from app.journeys.questions import Journey
from app.journeys.routes import Sending, register_journey, sent_reference
from app.landlords.standards import Landlord, current_landlord
from app.letters import promised
from app.letters.actions import NotMadeYet
from app.letters.models import Letter
from app.reception.actions import Arrival
from app.reception.answers import sorted_out
from app.reception.saving_routes import register_saving
from app.reception.taking_home import FORMATS, formats_for, taken_home

Make = Callable[[Landlord, Arrival], Case]  # opens the case of one kind; no commit


def register_form(
    blueprint: Blueprint, journey: Journey, make: Make, received_template: str = "reception/received.html"
) -> None:
    """Give the blueprint, whose address begins with ``/<lang:language>/``, every page of a form that makes a case.

    ``received_template`` extends ``reception/received.html`` and may override its blocks.
    """

    def send(sending: Sending) -> str:
        return make(current_landlord(), arrival_of(sending)).reference

    def received(reference: str) -> str:
        return _received(journey, received_template, reference)

    def take_the_receipt(format: str) -> ResponseReturnValue:
        return _take_the_receipt(journey, format)

    register_journey(blueprint, journey, send=send, received=received)
    register_saving(blueprint, journey)
    blueprint.add_url_rule("/received/<format>", "take_the_receipt", take_the_receipt)


def arrival_of(sending: Sending) -> Arrival:
    """A finished draft as what came in."""
    told = sorted_out(sending.answers)
    return Arrival(
        answers=told.answers,
        person=told.person,
        needs=told.needs,
        language=sending.answers.get("letter_language") or sending.language,
        at=sending.at,
        draft_id=sending.draft_id,
        written_in=sending.language,
        doubts=sending.doubts,
    )


def _received(journey: Journey, template: str, reference: str) -> str:
    """The reference, what happens next and by when, and the receipt in every format."""
    case, landlord = _case(reference), current_landlord()
    labels = {standard.key: standard.label for standard in landlord.standards}
    return render_template(
        template,
        journey=journey,
        case=case,
        promises=promised.lines(case, labels, is_acknowledged=False),
        code=[promise for promise in case.promises if promise.regime == "code"],
        formats=formats_for(case),
        needed=case.tenant.needs.letter_format,
    )


def _take_the_receipt(journey: Journey, format: str) -> ResponseReturnValue:
    """The receipt as a file, for whoever holds the cookie of the draft that made it."""
    reference = sent_reference(journey)
    if format not in FORMATS or reference is None:
        return render_template("reception/no_receipt.html", format=None), 404
    try:
        return taken_home(_receipt(_case(reference)), format, datetime.now(UTC))
    except FormatRefused:
        return _no_receipt(format, "refused", 422)
    except (NotMadeYet, *CANNOT_SAVE):
        current_app.logger.exception("a receipt could not be made")
        db.session.rollback()
        return _no_receipt(format, "not_now", 503)


def _no_receipt(format: str, why: str, status: int) -> ResponseReturnValue:
    page = render_template("reception/no_receipt.html", format=FORMATS[format], why=why, back=url_for(".received"))
    return page, status


def _case(reference: str) -> Case:
    return db.session.execute(select(Case).where(Case.reference == reference)).scalar_one()


def _receipt(case: Case) -> Letter:
    newest_first = select(Letter).where(Letter.case_id == case.id, Letter.name == "receipt").order_by(Letter.id.desc())
    return db.session.scalars(newest_first.limit(1)).one()
