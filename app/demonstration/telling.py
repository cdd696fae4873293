"""A story told: its case opened, answered and sent by the same acts as a real one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import inspect, select

from app.caseload.record import MAKE
from app.cases.actions import add_event
from app.cases.models import Case
from app.cases.references import ALPHABET, RANDOM_CHARACTERS, RANDOM_IN_CODE, with_check
from app.demonstration.people import email_of, somebody
from app.demonstration.stories import ACKNOWLEDGED, FAILED, Story
from app.dispatch.actions import messages_of, queue_message, way_to
from app.dispatch.sending import record_sent
from app.extensions import db
from app.landlords.standards import Landlord
from app.letters.compose import compose
from app.letters.models import Letter
from app.reception.actions import Arrival

LIES_THERE = timedelta(days=3)
BOUNCED = "550 5.1.1 There is no such mailbox here"


@dataclass(frozen=True)
class Chances:
    """What the seed decides of a story. ``answered_after``: how long after receipt its acknowledgement is."""

    person: dict[str, Any]
    reference: str
    return_code: str
    answered_after: timedelta


def draw(landlord: Landlord, story: Story, random: Random) -> Chances:
    return Chances(
        person={**somebody(random, landlord.key, story.name or None), **story.person},
        reference=with_check(characters(random, RANDOM_CHARACTERS)),
        return_code=with_check(characters(random, RANDOM_IN_CODE)),
        answered_after=timedelta(hours=random.uniform(1, min(23.0, story.days * 24))),
    )


def tell(landlord: Landlord, story: Story, chances: Chances, now: datetime, *, are_files_wanted: bool) -> Case:
    """Open the case and carry it on as far as its story goes. No commit."""
    received_at = now - timedelta(days=story.days)
    recorded_by = None if story.channel == "web" else email_of("kim.obrien", landlord.key)
    arrival = Arrival(
        answers=_answers(story, landlord),
        person=chances.person,
        needs=story.needs,
        language=story.language,
        at=received_at,
        channel=story.channel,
        recorded_by=recorded_by,
    )
    case = MAKE[story.kind](landlord, arrival)
    case.reference, case.return_code = _free(chances.reference), chances.return_code
    receipt, acknowledgement = _written_again(case, landlord)
    _settle(receipt, recorded_by or email_of("kim.obrien", landlord.key), now)
    _carry_on(acknowledgement, story, received_at + chances.answered_after, now)
    if not are_files_wanted:
        for letter in (receipt, acknowledgement):
            _make_when_asked_for(letter)
    return case


def _written_again(case: Case, landlord: Landlord) -> list[Letter]:
    """The receipt and the acknowledgement, with the reference and code that come from the seed."""
    db.session.flush()
    letters = list(db.session.scalars(select(Letter).where(Letter.case_id == case.id).order_by(Letter.id)))
    for letter in letters:
        letter.body = compose(case, letter.name, landlord, given=letter.given)
    return letters


def _settle(receipt: Letter, who: str, now: datetime) -> None:
    """Receipts by email have gone; one for the post still lies there when it is young."""
    for message in messages_of(receipt.case_id or 0):
        if message.channel == "email" or now - message.created_at > LIES_THERE:
            record_sent(message, message.created_at, who if message.channel == "post" else None)


def _carry_on(acknowledgement: Letter, story: Story, at: datetime, now: datetime) -> None:
    """What became of the acknowledgement, some hours after."""
    case = acknowledgement.case
    who = case.handler.email if case.handler else None
    if story.progress == ACKNOWLEDGED:
        _send(acknowledgement, at, who, now, is_posted=True)
    elif story.progress == FAILED:
        message = queue_message(acknowledgement, "email", case.tenant.email or "", at)
        message.state, message.problem, message.attempts = "failed", BOUNCED, 1
        add_event(case, "message_failed", at, letter=acknowledgement.name, channel="email", reason=BOUNCED)


def _send(letter: Letter, at: datetime, who: str | None, now: datetime, *, is_posted: bool = False) -> None:
    """Emails have gone. A letter for the post still lies there when it is young, unless ``is_posted``."""
    way = way_to(letter.case.tenant)
    if way is None:
        return
    message = queue_message(letter, *way, at)
    if way[0] == "email" or is_posted or now - at > LIES_THERE:
        record_sent(message, at, who if way[0] == "post" else None)


def _make_when_asked_for(letter: Letter) -> None:
    """Leave the files to whoever downloads them."""
    for file in list(letter.files):
        letter.files.remove(file)
        if inspect(file).persistent:
            db.session.delete(file)
        else:
            db.session.expunge(file)


def _answers(story: Story, landlord: Landlord) -> dict[str, object]:
    services = {option.key for option in landlord.services}
    found: dict[str, object] = {
        "who": "customer",
        "what_happened": story.what_happened,
        "outcome_sought": story.outcome_sought,
        "service": story.service if story.service in services else "other",
        **story.answers,
    }
    return {question: answer for question, answer in found.items() if answer}


def is_taken(reference: str) -> bool:
    return db.session.scalar(select(Case.id).where(Case.reference == reference)) is not None


def _free(reference: str) -> str:
    """The one that was drawn; another from the same where an earlier load has taken it."""
    random = Random(reference)  # noqa: S311  # the same each time is what it is for
    while is_taken(reference):
        reference = with_check(characters(random, RANDOM_CHARACTERS))
    return reference


def characters(random: Random, length: int) -> str:
    return "".join(random.choice(ALPHABET) for _ in range(length))
