"""How long the names and files of a mailing are kept: years from its last letter, from the landlord's policy.

That there was a mailing, what it said and who sent it stays. A draft that nobody takes up again goes sooner.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select

from app.cases.clock import LONDON
from app.cases.models import Case
from app.cases.retention import kept_until
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters import storage
from app.mailings import files
from app.mailings.models import Mailing, MailingArchive, MailingRow
from app.mailings.rows import Wrong

DRAFTS_KEPT = timedelta(days=30)
AT_ONCE = 5
FORGOTTEN: dict[str, Any] = {"name": "", "address": [], "postcode": "", "email": None}


def sweep(at: datetime) -> int:
    """Commits; gives how many mailings were forgotten."""
    landlord, on = current_landlord(), at.astimezone(LONDON).date()
    years = landlord.years_kept("mailing")
    has_rows = select(MailingRow.id).where(MailingRow.mailing_id == Mailing.id).exists()
    old_draft = and_(Mailing.state == "draft", Mailing.created_at <= at - DRAFTS_KEPT)
    long_ago = at - timedelta(days=365 * years - 1)  # the day itself is judged below
    ended = and_(
        Mailing.state.in_(("made", "paused")), func.coalesce(Mailing.finished_at, Mailing.dated_at) <= long_ago
    )
    wanted = select(Mailing).where(Mailing.landlord == landlord.key, has_rows, or_(old_draft, ended))
    if db.session.scalar(wanted.with_only_columns(Mailing.id).limit(1)) is None:
        db.session.rollback()
        return 0
    start_writing()
    found = db.session.scalars(wanted.order_by(Mailing.id).limit(AT_ONCE).with_for_update()).all()
    over = [one for one in found if one.state == "draft" or kept_until(_ended(one), years) <= on]
    for mailing in over:
        files.forget(mailing)
        if mailing.state == "draft":
            mailing.state = "dropped"
    db.session.commit()
    return len(over)


def _ended(mailing: Mailing) -> datetime:
    """Of one that was paused and never taken up again: when it began."""
    return mailing.finished_at or mailing.dated_at or mailing.created_at


def forget(case: Case) -> None:
    """A tenant whose last case is over is forgotten in mailings too; the archive with their letter goes. No commit."""
    another = exists().where(Case.tenant_id == case.tenant_id, Case.id != case.id, Case.anonymised_at.is_(None))
    if db.session.scalar(select(another)):
        return
    for row in db.session.scalars(select(MailingRow).where(MailingRow.tenant_id == case.tenant_id)):
        if row.path is not None:
            (storage.folder() / row.path).unlink(missing_ok=True)
        of_format = MailingArchive.mailing_id == row.mailing_id, MailingArchive.format == row.format
        for archive in db.session.scalars(select(MailingArchive).where(*of_format)):
            (storage.folder() / archive.path).unlink(missing_ok=True)
            db.session.delete(archive)
        row.recipient, row.path = dict(FORGOTTEN), None
        row.state, row.problem = "wrong", str(Wrong("forgotten"))
    db.session.flush()
