"""The questions that forms share, in the order in which forms ask them."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.journeys.attaching import attach_question
from app.journeys.forms import QuestionForm
from app.journeys.questions import Answers, Question, Row
from app.landlords.standards import Landlord
from app.reception import danger_forms, needs_forms, person_forms
from app.reception.dangers import is_dangerous, sounds_dangerous, turns_out_an_emergency
from app.tenants.models import FORMATS_BY_EMAIL


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


WHO = Question("who-you-are", _l("Who are you?"), person_forms.Who)
NAME = Question("name", _l("What is your name?"), person_forms.Name)
ADDRESS = Question("address", _l("What is your address?"), person_forms.Address, rows=_address_in_one)
ANSWER_BY = Question("answer-by", _l("How should we answer you?"), person_forms.AnswerBy)
EMAIL = Question("email", _l("What is your email address?"), person_forms.Email, wants_email)
PHONE = Question("phone", _l("What is your phone number?"), person_forms.PhoneNumber, wants_phone)
SAFE_TIMES = Question("safe-times", _l("When is it safe and easy to contact you?"), needs_forms.SafeTimes)
INTERPRETER = Question("interpreter", _l("Do you need an interpreter when we talk?"), needs_forms.Interpreter)
LETTER_LANGUAGE = Question(
    "letter-language",
    _l("Which language should our letters be in?"),
    needs_forms.LetterLanguage,
    has_a_choice_of_languages,
)
LETTERS = Question("letters", _l("How should our letters be made?"), needs_forms.LetterFormat)
PRINT_SIZE = Question("print-size", _l("How large should the print be?"), needs_forms.PrintSize, wants_large_print)
BRAILLE_GRADE = Question(
    "braille-grade", _l("Which grade of braille do you read?"), needs_forms.BrailleGrade, wants_braille
)
EMAIL_FOR_LETTERS = Question(
    "email-for-letters",
    _l("Which email address should we send our letters to?"),
    person_forms.Email,
    needs_email_for_letters,
)
# On every form but the call-back: photos, documents, sound and film. Its answer is ``attached``: a list of names.
ATTACH = attach_question()
KEEP_NOTE = Question("note", _l("May we keep a note of how to contact you?"), needs_forms.KeepNote)

PERSON = (NAME, ADDRESS)
HOW_TO_ANSWER = (ANSWER_BY, EMAIL, PHONE, SAFE_TIMES)
NEEDS = (INTERPRETER, LETTER_LANGUAGE, LETTERS, PRINT_SIZE, BRAILLE_GRADE, EMAIL_FOR_LETTERS, KEEP_NOTE)

# Asked where the words name a danger at home.
CALL_NOW = _l("Do not wait: call now")
DANGEROUS = Question(
    "dangerous",
    _l("Is something in your home dangerous, or making somebody ill?"),
    danger_forms.DangerAtHome,
    sounds_dangerous,
)
CALL_US_NOW = Question(
    "call-us-now", CALL_NOW, danger_forms.Called, turns_out_an_emergency, template="reception/call_now.html"
)
PEOPLE_AT_RISK = Question(
    "people", _l("Do any of these people live in your home?"), danger_forms.PeopleAtRisk, is_dangerous
)
SINCE_WHEN = Question("since-when", _l("Since when has it been like this?"), danger_forms.SinceWhen, is_dangerous)
