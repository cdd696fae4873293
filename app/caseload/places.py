"""Where a page of the queue begins, as it stands in an address: ``1798550340000000-17``, ``none-17``, ``~nowak-17``."""

from datetime import UTC, datetime, timedelta

from app.cases.lists import ORDERS, Place

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE = timedelta(microseconds=1)
TEXT = "~"
GREATEST_ID = 2**31 - 1


def place_in_address(place: Place | None) -> str | None:
    if place is None:
        return None
    if isinstance(place.value, str):
        return f"{TEXT}{place.value}-{place.case_id}"
    moment = "none" if place.value is None else str((place.value - EPOCH) // ONE)
    return f"{moment}-{place.case_id}"


def place_from(text: str | None, order: str = "due") -> Place | None:
    """The same read back; None, the first page, for what is no place in this order: a key of ORDERS."""
    written, _dash, number = (text or "").rpartition("-")
    try:
        place = Place(_value(written), int(number))
    except (ValueError, OverflowError):
        return None
    fits = ORDERS[order].may_be_empty if place.value is None else isinstance(place.value, ORDERS[order].kind)
    return place if fits and 0 <= place.case_id <= GREATEST_ID else None


def _value(written: str) -> datetime | str | None:
    if written.startswith(TEXT):
        if not written.isprintable():
            raise ValueError("no name holds this")
        return written[1:]
    return None if written == "none" else EPOCH + int(written) * ONE
