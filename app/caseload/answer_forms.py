"""What a colleague fills in to answer a question or a suggestion."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.caseload.words import language_name
from app.cases.models import Case
from app.feedback.decisions import WILL_DO, WILL_LOOK, WILL_NOT, may_publish, wants_answer
from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.shapes import Landlord

IN_WRITING, NO_ANSWER = "letter", "no-answer"
DECISIONS = {
    WILL_DO: _l("We will do it"),
    WILL_LOOK: _l("We will look into it"),
    WILL_NOT: _l("We will not do it"),
}
YES_OR_NO = (Pick("yes", _l("Yes")), Pick("no", _l("No")))


class FirstContactForm(QuestionForm):
    """Whether the first contact solved it (L07)."""

    solved = Choice(
        _l("Did the first contact solve it?"),
        YES_OR_NO,
        needed=_l("Choose whether the first contact solved it"),
        reveals={"yes": "solved_how"},
    )
    solved_how = Line(_l("What was done"), longest=1000)

    def prepare(self) -> None:
        if self.solved.data == "yes":
            self.solved_how.needed = _l("Enter what was done")


class AnswerForm(FirstContactForm):
    how = Choice(_l("How you answer"), needed=_l("Choose how you answer"))
    decision = Choice(
        _l("Decision"), [Pick(*pair) for pair in DECISIONS.items()], needed=_l("Choose what becomes of the suggestion")
    )
    theme = SelectField(_l("Theme"), validate_choice=False)
    words = Text(
        _l("Answer"),
        hint=_l("The letter puts greeting, reference and ways to reach us around it. For a talk: what was said."),
        needed=_l("Enter the answer"),
        rows=10,
    )
    words_language = SelectField(_l("Language you write in"), validate_choice=False)
    public_words = Text(
        _l("Words to publish"),
        hint=_l("What was suggested and what becomes of it, without a name. You can leave this empty."),
        rows=4,
    )

    def __init__(self, case: Case, landlord: Landlord, can_write: bool, **kwargs: Any) -> None:
        self.case, self.can_write = case, can_write
        super().__init__(landlord=landlord, answers={}, meta={"csrf": False}, **kwargs)

    def prepare(self) -> None:
        super().prepare()
        self.how.offer(self._ways())
        self.words_language.choices = [(tag, language_name(tag)) for tag in self.landlord.languages]
        if self.words_language.data not in self.landlord.languages:
            self.words_language.data = self.landlord.languages[0]
        if self.case.kind != "suggestion":
            del self.decision, self.theme, self.public_words
            return
        self.words.label.text = _("Why")
        self.words.needed = _("Enter why")
        self.theme.choices = [(one.key, _(one.label)) for one in self.landlord.services]
        if self.theme.data not in dict(self.theme.choices):
            self.theme.data = self.case.contacts[0].answers.get("service") or self.theme.choices[-1][0]
        if not may_publish(self.case):
            del self.public_words

    def _ways(self) -> list[Pick]:
        found = [Pick(IN_WRITING, _("In writing"))] if self.can_write else []
        found += [Pick("phone", _("On the phone: already said")), Pick("visit", _("Face to face: already said"))]
        if self.case.kind == "suggestion" and not wants_answer(self.case):
            found.append(Pick(NO_ANSWER, _("No answer: they want none")))
        return found

    @property
    def given(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {field.name: field.data for field in self.fields_asked}

    @property
    def for_the_letter(self) -> dict[str, Any]:
        names = ("words", "words_language", "decision")
        return {name: self[name].data for name in names if name in self}


def first_words(draft: Mapping[str, Any] | None, case: Case) -> dict[str, Any]:
    """What the form begins with: the draft, else what is known."""
    solved = {True: "yes", False: "no", None: None}[case.solved_at_first_contact]
    return dict(draft) if draft else {"how": IN_WRITING, "solved": solved}
