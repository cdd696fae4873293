"""Cases that may be the same: one person, one kind, one place, within two weeks. Shown to staff; nothing is blocked."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.cases.models import Case, Trait
from app.extensions import db

NEAR = timedelta(days=14)
# What two cases have in common, and how much it says. From LIKELY points they may be the same.
POINTS = {"email": 3, "phone": 3, "words": 2, "name": 2, "home": 2, "postcode": 1}
LIKELY = 3
LOOKED_UP = ("email", "phone", "words", "name")  # a postcode alone is a whole street
SHORTEST_WORDS = 20  # characters: "Broken lift" is said by many
HOME_COUNTRY = "GB"
MOST_COMPARED = 100  # cases
MOST_SHOWN = 10


@dataclass(frozen=True)
class Traits:
    """A case as it is compared. Each text is folded; None where it was not given."""

    kind: str
    received_at: datetime
    email: str | None = None
    phone: str | None = None
    name: str | None = None
    home: str | None = None  # house, street and postcode
    postcode: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class Likeness:
    """``common`` are keys of POINTS."""

    points: int
    common: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.points >= LIKELY


def likeness(one: Traits, other: Traits) -> Likeness:
    """How much two cases have in common; nothing where the kind differs, or more than two weeks lie between."""
    if one.kind != other.kind or abs(one.received_at - other.received_at) > NEAR:
        return Likeness(0, ())
    common = [key for key in POINTS if getattr(one, key) is not None and getattr(one, key) == getattr(other, key)]
    if "home" in common:
        common.remove("postcode")  # said already
    return Likeness(sum(POINTS[key] for key in common), tuple(common))


def traits_of(case: Case) -> Traits:
    tenant, first = case.tenant, next(iter(case.contacts), None)
    words = folded(str(first.answers.get("what_happened") or "")) if first else None
    postcode = folded(tenant.postcode)
    line = folded(tenant.address[0]) if tenant.address else None
    return Traits(
        kind=case.kind,
        received_at=case.received_at,
        email=(tenant.email or "").strip().casefold() or None,
        phone=dialled(tenant.phone),
        name=folded(tenant.name),
        home=f"{line} {postcode}" if line and postcode else None,
        postcode=postcode,
        words=words if words and len(words) >= SHORTEST_WORDS else None,
    )


def folded(text: str | None) -> str | None:
    """Letters and digits alone, small, without accents: EX1 1AA and ex11aa are one. None where nothing is left."""
    parts = unicodedata.normalize("NFKD", text or "").casefold()
    return "".join(character for character in parts if character.isalnum()) or None


def dialled(text: str | None) -> str | None:
    """The number as it is dialled from abroad; its digits alone where it cannot be one."""
    try:
        number = phonenumbers.parse(text or "", HOME_COUNTRY)
    except phonenumbers.NumberParseException:
        return folded(text)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def remember(case: Case) -> None:
    """Keep what later cases are compared by, so that they find this one without reading every case. No commit."""
    for value in looked_up(traits_of(case)):
        db.session.add(Trait(case_id=case.id, value=value, received_at=case.received_at))


def possible_duplicates(case: Case) -> list[tuple[Case, Likeness]]:
    """The cases that may be the same, the likeliest first. Restricted ones are among them: ask who may open each."""
    mine = traits_of(case)
    near = (
        select(Trait.case_id)
        .where(
            Trait.value.in_(list(looked_up(mine))),
            Trait.received_at.between(case.received_at - NEAR, case.received_at + NEAR),
            Trait.case_id != case.id,
        )
        .order_by(Trait.received_at.desc())
        .limit(MOST_COMPARED)
    )
    others = db.session.scalars(
        select(Case)
        .where(Case.id.in_(set(db.session.scalars(near))), Case.landlord == case.landlord)
        .options(joinedload(Case.tenant), selectinload(Case.contacts))
    )
    compared = [(other, likeness(mine, traits_of(other))) for other in others]
    likely = [(other, found) for other, found in compared if found.is_likely]
    return sorted(likely, key=lambda pair: (-pair[1].points, -pair[0].id))[:MOST_SHOWN]


def of_the_same_person(case: Case) -> list[Case]:
    """Other cases of somebody with the same name and the same email address or phone, whenever, the newest first."""
    mine = traits_of(case)
    if not mine.name or not (mine.email or mine.phone):
        return []
    by_name, by_address = aliased(Trait), aliased(Trait)
    addresses = [_value(key, value) for key, value in (("email", mine.email), ("phone", mine.phone)) if value]
    wanted = (
        select(Case)
        .join(by_name, by_name.case_id == Case.id)
        .join(by_address, by_address.case_id == Case.id)
        .where(
            by_address.value.in_(addresses),
            by_name.value == _value("name", mine.name),
            Case.id != case.id,
            Case.landlord == case.landlord,
        )
        .options(joinedload(Case.tenant))
        .order_by(Case.id.desc())
        .limit(MOST_COMPARED)
    )
    return list(db.session.scalars(wanted).unique())


def cases_with_number(phone: str, landlord: str) -> list[Case]:
    """Of tenants with this phone number, the newest first. Restricted ones are among them: ask who may open each."""
    if not (number := dialled(phone)):
        return []
    wanted = (
        select(Case)
        .join(Trait, Trait.case_id == Case.id)
        .where(Trait.value == _value("phone", number), Case.landlord == landlord)
        .options(joinedload(Case.tenant))
        .order_by(Case.id.desc())
        .limit(MOST_SHOWN)
    )
    return list(db.session.scalars(wanted).unique())


def looked_up(traits: Traits) -> Iterator[str]:
    """What is kept of a case and looked up: it can be compared and not read."""
    for key in LOOKED_UP:
        if value := getattr(traits, key):
            yield _value(key, value)


def _value(key: str, value: str) -> str:
    return hashlib.sha256(f"{key}\0{value}".encode()).hexdigest()[:32]
