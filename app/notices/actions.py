"""What colleagues, and monitoring systems, do with a notice.

Each act begins with ``start_writing`` and a notice from ``held``; it adds to the history, counts the version up, and
does not commit. ``version`` is the one that somebody looked at: given, the act is refused when there is another by now.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.cases.clock import LONDON
from app.cases.references import ALPHABET
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.notices.checking import checked, checked_update, tidy
from app.notices.lead import Lead, lead_of
from app.notices.models import Notice, NoticeEvent, NoticeUpdate
from app.notices.refusals import AnnouncedTooLate as AnnouncedTooLate
from app.notices.refusals import ChangedMeanwhile as ChangedMeanwhile
from app.notices.refusals import NotNow as NotNow
from app.notices.refusals import Unusable as Unusable
from app.notices.refusals import WordsMissing as WordsMissing
from app.notices.shapes import Given
from app.notices.showing import shown_from, stage_at
from app.working_days import YearNotKnown

END_OF_KEY = 6  # signs: two notices of one kind on one day


def held(key: str) -> Notice | None:
    """Begin to write, and hold the notice until the commit: nobody else changes it meanwhile."""
    if not key.isprintable():
        return None  # none of ours; PostgreSQL would refuse to look for a NUL
    start_writing()
    wanted = select(Notice).where(Notice.key == key).with_for_update()
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def write(given: Given, by: str, at: datetime, *, key: str | None = None, file: str | None = None) -> Notice:
    """A draft. Its key is made where none is given; ``file`` is the fingerprint of the file that says so.

    Raises Unusable, WordsMissing.
    """
    fields = checked(given, at, current_landlord())
    notice = Notice(
        key=key or _new_key(given), state="draft", written_by=by, created_at=at, changed_at=at, version=1, **fields
    )
    db.session.add(notice)
    _remember(notice, "written", by, at, **({"file": file} if file else {}))
    return notice


def change(
    notice: Notice,
    given: Given,
    by: str,
    at: datetime,
    version: int,
    *,
    may_announce_late: bool = False,
    reason: str | None = None,
) -> None:
    """Say something else, or other times. What waits for approval is a draft again; what is published stays so.

    A published one that is to start sooner, or is of another kind, is judged anew, as if it was announced now. Put off,
    it keeps what was judged. Raises ChangedMeanwhile, NotNow, Unusable, WordsMissing, AnnouncedTooLate.
    """
    _refuse_unless(notice, version, at, ("draft", "to-approve", "published"))
    fields = checked(given, at, current_landlord(), before=notice)
    before = {name: getattr(notice, name) for name in fields}
    changed = sorted(name for name, value in fields.items() if value != before[name])
    if notice.state == "published" and _is_judged_anew(notice, fields, at):
        lead = _lead(fields["kind"], fields["starts_at"], max(fields["announce_at"], at))
        _judge(notice, lead, by, may_announce_late=may_announce_late, reason=reason)
    for name, value in fields.items():
        setattr(notice, name, value)
    if notice.state == "to-approve":
        notice.state = "draft"
    _done(notice, "changed", by, at, fields=changed)


def _is_judged_anew(notice: Notice, fields: Mapping[str, Any], at: datetime) -> bool:
    """What nobody has seen yet with any other time; what is shown already when it comes sooner than was said."""
    if fields["kind"] != notice.kind or fields["starts_at"] < notice.starts_at:
        return True
    is_shown = (shown_from(notice) or at) <= at
    return not is_shown and (fields["starts_at"], fields["announce_at"]) != (notice.starts_at, notice.announce_at)


def ask_for_approval(notice: Notice, by: str, at: datetime, *, version: int | None = None) -> None:
    """Raises ChangedMeanwhile, NotNow."""
    _refuse_unless(notice, version, at, ("draft",))
    _refuse_if_past(notice, at)
    notice.state = "to-approve"
    _done(notice, "asked-for-approval", by, at)


def send_back(notice: Notice, by: str, at: datetime, note: str, *, version: int | None = None) -> None:
    """To whoever wrote it, with what is still to be done. Raises ChangedMeanwhile, NotNow, Unusable without a note."""
    _refuse_unless(notice, version, at, ("to-approve",))
    if not tidy(note):
        raise Unusable("note", "empty")
    notice.state = "draft"
    _done(notice, "sent-back", by, at, note=tidy(note))


def publish(
    notice: Notice,
    by: str,
    at: datetime,
    *,
    may_announce_late: bool = False,
    reason: str | None = None,
    version: int | None = None,
) -> None:
    """From now on it shows itself when it is time.

    The lead time is judged by the moment from which it is shown, and kept with its working. Raises AnnouncedTooLate
    unless a colleague who ``may_announce_late`` gives a ``reason``; ChangedMeanwhile, NotNow.
    """
    _refuse_unless(notice, version, at, ("draft", "to-approve"))
    _refuse_if_past(notice, at)
    announced_at = max(notice.announce_at, at)
    lead = _lead(notice.kind, notice.starts_at, announced_at)
    _judge(notice, lead, by, may_announce_late=may_announce_late, reason=reason)
    notice.state, notice.published_at, notice.published_by, notice.announce_at = "published", at, by, announced_at
    late = {"lead_is_kept": notice.lead_is_kept} if lead else {}
    _done(notice, "published", by, at, **late, **({"reason": notice.lead_reason} if notice.lead_reason else {}))


def lead_if_published(notice: Notice, at: datetime) -> Lead | None:
    """What ``publish`` would judge at that moment: for whoever looks before pressing the button."""
    return _lead(notice.kind, notice.starts_at, max(notice.announce_at, at))


def append_update(
    notice: Notice,
    words: Mapping[str, str],
    by: str,
    at: datetime,
    ends_at: datetime | None = None,
    *,
    version: int | None = None,
) -> NoticeUpdate:
    """Add words to a published notice, and another end where one is given.

    Raises ChangedMeanwhile, NotNow, WordsMissing, Unusable.
    """
    _refuse_unless(notice, version, at, ("published",))
    said = checked_update(words, current_landlord(), is_needed=True)
    if ends_at is not None:
        if ends_at <= max(notice.starts_at, at):
            raise Unusable("ends_at", "past")
        notice.ends_at = ends_at
    moved = {"ends_at": ends_at.isoformat()} if ends_at else {}
    return _append(notice, "update", said, by, at, "updated", **moved)


def resolve(
    notice: Notice, words: Mapping[str, str], by: str, at: datetime, *, version: int | None = None
) -> NoticeUpdate:
    """It is over, before its end or because it had none. Words may be left out.

    Raises ChangedMeanwhile, NotNow (what has not begun is cancelled), WordsMissing, Unusable.
    """
    _refuse_unless(notice, version, at, ("published",))
    if stage_at(notice, at) != "live":
        raise NotNow("not-begun")
    said = checked_update(words, current_landlord(), is_needed=False)
    notice.resolved_at = at
    return _append(notice, "resolved", said, by, at, "resolved")


def cancel(
    notice: Notice, words: Mapping[str, str], by: str, at: datetime, *, version: int | None = None
) -> NoticeUpdate | None:
    """It does not take place; of a draft: it is dropped, without an update. Words may be left out.

    Raises ChangedMeanwhile, NotNow, WordsMissing, Unusable.
    """
    _refuse_unless(notice, version, at, ("draft", "to-approve", "published"))
    said = checked_update(words, current_landlord(), is_needed=False)
    was_published = notice.state == "published"
    notice.state, notice.cancelled_at = "cancelled", at
    if was_published:
        return _append(notice, "cancelled", said, by, at, "cancelled")
    _done(notice, "dropped", by, at)
    return None


def _append(
    notice: Notice, what: str, said: dict[str, str], by: str, at: datetime, event: str, **details: Any
) -> NoticeUpdate:
    update = NoticeUpdate(notice=notice, what=what, at=at, by=by, words=said)
    db.session.add(update)
    _done(notice, event, by, at, **details)
    return update


def _refuse_unless(notice: Notice, version: int | None, at: datetime, states: tuple[str, ...]) -> None:
    if version is not None and version != notice.version:
        raise ChangedMeanwhile(notice.version)
    if notice.state not in states:
        raise NotNow(notice.state)
    if notice.state == "published" and stage_at(notice, at) == "over":
        raise NotNow("over")


def _refuse_if_past(notice: Notice, at: datetime) -> None:
    if notice.ends_at is not None and notice.ends_at <= at:
        raise NotNow("over")


def _lead(kind: str, starts_at: datetime, announced_at: datetime) -> Lead | None:
    try:
        return lead_of(kind, starts_at, announced_at, current_landlord())
    except YearNotKnown:
        raise Unusable("starts_at", "too-far") from None


def _judge(notice: Notice, lead: Lead | None, by: str, *, may_announce_late: bool, reason: str | None) -> None:
    said = tidy(reason or "")
    if lead is not None and not lead.is_kept and not (may_announce_late and said):
        raise AnnouncedTooLate(lead)
    is_late = lead is not None and not lead.is_kept
    notice.lead_latest_at = lead.latest_at if lead else None
    notice.lead_is_kept = lead.is_kept if lead else None
    notice.lead_working = lead.rows() if lead else None
    notice.lead_reason, notice.lead_reason_by = (said, by) if is_late else (None, None)


def _done(notice: Notice, what: str, by: str, at: datetime, **details: Any) -> None:
    notice.version += 1
    notice.changed_at = at
    _remember(notice, what, by, at, **details)


def _remember(notice: Notice, what: str, by: str, at: datetime, **details: Any) -> None:
    db.session.add(NoticeEvent(notice=notice, what=what, at=at, by=by, details=details))


def _new_key(given: Given) -> str:
    """The kind, the local day on which it starts, and a few signs that nobody can guess."""
    end = "".join(secrets.choice(ALPHABET) for _ in range(END_OF_KEY)).lower()
    return f"{given.kind}-{given.starts_at.astimezone(LONDON).date().isoformat()}-{end}"
