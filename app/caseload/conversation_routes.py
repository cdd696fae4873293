"""Conversations of a case: written down, and sent to the tenant on request."""

from datetime import UTC, datetime
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, DateTimeLocalField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from app.caseload import conversations
from app.caseload.conversations import Agreed, conversations_of
from app.caseload.days import MOMENTS
from app.caseload.routes import back_to, case_page, caseload, held, looked_at
from app.caseload.words import CHANNELS, language_name
from app.cases.case_actions import CaseIsClosed
from app.cases.casework_models import Conversation
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db
from app.languages import STAFF_LANGUAGES
from app.staff.actions import active_staff
from app.staff.doors import acting_staff_member
from app.tenants.words import typed, typed_line

HERE = "caseload.see_the_conversations"
LINES = (1, 2, 3, 4, 5)  # things that one talk may agree on
LINE = ("words", "owner", "due_on")
TALKED = ("phone", "visit", "chat", "social", "voicemail")
WRITTEN = ["%d/%m/%Y", "%d %m %Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]


class TalkForm(FlaskForm):
    held_at = DateTimeLocalField(_l("When you talked"), format=MOMENTS)
    channel = SelectField(_l("How you talked"), validate_choice=False)
    summary = TextAreaField(_l("What you talked about"))
    written_in = SelectField(_l("Language that you write in"), validate_choice=False)
    wants_letter = BooleanField(_l("The tenant wants this in writing: make the letter"))

    def __init__(self, case: Case, now: datetime, **kwargs: Any) -> None:
        usual = {"held_at": now.astimezone(LONDON).replace(tzinfo=None), "written_in": case.language}
        super().__init__(data=usual, **kwargs)
        self.channel.choices = [(key, CHANNELS[key]) for key in TALKED]
        tags = dict.fromkeys((case.language, *STAFF_LANGUAGES))
        self.written_in.choices = [(tag, language_name(tag)) for tag in tags]
        people = [("", _("Choose a colleague")), *((str(one.id), one.name) for one in active_staff())]
        for number in LINES:
            self[f"owner_{number}"].choices = people

    def check(self, now: datetime) -> bool:
        """All that this form asks for, with each mistake at its field."""
        is_right = self.validate()
        if not typed(self.summary.data):
            self.summary.errors = [_("Enter what you talked about")]
        if self.channel.data not in TALKED:
            self.channel.errors = [_("Choose how you talked")]
        if self.held_at.data is None:
            self.held_at.errors = [_("Enter a day and a time, such as 23 11 2026 14:30")]
        elif self.moment > now:
            self.held_at.errors = [_("Enter a time that is not in the future")]
        for number in LINES:
            self._check_line(number)
        return is_right and not self.errors

    def _check_line(self, number: int) -> None:
        words, owner, due_on = (self[f"{name}_{number}"] for name in LINE)
        if not (typed_line(words.data) or owner.data or (due_on.raw_data and any(due_on.raw_data))):
            return
        if not typed_line(words.data):
            words.errors = [_("Enter what was agreed")]
        if owner.data not in {value for value, _label in owner.choices if value}:
            owner.errors = [_("Choose who does it")]
        if due_on.data is None:
            due_on.errors = [_("Enter the day by which it is done, such as 4 12 2026")]

    @property
    def later_lines_are_used(self) -> bool:
        return any(self[f"{name}_{n}"].data or self[f"{name}_{n}"].errors for n in LINES[1:] for name in LINE)

    @property
    def moment(self) -> datetime:
        return self.held_at.data.replace(tzinfo=LONDON).astimezone(UTC)

    def agreed(self) -> list[Agreed]:
        people = {str(one.id): one for one in active_staff()}
        return [
            Agreed(
                typed_line(self[f"words_{number}"].data) or "",
                people[self[f"owner_{number}"].data],
                self[f"due_on_{number}"].data,
            )
            for number in LINES
            if typed_line(self[f"words_{number}"].data)
        ]


for _number in LINES:
    setattr(TalkForm, f"words_{_number}", StringField(_l("What was agreed")))
    setattr(TalkForm, f"owner_{_number}", SelectField(_l("Who does it"), validate_choice=False))
    setattr(TalkForm, f"due_on_{_number}", DateField(_l("By when"), format=WRITTEN, validators=[Optional()]))


@caseload.get("/cases/<reference>/conversations")
def see_the_conversations(reference: str) -> ResponseReturnValue:
    case, now = looked_at(reference), datetime.now(UTC)
    return _page(case, TalkForm(case, now, formdata=None))


@caseload.post("/cases/<reference>/conversations")
def record_a_conversation(reference: str) -> ResponseReturnValue:
    case, now, who = held(reference), datetime.now(UTC), acting_staff_member()
    form = TalkForm(case, now)
    if not form.check(now):
        return _page(case, form, 422)
    try:
        talk = conversations.record_conversation(
            case,
            form.moment,
            form.channel.data,
            typed(form.summary.data) or "",
            form.agreed(),
            now,
            who,
            written_in=_language(case, form.written_in.data),
        )
    except CaseIsClosed:
        form.words_1.errors = [_("The case is closed: open it again before something new is agreed")]
        db.session.rollback()
        return _page(looked_at(reference), form, 422)
    if form.wants_letter.data:
        conversations.write_follow_up(talk, _language(case, form.written_in.data), now, who)
    db.session.commit()
    done = _("Saved. The letter is on the overview, to be sent.") if form.wants_letter.data else _("Saved.")
    return back_to(HERE, case, done)


@caseload.post("/cases/<reference>/conversations/<int:talk_id>/letter")
def write_the_follow_up(reference: str, talk_id: int) -> ResponseReturnValue:
    case, now = held(reference), datetime.now(UTC)
    talk = db.session.get(Conversation, talk_id)
    if talk is None or talk.case_id != case.id:
        abort(404)
    conversations.write_follow_up(talk, conversations.language_of(talk), now, acting_staff_member())
    db.session.commit()
    return back_to(HERE, case, _("The letter is on the overview, to be sent."))


def _language(case: Case, tag: str | None) -> str:
    return tag if tag in {case.language, *STAFF_LANGUAGES} and tag else case.language


def _page(case: Case, form: TalkForm, status: int = 200) -> ResponseReturnValue:
    return case_page(
        "caseload/conversations.html",
        case,
        status,
        form=form,
        talks=conversations_of(case),
        lines=LINES,
        has_errors=bool(form.errors),
    )
