"""What a reviewer fills in."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.measures.checks import ANSWER_WORDS, NO, PARTLY, QUESTIONS

NOTES = 4000  # characters


class CheckForm(FlaskForm):
    """One answer to each question, and a note where something could have been better."""

    notes = TextAreaField(_l("What could have been better, or was done well"), [Length(max=NOTES)])

    def validate_notes(self, field: TextAreaField) -> None:
        given = {self[question].data for question in QUESTIONS}
        if given & {NO, PARTLY} and not (field.data or "").strip():
            raise ValidationError(_("Write what could have been better"))

    def answers(self) -> dict[str, Any]:
        return {question: self[question].data for question in QUESTIONS}


for _question, _label in QUESTIONS.items():
    setattr(
        CheckForm,
        _question,
        RadioField(
            _label, [InputRequired(_l("Choose an answer"))], choices=list(ANSWER_WORDS.items()), validate_choice=True
        ),
    )
