"""The order of a complaint's questions, and when each is asked."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.complaints import forms, needs_forms
from app.dispatch.actions import FORMATS_BY_EMAIL
from app.journeys.forms import QuestionForm
from app.journeys.questions import Answers, Ending, Journey, Question, Row
from app.landlords.standards import Complainant, Landlord


def _complainant(answers: Answers, landlord: Landlord) -> Complainant | None:
    return next((one for one in landlord.who_may_complain if one.key == answers.get("who")), None)


def is_for_somebody_else(answers: Answers, landlord: Landlord) -> bool:
    complainant = _complainant(answers, landlord)
    return complainant is not None and complainant.needs_permission


def may_be_about_banding(answers: Answers, landlord: Landlord) -> bool:
    complainant = _complainant(answers, landlord)
    return complainant is not None and complainant.may_ask_about_banding


def is_about_banding(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("about_banding") == "yes"


def wants_email(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("contact_channel") == "email"


def wants_phone(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("contact_channel") == "phone"


def has_a_choice_of_languages(answers: Answers, landlord: Landlord) -> bool:
    return len(landlord.languages) > 1


def wants_large_print(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("format") == "large-print"


def wants_braille(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("format") == "braille"


def needs_email_for_letters(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("format") in FORMATS_BY_EMAIL and not answers.get("email")


def _address_in_one(form: QuestionForm) -> Iterator[Row]:
    lines = [field.in_words() for field in form.fields_asked]
    yield Row(_("Your address"), "\n".join(line for line in lines if line))


COMPLAINT = Journey(
    "complaint",
    (
        Question("who-you-are", _l("Who are you?"), forms.Who),
        Question("who-for", _l("Who are you complaining for?"), forms.Representing, is_for_somebody_else),
        Question("permission", _l("Did they agree that you speak for them?"), forms.Permission, is_for_somebody_else),
        Question("banding", _l("Is it about your place on the housing list?"), forms.Banding, may_be_about_banding),
        Ending("the-council", _l("Your council deals with this"), "complaints/the_council.html", is_about_banding),
        Question("what-happened", _l("What happened?"), forms.WhatHappened),
        Question("when", _l("When did it happen?"), forms.When),
        Question("service", _l("What is your complaint about?"), forms.Service),
        Question("outcome", _l("What would put it right?"), forms.Outcome),
        Question("told-before", _l("Did you tell us about this before?"), forms.RaisedBefore),
        Question("name", _l("What is your name?"), forms.Name),
        Question("address", _l("What is your address?"), forms.Address, rows=_address_in_one),
        Question("answer-by", _l("How should we answer you?"), forms.AnswerBy),
        Question("email", _l("What is your email address?"), forms.Email, wants_email),
        Question("phone", _l("What is your phone number?"), forms.PhoneNumber, wants_phone),
        Question("safe-times", _l("When is it safe and easy to contact you?"), needs_forms.SafeTimes),
        Question("interpreter", _l("Do you need an interpreter when we talk?"), needs_forms.Interpreter),
        Question(
            "letter-language",
            _l("Which language should our letters be in?"),
            needs_forms.LetterLanguage,
            has_a_choice_of_languages,
        ),
        Question("letters", _l("How should our letters be made?"), needs_forms.LetterFormat),
        Question("print-size", _l("How large should the print be?"), needs_forms.PrintSize, wants_large_print),
        Question("braille-grade", _l("Which grade of braille do you read?"), needs_forms.BrailleGrade, wants_braille),
        Question(
            "email-for-letters",
            _l("Which email address should we send our letters to?"),
            forms.Email,
            needs_email_for_letters,
        ),
        Question("note", _l("May we keep a note of how to contact you?"), needs_forms.KeepNote),
    ),
    check_template="complaints/check.html",
)
