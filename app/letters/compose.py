"""A case and a letter's name → the letter's words, as plain semantic HTML in the language of the case.

The same sentences for every landlord: names, numbers and days come from its policy and from the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.cases.models import Case
from app.landlords.shapes import Landlord, Phone
from app.languages import speaking
from app.letters import about_you, answers, facts, our_words, promised
from app.letters.lacks import refuse_if_lacking
from app.letters.setting_out import sentence, set_out
from app.letters.wanted_words import translated


@dataclass(frozen=True)
class Template:
    """``title`` stands at the head of the letter; ``path`` is below templates/."""

    title: str
    path: str


ACKNOWLEDGEMENTS = {
    "complaint": Template(_l("We are looking into your complaint"), "letters/acknowledgement.html"),
    "compliment": Template(_l("Thank you for your compliment"), "letters/acknowledgement_of_compliment.html"),
    "suggestion": Template(_l("Thank you for your suggestion"), "letters/acknowledgement_of_suggestion.html"),
    "antisocial-behaviour": Template(_l("We have your report"), "letters/acknowledgement_of_report.html"),
    "enquiry": Template(_l("We have your question"), "letters/acknowledgement_of_enquiry.html"),
}
RECEIPTS = {
    "complaint": Template(_l("We have got your complaint"), "letters/receipt.html"),
}
USUAL_RECEIPT = Template(_l("We have got what you sent"), "letters/receipt.html")
POLICE = Phone("999", "999")
CALL_AHEAD = "call_ahead"  # the undertaking: a call before we come, and an identity card
# Letters that are the same for every kind of case that has them. What a room above must give for one: lacks.GIVEN.
LETTERS: dict[str, Template] = {
    "extension": Template(_l("We need more time to answer your complaint"), "letters/extension.html"),
    "hazard-summary": Template(_l("What we found in your home"), "letters/hazard-summary.html"),
    "answer": Template(_l("Our answer"), "letters/answer.html"),
    "there-and-then": Template(_l("We have put something right"), "letters/there-and-then.html"),
    "stage-1-response": Template(_l("Our answer to your complaint"), "letters/stage-1-response.html"),
    "stage-2-response": Template(_l("Our answer at stage 2"), "letters/stage-2-response.html"),
    "hand-over": Template(_l("A colleague will get in touch with you"), "letters/hand-over.html"),
    "compliment-shared": Template(_l("Your kind words have arrived"), "letters/compliment-shared.html"),
    "stage-2-acknowledgement": Template(
        _l("We are looking at your complaint again"), "letters/stage-2-acknowledgement.html"
    ),
    "refusal": Template(_l("Why we cannot take your complaint"), "letters/refusal.html"),
    "escalation-refusal": Template(
        _l("Why we will not look at your complaint again"), "letters/escalation-refusal.html"
    ),
    "closing": Template(_l("We have closed your case"), "letters/closing.html"),
    "follow-up": Template(_l("What we talked about"), "letters/follow-up.html"),
    "asb-action-plan": Template(_l("What we agreed with you"), "letters/asb-action-plan.html"),
    "letter": Template(_l("A letter from us"), "letters/letter.html"),
    "appointment": Template(_l("We are coming to see you"), "letters/appointment.html"),
    "appointment-cancelled": Template(_l("We have cancelled our visit"), "letters/appointment-cancelled.html"),
    "call-back-missed": Template(_l("We tried to ring you"), "letters/call-back-missed.html"),
    "asb-closing": Template(_l("We have closed your case"), "letters/asb-closing.html"),
    "risk-review": Template(_l("We have looked at your case again"), "letters/risk-review.html"),
    "needs-review": Template(_l("Is this still the right way to write to you?"), "letters/needs-review.html"),
    "interpreter-booked": Template(_l("An interpreter is booked for you"), "letters/interpreter-booked.html"),
    "interpreter-not-there": Template(_l("About your interpreter"), "letters/interpreter-not-there.html"),
    "maintenance-notice": Template(_l("Work that we are planning"), "letters/maintenance-notice.html"),
}
# Their title is a colleague's, like their words.
TITLED = ("letter",)
ACKNOWLEDGING = ("acknowledgement", "stage-2-acknowledgement")
NAMES = ("acknowledgement", "receipt", *LETTERS)


class NoSuchLetter(LookupError):
    """No letter has this name. The message lists those that exist."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no letter is called {name!r}: write one of {', '.join(NAMES)}")


def template_for(case: Case, name: str) -> Template:
    """Raises NoSuchLetter."""
    match name:
        case "acknowledgement":
            return ACKNOWLEDGEMENTS[case.kind]
        case "receipt":
            return RECEIPTS.get(case.kind, USUAL_RECEIPT)
    if name not in LETTERS:
        raise NoSuchLetter(name)
    return LETTERS[name]


def title_of(case: Case, name: str, language: str | None = None, given: Mapping[str, Any] | None = None) -> str:
    """Of a free letter: the one in ``given``, on one line; ours, until it is translated. Raises NoSuchLetter."""
    template = template_for(case, name)
    if name in TITLED and given and given.get("title"):
        title = _title_in(language or case.language, given)
        if title is not None:
            return " ".join(title.split())
    with speaking(language or case.language):
        return str(template.title)


def _title_in(language: str, given: Mapping[str, Any]) -> str | None:
    """As it was typed, or as it was translated."""
    typed = our_words.source_of(str(given["title"]), str(given.get("words_language") or language))
    return typed.words if typed.language == language else translated([typed], language).get(typed)


def compose(
    case: Case, name: str, landlord: Landlord, language: str | None = None, given: Mapping[str, Any] | None = None
) -> str:
    """The letter's body: what ``app.formats.document.parse`` reads. ``language`` is the case's own when left out.

    ``given`` is what a room above adds to the case: the findings of an answer, a new date.

    Raises NoSuchLetter, and LetterLacks where an item that this letter must have is missing.
    """
    return written(case, name, landlord, language, given).html


def written(
    case: Case, name: str, landlord: Landlord, language: str | None = None, given: Mapping[str, Any] | None = None
) -> our_words.Written:
    """The same, and what of it colleagues typed in another language. Raises as ``compose`` does."""
    template = template_for(case, name)
    refuse_if_lacking(case, name, landlord, given or {})
    tag = language or case.language
    with speaking(tag):
        # Not render_template: a letter is made by the worker too, and knows no page, session or request.
        page = current_app.jinja_env.get_template(template.path)
        words = {**_words_for(case, name, landlord), "given": given or {}}
        return our_words.write(
            tag,
            lambda typed: translated(typed, tag),
            lambda ours, left: page.render({**words, **ours.names, "not_translated": left}),
        )


def _words_for(case: Case, name: str, landlord: Landlord) -> dict[str, object]:
    contact = case.contacts[0]
    said = contact.answers
    labels = {standard.key: standard.label for standard in landlord.standards}
    return {
        "case": case,
        "contact": contact,
        "said": said,
        "tenant": case.tenant,
        "landlord": landlord,
        "handler": case.handler,
        "handler_phone": facts.phone_from(case.handler.phone) if case.handler and case.handler.phone else None,
        "service": next((_(each.label) for each in landlord.services if each.key == said.get("service")), None),
        "team": _(landlord.team),
        "answers": answers.told(contact, landlord),
        "about_you": about_you.told(case.tenant, case.language),
        "promises": promised.lines(case, labels, is_acknowledged=name in ACKNOWLEDGING, is_answered=name == "answer"),
        "quoted": quoted,
        "set_out": set_out,
        "sentence": sentence,
        "police": POLICE,
        "shows_identity": shows_identity(landlord),
        "needs": about_you.needs_told(case.tenant.needs, case.language) if name == "needs-review" else (),
        "needs_recorded_at": case.tenant.needs.recorded_at,
        "on_a_list": False,
    }


def shows_identity(landlord: Landlord) -> bool:
    """Whether it promises that whoever comes shows an identity card (L43)."""
    return any(each.key == CALL_AHEAD for each in landlord.undertakings)


def quoted(words: str, language: str) -> Markup:
    """What somebody wrote, as they wrote it, a paragraph a line, in the language that they wrote."""
    paragraphs = Markup("\n").join(Markup("<p>{}</p>").format(line) for line in words.split("\n") if line.strip())
    return Markup('<blockquote lang="{}">\n{}\n</blockquote>').format(language, paragraphs)
