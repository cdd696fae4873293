"""What is promised, and how soon, in the words of the page “our service standards”."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.content.facts import in_units
from app.landlords.shapes import LeadTime, Standard

TOPICS: Mapping[str, str] = {
    "contact": _l("Talking and writing to us"),
    "colleagues": _l("Contacting a colleague directly"),
    "digital": _l("Our website"),
    "accessibility": _l("In a way that you can read"),
    "feedback": _l("Complaints, praise and ideas"),
    "repairs": _l("Repairs"),
    "safety": _l("Safety in your home"),
}
# By the promise's key. One that is not here is shown in the policy's own words.
WHAT: Mapping[str, str] = {
    "complaint.acknowledge": _l("We tell you that we have your complaint, and who deals with it"),
    "complaint.stage_1_contact": _l("A colleague from the team gets in touch with you about your complaint"),
    "complaint.stage_1_response": _l("We answer your complaint"),
    "complaint.stage_1_extension": _l("We answer your complaint, if we need more time"),
    "complaint.stage_2_acknowledge": _l("When you ask for stage 2, we tell you that we have your request"),
    "complaint.stage_2_response": _l("We answer at stage 2"),
    "complaint.stage_2_extension": _l("We answer at stage 2, if we need more time"),
    "enquiry.answer_email": _l("We answer your email"),
    "contact.answer_social_media": _l("We answer what you write to us on social media"),
    "contact.answer_web_form": _l("We answer the form that you send on this website"),
    "contact.answer_colleague_voicemail": _l("The colleague answers your voicemail"),
    "contact.answer_colleague_social_media": _l("The colleague answers your message on social media"),
    "contact.answer_colleague_email": _l("The colleague answers your email"),
    "repair.make_safe": _l("In an emergency, we come and make your home safe"),
    "repair.arrange_appointment": _l("After an emergency, we contact you to arrange the repair"),
    "hazard.emergency_make_safe": _l("We look at a serious danger in your home and make it safe"),
    "hazard.investigate": _l(
        "When something in your home may harm you, such as damp or mould, we find out what is wrong"
    ),
    "hazard.summary": _l("We write to you what we found"),
    "hazard.make_safe": _l("We make your home safe again"),
    "hazard.begin_further_work": _l("If more work is needed, we begin to arrange it"),
    "hazard.start_further_work": _l("If more work is needed, it starts"),
    "planned_downtime": _l("We tell you before we switch off this website or the portal for planned work"),
}
# By the event from which it counts.
WITHIN: Mapping[str, str] = {
    "received": _l("Within %(time)s"),
    "acknowledged": _l("Within %(time)s of telling you that we have it"),
    "stage_1_response_due": _l("At most %(time)s later"),
    "stage_2_requested": _l("Within %(time)s of your request"),
    "stage_2_acknowledged": _l("Within %(time)s of telling you that we have it"),
    "stage_2_response_due": _l("At most %(time)s later"),
    "made_safe": _l("Within %(time)s of making it safe"),
    "investigated": _l("Within %(time)s of finding out what is wrong"),
}


def topic_of(standard: Standard) -> str:
    """The part of the page in which a promise with a clock stands."""
    kind, _dot, act = standard.key.partition(".")
    if kind in ("complaint", "compliment", "suggestion"):
        return "feedback"
    if kind in ("repair", "hazard"):
        return "safety" if kind == "hazard" else "repairs"
    if standard.addressee == "colleague":
        return "colleagues"
    return "digital" if standard.channels == ("web",) or act == "answer_web_form" else "contact"


def what_words(promise: Standard | LeadTime) -> str:
    return str(WHAT.get(promise.key) or _(promise.label))


def within_words(standard: Standard) -> str:
    """Within 10 working days."""
    return str(WITHIN[standard.counted_from]) % {"time": in_units(standard.amount, standard.unit)}


def before_words(lead: LeadTime) -> str:
    # Translators: how early something is announced; %(time)s is such as "2 working days"
    return str(_("At least %(time)s before", time=in_units(lead.working_days, "working_days")))
