"""Every form that the site has, and the ways through each: what holds for all of them is proved from here.

A form that is new is in at once: its name is read from the application, its ways from its own questions. Only where a
question takes no words of ours (``ANSWERS``) does it need a line here.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path as File
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from app import create_app
from app.extensions import db
from app.journeys.carrying import journeys_of
from app.journeys.fields import Choice, Choices
from app.journeys.forms import QuestionForm
from app.journeys.questions import Ending, Journey, Path, Question, Step
from app.journeys.screens import Screens
from app.landlords.standards import current_landlord
from tests.rig.databases import settings_from

Answers = Mapping[str, str | list[str]]  # by field

# What a walk answers. What is not here gets the first answer of a list, or words that name the field.
ANSWERS: dict[str, str | list[str]] = {
    "who": "customer",
    "representing_name": "Jan Nowak",
    "representing_relation": "I am his daughter.",
    "about_banding": "no",
    "what_happened": "The lift has been broken for three weeks.\nI cannot carry my shopping up.",
    "when_happened": "Since the start of November",
    "outcome_sought": "Please repair the lift & tell me <when>.",
    "raised_before": "yes",
    "raised_before_details": "I rang on 5 November.",
    "name": "Anna Nowak",
    "address_line_1": "1 High Street",
    "address_line_2": "",
    "town": "Exeter",
    "postcode": "EX1 1AA",
    "country": "",
    "contact_channel": "letter",
    "email": "anna.nowak@tenant.example",
    "phone": "07700 900123",
    "may_leave_messages": "yes",
    "safe_times": "After 6 in the evening",
    "needs_interpreter": "yes",
    "interpreter_language": "Polish",
    "format": "standard-print",
    "point_size": "24",
    "braille_grade": "2",
    "consent": "yes",
    "wants_answer": "yes",
    "stay_anonymous": "no",
    "may_contact": "yes",
    "safe_ways": ["email", "phone", "letter"],
}
# Words that lead to questions of their own.
HEARD: tuple[dict[str, str | list[str]], ...] = (
    {"what_happened": "I am not happy. I want to complain about how I was treated."},
    {"what_happened": "There is black mould on the wall of the bedroom, and my son is ill."},
)
MOST_STEPS = 80


@cache
def application(landlord: str = "livewest") -> Flask:
    """One that knows every form; its database is empty."""
    folder = File(tempfile.mkdtemp(prefix="letterbox-forms-"))
    app = create_app(settings_from(folder, f"sqlite:///{folder / 'empty.sqlite3'}", landlord))
    with app.app_context():
        db.create_all()
    return app


@cache
def forms() -> dict[str, Screens]:
    """By name, which is the form's address: ``complaint`` stands at ``/en/complaint``."""
    return dict(journeys_of(application()))


def journey(form: str) -> Journey:
    return forms()[form].journey


def names() -> list[str]:
    return sorted(forms())


@cache
def fields_by_page(form: str) -> dict[str, set[str]]:
    """By slug: the names of the fields that a question has."""
    questions = [step for step in journey(form).questions if isinstance(step, Question)]
    with asked_in("livewest"):
        return {each.slug: {field.name for field in _form(each, {}).fields_asked} for each in questions}


def is_shared(question: Step) -> bool:
    """Asked by several forms in the same words: its page is looked at once, not once a form."""
    return isinstance(question, Question) and question.form.__module__.startswith("app.reception.")


@cache
def ways(form: str, landlord: str = "livewest", *, only_own: bool = False) -> list[dict[str, str | list[str]]]:
    """Answers by field: a few ways through the form that together come to every question and every ending.

    The first is the plain one. ``only_own``: questions that forms share need not be come to.
    """
    with asked_in(landlord):
        return _few_that_reach_all(journey(form), only_own)


def unreached(form: str, landlord: str = "livewest") -> set[str]:
    """The questions that no way comes to."""
    with asked_in(landlord):
        walks = [walked(journey(form), way) for way in ways(form, landlord)]
    return {step.slug for step in journey(form).questions} - {step.slug for path in walks for step in path.steps}


@contextmanager
def asked_in(landlord: str, language: str = "en") -> Iterator[None]:
    with application(landlord).test_request_context(f"/{language}/"):
        yield


def _few_that_reach_all(journey: Journey, only_own: bool) -> list[dict[str, str | list[str]]]:
    """From each way found, each other answer of a list is tried alone; what comes further is a way too."""
    missing = {step.slug for step in journey.questions if not (only_own and is_shared(step))}
    tried = [dict(ANSWERS), *({**ANSWERS, **words} for words in HEARD)]
    found: list[dict[str, str | list[str]]] = []
    while tried and missing:
        answers = tried.pop(0)
        path = walked(journey, answers)
        reached = {step.slug for step in path.steps}
        if found and not reached & missing:
            continue
        found.append(answers)
        missing -= reached
        tried += [{**answers, **change} for change in _changes(path) if _comes_to(missing, journey, path, change)]
    return found


def _changes(path: Path) -> Iterator[dict[str, str | list[str]]]:
    """Each answer of each list on the way, alone, as what is sent for it. Of several answers, each alone and all."""
    for question in path.questions:
        for field in _form(question, path.answers_before(question)).fields_asked:
            keys = [pick.key for pick in getattr(field, "picks", ())]
            if isinstance(field, Choices):
                for key in keys:
                    yield {field.name: [key]}
                yield {field.name: keys}
            elif isinstance(field, Choice):
                for key in keys:
                    yield {field.name: key}


def _comes_to(missing: set[str], journey: Journey, path: Path, change: Answers) -> bool:
    """Whether the change alone leads to a question that nobody came to yet. Asks no form, so it is quick."""
    by_question = {
        slug: {name: change.get(name, value) for name, value in kept.items()} for slug, kept in path.by_question.items()
    }
    return any(step.slug in missing for step in journey.path(by_question, current_landlord()).steps)


def walked(journey: Journey, answers: Answers) -> Path:
    """The path of somebody who answers so. Needs a request's context (``asked_in``)."""
    landlord = current_landlord()
    by_question: dict[str, Any] = {}
    for _step in range(MOST_STEPS):
        path = journey.path(by_question, landlord)
        step = path.first_without_answer()
        if step is None or isinstance(step, Ending):
            return path
        assert isinstance(step, Question)
        by_question[step.slug] = _answered(step, path.answers_before(step), answers)
    raise AssertionError(f"{journey.name}: the path never ends")


def _answered(question: Question, before: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    given: MultiDict[str, Any] = MultiDict()
    for field in _form(question, before).fields_asked:
        if isinstance(field, Choice | Choices):
            keys = [pick.key for pick in field.picks]
            wanted = answers.get(field.name, keys[:1])
            chosen = [wanted] if isinstance(wanted, str) else wanted
            given.setlist(field.name, [key for key in chosen if key in keys] or keys[:1])
        else:
            given[field.name] = answers.get(field.name, words_for(field.name))
    return _form(question, before, given).kept()


def words_for(name: str) -> str:
    """What is typed where nothing better is known."""
    return f"Words for {name.replace('_', ' ')}"


def _form(question: Question, before: Mapping[str, Any], given: MultiDict[str, Any] | None = None) -> QuestionForm:
    return question.form(landlord=current_landlord(), answers=before, formdata=given, meta={"csrf": False})
