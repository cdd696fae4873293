"""What a colleague began to write on a case's page, kept until it is sent. Nothing here commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.cases.casework_models import CaseDraft
from app.cases.models import Case
from app.extensions import db


def draft_of(case: Case, page: str) -> CaseDraft | None:
    return db.session.scalar(select(CaseDraft).where(CaseDraft.case_id == case.id, CaseDraft.page == page))


def keep_draft(case: Case, page: str, given: Mapping[str, Any], at: datetime, who: str) -> CaseDraft:
    """``given`` is by field and fits into JSON. What was kept for this page before is replaced."""
    draft = draft_of(case, page)
    if draft is None:
        draft = CaseDraft(case_id=case.id, page=page)
        db.session.add(draft)
    draft.given, draft.saved_at, draft.who = dict(given), at, who
    db.session.flush()
    return draft


def forget_draft(case: Case, page: str) -> None:
    if draft := draft_of(case, page):
        db.session.delete(draft)
