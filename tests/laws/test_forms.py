"""What holds for every form: its words come back in the letters, and nobody has to prove or to pick anything."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from app.journeys.fields import Choice, Choices, Line, Text
from app.journeys.forms import QuestionForm
from app.journeys.questions import Question
from app.landlords.standards import current_landlord
from app.letters.answers import told
from app.reception.answers import ABOUT_THE_PERSON
from tests.journeys.every_form import asked_in, journey, names, walked, ways
from tests.laws.source import APP, PROJECT, TEMPLATES, named

LANDLORDS = ["livewest", "livv"]
OPENS_NO_CASE = {"call-back"}  # a call-back is no case: no letter repeats it
LEADS_ON = re.compile(r"wants_diary|incident_\d_another")  # asked only to know what to ask next: told by what follows
# WCAG 1.3.5, Identify Input Purpose: the fields for the person who fills the form in, with HTML's tokens.
TOKENS = {
    "name": "name",
    "email": "email",
    "phone": "tel",
    "address_line_1": "address-line1",
    "address_line_2": "address-line2",
    "town": "address-level2",
    "postcode": "postal-code",
    "country": "country-name",
}
DATE_PICKER = re.compile(r"""type=["']?(date|time|datetime-local|month|week)\b""")


def asked(form: str, landlord: str) -> Iterator[tuple[Question, QuestionForm]]:
    """Each question of the form, as it stands where it is asked."""
    seen: set[str] = set()
    for way in ways(form, landlord):
        path = walked(journey(form), way)
        for question in path.questions:
            if question.slug not in seen:
                seen.add(question.slug)
                before = path.answers_before(question)
                yield question, question.form(landlord=current_landlord(), answers=before, meta={"csrf": False})


def as_a_letter_says(form: str, name: str, answer: Any) -> tuple[str, str]:
    """The question and the answer."""
    contact = SimpleNamespace(answers={name: answer}, purpose="opening", case=SimpleNamespace(kind=form))
    (line,) = told(contact, current_landlord())  # type: ignore[arg-type]
    return line.question, line.words


def differences(form: str, name: str, field: Any) -> Iterator[str]:
    """Where the letter says something else than the form."""
    picks = [(pick.key, str(pick.words)) for pick in getattr(field, "picks", ())] or [("Some words", "Some words")]
    for answer, words in picks:
        said = as_a_letter_says(form, name, [answer] if isinstance(field, Choices) else answer)
        if said != (str(field.label.text), words):
            yield f"{name}: {said} instead of {(str(field.label.text), words)}"


@pytest.mark.parametrize("landlord", LANDLORDS)
@pytest.mark.parametrize("form", [form for form in names() if form not in OPENS_NO_CASE])
def test_a_letter_repeats_each_answer_in_the_words_of_the_form(form: str, landlord: str) -> None:
    wrong: list[str] = []
    with asked_in(landlord):
        for _question, fields in asked(form, landlord):
            for field in fields.fields_asked:
                is_told = field.name not in ABOUT_THE_PERSON and not LEADS_ON.fullmatch(field.name)
                if is_told and isinstance(field, Line | Text | Choice | Choices):
                    wrong += differences(form, field.name, field)
    assert not wrong


@pytest.mark.parametrize("form", names())
def test_fields_for_the_person_say_so_to_the_browser(form: str) -> None:
    with asked_in("livewest"):
        for question, fields in asked(form, "livewest"):
            for field in fields.fields_asked:
                if isinstance(field, Line | Text):
                    token = TOKENS.get(field.name)
                    assert field.autocomplete in (token, *(() if token else ("off",))), f"{question.slug}: {field.name}"
                    assert token is None or f'autocomplete="{token}"' in str(fields.shown())


@pytest.mark.parametrize("form", names())
def test_nobody_has_to_pick_a_date(form: str) -> None:
    """A day is typed, or chosen from a few: calendars that open are hard on a small screen and without a mouse."""
    with asked_in("livewest"):
        for question, fields in asked(form, "livewest"):
            assert not DATE_PICKER.search(str(fields.shown())), question.slug


def test_no_template_holds_a_date_picker() -> None:
    assert DATE_PICKER.search('<input name="day" type="date">')
    assert [named(path) for path in TEMPLATES.rglob("*.html") if DATE_PICKER.search(path.read_text())] == []


def test_nobody_has_to_prove_that_they_are_human() -> None:
    """No puzzle, no picture to read, no service that watches: not in pages, not in code, not in what is installed."""
    puzzle = re.compile(r"captcha|turnstile|altcha", re.IGNORECASE)
    places = [*TEMPLATES.rglob("*.html"), *APP.rglob("*.py"), *(PROJECT / "assets").rglob("*.js")]
    places += [PROJECT / "pyproject.toml", PROJECT / "package.json"]
    assert puzzle.search("g-reCAPTCHA")
    assert [named(path) for path in places if puzzle.search(path.read_text(encoding="utf-8"))] == []
