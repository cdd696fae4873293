"""Demonstration cases: opened, answered and sent by the same acts as real ones, at fixed times before now."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from app.cases.models import Case
from app.config import PROJECT
from app.demonstration.calls import add_calls
from app.demonstration.further import go_further
from app.demonstration.learned import add_what_was_learned
from app.demonstration.many import how_far_copies, load_copies
from app.demonstration.noticed import add_notices
from app.demonstration.people import COLLEAGUES, LINE_MANAGERS, email_of
from app.demonstration.stories import ACKNOWLEDGED, NEW, STORIES, Story
from app.demonstration.teams import add_teams, give_code
from app.demonstration.telling import Chances, draw, is_taken, tell
from app.demonstration.written import add_what_is_written
from app.extensions import db, start_writing
from app.landlords.standards import Landlord
from app.measures import publishing
from app.staff.actions import add_staff_member, find_staff_member, set_password

PASSWORD = "open the letterbox please"  # noqa: S105  # printed for whoever looks; only on this machine
SEED = 20261122
BATCH = 100  # cases in one transaction
FILES_MADE_AHEAD = 6  # cases; a worker would be busy for hours with all of ten thousand
OLDEST = 13.0  # days, of the cases beyond the stories
TOLD = 300  # cases, at most, with letters; those beyond are copies, written in bulk


def is_current() -> bool:
    """Whether the database has the tables that this version reads and writes."""
    wanted = set(ScriptDirectory(str(PROJECT / "migrations")).get_heads())
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == wanted


def has_cases() -> bool:
    return db.session.scalar(select(Case.id).limit(1)) is not None


def has_demonstration_staff(landlord: Landlord) -> bool:
    return find_staff_member(email_of(COLLEAGUES[0][0], landlord.key)) is not None


def load(landlord: Landlord, cases: int, now: datetime, *, is_beside: bool = False) -> Iterator[int]:
    """Add the colleagues, calls to make, notices, and so many cases, the same each time; or what is missing of them.

    The first ``TOLD`` are told as stories, with their letters; those beyond are copies of them, without letters.
    Commits in batches; gives how many cases are there so far. ``is_beside``: add all of them, whatever is there.
    """
    _add_colleagues(landlord, now)
    if is_beside or not has_cases():
        start_writing()
        add_calls(landlord, now)
        add_notices(landlord, now)
        db.session.commit()
    is_first = not has_cases()
    told = min(cases, TOLD)
    yield from _tell(landlord, told, now, is_beside=is_beside)
    if is_first:
        start_writing()
        add_what_is_written(landlord, now)
        add_what_was_learned(landlord, now)
        db.session.commit()
    if cases > told:
        for copies in load_copies(landlord, cases - told, SEED, now, is_beside=is_beside):
            yield told + copies
    if is_first:
        publishing.publish(now)  # what a worker does once a day


def how_far(landlord: Landlord, cases: int) -> int:
    """How many of so many cases are there from a load that was stopped; 0 where none was.

    A load that is stopped leaves whole batches, and nobody else's cases are among them.
    """
    told = sum(1 for _story, chances in _planned(landlord, min(cases, TOLD)) if is_taken(chances.reference))
    copies = how_far_copies(cases - TOLD) if told == TOLD and cases > TOLD else 0
    is_all = db.session.scalar(select(func.count(Case.id))) == told
    if copies or (told and told % BATCH == 0 and told < cases and is_all):
        return told + copies
    return 0


def _planned(landlord: Landlord, cases: int) -> Iterator[tuple[Story, Chances]]:
    random = Random(SEED)  # noqa: S311  # the same each time is what it is for
    for story in _stories(random, cases):
        yield story, draw(landlord, story, random)


def _tell(landlord: Landlord, cases: int, now: datetime, *, is_beside: bool) -> Iterator[int]:
    """Those that are there already stay as they are."""
    planned = list(_planned(landlord, cases))
    for first in range(0, cases, BATCH):
        start_writing()
        for number, (story, chances) in enumerate(planned[first : first + BATCH], first):
            if is_beside or not is_taken(chances.reference):
                case = tell(landlord, story, chances, now, are_files_wanted=number < FILES_MADE_AHEAD)
                if number < len(STORIES):
                    go_further(case, landlord, now)
        db.session.commit()
        db.session.expunge_all()
        yield min(first + BATCH, cases)


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
        give_code(colleague)
        db.session.commit()
    _name_line_managers(landlord)
    add_teams(landlord, now)


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
