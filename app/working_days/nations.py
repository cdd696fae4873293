"""Bank holidays by nation, from the ``holidays`` package, under our own translatable names."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays

# Our nation → the package's subdivision. Wales keeps England's bank holidays.
NATIONS: Mapping[str, str] = MappingProxyType(
    {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
)
FIRST_YEAR, LAST_YEAR = 2000, 2100  # what the package calculates, cut at the front to what a case can need


class NationNotKnown(ValueError):
    """No nation of this name keeps bank holidays here. The message lists those that do."""

    def __init__(self, nation: str) -> None:
        super().__init__(f"no nation is called {nation!r}: write one of {', '.join(NATIONS)}")


class YearNotKnown(ValueError):
    """A day lies outside the years whose bank holidays are known."""

    def __init__(self, year: int) -> None:
        super().__init__(f"bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}")


def N_(words: str) -> str:  # noqa: N802 - the name by which translators' tools find words that are said later
    """Mark words for translation where they are written; they are translated where they are shown."""
    return words


SATURDAY, SUNDAY = N_("Saturday"), N_("Sunday")

# The package's name → (our name, our name on a substitute day). A name that is not here is shown as the package
# gives it, in English: so that a holiday proclaimed tomorrow still closes the office and still says why.
_NAMES = {
    "New Year's Day": (N_("New Year’s Day"), N_("New Year’s Day (substitute day)")),
    "New Year Holiday": (N_("2 January"), N_("2 January (substitute day)")),
    "Saint Patrick's Day": (N_("St Patrick’s Day"), N_("St Patrick’s Day (substitute day)")),
    "Good Friday": (N_("Good Friday"), N_("Good Friday (substitute day)")),
    "Easter Monday": (N_("Easter Monday"), N_("Easter Monday (substitute day)")),
    "May Day": (N_("Early May bank holiday"), N_("Early May bank holiday (substitute day)")),
    "Spring Bank Holiday": (N_("Spring bank holiday"), N_("Spring bank holiday (substitute day)")),
    "Battle of the Boyne": (N_("Battle of the Boyne"), N_("Battle of the Boyne (substitute day)")),
    "Summer Bank Holiday": (N_("Summer bank holiday"), N_("Summer bank holiday (substitute day)")),
    "Late Summer Bank Holiday": (N_("Summer bank holiday"), N_("Summer bank holiday (substitute day)")),
    "Saint Andrew's Day": (N_("St Andrew’s Day"), N_("St Andrew’s Day (substitute day)")),
    "Scotland's participation in the FIFA World Cup final": (N_("World Cup bank holiday"),) * 2,
    "Christmas Day": (N_("Christmas Day"), N_("Christmas Day (substitute day)")),
    "Boxing Day": (N_("Boxing Day"), N_("Boxing Day (substitute day)")),
}
_OBSERVED = " (observed)"


def our_name(name: str) -> str:
    """The package's English name of a holiday → ours, still to be translated.

    Where two fall on one day the first names it: one reason is enough to be closed, and can be translated.
    """
    first, *_ = name.split("; ")
    plain, is_substitute = first.removesuffix(_OBSERVED), first.endswith(_OBSERVED)
    known = _NAMES.get(plain)
    return known[is_substitute] if known else first


@cache
def bank_holidays(nation: str, year: int) -> Mapping[date, str]:
    """The bank holidays of one nation in one year, by day, weekends included, each under its English name.

    Raises NationNotKnown, YearNotKnown.
    """
    if nation not in NATIONS:
        raise NationNotKnown(nation)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearNotKnown(year)
    found = holidays.country_holidays("GB", subdiv=NATIONS[nation], years=year, language="en_GB")
    return MappingProxyType({day: our_name(name) for day, name in sorted(found.items())})
