"""Where a page of the queue begins, as it stands in an address: ``1798550340000000-17``, or ``none-17``."""

from datetime import UTC, datetime, timedelta

from app.cases.lists import Place

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE = timedelta(microseconds=1)


def place_in_address(place: Place | None) -> str | None:
    if place is None:
        return None
    due = "none" if place.due_at is None else str((place.due_at - EPOCH) // ONE)
    return f"{due}-{place.case_id}"


def place_from(text: str | None) -> Place | None:
    """The same read back; None, the first page, for what is no place."""
    due, _dash, case_id = (text or "").partition("-")
    try:
        return Place(None if due == "none" else EPOCH + int(due) * ONE, int(case_id))
    except (ValueError, OverflowError):
        return None
