"""Which notices are shown at a moment, in which words. Pure: the notices and the moment are handed in.

Half-open, to the minute: shown from ``announce_at``, live from ``starts_at``, gone at ``ends_at``. Nothing is shown
before it was published, nor from the moment at which it was resolved or cancelled.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from app.notices.models import Notice, NoticeUpdate
from app.notices.shapes import MOST_AT_ONCE, SEVERITIES

Stage = Literal["waiting", "announced", "live", "over"]
_DISTRICT = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)")
_POSTCODE = re.compile(rf"{_DISTRICT.pattern}[0-9][A-Z]{{2}}")


@dataclass(frozen=True)
class Shown:
    """The banners of a page, the most severe first, and how many more notices there are that it has no place for."""

    banners: tuple[Notice, ...]
    more: int


@dataclass(frozen=True)
class Said:
    """What a reader gets. ``language`` is a tag, and may be another than was asked for: mark it with ``lang``."""

    title: str  # empty for an update
    words: str  # Markdown of few signs: words_set_out.html_of
    language: str


def over_at(notice: Notice) -> datetime | None:
    """The moment from which it is over; None while nobody knows."""
    ends = [moment for moment in (notice.ends_at, notice.resolved_at, notice.cancelled_at) if moment is not None]
    return min(ends, default=None)


def shown_from(notice: Notice) -> datetime | None:
    """The moment from which it is shown; None where it was never published."""
    return max(notice.announce_at, notice.published_at) if notice.published_at else None


def stage_at(notice: Notice, moment: datetime) -> Stage:
    """``waiting`` until it is shown, a draft for ever; ``over`` also if it was cancelled before anybody saw it."""
    over, shown = over_at(notice), shown_from(notice)
    if over is not None and over <= moment:
        return "over"
    if shown is None or moment < shown:
        return "waiting"
    return "live" if notice.starts_at <= moment else "announced"


def was_shown(notice: Notice) -> bool:
    """Whether anybody ever saw it, or will: not a draft, nor what was cancelled before its announcement."""
    over, shown = over_at(notice), shown_from(notice)
    return shown is not None and (over is None or shown < over)


def shown(notices: Iterable[Notice], moment: datetime, put_away: Collection[tuple[str, int]] = ()) -> Shown:
    """The banners of a page. ``put_away``: key and version of what the reader has put away."""
    standing = in_order(
        (
            notice
            for notice in notices
            if stage_at(notice, moment) in ("announced", "live") and (notice.key, notice.version) not in put_away
        ),
        moment,
    )
    return Shown(tuple(standing[:MOST_AT_ONCE]), max(0, len(standing) - MOST_AT_ONCE))


def in_order(notices: Iterable[Notice], moment: datetime) -> list[Notice]:
    """The most severe first, then live before announced, then the one that starts soonest."""
    return sorted(
        notices,
        key=lambda notice: (
            SEVERITIES.index(notice.severity),
            stage_at(notice, moment) != "live",
            notice.starts_at,
            notice.key,
        ),
    )


def words_in(notice: Notice, language: str, first_language: str) -> Said:
    """In the language (a tag), else in the landlord's first, else in any that there is."""
    tag = _found(
        [tag for tag, said in notice.words.items() if _is_whole(said)] or list(notice.words), language, first_language
    )
    said = notice.words[tag]
    return Said(str(said.get("title", "")), str(said.get("words", "")), tag)


def update_in(update: NoticeUpdate, language: str, first_language: str) -> Said | None:
    """The same of an update. None where it was resolved or cancelled without a word."""
    there = [tag for tag, words in update.words.items() if str(words).strip()]
    if not there:
        return None
    tag = _found(there, language, first_language)
    return Said("", str(update.words[tag]), tag)


def _found(there: Sequence[str], language: str, first_language: str) -> str:
    return next((tag for tag in (language, first_language) if tag in there), there[0])


def missing_languages(notice: Notice, offered: Iterable[str]) -> tuple[str, ...]:
    """The offered tags in which its title or its words are missing."""
    return tuple(tag for tag in offered if not _is_whole(notice.words.get(tag)))


def missing_in_update(update: NoticeUpdate, offered: Iterable[str]) -> tuple[str, ...]:
    """The offered tags in which an update is missing; none where it says nothing in any language."""
    there = {tag for tag, words in update.words.items() if str(words).strip()}
    return tuple(tag for tag in offered if tag not in there) if there else ()


def _is_whole(said: Mapping[str, Any] | None) -> bool:
    return said is not None and all(str(said.get(part) or "").strip() for part in ("title", "words"))


def in_area(notice: Notice, district: str) -> bool:
    """Whether it is for this postcode district, as ``district_of`` gives it. A notice without areas is for all."""
    return not notice.areas or district in notice.areas


def district_of(typed: str) -> str | None:
    """The district in what somebody typed: ``EX4`` for “ex4”, “EX4 6AB” or “ex46ab”; None where there is none."""
    parts = typed.upper().split()
    found = _POSTCODE.fullmatch("".join(parts)) or (_DISTRICT.fullmatch(parts[0]) if parts else None)
    return found[1] if found else None
