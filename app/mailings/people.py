"""The tenants on our records to whom a list leads, or whom a colleague chooses by what they need.

Each contact leaves a record of a tenant; of one person, told by name and postcode, the newest counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.extensions import db
from app.landlords.shapes import Landlord
from app.mailings.reading import MOST_LINES, Line
from app.mailings.rows import Known, squeezed_postcode, whose
from app.tenants.models import WAYS, CommunicationNeeds, Tenant

AT_ONCE = 5_000  # postcodes in one question: fewer than either database takes
MOST_RECORDS = 4 * MOST_LINES  # read for one mailing
_SQUEEZED = func.upper(func.replace(Tenant.postcode, " ", ""))
Person = tuple[str, str]  # rows.whose


@dataclass(frozen=True)
class Choosing:
    """By what tenants are chosen; all that is given must hold. Nothing given: everybody.

    ``review_by``: their needs are due for review by then. ``district``: the first half of a postcode, EX1.
    ``language``: a tag. ``format``: that of their letters. ``who``: a key of the policy's who_may_complain.
    """

    review_by: date | None = None
    district: str = ""
    language: str = ""
    format: str = ""
    who: str = ""

    def as_json(self) -> dict[str, str]:
        return {key: str(value) for key, value in asdict(self).items() if value}


class TooMany(Exception):
    """More people than one mailing takes: the argument says how many it does."""


def known_of(lines: Iterable[Line], landlord: Landlord) -> dict[Person, Known]:
    """Those of a list whom we know, by ``person_of`` their cells. A name alone finds nobody."""
    wanted = [line.cells for line in lines]
    found = _newest({person_of(cells) for cells in wanted if cells.get("postcode")}, landlord)
    by_email = {person_of(cells) for cells in wanted if not cells.get("postcode") and cells.get("email")}
    return found | _newest_by_email(by_email, landlord)


def person_of(cells: Mapping[str, Any]) -> Person:
    """By name and postcode (``rows.whose``); without a postcode, by name and email address."""
    name, postcode = whose(cells)
    return (name, postcode) if postcode else (name, _folded_email(cells.get("email")))


def chosen(choosing: Choosing, landlord: Landlord) -> list[Known]:
    """In the order of their postcodes and addresses. Raises TooMany."""
    query = _people(landlord).where(*_conditions(choosing)).order_by(Tenant.id.desc()).limit(MOST_RECORDS)
    found: dict[tuple[Any, ...], Tenant] = {}
    for tenant in db.session.scalars(query):
        if not choosing.district or _outward(tenant.postcode) == squeezed_postcode(choosing.district):
            found.setdefault(_person(tenant), tenant)
    # An older record may say what is no longer so: whoever has a newer one that was not chosen is not meant.
    newest = _newest({whose(_as_recipient(tenant)) for tenant in found.values() if tenant.postcode}, landlord)
    known = [newest.get(whose(_as_recipient(one)), Known(one, _ruled_out(one))) for one in found.values()]
    ids = {tenant.id for tenant in found.values()}
    meant = [one for one in known if one.tenant.id in ids]
    if len(meant) > MOST_LINES:
        raise TooMany(MOST_LINES)
    return sorted(meant, key=lambda one: by_address(_as_recipient(one.tenant), one.tenant.id))


def by_address(recipient: Mapping[str, Any], number: int) -> tuple[Any, ...]:
    """How the post goes round: EX2 before EX10, number 9 before number 10; without a postcode last."""
    postcode = squeezed_postcode(recipient.get("postcode"))
    address = " ".join(recipient.get("address") or ())
    outward, inward = postcode[:-3], postcode[-3:]
    street = address.casefold().lstrip("0123456789 ,.-")
    return (
        not postcode,
        _natural(outward),
        inward,
        street,
        _natural(address),
        str(recipient.get("name") or ""),
        number,
    )


def _natural(words: str) -> tuple[tuple[int, str], ...]:
    """Digits as the number that they are."""
    parts: list[str] = []
    for character in words.casefold():
        if parts and parts[-1][-1].isdecimal() == character.isdecimal():
            parts[-1] += character
        else:
            parts.append(character)
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)


def _people(landlord: Landlord) -> Select[Tenant]:
    """Those of this landlord who have a name, and have not been forgotten."""
    of_landlord = exists().where(Case.tenant_id == Tenant.id, Case.landlord == landlord.key)
    return (
        select(Tenant)
        .join(CommunicationNeeds)
        .options(joinedload(Tenant.needs))
        .where(Tenant.anonymised_at.is_(None), Tenant.is_anonymous.is_(False), Tenant.name != "", of_landlord)
    )


def _person(tenant: Tenant) -> tuple[Any, ...]:
    name, postcode = whose({"name": tenant.name, "postcode": tenant.postcode})
    return (name, postcode) if postcode else (name, tenant.email or tenant.id)


def _newest(wanted: set[Person], landlord: Landlord) -> dict[Person, Known]:
    """The newest record of each of these people, of whom every one has a postcode. What one rules out, all do."""
    postcodes, found = sorted({postcode for _name, postcode in wanted}), dict[Person, Known]()
    for start in range(0, len(postcodes), AT_ONCE):
        query = _people(landlord).where(_SQUEEZED.in_(postcodes[start : start + AT_ONCE])).order_by(Tenant.id)
        for tenant in db.session.scalars(query):
            person = whose(_as_recipient(tenant))
            if person in wanted:
                before = found[person].ruled_out if person in found else frozenset()
                found[person] = Known(tenant, before | _ruled_out(tenant))  # the newest comes last
    return found


def _newest_by_email(wanted: set[Person], landlord: Landlord) -> dict[Person, Known]:
    emails, found = sorted({email for _name, email in wanted}), dict[Person, Known]()
    for start in range(0, len(emails), AT_ONCE):
        query = _people(landlord).where(func.lower(Tenant.email).in_(emails[start : start + AT_ONCE]))
        for tenant in db.session.scalars(query.order_by(Tenant.id)):
            person = person_of({"name": tenant.name, "email": tenant.email})
            if person in wanted:
                before = found[person].ruled_out if person in found else frozenset()
                found[person] = Known(tenant, before | _ruled_out(tenant))
    return found


def _folded_email(email: str | None) -> str:
    return "".join((email or "").split()).lower()


def _ruled_out(tenant: Tenant) -> frozenset[str]:
    return frozenset(way for way in WAYS if not tenant.needs.is_safe(way))


def _conditions(choosing: Choosing) -> Iterator[ColumnElement[bool]]:
    if choosing.review_by is not None:
        yield CommunicationNeeds.review_on <= choosing.review_by
    if choosing.district:
        yield _SQUEEZED.startswith(squeezed_postcode(choosing.district), autoescape=True)
    if choosing.language:
        yield Tenant.language == choosing.language
    if choosing.format:
        yield CommunicationNeeds.letter_format == choosing.format
    if choosing.who:
        yield Tenant.who == choosing.who


def _outward(postcode: str | None) -> str:
    return squeezed_postcode(postcode)[:-3]


def _as_recipient(tenant: Tenant) -> dict[str, Any]:
    return {"name": tenant.name, "address": tenant.address, "postcode": tenant.postcode}
