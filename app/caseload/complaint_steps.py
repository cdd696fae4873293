"""Where a complaint stands, as the list of steps on its page: what is done, what can be done now, what comes later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app.caseload.actions import ACKNOWLEDGEMENT
from app.caseload.complaint_words import TRIAGES, against_words
from app.cases.case_actions import actions_of
from app.cases.models import Case
from app.complaints.answering import against_answering
from app.complaints.casework import (
    ACKNOWLEDGED,
    RESPONSES,
    STAGE_2_ACKNOWLEDGE,
    file_as_it_is,
    standing_of,
    understanding_of,
)
from app.complaints.models import ComplaintFile, ComplaintStage
from app.complaints.stages import Standing, reasons_against
from app.extensions import db
from app.letters.models import Letter

DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True)
class Step:
    """``key``: the page that does it (complaint_acts.ACTS), or empty. ``against``: why it cannot be done yet."""

    words: str
    state: str
    key: str = ""
    at: datetime | None = None
    note: str = ""
    against: tuple[str, ...] = ()


def steps_of(case: Case) -> list[Step]:
    """In the order of the procedure, of the stage that the complaint is at."""
    return list(_steps(case, file_as_it_is(case), standing_of(case)))


def _steps(case: Case, file: ComplaintFile, it: Standing) -> Iterator[Step]:
    stage = file.stage(it.stage)
    yield Step(
        _("Received") if it.stage == 1 else _("Stage 2 asked for"),
        DONE,
        at=stage.began_at if stage else case.received_at,
    )
    if it.stage == 1 and (it.triage or not it.is_answered):
        yield _triage(file, it)
    yield Step(_("A handler is named"), DONE if it.has_handler else NOW, note=case.handler.name if case.handler else "")
    yield _acknowledged(case, it)
    note = "" if file.is_agreed or not it.is_defined else _("The tenant has not agreed yet.")
    yield _step(it, "define", "definition", _("Definition and outcomes"), it.is_defined, file.defined_at, note)
    if it.must_be_contacted and it.stage == 1:
        contacted = stage.contacted_at if stage else None
        yield _step(it, "record_contact", "contact", _("In touch with the tenant"), it.is_contacted, contacted)
    yield from _towards_the_answer(it)
    yield from _answer(case, it, stage)


def _step(it: Standing, act: str, key: str, words: str, is_done: bool, at: datetime | None, note: str = "") -> Step:
    against = reasons_against(act, it)
    if is_done:
        return Step(words, DONE, "" if against else key, at, note)
    return Step(words, LATER if against else NOW, "" if against else key, None, note, tuple(against_words(against)))


def _triage(file: ComplaintFile, it: Standing) -> Step:
    note = str(TRIAGES[file.triage]) if file.triage else ""
    return _step(
        it, "triage", "triage", _("Complaint or service request"), it.triage is not None, file.triaged_at, note
    )


def _acknowledged(case: Case, it: Standing) -> Step:
    if not it.is_acknowledged:
        reasons = () if it.has_handler else (_("Name a handler first: the letter says who deals with the complaint."),)
        return Step(_("Acknowledged"), LATER if reasons else NOW, note=_to_send(case, it), against=reasons)
    if it.stage == 1:
        at = next((event.at for event in case.events if event.what == ACKNOWLEDGED), None)
    else:
        at = next((one.met_at for one in case.promises if one.standard == STAGE_2_ACKNOWLEDGE and one.met_at), None)
    return Step(_("Acknowledged"), DONE, at=at)


def _to_send(case: Case, it: Standing) -> str:
    """What there is to do before the acknowledgement goes out. At stage 2 it has a page of its own."""
    if it.stage == 2:
        return ""
    newest = select(Letter).where(Letter.case_id == case.id, Letter.name == ACKNOWLEDGEMENT).order_by(Letter.id.desc())
    letter = db.session.scalars(newest.limit(1)).first()
    if it.is_defined and letter is not None and letter.given != understanding_of(case):
        return _("On the overview, write it again: it does not say our definition yet.")
    return _("Send it from the overview.")


def _towards_the_answer(it: Standing) -> Iterator[Step]:
    answered = it.points - it.points_without_answer
    note = ngettext(
        "%(answered)s of %(num)s point answered",
        "%(answered)s of %(num)s points answered",
        it.points,
        answered=answered,
    )
    is_done = it.points > 0 and not it.points_without_answer
    yield _step(
        it, "list_point", "point", _("Every point listed and answered"), is_done, None, note if it.points else ""
    )
    if it.upholds:
        yield _step(it, "offer_remedy", "remedy", _("Remedy"), it.remedies > 0, None)


def _answer(case: Case, it: Standing, stage: ComplaintStage | None) -> Iterator[Step]:
    words = _("Answer written") if it.stage == 1 else _("Answer at stage 2 written")
    if it.is_answered:
        yield Step(words, DONE, at=stage.answered_at if stage else None)
    else:
        decision = stage.decision if stage else None
        against = against_words(against_answering(case, decision))
        yield Step(words, LATER if against else NOW, "answer", against=tuple(against))
    sent = next((one.met_at for one in case.promises if one.standard == RESPONSES[it.stage] and one.met_at), None)
    waits = () if it.is_answered else (_("Write it first."),)
    yield Step(_("Answer sent"), DONE if sent else LATER if waits else NOW, at=sent, against=() if sent else waits)
    if found := actions_of(case):
        still_open = sum(1 for one in found if one.is_open)
        note = ngettext("%(num)s action is open", "%(num)s actions are open", still_open) if still_open else ""
        yield Step(_("Every action done"), NOW if still_open else DONE, "actions", note=note)
