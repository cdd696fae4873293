"""What we ask of somebody who wants to be called: what it is about, and when."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from app.call_backs.actions import SOONEST, free_slots
from app.call_backs.slots import Slot, by_day
from app.call_backs.words import slot_words, time_words
from app.journeys import steps
from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import NothingAsked, QuestionForm
from app.languages.times import day_words

LONGEST_ABOUT = 500  # characters
TAKEN = _l("This time has just been taken. Choose another one")


class Before(NothingAsked):
    """What to know first."""

    first_free: Slot | None = None

    def prepare(self) -> None:
        self.first_free = next(iter(free_slots(self.landlord, steps.now())), None)


class Name(QuestionForm):
    name = Line(
        _l("Your name"),
        hint=_l("We ask for you by this name."),
        needed=_l("Enter your name"),
        autocomplete="name",
        spellcheck=False,
    )


class About(QuestionForm):
    about = Text(
        _l("What the call is about"),
        hint=_l("A few words are enough. You can leave this empty. Do not write passwords or card numbers here."),
        longest=LONGEST_ABOUT,
        rows=3,
    )


class When(QuestionForm):
    """A day, or a time of it. ``was_taken``: the one that was chosen is not free any more."""

    was_taken = False

    def mistakes(self) -> Iterator[tuple[str, str]]:
        """None where nothing is free: the page says so instead."""
        return super().mistakes() if self.fields_asked[0].picks else iter(())


class Day(When):
    day = Choice(
        _l("Day of the call"),
        hint=_l("Only days with a free time are shown."),
        needed=_l("Choose when we should call you"),
    )

    def prepare(self) -> None:
        slots = free_slots(self.landlord, steps.now())
        picks = [Pick(day.isoformat(), day_words(day)) for day in by_day(slots)]
        if slots:
            first = _("The first free time is %(when)s.", when=slot_words(slots[0]))
            picks.insert(0, Pick(SOONEST, _l("As soon as you can"), hint=first))
        self.day.offer(picks)
        self.was_taken = bool(self.day.data) and self.day.data not in [pick.key for pick in picks]
        if self.was_taken:
            self.day.needed = TAKEN


class Time(When):
    time = Choice(_l("Time of the call"), needed=_l("Choose a time"))

    def prepare(self) -> None:
        day = self.answers_so_far.get("day")
        offered = [slot for slot in free_slots(self.landlord, steps.now()) if slot.day.isoformat() == day]
        self.was_taken = offer(self.time, offered)
        if offered:
            self.time.hint = _("%(day)s. All times are the time in the United Kingdom.", day=day_words(offered[0].day))


def offer(field: Choice, slots: Sequence[Slot]) -> bool:
    """Offer these times. True when the one that was chosen is not among them any more."""
    field.offer([Pick(slot.key, time_words(slot)) for slot in slots])
    was_taken = bool(field.data) and field.data not in [slot.key for slot in slots]
    if was_taken:
        field.needed = TAKEN
    return was_taken


class MoveForm(FlaskForm):
    """Another time on one day."""

    time = Choice(_l("New time of the call"), needed=_l("Choose a time"))

    def __init__(self, slots: Sequence[Slot]) -> None:
        super().__init__()
        offer(self.time, slots)
        self.time.hint = _("%(day)s. All times are the time in the United Kingdom.", day=day_words(slots[0].day))

    def mistakes(self) -> Iterator[tuple[str, str]]:
        """As of a question: the summary of mistakes asks for them."""
        if self.time.errors:
            yield self.time.id, str(self.time.errors[0])
