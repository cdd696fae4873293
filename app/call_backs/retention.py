"""Requests to be called back are anonymised when their time is over. When they were asked for and called stays."""

import secrets
from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from app.call_backs.actions import KEY_BYTES
from app.call_backs.models import CallBack
from app.cases.clock import LONDON
from app.cases.retention import kept_until
from app.extensions import db, start_writing
from app.interpreters.forgetting import forget_call
from app.landlords.standards import current_landlord

AT_ONCE = 50
GONE = ""


def sweep(at: datetime) -> int:
    """Commits; gives how many. The time counts from the end of the call; of one never made, from its slot's."""
    landlord, on = current_landlord(), at.astimezone(LONDON).date()
    years = landlord.years_kept("call-back")
    over_at = func.coalesce(CallBack.ended_at, CallBack.slot_ends_at)
    before = datetime.combine(on.replace(year=on.year - years, day=min(on.day, 28)) + timedelta(days=4), time(), LONDON)
    start_writing()
    wanted = select(CallBack).where(CallBack.phone != GONE, over_at < before, CallBack.landlord == landlord.key)
    found = db.session.scalars(wanted.order_by(over_at, CallBack.id).limit(AT_ONCE).with_for_update()).all()
    over = [one for one in found if kept_until(one.ended_at or one.slot_ends_at, years) <= on]
    for call_back in over:
        _anonymise(call_back)
    db.session.commit()
    return len(over)


def _anonymise(call_back: CallBack) -> None:
    call_back.name = call_back.phone = GONE
    call_back.about = call_back.interpreter_language = call_back.draft_id = None
    call_back.key = secrets.token_urlsafe(KEY_BYTES)  # the link in the tenant's hands opens nothing any more
    if call_back.state == "waiting":
        call_back.state = "missed"
    forget_call(call_back.id)
    for event in call_back.events:
        event.details = {}
