"""Who is calling? (L06) What a caller says is held against what we know, and never shown or kept. Nothing here commits.

The rule: the telephone password alone is enough; without it the date of birth and the postcode, both. Anything that was
said and is wrong fails the try. After three failed tries within a day the next is refused until the day is over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.cases.actions import add_event
from app.cases.casework_models import IdentityCheck
from app.cases.duplicates import folded, of_the_same_person
from app.cases.models import Case
from app.extensions import db
from app.staff.models import StaffMember
from app.tenants import telephone_passwords
from app.tenants.models import Tenant

MOST_TRIES = 3
TRIES_COUNT_FOR = timedelta(days=1)
HOLDS_FOR = timedelta(minutes=30)  # a passed check, for the colleague who made it
RIGHT, WRONG, NOT_ASKED, NOT_KNOWN = "right", "wrong", "not-asked", "not-known"
# Ways to be sure of somebody when the check is not: as a colleague states them.
PROOFS = ("checked", "photo-id", "rang-known-number")


class TooManyTries(Exception):
    """Three tries failed within a day: this caller cannot be checked so until it is over."""


class NotSureWhoCalls(Exception):
    """A password or a date of birth is set only after another proof of who the person is."""


@dataclass(frozen=True)
class Known:
    """What there is to ask for."""

    date_of_birth: date | None
    postcode: str | None
    password: str | None  # its hash


def known_of(case: Case) -> Known:
    """Of this case's tenant; where they gave it in another case of theirs, from there, the newest first."""
    people = [case.tenant, *(other.tenant for other in of_the_same_person(case))]
    return Known(
        date_of_birth=next((one.date_of_birth for one in people if one.date_of_birth), None),
        postcode=folded(case.tenant.postcode),
        password=_newest_password(people),
    )


def _newest_password(people: list[Tenant]) -> str | None:
    found = [one for one in people if one.telephone_password and one.telephone_password_set_at]
    newest = max(found, key=lambda one: one.telephone_password_set_at, default=None)  # type: ignore[arg-type, return-value]
    return newest.telephone_password if newest else None


def judge(known: Known, date_of_birth: date | None, postcode: str, password: str) -> tuple[Mapping[str, str], bool]:
    """What of it was right, and whether that is enough. Empty means that it was not asked."""
    answers = {
        "date_of_birth": _held_against(
            known.date_of_birth is not None, date_of_birth is not None, date_of_birth == known.date_of_birth
        ),
        "postcode": _held_against(known.postcode is not None, bool(postcode), folded(postcode) == known.postcode),
        "password": _held_against(
            known.password is not None,
            bool(password),
            bool(password) and known.password is not None and telephone_passwords.is_right(known.password, password),
        ),
    }
    is_enough = answers["password"] == RIGHT or answers["date_of_birth"] == answers["postcode"] == RIGHT
    return answers, is_enough and WRONG not in answers.values()


def _held_against(is_known: bool, was_said: bool, is_right: bool) -> str:
    if not was_said:
        return NOT_ASKED
    if not is_known:
        return NOT_KNOWN
    return RIGHT if is_right else WRONG


def check(
    case: Case, date_of_birth: date | None, postcode: str, password: str, at: datetime, who: StaffMember
) -> IdentityCheck:
    """Hold what the caller says against what we know, and write the result down. Raises TooManyTries."""
    if tries_left(case, at) == 0:
        raise TooManyTries
    answers, has_passed = judge(known_of(case), date_of_birth, postcode, password)
    made = IdentityCheck(
        case_id=case.id, tenant_id=case.tenant_id, at=at, who=who.email, answers=dict(answers), has_passed=has_passed
    )
    db.session.add(made)
    add_event(case, "identity_checked", at, who.email, has_passed=has_passed)
    return made


def tries_left(case: Case, at: datetime) -> int:
    """Of the person, whichever of their cases is open. A passed check begins the count anew."""
    failed = 0
    for one in reversed(checks_of(case)):
        if one.has_passed or one.at <= at - TRIES_COUNT_FOR:
            break
        failed += 1
    return max(0, MOST_TRIES - failed)


def checks_of(case: Case) -> list[IdentityCheck]:
    """Of the person, in all their cases, the oldest first."""
    cases = [case.id, *(other.id for other in of_the_same_person(case))]
    return list(
        db.session.scalars(select(IdentityCheck).where(IdentityCheck.case_id.in_(cases)).order_by(IdentityCheck.id))
    )


def is_identified(case: Case, at: datetime, who: StaffMember) -> bool:
    """Whether this colleague has just been sure, on this case, who is calling."""
    latest = db.session.scalar(
        select(IdentityCheck)
        .where(IdentityCheck.case_id == case.id, IdentityCheck.who == who.email)
        .order_by(IdentityCheck.id.desc())
        .limit(1)
    )
    return latest is not None and latest.has_passed and at - latest.at <= HOLDS_FOR


def set_password(case: Case, words: str, at: datetime, who: StaffMember | None = None, proof: str = "") -> None:
    """Set or change the telephone password. ``who`` None: the tenant did, on the page that opens with their code.

    ``proof`` is one of PROOFS. Raises telephone_passwords.WordRefused, NotSureWhoCalls.
    """
    _refuse_without_proof(case, at, who, proof)
    telephone_passwords.set_word(case.tenant, words, at)
    add_event(case, "telephone_password_set", at, who.email if who else None, proof=proof)


def set_date_of_birth(case: Case, born_on: date, at: datetime, who: StaffMember, proof: str) -> None:
    """Raises NotSureWhoCalls."""
    _refuse_without_proof(case, at, who, proof)
    case.tenant.date_of_birth = born_on
    add_event(case, "date_of_birth_recorded", at, who.email, proof=proof)


def _refuse_without_proof(case: Case, at: datetime, who: StaffMember | None, proof: str) -> None:
    if who is None:
        return
    if proof not in PROOFS or (proof == "checked" and not is_identified(case, at, who)):
        raise NotSureWhoCalls
