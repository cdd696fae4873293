"""Thousands of cases more, over three years: copies of what the stories became, written in bulk.

One load is known by its references, which follow from the seed, the number of cases and the round: so a load that was
stopped goes on where its last whole batch ended, without anything being kept beside the cases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from app.cases import search
from app.cases.clock import LONDON
from app.cases.models import Case
from app.cases.references import ALPHABET, RANDOM_CHARACTERS, RANDOM_IN_CODE, with_check
from app.demonstration.bulk import Writer, count_anew, make_room, reserve_ids
from app.demonstration.copies import CASES, TENANTS, Cast, Copy, Counter, Stored
from app.demonstration.crowd import more_colleagues, more_words, somebody_else
from app.demonstration.lives import LIVES, YOUNG, Life
from app.demonstration.patterns import Colleague, Pattern, colleague_of, patterns_of, tables_of_cases
from app.demonstration.people import email_of
from app.demonstration.stories import STORIES, Story
from app.extensions import db, start_writing
from app.landlords.standards import Landlord
from app.staff.actions import add_staff_member, find_staff_member
from app.staff.models import StaffMember, Team

BATCH = 4000  # cases in one transaction
SPAN = 3 * 365  # days, to the day of the load
MOMENTS_A_DAY = 12  # few, so that a promise is counted once for many cases
EARLIEST, LATEST = 7 * 60, 22 * 60  # minutes of the day
SPACE = len(ALPHABET) ** RANDOM_CHARACTERS
STEP = 1_618_033_988  # shares no factor with SPACE: number × STEP meets each reference once
ROUNDS = 1_000_003 * 997  # apart from each other, so that a second load has other references


@dataclass(frozen=True)
class Load:
    """So many copies. ``round``: 0 the first time, 1 when the same is loaded once more beside it."""

    copies: int
    round: int = 0

    def reference(self, number: int) -> str:
        value = (number * STEP + (self.round + 1) * ROUNDS + self.copies * 7) % SPACE
        characters = ""
        for _ in range(RANDOM_CHARACTERS):
            value, digit = divmod(value, len(ALPHABET))
            characters += ALPHABET[digit]
        return with_check(characters)

    def day(self, number: int, last: date) -> date:
        return last - timedelta(days=SPAN - 1 - number * SPAN // self.copies)


def load_copies(
    landlord: Landlord,
    copies: int,
    seed: int,
    now: datetime,
    *,
    is_beside: bool = False,
    stories: Sequence[Story] = STORIES,
) -> Iterator[int]:
    """Add so many copies, the oldest first, or what is missing of them. Commits each batch; gives how many are there.

    ``is_beside``: never what is missing of an earlier load, but all of them once more.
    """
    load = _load_to_do(copies, is_beside=is_beside)
    done = _how_far(load)
    last = _last_day(load) if done else now.astimezone(LONDON).date()
    _add_colleagues(landlord, copies)
    maker = Maker(landlord, load, seed, last, now, stories)
    while done < copies:
        numbers = range(done, min(done + BATCH, copies))
        maker.write(numbers)
        done = numbers.stop
        yield done
    count_anew()


def how_far_copies(copies: int) -> int:
    """How many copies of a load of this size are there that was stopped before its end; 0 where none was."""
    load = Load(copies)
    done = _how_far(load)
    return done if done < copies else 0


def _load_to_do(copies: int, *, is_beside: bool) -> Load:
    load = Load(copies)
    while (done := _how_far(load)) == copies or (is_beside and done):
        load = Load(copies, load.round + 1)
    return load


def _how_far(load: Load) -> int:
    """Batches are whole, and written in order: halve what is not known until it is."""
    there, missing = 0, -(-load.copies // BATCH)
    while there < missing:
        middle = (there + missing) // 2
        if _is_there(load.reference(middle * BATCH)):
            there = middle + 1
        else:
            missing = middle
    return min(there * BATCH, load.copies)


def _is_there(reference: str) -> bool:
    return db.session.scalar(select(Case.id).where(Case.reference == reference)) is not None


def _last_day(load: Load) -> date:
    """The day of the load that is continued, by the first case that it wrote."""
    first = db.session.scalar(select(Case.received_at).where(Case.reference == load.reference(0)))
    assert first is not None
    return first.astimezone(LONDON).date() + timedelta(days=SPAN - 1)


def _add_colleagues(landlord: Landlord, copies: int) -> None:
    """More people share more work. They have no password: nobody signs in as one of them."""
    teams = db.session.scalars(select(Team).order_by(Team.id)).all()
    for number, (first_part, name, role) in enumerate(more_colleagues(copies)):
        email = email_of(first_part, landlord.key)
        if find_staff_member(email) is None:
            colleague = add_staff_member(email, (role,), name)
            colleague.team = teams[number % len(teams)] if teams else None
            db.session.commit()


class Maker:
    """Makes batches. Each has its own chances, so that it is the same whether or not the one before was just made."""

    def __init__(
        self, landlord: Landlord, load: Load, seed: int, last: date, now: datetime, stories: Sequence[Story]
    ) -> None:
        self._landlord, self._load, self._seed, self._last, self._now = landlord, load, seed, last, now
        dialect = db.engine.dialect
        counter, stored = Counter(landlord), Stored(dialect)
        self._stories = stories
        self._casts = {
            (pattern.story.what_happened, pattern.life.name): Cast(pattern, dialect, counter, stored)
            for pattern in patterns_of(landlord, stories, now)
        }
        self._pools = self._who_may_stand_for()
        self._day: tuple[date, tuple[datetime, ...]] | None = None

    def write(self, numbers: range) -> None:
        random = Random(f"{self._seed} {self._load.copies} {self._load.round} {numbers.start}")  # noqa: S311
        start_writing()
        if _is_there(self._load.reference(numbers.start)):
            return  # somebody else loads the same at the same time
        make_room()
        connection = db.session.connection()
        writer = Writer(connection)
        for table in tables_of_cases():
            writer.rows_of(table, Cast._columns(table))
        cases = reserve_ids(connection, CASES, len(numbers))
        tenants = reserve_ids(connection, TENANTS, len(numbers))
        words = []
        for number, case_id, tenant_id in zip(numbers, cases, tenants, strict=True):
            cast, copy = self._drawn(number, case_id, tenant_id, random)
            cast.write(copy, writer)
            words.append((case_id, cast.words(copy)))
        writer.write()
        search.keep(connection, words)
        db.session.commit()

    def _drawn(self, number: int, case_id: int, tenant_id: int, random: Random) -> tuple[Cast, Copy]:
        received_at = random.choice(self._moments(self._load.day(number, self._last)))
        story = random.choice(self._stories)
        life = self._life((self._now - received_at) / timedelta(days=1), random)
        cast = self._casts[story.what_happened, life.name]
        name = story.name if story.language == "ar" else None
        copy = Copy(
            case_id=case_id,
            tenant_id=tenant_id,
            reference=self._load.reference(number),
            return_code=with_check("".join(random.choices(ALPHABET, k=RANDOM_IN_CODE))),
            received_at=received_at,
            person={**somebody_else(random, self._landlord.key, name), **story.person},
            more_words=more_words(random),
            colleagues=self._colleagues(cast.pattern, random),
        )
        return cast, copy

    def _moments(self, day: date) -> tuple[datetime, ...]:
        """Those of the day at which anybody wrote, none to come."""
        if self._day is None or self._day[0] != day:
            random = Random(f"{self._seed} {day}")  # noqa: S311
            minutes = [random.randrange(EARLIEST, LATEST) for _ in range(MOMENTS_A_DAY)]
            at = [datetime.combine(day, time(*divmod(minute, 60)), tzinfo=LONDON).astimezone(UTC) for minute in minutes]
            self._day = day, tuple(min(moment, self._now - timedelta(minutes=5)) for moment in at)
        return self._day[1]

    def _life(self, days: float, random: Random) -> Life:
        age = 0 if days < 1 else 1 if days < YOUNG else 2
        possible = [life for life in LIVES if life.days <= days and life.weights[age]]
        if not possible:
            return LIVES[0]
        return random.choices(possible, [life.weights[age] for life in possible])[0]

    def _who_may_stand_for(self) -> dict[int, Sequence[Colleague]]:
        """By a pattern's colleague: those who have the same work."""
        everybody = [colleague_of(one) for one in db.session.scalars(select(StaffMember).where(StaffMember.active))]
        named = {one.id: one for cast in self._casts.values() for one in cast.pattern.colleagues}
        return {
            number: [other for other in everybody if other.roles & one.roles] or [one] for number, one in named.items()
        }

    def _colleagues(self, pattern: Pattern, random: Random) -> Sequence[Colleague]:
        """Somebody for each of the pattern's, nobody twice."""
        found: list[Colleague] = []
        for one in pattern.colleagues:
            other = random.choice(self._pools[one.id])
            while other in found:
                other = random.choice([*self._pools[one.id], one])
            found.append(other)
        return found
