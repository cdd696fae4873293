"""Which cases a colleague looks at, as it stands in the address: what to show, what to leave out, in which order."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from app.caseload.words import LONDON
from app.cases.lists import ANY, ORDERS, OTHER, Wanted
from app.cases.models import KINDS
from app.landlords.shapes import Landlord
from app.staff.models import StaffMember
from app.staff.roles import may_read_restricted
from app.tenants.models import FORMATS

SHOWN = ("all", "mine", "team", "unassigned", "today", "overdue", "waiting", "closed")
USUAL_ORDER = {"waiting": "waiting", "closed": "closed"}
CLOSED_LATELY = timedelta(days=30)
GREATEST_ID = 2**31 - 1
NOBODYS = 0  # no team and no colleague has this number
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,2}")


class NotAChoice(Exception):
    """The address asks for something that there is not."""


@dataclass(frozen=True)
class Choices:
    """As in the address; None makes no difference. ``show`` is one of SHOWN, ``sort`` a key of ORDERS."""

    show: str = "all"
    kind: str | None = None
    stage: int | None = None
    hazard: str | None = None
    restricted: int | None = None
    handler: int | None = None
    team: int | None = None
    language: str | None = None
    format: str | None = None
    sort: str = "due"

    @classmethod
    def from_address(cls, given: Mapping[str, str], landlord: Landlord) -> "Choices":
        """Raises NotAChoice. Empty fields, as a form sends them, are no choice."""
        text = {name: given[name] for name in _FIELDS if given.get(name)}
        read: dict[str, Any] = {name: _number(value) if name in _NUMBERS else value for name, value in text.items()}
        show = read.setdefault("show", "all")
        read.setdefault("sort", usual_order(show))
        found = cls(**read)
        if not found._is_known(landlord):
            raise NotAChoice
        return found

    def _is_known(self, landlord: Landlord) -> bool:
        return (
            self.show in SHOWN
            and self.sort in orders_for(self.show)
            and self.kind in {None, *KINDS}
            and self.stage in {None, 1, 2}
            and self.hazard in {None, ANY, *(hazard.key for hazard in landlord.hazards)}
            and self.restricted in {None, 1}
            and self.format in {None, OTHER, *FORMATS}
            and (self.language in {None, OTHER} or bool(_TAG.fullmatch(self.language or "")))
        )

    def address(self, **different: Any) -> dict[str, Any]:
        """What stands in the address, the usual left out."""
        chosen = asdict(replace(self, **different))
        usual = {"show": "all", "sort": usual_order(chosen["show"])}
        return {name: value for name, value in chosen.items() if value is not None and value != usual.get(name)}

    def written(self) -> str:
        """The same as one text: show=mine&kind=complaint."""
        return urlencode(self.address())

    @property
    def narrowed(self) -> dict[str, Any]:
        """The filters that are on."""
        return {name: value for name, value in asdict(self).items() if name not in {"show", "sort"} and value}


_FIELDS = tuple(Choices.__dataclass_fields__)
_NUMBERS = frozenset({"stage", "restricted", "handler", "team"})


def usual_order(show: str) -> str:
    return USUAL_ORDER.get(show, "due")


def orders_for(show: str) -> tuple[str, ...]:
    """In which orders this can be shown: the usual one first. What is closed is known by its day only."""
    if show == "closed":
        return ("closed",)
    own = set(USUAL_ORDER.values())
    return tuple(dict.fromkeys((usual_order(show), *(order for order in ORDERS if order not in own))))


def wanted(choices: Choices, colleague: StaffMember, now: datetime, usual_language: str) -> Wanted:
    """The cases meant, of those that this colleague may see.

    Whoever handles a restricted case sees it in their own list, whatever their role.
    """
    sees_restricted = may_read_restricted(colleague)
    base = Wanted(
        kind=choices.kind,
        stage=choices.stage,
        hazard=choices.hazard,
        handler_id=choices.handler,
        team_id=choices.team,
        is_restricted=bool(choices.restricted),
        with_restricted=sees_restricted,
        language=choices.language,
        usual_language=usual_language,
        letter_format=choices.format,
    )
    match choices.show:
        case "mine":
            is_mine = choices.handler in {None, colleague.id}
            return replace(base, handler_id=colleague.id if is_mine else NOBODYS, with_restricted=True)
        case "team":
            own = colleague.team_id or NOBODYS
            return replace(base, team_id=own if choices.team in {None, own} else NOBODYS)
        case "unassigned":
            return replace(base, has_no_handler=True)
        case "today":
            begins = datetime.combine(now.astimezone(LONDON).date(), time(), LONDON)
            return replace(base, due_from=begins, due_before=begins + timedelta(days=1))
        case "overdue":
            return replace(base, due_before=now)
        case "waiting":
            return replace(base, is_waiting=True)
        case "closed":
            return replace(base, status="closed", closed_since=now - CLOSED_LATELY)
    return base


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 10 or int(text) > GREATEST_ID:
        raise NotAChoice
    return int(text)
