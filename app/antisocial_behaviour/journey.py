"""The order of a report's questions, and when each is asked."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.antisocial_behaviour import contact_forms, forms
from app.journeys.forms import NothingAsked, QuestionForm
from app.journeys.questions import Answers, Journey, Question, Row
from app.landlords.standards import Landlord
from app.letters.answers_antisocial_behaviour import INCIDENTS, PARTS, incident_key
from app.reception import questions as shared

Applies = Callable[[Answers, Landlord], bool]


def is_domestic_abuse(answers: Answers, landlord: Landlord) -> bool:
    """By the kind that was chosen, or by who is doing it."""
    kinds = {kind.key for kind in landlord.antisocial_behaviour_kinds if kind.is_domestic_abuse}
    return bool(kinds & set(answers.get("behaviour_kinds") or ())) or answers.get("done_by") == "somebody-close"


def tells_incident(number: int) -> Applies:
    key, wanted = ("wants_diary", "yes") if number == 1 else (forms.another_key(number - 1), "yes")
    return lambda answers, landlord: answers.get(key) == wanted


def incident_in_one(number: int) -> Callable[[QuestionForm], Iterator[Row]]:
    """One row on the check page, a line a part; whether there is another incident is seen from the next row."""
    parts = [incident_key(part, number) for part in PARTS]

    def rows(form: QuestionForm) -> Iterator[Row]:
        lines = [form[part].in_words() for part in parts]
        yield Row(_("Incident %(number)s", number=number), "\n".join(line for line in lines if line))

    return rows


def is_anonymous(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("stay_anonymous") == "yes"


def gives_a_name(answers: Answers, landlord: Landlord) -> bool:
    """Also before that is known: "question 3 of 22" promises too many pages rather than too few."""
    return answers.get("stay_anonymous") != "yes"


def may_be_contacted(answers: Answers, landlord: Landlord) -> bool:
    return gives_a_name(answers, landlord) and answers.get("may_contact") != "no"


def has_several_safe_ways(answers: Answers, landlord: Landlord) -> bool:
    return may_be_contacted(answers, landlord) and len(answers.get("safe_ways") or ()) > 1


def is_safe(*ways: str) -> Applies:
    """Any of these ways: email, phone, letter."""
    return lambda answers, landlord: (
        may_be_contacted(answers, landlord) and bool(set(ways) & set(answers.get("safe_ways") or ()))
    )


def both(first: Applies, second: Applies) -> Applies:
    return lambda answers, landlord: first(answers, landlord) and second(answers, landlord)


def only(question: Question, applies: Applies) -> Question:
    """A question that forms share, asked where this applies too."""
    return replace(question, applies=both(applies, question.applies))


RISK_PAGE = "antisocial_behaviour/risk_question.html"  # says how the answers are used
has_letters = is_safe("email", "letter")

BEFORE = Question(
    "before-you-start",
    _l("Before you start"),
    NothingAsked,
    template="antisocial_behaviour/before_you_start.html",
)
ABUSE = Question(
    "help-for-you",
    _l("You are not alone: there is help"),
    NothingAsked,
    is_domestic_abuse,
    "antisocial_behaviour/help_for_you.html",
)
WHAT_IS_HAPPENING = (
    Question("what-is-happening", _l("What is happening?"), forms.Kinds),
    Question("who-does-it", _l("Who is doing it?"), forms.DoneBy),
    ABUSE,
    Question("what-happened", _l("What happened?"), forms.WhatHappened),
    Question("diary", _l("Do you want to write down each time it happened?"), forms.WantsDiary),
    *(
        Question(
            f"incident-{number}",
            _l("Incident %(number)s: what happened?", number=number),
            forms.INCIDENT_FORMS[number],
            tells_incident(number),
            rows=incident_in_one(number),
        )
        for number in INCIDENTS
    ),
    Question("how-often", _l("How often does it happen?"), forms.HowOften),
    Question("where", _l("Where does it happen?"), forms.Places),
)
HOW_BAD_IT_IS = (
    Question("who-is-affected", _l("Who does it affect?"), forms.Affected, template=RISK_PAGE),
    Question("afraid", _l("Are you afraid?"), forms.Afraid, template=RISK_PAGE),
    Question("harm", _l("What did it do to you, or to others?"), forms.Harmed, template=RISK_PAGE),
    Question("danger", _l("How dangerous is it?"), forms.Danger, template=RISK_PAGE),
    Question("more-care", _l("Is one of these people affected?"), forms.Vulnerable, template=RISK_PAGE),
    Question("because-of", _l("Do you think this happened because of one of these?"), forms.Hate, template=RISK_PAGE),
    Question("others-know", _l("Who knows about it already?"), forms.OthersKnow),
)
WHO_REPORTS = (
    Question("your-name-or-not", _l("Do you want to give your name?"), contact_forms.StayAnonymous),
    Question("place-address", _l("What is the address of the place?"), contact_forms.PlaceAddress, is_anonymous),
    only(shared.NAME, gives_a_name),
    only(shared.ADDRESS, gives_a_name),
    Question("may-we-contact-you", _l("May we contact you?"), contact_forms.MayContact, gives_a_name),
    Question("safe-ways", _l("Which ways to contact you are safe?"), contact_forms.SafeWays, may_be_contacted),
    replace(shared.ANSWER_BY, form=contact_forms.BestWay, applies=has_several_safe_ways),
    replace(shared.EMAIL, applies=is_safe("email")),
    replace(shared.PHONE, applies=is_safe("phone")),
    only(shared.SAFE_TIMES, may_be_contacted),
    only(shared.INTERPRETER, may_be_contacted),
    only(shared.LETTER_LANGUAGE, has_letters),
    replace(shared.LETTERS, form=contact_forms.SafeLetterFormat, applies=has_letters),
    only(shared.PRINT_SIZE, has_letters),
    only(shared.BRAILLE_GRADE, has_letters),
    only(shared.KEEP_NOTE, may_be_contacted),
)
ANTISOCIAL_BEHAVIOUR = Journey(
    "antisocial-behaviour",
    (BEFORE, *WHAT_IS_HAPPENING, *HOW_BAD_IT_IS, shared.ATTACH, *WHO_REPORTS),
    check_template="antisocial_behaviour/check.html",
    is_sensitive=True,
)
