"""What the contact log asks beside the form: whether this contact solved it (L07), and which call it came of."""

from datetime import datetime
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from app.caseload import call_backs
from app.caseload.answer_forms import YES_OR_NO
from app.caseload.closing_at_once import close_if_nothing_is_owed
from app.cases.actions import add_event
from app.cases.first_contact import record_first_contact
from app.cases.models import Case
from app.journeys.fields import Choice, Line
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.reception.answering import answered_by_voice

SPOKEN = ("phone", "visit", "chat")


class SolvedForm(QuestionForm):
    """Not answered: nobody has said. Its answers are no part of the record that opens the case."""

    solved = Choice(_l("Did you solve it in this contact?"), YES_OR_NO, reveals={"yes": "solved_how"})
    solved_how = Line(_l("What was done"), longest=1000)

    @classmethod
    def sent(cls) -> Self:
        return cls(landlord=current_landlord(), answers={}, meta={"csrf": False})

    @classmethod
    def at_first(cls) -> Self:
        return cls(landlord=current_landlord(), answers={}, formdata=None, meta={"csrf": False})

    def prepare(self) -> None:
        if self.solved.data == "yes":
            self.solved_how.needed = _l("Enter what was done")

    def validate(self, extra_validators: Any = None) -> bool:
        """The question may be left open."""
        is_right = super().validate(extra_validators)
        if not self.solved.data:
            self.solved.errors = self.solved_how.errors = []
            return True
        return bool(is_right)


def solved_in_this_contact(case: Case, said: SolvedForm, at: datetime, who: str) -> None:
    """A question that was answered in the talk is answered, and closed if nothing more is promised; a complaint goes
    on, whatever was done (V07, L33). No commit."""
    if not said.solved.data:
        return
    is_solved, done = said.solved.data == "yes", said.solved_how.data or ""
    record_first_contact(case, is_solved, done, at, who)
    channel = case.contacts[0].channel
    if is_solved and case.kind == "enquiry" and channel in SPOKEN:
        answered_by_voice(case, channel, done, at, who)
        close_if_nothing_is_owed(case, "answered", at, who)


def came_of_a_call(case: Case, reference: str | None, at: datetime, who: str) -> None:
    if reference and call_backs.with_reference(reference):
        add_event(case, "call_back_led_here", at, who, reference=reference)


def answers_of_a_call(reference: str | None) -> MultiDict[str, str] | None:
    """What the call-back knows already, by the fields of the log; None without one."""
    call_back = call_backs.with_reference(reference) if reference else None
    if call_back is None:
        return None
    known = {
        "name": call_back.name,
        "phone": call_back.phone,
        "what_happened": call_back.about,
        "may_leave_messages": "yes" if call_back.may_leave_messages else "no",
        "needs_interpreter": "yes" if call_back.interpreter_language else None,
        "interpreter_language": call_back.interpreter_language,
    }
    return MultiDict({name: words for name, words in known.items() if words})
