"""Who is meant by a name that a tenant typed, and how the praise reaches them and their line manager (L30)."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from app.cases.actions import add_event
from app.cases.models import Case, Event
from app.dispatch.actions import queue_words
from app.landlords.standards import Landlord
from app.languages import speaking
from app.languages.folding import folded
from app.languages.sorting import in_order
from app.staff.actions import active_staff
from app.staff.models import StaffMember, Team

_PARTS = re.compile(r"\w+")
Words = Callable[[Case], str]


class NotToBeShared(Exception):
    """The tenant asked us not to share it."""


def find_colleague(name: str) -> StaffMember | None:
    """The only active colleague of this full name. Accents, case and the order of its parts make no difference."""
    wanted = _parts(name)
    found = [one for one in active_staff() if wanted and _parts(one.name) == wanted]
    return found[0] if len(found) == 1 else None


def tell(case: Case, landlord: Landlord, name: str, at: datetime, *, is_doubtful: bool = False) -> None:
    """Write to the colleague of this name and to their line manager; where it is not clear who is meant, to whoever
    deals with the case. Adds to the case's history and to the outbox; no commit.

    ``is_doubtful``: a machine may have sent it. Then nobody gets an email, and a person decides.
    """
    colleague = None if is_doubtful else find_colleague(name)
    if colleague is None:
        add_event(case, "compliment_to_pass_on", at, name=name)
        if case.handler and not is_doubtful:
            _write(case, landlord, case.handler, _words_to_pass_on, at)
        return
    above = colleague.line_manager if colleague.line_manager and colleague.line_manager.active else None
    add_event(
        case,
        "compliment_for",
        at,
        colleague=colleague.email,
        name=colleague.name,
        line_manager=above.email if above else None,
    )
    _write(case, landlord, colleague, _words_for_colleague, at)
    if above:
        _write(case, landlord, above, _words_for_line_manager, at)


def may_be_shared(case: Case) -> bool:
    """Who praises a person is told that the person hears of it; of a team or of nobody, they may say no."""
    said = case.contacts[0].answers
    return bool(said.get("colleague_name")) or said.get("may_share") != "no"


def pass_on(case: Case, landlord: Landlord, to: StaffMember | Team, at: datetime, who: str, *, by_hand: bool) -> None:
    """A colleague says whom the praise is for: them and their line manager, or a team and its head (L30). No commit.

    They are told by mail; ``by_hand``: they were told already. Raises NotToBeShared.
    """
    if not may_be_shared(case):
        raise NotToBeShared
    how = "in-person" if by_hand else "email"
    if isinstance(to, Team):
        above, people = _active(to.head), [one for one in to.members if one.active]
        email = above.email if above else None
        add_event(case, "compliment_for_team", at, who, team=to.name, head=email, how=how)
    else:
        above, people = _active(to.line_manager), [to]
        email = above.email if above else None
        add_event(case, "compliment_for", at, who, colleague=to.email, name=to.name, line_manager=email, how=how)
    if by_hand:
        return
    for one in people:
        if above is None or one.id != above.id:
            _write(case, landlord, one, _words_for_colleague, at)
    if above:
        _write(case, landlord, above, _words_for_line_manager, at)


def passed_on(case: Case) -> list[Event]:
    """Who was told, when, by whom; the oldest first."""
    return [event for event in case.events if event.what in ("compliment_for", "compliment_for_team")]


def likely(name: str | None, people: Sequence[StaffMember]) -> list[StaffMember]:
    """The same people, those first whose names have most in common with what the tenant wrote."""
    wanted = set(_parts(name or ""))
    by_name = in_order(people, lambda one: one.name)
    return sorted(by_name, key=lambda one: -len(wanted & set(_parts(one.name))))


def _active(colleague: StaffMember | None) -> StaffMember | None:
    return colleague if colleague and colleague.active else None


def told(case: Case) -> dict[str, str | None] | None:
    """``name`` of the colleague, and the email address of their ``line_manager``, once they have been told."""
    return next((event.details for event in case.events if event.what == "compliment_for"), None)


def _parts(name: str) -> tuple[str, ...]:
    return tuple(sorted(_PARTS.findall(folded(name))))


def _write(case: Case, landlord: Landlord, to: StaffMember, words: Words, at: datetime) -> None:
    """The note says where to read, not who wrote: an inbox may be seen by others."""
    language = landlord.languages[0]
    with speaking(language):
        text = words(case)
        subject = _("A message for you in the caseload")
    queue_words(to.email, subject, text, language, at, case)


def _words_for_colleague(case: Case) -> str:
    return _paragraphs(
        _("Somebody has praised you. Thank you for your work."), _where_to_read(case), _case_address(case)
    )


def _words_for_line_manager(case: Case) -> str:
    return _paragraphs(
        _("Somebody has praised a colleague of your team. The colleague has been told."),
        _where_to_read(case),
        _case_address(case),
    )


def _words_to_pass_on(case: Case) -> str:
    return _paragraphs(
        _(
            "Somebody has praised a colleague, and we could not tell whom they mean. "
            "Please pass it on to the colleague."
        ),
        _("Please tell their line manager too."),
        _where_to_read(case),
        _case_address(case),
    )


def _where_to_read(case: Case) -> str:
    return _("You can read it in the caseload. Its reference is %(reference)s.", reference=case.reference)


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def _case_address(case: Case) -> str:
    """Outside of a request too: a colleague may record what came by post with a command."""
    path = current_app.url_map.bind("").build("caseload.see_a_case", {"reference": case.reference})
    return f"{current_app.config['LETTERBOX'].public_url}{path}"
