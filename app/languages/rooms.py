"""In which part of the site a sentence stands, by the file that says it. Pure."""

from collections.abc import Iterable

# What tenants go through comes first. A room that is not here stands under "elsewhere".
ROOMS = (
    "complaints",
    "antisocial_behaviour",
    "feedback",
    "enquiries",
    "call_backs",
    "forms",
    "tracking",
    "letters",
    "pages",
    "notices",
    "policies",
    "formats",
    "staff",
    "elsewhere",
)
STAFF = "staff"  # the one that no tenant comes to
_BY_FOLDER = {
    "journeys": "forms",
    "reception": "forms",
    "uploads": "forms",
    "content": "pages",
    "errors": "pages",
    "base.html": "pages",
    "errors.py": "pages",
    "landlords": "policies",
    "caseload": "staff",
    "measures": "staff",
    "demonstration": "staff",
    "staff_base.html": "staff",
    "mailings": "letters",
    "dispatch": "letters",
    "interpreters": "tracking",
}


def room_of(place: str) -> str:
    """``templates/journeys/check.html`` → ``forms``."""
    _top, _slash, rest = place.partition("/")
    folder = rest.partition("/")[0]
    room = _BY_FOLDER.get(folder, folder)
    return room if room in ROOMS else "elsewhere"


def rooms_of(places: Iterable[str]) -> frozenset[str]:
    """All rooms that say it; "elsewhere" where nobody knows."""
    return frozenset(map(room_of, places)) or frozenset({"elsewhere"})
