"""The order of the questions to somebody who wants a page in another format: as few as it takes to send it."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.enquiries.page_forms import WhatYouWant
from app.journeys.questions import Answers, Journey, Question
from app.landlords.standards import Landlord
from app.reception.questions import ANSWER_BY, BRAILLE_GRADE, EMAIL, PERSON, PHONE, PRINT_SIZE

FIRST = "what-you-want"


def wants_large_print(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("way_wanted") == "large-print"


def wants_braille(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("way_wanted") == "braille"


PAGE_FORMAT = Journey(
    "another-format",
    (
        Question(FIRST, _l("How do you want the page?"), WhatYouWant),
        replace(PRINT_SIZE, applies=wants_large_print),
        replace(BRAILLE_GRADE, applies=wants_braille),
        *PERSON,
        ANSWER_BY,
        EMAIL,
        PHONE,
    ),
    check_template="enquiries/check_page_format.html",
)
