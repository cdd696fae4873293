"""See the letter first: any act of a case's page is done, its letter is taken, and all of it is rolled back.

A form has it by one more button (``marks.look_first``); its route knows nothing of it. The commit is stopped, so that
every rule of the act has been asked before.
"""

from flask import g, has_request_context, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from app.caseload.looking import as_file, look, offers
from app.caseload.routes import caseload, opened
from app.cases.lists import case_of
from app.extensions import db
from app.letters.models import Letter
from app.letters.unsent import Unsent, unsent

FIELD, LOOK = "look_first", "look"


class LookedAt(Exception):
    """Nothing is committed: somebody wants to see the letter. ``letter`` is None where the act writes none."""

    def __init__(self, letter: Unsent | None) -> None:
        super().__init__("only looked at")
        self.letter = letter


@caseload.before_request
def remember_that_they_only_look() -> None:
    if _they_only_look():
        g.newest_letter = db.session.scalar(select(func.max(Letter.id))) or 0


def stop_before_commit(session: Session) -> None:
    """Raises LookedAt."""
    if not has_request_context() or not _they_only_look() or session.in_nested_transaction():
        return
    session.flush()
    case = case_of(_reference())
    written = select(Letter).where(Letter.case_id == (case.id if case else None), Letter.id > g.newest_letter)
    letter = session.scalars(written.order_by(Letter.id.desc()).limit(1)).first()
    raise LookedAt(unsent(letter) if letter else None)


@caseload.errorhandler(LookedAt)
def show_the_letter(looked: LookedAt) -> ResponseReturnValue:
    """As a page, or as a file in one format: what ``look_first`` says."""
    db.session.rollback()
    case, letter, wanted = opened(_reference()), looked.letter, request.form[FIELD]
    if letter is not None and wanted != LOOK:
        return as_file(case, letter, wanted)
    return render_template(
        "caseload/looked_at.html",
        case=case,
        letter=look(letter) if letter else None,
        offers=[one for one in offers(case) if one.format != "html"],  # it is what the page shows
        address=request.full_path.rstrip("?"),
        typed=[(name, value) for name, value in request.form.items(multi=True) if name not in (FIELD, "csrf_token")],
    )


def _reference() -> str:
    return str((request.view_args or {}).get("reference", ""))


def _they_only_look() -> bool:
    return request.blueprint == caseload.name and request.method == "POST" and FIELD in request.form


event.listen(db.session, "before_commit", stop_before_commit)
