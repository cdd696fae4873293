"""Parts of pages about complaints, made from the policy and the Code: who, what not, stages, the Ombudsman."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from app.content.facts import FactNotThere, fact
from app.content.parts import add_part
from app.content.tags import address, bullets, heading, paragraph, said, together
from app.landlords.shapes import Landlord, Stage
from app.letters import facts as written

# By what is promised, and the event from which it counts: a sentence with %(time)s.
PROMISED: Mapping[tuple[str, str], str] = {
    ("complaint.acknowledge", "received"): _l("Within %(time)s we tell you that we have your complaint."),
    ("complaint.stage_1_contact", "received"): _l("Within %(time)s of your complaint we get in touch with you."),
    ("complaint.stage_1_response", "received"): _l("We answer within %(time)s of your complaint."),
    ("complaint.stage_1_response", "acknowledged"): _l(
        "We answer within %(time)s of telling you that we have your complaint."
    ),
    ("complaint.stage_2_acknowledge", "stage_2_requested"): _l(
        "Within %(time)s we tell you that we have your request."
    ),
    ("complaint.stage_2_response", "stage_2_requested"): _l("We answer within %(time)s of your request."),
    ("complaint.stage_2_response", "stage_2_acknowledged"): _l(
        "We answer within %(time)s of telling you that we have your request."
    ),
}
AT_FIRST = ("reference_and_name", "put_right_at_once", "there_and_then", "still_a_complaint")
IN_STAGE = {1: ("outcome_letter", "stage_1_letter"), 2: ("stage_2_letter",)}


def init_app(app: Flask) -> None:
    add_part(app, "who-may-complain", who_may_complain)
    add_part(app, "complaint-exclusions", exclusions)
    add_part(app, "complaint-stages", stages)
    add_part(app, "ombudsman", ombudsman)


def who_may_complain(landlord: Landlord, at: datetime) -> Markup:
    return bullets(_(one.label) for one in landlord.who_may_complain)


def exclusions(landlord: Landlord, at: datetime) -> Markup:
    """What is not taken as a complaint, each with what to do instead."""
    return bullets(Markup("<strong>{}</strong> {}").format(_(one.label), _(one.instead)) for one in landlord.exclusions)


def stages(landlord: Landlord, at: datetime) -> Markup:
    """What happens, from the first day to the answer at stage 2, with the times that are promised on this day."""
    on = written.local_day(at)
    return together(
        heading(_("When you have complained"), 3),
        *_promised(landlord, "complaint.acknowledge", on),
        *undertaken(landlord, AT_FIRST),
        *(piece for stage in landlord.stages for piece in _stage(landlord, stage, on)),
        heading(_("Times that every landlord has to keep"), 3),
        *_code(landlord, on),
    )


def ombudsman(landlord: Landlord, at: datetime) -> Markup:
    who = landlord.ombudsman
    return together(
        bullets(
            (
                said(_("Phone: %(phone)s"), phone=written.phone(who.phone)),
                said(_("Website: %(website)s"), website=written.website(who.website)),
            )
        ),
        address((who.name, *who.address, who.postcode)),
    )


def undertaken(landlord: Landlord, keys: tuple[str, ...]) -> Iterator[Markup]:
    """Of these promises without a clock those that the landlord makes, a paragraph each."""
    known = {one.key: one for one in landlord.undertakings}
    for key in keys:
        if key in known:
            yield paragraph(_(known[key].words))


def _stage(landlord: Landlord, stage: Stage, on: date) -> Iterator[Markup]:
    yield heading(_(stage.label), 3)
    if stage.number == 1:
        yield paragraph(_(stage.words))
    else:
        yield from _how_to_ask(landlord)  # it says who decides
    for act in ("acknowledge", "contact", "response"):
        yield from _promised(landlord, f"complaint.stage_{stage.number}_{act}", on)
    yield from undertaken(landlord, IN_STAGE[stage.number])
    if stage.number == 1 and not landlord.revised_date.is_agreed:
        yield paragraph(
            _("If we need more time, we will write to you before that day. We will say why, and give you a new date.")
        )


def _how_to_ask(landlord: Landlord) -> Iterator[Markup]:
    yield paragraph(
        _(
            "You can ask us to look at your complaint again. This is called stage 2. Somebody who had no part in the"
            " first answer will decide. You do not have to give a reason."
        )
    )
    days = landlord.escalation.calendar_days
    if days is not None:
        yield paragraph(
            ngettext(
                "Please ask within %(num)s day of getting our answer. If you need longer, ask us all the same.",
                "Please ask within %(num)s days of getting our answer. If you need longer, ask us all the same.",
                days,
            )
        )
    if landlord.escalation.reasons_required:
        yield paragraph(_("It helps us if you tell us why, or what we did not know before."))
    if landlord.escalation.refusal_grounds:
        yield paragraph(
            _(
                "We may refuse if we can show that we kept to our policy and to the law. Then we tell you why in"
                " writing."
            )
        )


def _promised(landlord: Landlord, key: str, on: date) -> Iterator[Markup]:
    """The landlord's own time; the Code's where it has none of its own."""
    for regime, kind in (("landlord", "time"), ("code", "code")):
        found = [one for one in landlord.standards if one.key == key and one.regime == regime and one.since <= on]
        if found:
            newest = max(found, key=lambda one: one.since)
            sentence = str(PROMISED[key, newest.counted_from])
            yield paragraph(said(sentence, time=fact(f"{kind} {key}", landlord, on)))
            return


def _code(landlord: Landlord, on: date) -> Iterator[Markup]:
    """What the Complaint Handling Code asks of all landlords, beside which the landlord's own times stand."""

    def time_of(act: str) -> Markup:
        return fact(f"code complaint.{act}", landlord, on)

    try:
        lines = (
            said(
                _("%(time)s to tell you that we have your complaint, or your request for stage 2"),
                time=time_of("acknowledge"),
            ),
            said(
                _("%(time)s after that to answer at stage 1, and %(more)s more if there is a good reason"),
                time=time_of("stage_1_response"),
                more=time_of("stage_1_extension"),
            ),
            said(
                _("%(time)s after that to answer at stage 2, and %(more)s more if there is a good reason"),
                time=time_of("stage_2_response"),
                more=time_of("stage_2_extension"),
            ),
        )
    except FactNotThere:  # before the Code was law
        return
    yield paragraph(_("The Housing Ombudsman’s Complaint Handling Code gives every landlord, at most:"))
    yield bullets(lines)
