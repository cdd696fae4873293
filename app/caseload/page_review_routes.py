"""Staff page: which pages of the website are to be read again, by whom, and what nobody has translated yet (L19)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from app.caseload.routes import caseload
from app.caseload.words import language_name
from app.cases.clock import LONDON
from app.content.addresses import address_of
from app.content.checking import ToReview, to_review
from app.content.reading import library


@dataclass(frozen=True)
class Row:
    """One page with all languages in which it is written; ``first`` is the one that is due first."""

    first: ToReview
    versions: tuple[ToReview, ...]

    @property
    def state(self) -> str:
        if self.first.is_overdue:
            return "late"
        return "soon" if self.first.is_soon else "calm"


@caseload.get("/pages")
def see_pages_to_review() -> ResponseReturnValue:
    today = datetime.now(UTC).astimezone(LONDON).date()
    rows = list(_rows(today))
    return render_template(
        "caseload/pages.html",
        rows=rows,
        overdue=sum(row.first.is_overdue for row in rows),
        untranslated=sum(bool(row.first.missing) for row in rows),
        faults=library().faults,
        today_is=today,
        address_of=address_of,
        language_name=language_name,
        first_language=library().languages[0],
    )


def _rows(today: date) -> Iterator[Row]:
    """The page that is the longest overdue first."""
    by_slug: dict[str, list[ToReview]] = {}
    for one in to_review(today):
        by_slug.setdefault(one.page.slug, []).append(one)
    offered = library().languages
    for versions in by_slug.values():
        yield Row(versions[0], tuple(sorted(versions, key=lambda one: offered.index(one.page.language))))
