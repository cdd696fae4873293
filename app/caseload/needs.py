"""Changing what is known of how to write to a tenant: identify, record, flag, share, meet and review."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.cases import identity
from app.cases.actions import add_event
from app.cases.models import Case
from app.dispatch.actions import messages_of, take_back
from app.dispatch.needs_met import FORMAT, format_by, is_ruled_out
from app.extensions import db
from app.interpreters.asking import note_of_needs
from app.landlords.standards import current_landlord
from app.letters.actions import needed_format
from app.letters.files import key_of, row_for
from app.letters.models import Letter
from app.staff.models import StaffMember
from app.staff.roles import may
from app.tenants.actions import change_needs, next_review, widens

LANGUAGE = "language"  # the letters' own, beside the columns of CommunicationNeeds


class NotSureWhoAsks(Exception):
    """A way that the tenant ruled out may be opened again only by the tenant, just checked, or by a manager."""


def change(
    case: Case, wanted: Mapping[str, Any], language: str, told_by: str, at: datetime, who: StaffMember
) -> tuple[str, ...]:
    """Record the needs, by column, and the language of letters from now on. Gives what changed. No commit.

    Every open case of the tenant says so in its history, and letters that have not gone out are asked for in the format
    that is needed now. ``told_by`` is a key of ``needs_forms.TOLD_BY``. Raises NotSureWhoAsks.
    """
    needs = case.tenant.needs
    if widens(needs, wanted["safe_ways"], wanted["may_leave_messages"]) and not _may_widen(case, at, who):
        raise NotSureWhoAsks
    spoken = needs.interpreter_language
    changed = change_needs(needs, wanted, at, who.email)
    is_other_language = language != case.language
    if is_other_language:
        changed = (*changed, LANGUAGE)
    _take_back_what_is_not_safe(case)
    for one in _cases_of(case):
        if is_other_language:
            one.language = language
        _ask_for_files(one, at)
        add_event(one, "needs_changed", at, who.email, changed=list(changed), told_by=told_by)
    if "interpreter_language" in changed and needs.interpreter_language and case.status == "open":
        note_of_needs(case, spoken, needs.interpreter_language, current_landlord(), at, who.email)
    if is_other_language:
        case.tenant.language = language
    return changed


def confirm(case: Case, told_by: str, at: datetime, who: StaffMember) -> None:
    """They are as they were: asked again in a year. No commit."""
    change_needs(case.tenant.needs, {"review_on": next_review(at)}, at, who.email)
    for one in _cases_of(case):
        add_event(one, "needs_confirmed", at, who.email, told_by=told_by)


def _may_widen(case: Case, at: datetime, who: StaffMember) -> bool:
    return may("send_unsafely", who) or identity.is_identified(case, at, who)


def _take_back_what_is_not_safe(case: Case) -> None:
    """Of every case of the tenant, those closed too: what waits to go out by a way that they rule out now."""
    needs = case.tenant.needs
    for one in db.session.scalars(select(Case).where(Case.tenant_id == case.tenant_id).order_by(Case.id)).all():
        take_back(
            one,
            lambda _letter, message: is_ruled_out(needs, message.channel, message.unmet),
            "the tenant told us that this way is not safe",
        )


def _cases_of(case: Case) -> list[Case]:
    """This case, and the tenant's others that are open."""
    wanted = select(Case).where(Case.tenant_id == case.tenant_id, Case.status == "open", Case.id != case.id)
    return [case, *db.session.scalars(wanted.order_by(Case.id))]


def _ask_for_files(case: Case, at: datetime) -> None:
    if case.status != "open":
        return
    messages = messages_of(case.id)
    has_gone = {message.letter_id for message in messages if message.state not in ("waiting", "failed")}
    letters = db.session.scalars(select(Letter).where(Letter.case_id == case.id).order_by(Letter.id)).all()
    newest = {letter.name: letter for letter in letters}
    for letter in newest.values():
        if letter.sent_at is None and letter.id not in has_gone:
            row_for(letter, key_of(*needed_format(case)), at)
    for message in messages:  # but not where a colleague has decided, with a reason, on another format
        if message.state == "waiting" and message.letter and FORMAT not in (message.unmet or ()):
            message.format = format_by(message.channel, case.tenant.needs.letter_format)
