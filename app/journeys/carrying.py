"""Carrying what was typed in one journey over into another: nobody types it twice.

Journeys are known by name in ``app.extensions["journeys"]``, so that no room has to know another.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, current_app, flash, redirect
from flask.sansio.app import App
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app.extensions import db
from app.journeys import drafts, steps
from app.journeys.attaching import AttachQuestion
from app.journeys.drafts import CANNOT_SAVE, AlreadySent, Bookmark
from app.journeys.fields import Line, Text
from app.journeys.forms import OnlyAButton, QuestionForm
from app.journeys.models import Draft, SavedDraft
from app.journeys.questions import Answers, Journey, Path, Question
from app.journeys.screens import Page, Screens
from app.landlords.standards import Landlord, current_landlord
from app.languages.lists import listed
from app.uploads.models import Upload

JOURNEYS = "journeys"
COMPLAINT = "complaint"
MAIN_WORDS = "what_happened"  # in every kind of contact
Known = dict[str, Any]  # answers by field
AlsoKnown = Callable[[Answers, Landlord], Mapping[str, Any]]


def remember(blueprint: Blueprint, journey: Journey) -> None:
    """Make the journey known by its name in each application that has the blueprint."""
    blueprint.record(lambda state: journeys_of(state.app).update({journey.name: Screens(journey, blueprint.name)}))


def journeys_of(app: App) -> dict[str, Screens]:
    found: dict[str, Screens] = app.extensions.setdefault(JOURNEYS, {})
    return found


def nothing_more(answers: Answers, landlord: Landlord) -> Mapping[str, Any]:
    return {}


def offer_complaint(
    blueprint: Blueprint, journey: Journey, also_known: AlsoKnown = nothing_more, tell: Collection[str] = ()
) -> None:
    """Give the journey the page ``as_a_complaint``: a button that turns what was typed into a complaint.

    ``also_known`` gives answers of the complaint form that follow from those given here. ``tell`` names choices whose
    words the complaint repeats, as it does all that was typed. The blueprint checks no tokens; this page does.
    """
    pages = Carrying(journey, Screens(journey, blueprint.name), also_known, tell)
    blueprint.add_url_rule("/as-a-complaint", "as_a_complaint", pages.carry, methods=["POST"])


class Carrying:
    """The button "make it a complaint", of one journey."""

    def __init__(self, journey: Journey, screens: Screens, also_known: AlsoKnown, tell: Collection[str]) -> None:
        self.journey, self.screens, self._also_known, self._tell = journey, screens, also_known, tell

    def carry(self) -> AnyResponse | Page:
        """To the first open question of the complaint, which knows what was typed here."""
        if OnlyAButton().is_from_elsewhere:
            return self.screens.only_words("journeys/not_carried.html", 400, trouble="token")
        try:
            return self._carry()
        except AlreadySent:  # that complaint, in another window, just now
            db.session.rollback()
            return redirect(journeys_of(current_app)[COMPLAINT].url("start"), 303)
        except CANNOT_SAVE:
            current_app.logger.exception("a %s could not be made a complaint", self.journey.name)
            db.session.rollback()
            return self.screens.only_words("journeys/not_carried.html", 503, trouble="not_saved")

    def _carry(self) -> AnyResponse:
        at, landlord = steps.now(), current_landlord()
        goal = journeys_of(current_app)[COMPLAINT]
        bookmark, source = drafts.where(self.journey.name, at)
        if source is None:
            return redirect(goal.url("start"), 303)
        known = known_in(source, self.journey, landlord)
        told = unplaced(known, self.journey, goal.journey, landlord, self._tell)
        known.update(self._also_known(dict(known), landlord))
        source_id = source.id  # what follows begins writing, and forgets what was read
        there, _draft = drafts.where(COMPLAINT, at)
        target = drafts.write(there.writing or drafts.new_id(), COMPLAINT, at)
        fill(target, goal.journey, known, told, landlord)
        _move(source_id, target.id)
        for question in goal.journey.questions:
            if isinstance(question, AttachQuestion):
                target.answers.pop(question.slug, None)  # open again: there may be more files now
        db.session.commit()
        flash("carried", steps.SAID)
        first = _path(target, goal.journey, landlord).first_open(landlord)
        # As when an answer is changed: from there on only to questions that are open.
        response: AnyResponse = redirect(goal.url_of(first, is_changing=True), 303)
        drafts.give_bookmark(response, COMPLAINT, Bookmark(target.id, there.sent))
        drafts.give_bookmark(response, self.journey.name, Bookmark(None, bookmark.sent))
        return response


def known_in(draft: Draft, journey: Journey, landlord: Landlord) -> Known:
    """All answers that count, by field; what was typed and did not pass yet stands where there is no answer."""
    path = _path(draft, journey, landlord)
    typed = {name: value for step in path.steps for name, value in draft.typed.get(step.slug, {}).items()}
    answered = {name: value for name, value in path.answers.items() if value is not None}
    return {**typed, **answered}


def unplaced(known: Known, source: Journey, goal: Journey, landlord: Landlord, tell: Collection[str] = ()) -> list[str]:
    """What was typed that the other journey does not ask for, and the choices named in ``tell``: a line each, after
    its label."""
    asked_there = {field.name for form in _forms(goal, landlord) for field in form.fields_asked}
    lines = {}
    for form in _forms(source, landlord, MultiDict(known)):
        for field in form.fields_asked:
            is_told = isinstance(field, Line | Text) or field.name in tell
            if is_told and field.name not in asked_there and known.get(field.name):
                words = field.in_words().splitlines()
                is_typed = isinstance(field, Line | Text)  # nothing is put between somebody's own words
                lines[field.name] = f"{field.label.text}: {' '.join(words) if is_typed else listed(words)}"
    return list(lines.values())


def fill(draft: Draft, journey: Journey, known: Known, told: list[str], landlord: Landlord) -> None:
    """Answer the journey's questions as far as the answers are known. What stands there already is kept, and the
    main words are joined to it. ``told`` goes to the main words too."""
    known = {**known, MAIN_WORDS: "\n\n".join([part for part in (known.get(MAIN_WORDS), *told) if part])}
    done: set[str] = set()
    while waiting := [step for step in _questions(_path(draft, journey, landlord)) if step.slug not in done]:
        done.add(waiting[0].slug)  # one at a time: an answer decides which questions come after it
        _fill_one(draft, waiting[0], _path(draft, journey, landlord), known, landlord)


def _fill_one(draft: Draft, question: Question, path: Path, known: Known, landlord: Landlord) -> None:
    form_of = partial(question.form, landlord=landlord, answers=path.answers_before(question), meta={"csrf": False})
    names = [field.name for field in form_of(formdata=None).fields_asked]
    there = {**draft.typed.get(question.slug, {}), **draft.answers.get(question.slug, {})}
    given = {name: _joined(name, there.get(name), known.get(name)) for name in names}
    given = {name: value for name, value in given.items() if value}
    if not given or given == there:
        return
    form = form_of(formdata=MultiDict(given))
    is_right = form.validate()
    if not is_right:
        draft.answers.pop(question.slug, None)  # too long now: the question is open, and shows all the words
    drafts.keep(draft, question.slug, form.kept() if is_right else None, form.typed())


def _joined(name: str, there: Any, new: Any) -> Any:
    if name != MAIN_WORDS or not there or not new:
        return there or new
    return there if new in there else f"{there}\n\n{new}"


def _move(source: str, target: str) -> None:
    """Files, and the codes that lead back, follow the words; the draft that held them goes. No commit."""
    db.session.execute(sa.update(Upload).where(Upload.draft_id == source).values(draft_id=target))
    db.session.execute(sa.update(SavedDraft).where(SavedDraft.draft_id == source).values(draft_id=target))
    db.session.execute(sa.delete(Draft).where(Draft.id == source, Draft.case_reference.is_(None)))


def _path(draft: Draft, journey: Journey, landlord: Landlord) -> Path:
    return journey.path(draft.answers, landlord)


def _questions(path: Path) -> list[Question]:
    return [step for step in path.questions if not isinstance(step, AttachQuestion)]


def _forms(journey: Journey, landlord: Landlord, given: MultiDict[str, Any] | None = None) -> list[QuestionForm]:
    questions = [step for step in journey.questions if isinstance(step, Question)]
    return [one.form(landlord=landlord, answers={}, formdata=given, meta={"csrf": False}) for one in questions]
