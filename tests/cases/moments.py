"""Moments as a person writes them, the weekday with them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london(written: str) -> datetime:
    """``Thu 2026-12-24 16:59`` in London, in UTC. The weekday stands there to be read, and must be right."""
    weekday, rest = written.split(maxsplit=1)
    moment = datetime.fromisoformat(rest).replace(tzinfo=LONDON)
    assert f"{moment:%a}" == weekday, f"{rest} is a {moment:%a}"
    return moment.astimezone(UTC)


def written(moment: datetime) -> str:
    """The other way round, to the second where it has one."""
    local = moment.astimezone(LONDON)
    return f"{local:%a %Y-%m-%d %H:%M:%S}".removesuffix(":00")
