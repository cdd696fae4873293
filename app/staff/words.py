"""Roles and what was done to accounts, in words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.languages.lists import listed
from app.languages.sorting import in_order
from app.staff.models import AccountChange, Role

# What each role does, for whoever gives them out.
ROLES_IN_WORDS: Mapping[str, tuple[Any, Any]] = {
    "advisor": (_l("Advisor"), _l("Takes calls and messages, and deals with everyday cases.")),
    "officer": (_l("Officer"), _l("Deals with cases, reports of antisocial behaviour too.")),
    "manager": (_l("Manager"), _l("Answers complaints, gives out work, and sees restricted cases.")),
    "complaints-team": (_l("Complaints team"), _l("Answers complaints, and sees restricted cases.")),
    "reviewer": (_l("Reviewer"), _l("Looks at complaints again at stage 2, and checks quality.")),
    "translator": (_l("Translator"), _l("Translates what colleagues wrote in letters. Sees no cases.")),
    "auditor": (_l("Auditor"), _l("Sees everything, and changes nothing.")),
    "administrator": (_l("Administrator"), _l("Gives out accounts and roles.")),
}


def role_words(role: str) -> str:
    return str(ROLES_IN_WORDS[role][0]) if role in ROLES_IN_WORDS else role


def role_hints() -> dict[str, str]:
    """What each role does, by its key."""
    return {role: str(does) for role, (_name, does) in ROLES_IN_WORDS.items()}


def role_names(roles: Iterable[Role]) -> list[str]:
    """What the roles are called, in the order of their names."""
    return in_order((role_words(role.name) for role in roles), str)


def roles_in_words(roles: Iterable[str]) -> str:
    return listed(in_order(map(role_words, roles), str))


def change_words(change: AccountChange) -> str:
    write = _CHANGES.get(change.what)
    return write(change.details) if write else change.what.replace("_", " ")


def _none_or(words: Any) -> str:
    return str(words) if words else _("none")


def _day(written: Any) -> str:
    """4 Dec 2026, as the reader's language writes it."""
    return str(format_date(date.fromisoformat(str(written)), "d MMM y", rebase=False))


_CHANGES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "account_made": lambda d: _("Account made. Roles: %(roles)s.", roles=roles_in_words(d.get("roles", ()))),
    "password_set": lambda d: _("Password set."),
    "link_made": lambda d: _("New one-time link made."),
    "name_changed": lambda d: _("Name changed from %(old)s to %(new)s.", old=d.get("from"), new=d.get("to")),
    "phone_changed": lambda d: _(
        "Phone changed from %(old)s to %(new)s.", old=_none_or(d.get("from")), new=_none_or(d.get("to"))
    ),
    "roles_changed": lambda d: _(
        "Roles changed from %(old)s to %(new)s.",
        old=roles_in_words(d.get("from", ())),
        new=roles_in_words(d.get("to", ())),
    ),
    "team_changed": lambda d: _(
        "Team changed from %(old)s to %(new)s.", old=_none_or(d.get("from")), new=_none_or(d.get("to"))
    ),
    "line_manager_changed": lambda d: _(
        "Line manager changed from %(old)s to %(new)s.", old=_none_or(d.get("from")), new=_none_or(d.get("to"))
    ),
    "account_closed": lambda d: _("Account closed."),
    "account_opened": lambda d: _("Account opened again."),
    "second_factor_set": lambda d: _("Codes for signing in set up."),
    "second_factor_reset": lambda d: _("Codes for signing in reset."),
    "recovery_code_used": lambda d: _("A recovery code was used. Left: %(left)s.", left=d.get("left")),
    "recovery_codes_made": lambda d: _("New recovery codes made."),
    "absence_recorded": lambda d: _(
        "Absence recorded: from %(first)s, back on %(back)s.", first=_day(d.get("from")), back=_day(d.get("back_on"))
    ),
    "absence_cancelled": lambda d: _(
        "Absence cancelled: from %(first)s, back on %(back)s.", first=_day(d.get("from")), back=_day(d.get("back_on"))
    ),
    "head_of_team": lambda d: _("Head of the team %(team)s now.", team=d.get("team")),
    "no_longer_head_of_team": lambda d: _("No longer head of the team %(team)s.", team=d.get("team")),
}
