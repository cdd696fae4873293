"""Staff pages: what came in in another language is translated into English: asked for, done by whom, kept."""

from datetime import UTC, datetime

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import interpreter_words
from app.caseload.interpreter_forms import DONE, AskForm, TranslatedForm, WantForm
from app.caseload.interpreter_routes import HERE, only_who_books, show_the_interpreters
from app.caseload.routes import back_to, case_page, caseload, held, looked_at
from app.cases.models import Case
from app.extensions import db
from app.interpreters import translating
from app.interpreters.models import IncomingTranslation
from app.staff.doors import acting_staff_member


@caseload.post("/cases/<reference>/into-english")
def want_it_in_english(reference: str) -> ResponseReturnValue:
    only_who_books()
    case, form = held(reference), WantForm()
    if not form.validate():
        return show_the_interpreters(case, AskForm(formdata=None), form, 422)
    translating.want(case, form.what.data, form.from_language.data, datetime.now(UTC), acting_staff_member().email)
    db.session.commit()
    return back_to(HERE, case, _("Saved: a translation into English is wanted."))


@caseload.get("/cases/<reference>/into-english/<int:translation_id>")
def see_it_in_english(reference: str, translation_id: int) -> ResponseReturnValue:
    case = looked_at(reference)
    return _page(case, _of(case, translation_id), TranslatedForm(formdata=None))


@caseload.post("/cases/<reference>/into-english/<int:translation_id>")
def keep_it_in_english(reference: str, translation_id: int) -> ResponseReturnValue:
    only_who_books()
    case = held(reference)
    wanted, form = _of(case, translation_id), TranslatedForm()
    if not form.validate():
        return _page(case, wanted, form, 422)
    now, who = datetime.now(UTC), acting_staff_member().email
    try:
        if form.came_of_it.data == DONE:
            translating.done(wanted, form.words.data, form.translated_by.data, now, who)
        else:
            translating.drop(wanted, form.words.data, now, who)
    except translating.IsOver:
        return back_to(HERE, case, problem=_("Somebody recorded before what came of this translation."))
    db.session.commit()
    return back_to(HERE, case, _("Recorded."))


def _of(case: Case, translation_id: int) -> IncomingTranslation:
    found = db.session.get(IncomingTranslation, translation_id)
    return found if found is not None and found.case_id == case.id else abort(404)


def _page(case: Case, wanted: IncomingTranslation, form: TranslatedForm, status: int = 200) -> ResponseReturnValue:
    return case_page("caseload/into_english.html", case, status, wanted=wanted, form=form, spoken=interpreter_words)
