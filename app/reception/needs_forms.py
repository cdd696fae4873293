"""The questions about how to write to and talk with the person."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.languages import LANGUAGES, current_language

LONGEST_SAFE_TIMES = 1_000  # characters
LONGEST_INTERPRETER_LANGUAGE = 100
NO_MATTER = "any"
POINT_SIZES = (16, 18, 20, 24, 28)


class WhoInterprets(Choice):
    """Whether a woman or a man should interpret. Who chooses nothing has said that it does not matter."""

    def __init__(self, **kwargs: Any) -> None:
        picks = [
            Pick(NO_MATTER, _l("It does not matter")),
            Pick("woman", _l("A woman")),
            Pick("man", _l("A man")),
        ]
        needed = _l("Choose whether you need an interpreter")
        super().__init__(_l("Who should interpret"), picks, needed=needed, default=NO_MATTER, **kwargs)

    def process_data(self, value: Any) -> None:
        super().process_data(value or NO_MATTER)


class SafeTimes(QuestionForm):
    safe_times = Text(
        _l("When it is safe and easy to contact you"),
        hint=_l("For example: after 6 in the evening, but not on Fridays. You can leave this empty."),
        longest=LONGEST_SAFE_TIMES,
        rows=3,
    )


class Interpreter(QuestionForm):
    needs_interpreter = Choice(
        _l("Interpreter"),
        [Pick("no", _l("No")), Pick("yes", _l("Yes"))],
        hint=_l("An interpreter is free. Sign language is included."),
        needed=_l("Choose whether you need an interpreter"),
        reveals={"yes": ("interpreter_language", "interpreter_prefers")},
    )
    interpreter_language = Line(
        _l("Language of the interpreter"),
        hint=_l("For example: Polish, or British Sign Language."),
        longest=LONGEST_INTERPRETER_LANGUAGE,
    )

    interpreter_prefers = WhoInterprets()

    def prepare(self) -> None:
        if self.needs_interpreter.data == "yes":
            self.interpreter_language.needed = _l("Enter the language of the interpreter")


class LetterLanguage(QuestionForm):
    letter_language = Choice(_l("Language of our letters"), needed=_l("Choose the language of our letters"))

    def prepare(self) -> None:
        offered = [LANGUAGES[tag] for tag in self.landlord.languages if tag in LANGUAGES]
        self.letter_language.offer([Pick(each.tag, each.own_name, language=each.tag) for each in offered])
        if self.letter_language.data is None:
            self.letter_language.data = current_language().tag


class LetterFormat(QuestionForm):
    format = Choice(
        _l("How our letters should be made"),
        [
            Pick("standard-print", _l("Printed, in the usual size")),
            Pick("large-print", _l("Printed, in large print"), hint=_l("You choose the size next.")),
            Pick("braille", _l("Braille"), hint=_l("You choose the grade next.")),
            Pick("audio", _l("Sound file"), hint=_l("To hear on a phone or computer. We send it by email.")),
            Pick(
                "talking-book",
                _l("Talking book"),
                hint=_l("Words and sound together, for a player or an app. We send it by email."),
            ),
            Pick("audio-cd", _l("Audio CD"), hint=_l("A disc to hear. We send it by post.")),
            Pick("html", _l("Web page"), hint=_l("Works well with a screen reader. We send it by email.")),
            Pick("text", _l("Plain text"), hint=_l("Only words, without layout. We send it by email.")),
        ],
        hint=_l("We can write to you in the way that you find easiest. It is free."),
        needed=_l("Choose how our letters should be made"),
    )


class PrintSize(QuestionForm):
    point_size = Choice(
        _l("Size of the print"),
        # Each is shown at the size that it will have on paper: the classes are in assets/sass/_pages.scss.
        [
            Pick(str(points), _l("Print of %(points)s points", points=points), classes=f"print-{points}")
            for points in POINT_SIZES
        ],
        hint=_l("Choose the smallest that is easy for you to read."),
        needed=_l("Choose the size of the print"),
    )
    paper = Choice(
        _l("Colour of the paper"),
        [
            Pick("white", _l("White")),
            Pick("yellow", _l("Yellow")),
            Pick("cream", _l("Cream")),
            Pick("blue", _l("Blue")),
        ],
        hint=_l("Some people read black print more easily on a colour."),
        needed=_l("Choose the colour of the paper"),
    )

    def prepare(self) -> None:
        if self.paper.data is None:
            self.paper.data = "white"


class BrailleGrade(QuestionForm):
    braille_grade = Choice(
        _l("Grade of braille"),
        [
            Pick("1", _l("Grade 1"), hint=_l("Every letter is written out.")),
            Pick("2", _l("Grade 2"), hint=_l("Many words are shortened. Good if you read braille often.")),
        ],
        needed=_l("Choose the grade of braille"),
    )


class KeepNote(QuestionForm):
    consent = Choice(
        _l("Keeping a note of how to contact you"),
        [
            Pick("yes", _l("Yes, keep it for next time")),
            Pick("no", _l("No, use it only for what I am sending now")),
        ],
        hint=_l(
            "The note says how to write to you and talk with you. With it, you do not have to tell us again. Only "
            "people who deal with you can see it, and you can ask us to delete it at any time."
        ),
        needed=_l("Choose whether we may keep the note"),
    )
