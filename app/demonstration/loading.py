"""Demonstration cases: opened, answered and sent by the same acts as real ones, at fixed times before now."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select

from app.caseload.record import MAKE
from app.cases.actions import add_event
from app.cases.models import Case
from app.cases.references import ALPHABET, RANDOM_CHARACTERS, RANDOM_IN_CODE, with_check
from app.config import PROJECT
from app.demonstration.calls import add_calls
from app.demonstration.people import COLLEAGUES, LINE_MANAGERS, email_of, somebody
from app.demonstration.stories import ACKNOWLEDGED, FAILED, NEW, STORIES, Story
from app.dispatch.actions import messages_of, queue_message, way_to
from app.dispatch.sending import record_sent
from app.extensions import db, start_writing
from app.landlords.standards import Landlord
from app.letters.compose import compose
from app.letters.models import Letter
from app.reception.actions import Arrival
from app.staff.actions import add_staff_member, find_staff_member, set_password

PASSWORD = "open the letterbox please"  # noqa: S105  # printed for whoever looks; only on this machine
SEED = 20261122
BATCH = 100  # cases in one transaction
FILES_MADE_AHEAD = 6  # cases; a worker would be busy for hours with all of ten thousand
OLDEST = 13.0  # days, of the cases beyond the stories
LIES_THERE = timedelta(days=3)
BOUNCED = "550 5.1.1 There is no such mailbox here"


def is_current() -> bool:
    """Whether the database has the tables that this version reads and writes."""
    wanted = set(ScriptDirectory(str(PROJECT / "migrations")).get_heads())
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == wanted


def has_cases() -> bool:
    return db.session.scalar(select(Case.id).limit(1)) is not None


def has_demonstration_staff(landlord: Landlord) -> bool:
    return find_staff_member(email_of(COLLEAGUES[0][0], landlord.key)) is not None


def load(landlord: Landlord, cases: int, now: datetime) -> Iterator[int]:
    """Add the colleagues, a few calls to make, and so many cases, the same ones each time.

    Commits in batches; gives how many cases so far.
    """
    _add_colleagues(landlord, now)
    start_writing()
    add_calls(landlord, now)
    db.session.commit()
    random = Random(SEED)  # noqa: S311  # the same each time is what it is for
    loaded = 0
    stories = _stories(random, cases)
    while batch := [story for _, story in zip(range(BATCH), stories, strict=False)]:
        start_writing()
        for story in batch:
            _add_case(landlord, story, random, now, are_files_wanted=loaded < FILES_MADE_AHEAD)
            loaded += 1
        db.session.commit()
        db.session.expunge_all()
        yield loaded


def _add_colleagues(landlord: Landlord, now: datetime) -> None:
    """The password is hashed once: what is slow on purpose would be slow for each."""
    hashed = None
    for first_part, name, roles in COLLEAGUES:
        email = email_of(first_part, landlord.key)
        if find_staff_member(email):
            continue
        colleague = add_staff_member(email, roles, name)
        if hashed is None:
            db.session.commit()
            hashed = set_password(colleague.id, PASSWORD, now, "demonstration").staff_member.password
        colleague.password = hashed
        db.session.commit()
    _name_line_managers(landlord)


def _name_line_managers(landlord: Landlord) -> None:
    start_writing()
    for first_part, above in LINE_MANAGERS.items():
        colleague = find_staff_member(email_of(first_part, landlord.key))
        if colleague and colleague.line_manager_id is None:
            colleague.line_manager = find_staff_member(email_of(above, landlord.key))
    db.session.commit()


def _stories(random: Random, cases: int) -> Iterator[Story]:
    """The stories themselves, then as many more like them as are asked for."""
    for number in range(cases):
        yield STORIES[number] if number < len(STORIES) else _like(random.choice(STORIES), random)


def _like(story: Story, random: Random) -> Story:
    """The same words from somebody else, some other day."""
    days = random.uniform(0.02, OLDEST)
    is_answered = random.random() < min(0.97, days / 1.2)
    name = story.name if story.language == "ar" else ""
    return Story(
        days=days,
        kind=story.kind,
        name=name,
        what_happened=story.what_happened,
        outcome_sought=story.outcome_sought,
        language=story.language,
        channel=story.channel,
        service=story.service,
        needs=story.needs,
        answers=story.answers,
        person=story.person,
        progress=ACKNOWLEDGED if is_answered else NEW,
    )


def _add_case(landlord: Landlord, story: Story, random: Random, now: datetime, *, are_files_wanted: bool) -> None:
    received_at = now - timedelta(days=story.days)
    by_form = story.channel == "web"
    recorded_by = None if by_form else email_of("kim.obrien", landlord.key)
    person = {**somebody(random, landlord.key, story.name or None), **story.person}
    arrival = Arrival(
        answers=_answers(story, landlord),
        person=person,
        needs=story.needs,
        language=story.language,
        at=received_at,
        channel=story.channel,
        recorded_by=recorded_by,
    )
    case = MAKE[story.kind](landlord, arrival)
    case.reference, case.return_code = _free_reference(random), with_check(_characters(random, RANDOM_IN_CODE))
    receipt, acknowledgement = _written_again(case, landlord)
    _settle(receipt, recorded_by or email_of("kim.obrien", landlord.key), now)
    _carry_on(acknowledgement, story, random, now)
    if not are_files_wanted:
        for letter in (receipt, acknowledgement):
            _make_when_asked_for(letter)


def _written_again(case: Case, landlord: Landlord) -> list[Letter]:
    """The receipt and the acknowledgement, with the reference and code that come from the seed."""
    db.session.flush()
    letters = list(db.session.scalars(select(Letter).where(Letter.case_id == case.id).order_by(Letter.id)))
    for letter in letters:
        letter.body = compose(case, letter.name, landlord)
    return letters


def _settle(receipt: Letter, who: str, now: datetime) -> None:
    """Receipts by email have gone; one for the post still lies there when it is young."""
    for message in messages_of(receipt.case_id or 0):
        if message.channel == "email" or now - message.created_at > LIES_THERE:
            record_sent(message, message.created_at, who if message.channel == "post" else None)


def _carry_on(acknowledgement: Letter, story: Story, random: Random, now: datetime) -> None:
    """What became of the acknowledgement, some hours after."""
    case = acknowledgement.case
    at = case.received_at + timedelta(hours=random.uniform(1, min(23.0, story.days * 24)))
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


def _free_reference(random: Random) -> str:
    """From the seed; the next one where an earlier load has taken it."""
    while True:
        reference = with_check(_characters(random, RANDOM_CHARACTERS))
        if db.session.scalar(select(Case.id).where(Case.reference == reference)) is None:
            return reference


def _characters(random: Random, length: int) -> str:
    return "".join(random.choice(ALPHABET) for _ in range(length))
