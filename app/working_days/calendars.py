"""One nation's calendar: which days are working days, and why the others are not. Pure: no clock is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext

from app.working_days.nations import NATIONS, SATURDAY, SUNDAY, NationNotKnown, bank_holidays

_WEEKEND = {5: SATURDAY, 6: SUNDAY}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """A day off that the nation's data does not have: one proclaimed late, or a landlord's own closed day."""

    on: date
    name: str  # in English; translated where it is shown, if the catalogues know it


@dataclass(frozen=True)
class Calendar:
    """The working days of one nation: Monday to Friday without its bank holidays and the extra ones handed in."""

    nation: str
    extra_holidays: tuple[Holiday, ...] = ()

    def __post_init__(self) -> None:
        if self.nation not in NATIONS:
            raise NationNotKnown(self.nation)

    def reason_closed(self, day: date) -> str | None:
        """Why no work is done on this day, in English, to be stored and translated when shown; None on a working day.

        Raises YearNotKnown.
        """
        for extra in self.extra_holidays:
            if extra.on == day:
                return extra.name
        holiday = bank_holidays(self.nation, day.year).get(day)
        # A bank holiday on a weekend gives its name away to its substitute day: the weekend closes this one.
        return _WEEKEND.get(day.weekday()) or holiday

    def why_closed(self, day: date) -> str | None:
        """Why no work is done on this day, in the language of the moment; None on a working day."""
        reason = self.reason_closed(day)
        return gettext(reason) if reason else None

    def is_working_day(self, day: date) -> bool:
        return self.reason_closed(day) is None

    def next_working_day(self, day: date) -> date:
        """The first working day after this one."""
        day += _ONE_DAY
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day


def calendar_for(nation: str, extra_holidays: Iterable[Holiday] = ()) -> Calendar:
    """The calendar of ``england-and-wales``, ``scotland`` or ``northern-ireland``.

    Raises NationNotKnown.
    """
    return Calendar(nation, tuple(sorted(extra_holidays, key=lambda holiday: (holiday.on, holiday.name))))
