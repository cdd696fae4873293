"""What is removed of a complaint's file when its time is over. Stages, decisions, remedies and grounds are counted."""

from typing import Any

from sqlalchemy import update

from app.cases.models import Case
from app.complaints.models import (
    ComplaintFile,
    ComplaintPoint,
    ComplaintStage,
    Learning,
    OmbudsmanReferral,
    Refusal,
    Remedy,
)
from app.extensions import db

GONE = ""


def forget(case: Case) -> None:
    """No commit. Learning that may be published was written to name nobody, and stays."""
    _empty(ComplaintPoint, case, words=GONE)
    for name in ("answer", "basis"):
        _empty(ComplaintPoint, case, only=name, **{name: GONE})
    for name in ("tenants_say", "definition", "outcomes_sought", "there_and_then"):
        _empty(ComplaintFile, case, only=name, **{name: GONE})
    _empty(ComplaintStage, case, only="findings", findings=GONE)
    _empty(Remedy, case, words=GONE)
    _empty(Refusal, case, evidence=GONE, reasons=GONE)
    _empty(OmbudsmanReferral, case, their_reference=None)
    _empty(OmbudsmanReferral, case, only="decision", decision=GONE)
    not_public = update(Learning).where(Learning.case_id == case.id, Learning.may_be_published.is_(False))
    db.session.execute(not_public.values(words=GONE))


def _empty(model: type[Any], case: Case, only: str | None = None, **values: str | None) -> None:
    """``only``: where this column says anything at all; that it said something stays."""
    changed = update(model).where(model.case_id == case.id)
    if only is not None:
        changed = changed.where(getattr(model, only).is_not(None))
    db.session.execute(changed.values(**values))
