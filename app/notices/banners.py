"""The banners of a page, and what a reader has put away of them. Pure: the moment is handed in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, Language, current_language
from app.notices.models import Notice
from app.notices.showing import Said, Stage, shown, stage_at, words_in

Mark = tuple[str, int]  # a notice's key and version: with another version it is another matter, and is shown again
MOST_REMEMBERED = 20  # put away by one reader
_BETWEEN, _WITHIN = "~", "."


@dataclass(frozen=True)
class Banner:
    """One notice as a reader sees it at the top of a page."""

    notice: Notice
    said: Said
    language: Language  # of its words, which may be another than the page's
    stage: Stage

    @property
    def is_foreign(self) -> bool:
        return self.language != current_language()

    @property
    def mark(self) -> str:
        return f"{self.notice.key}{_WITHIN}{self.notice.version}"


def banner_of(notice: Notice, moment: datetime) -> Banner:
    """In the language of the moment, else in the landlord's first, else in any that there is."""
    said = words_in(notice, current_language().tag, current_landlord().languages[0])
    return Banner(notice, said, LANGUAGES.get(said.language, current_language()), stage_at(notice, moment))


def banners_of(
    notices: Iterable[Notice], moment: datetime, put_away: Collection[Mark] = ()
) -> tuple[tuple[Banner, ...], int]:
    """The banners, the most severe first, and how many more notices there are."""
    found = shown(notices, moment, put_away)
    return tuple(banner_of(notice, moment) for notice in found.banners), found.more


def marks_in(text: str) -> frozenset[Mark]:
    """What a cookie says. Anybody may have written it: what is no mark is passed over."""
    return frozenset(_marks(text))


def with_mark(text: str, mark: Mark, standing: Collection[Mark]) -> str:
    """The cookie with one mark more, without those of notices that nobody is shown any more."""
    kept = [one for one in _marks(text) if one in standing and one != mark]
    return _BETWEEN.join(f"{key}{_WITHIN}{version}" for key, version in [*kept, mark][-MOST_REMEMBERED:])


def _marks(text: str) -> list[Mark]:
    parts = [one.rpartition(_WITHIN) for one in text.split(_BETWEEN)[:MOST_REMEMBERED]]
    return [(key, int(version)) for key, _dot, version in parts if key and version.isdecimal() and len(version) < 9]
