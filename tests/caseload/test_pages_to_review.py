"""The list of pages that somebody has to read again: whose they are, how late, and what nobody has translated."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import current_app
from flask.testing import FlaskClient

from app.content import reading
from app.content.reading import Library, Page
from tests.caseload.desk import a_desk_for_many_tests
from tests.laws.page_laws import assert_page_laws, words_of


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request) as client:
        yield client


def a_page(slug: str, days: int, language: str = "en", **different: object) -> Page:
    by: date = datetime.now(UTC).date() + timedelta(days=days)
    page = Page(slug, language, slug.title(), "What it is about.", by, "Repairs team", "Words.", Path(slug))
    return replace(page, **different)  # type: ignore[arg-type]


def shelve(*pages: Page, faults: tuple[str, ...] = ()) -> None:
    by_slug: dict[str, dict[str, Page]] = {}
    for page in pages:
        by_slug.setdefault(page.slug, {})[page.language] = page
    current_app.extensions[reading._KEY] = Library(("en", "cy", "ar"), by_slug, faults)


def rows_of(desk: FlaskClient) -> list[list[str]]:
    answer = desk.get("/staff/pages")
    assert answer.status_code == 200
    tree = assert_page_laws(answer)
    return [[words_of(cell) for cell in row.xpath("./*")] for row in tree.xpath("//tbody/tr")]


def test_the_longest_overdue_page_stands_first_with_its_owner_and_how_late_it_is(desk: FlaskClient) -> None:
    shelve(a_page("fresh", 200), a_page("stale", -3, owner="Safety team"), a_page("older", -40))
    rows = rows_of(desk)
    assert [row[1].split()[0] for row in rows] == ["Older", "Stale", "Fresh"]
    assert "3 days late" in rows[1][0]
    assert rows[1][2] == "Safety team"
    assert "late" not in rows[2][0]


def test_a_page_says_which_languages_nobody_has_written_it_in(desk: FlaskClient) -> None:
    shelve(a_page("repairs", 10), a_page("repairs", 90, "cy"), a_page("leaks", 20))
    repairs, leaks = rows_of(desk)
    assert "Not in Arabic" in repairs[3]
    assert "Not in Welsh" not in repairs[3]
    assert "Not in Welsh" in leaks[3]
    page = desk.get("/staff/pages").get_data(as_text=True)
    assert "2 pages are not in every language." in page
    assert "No page is overdue." in page


def test_a_file_that_cannot_be_read_is_named(desk: FlaskClient) -> None:
    shelve(a_page("fresh", 200), faults=("every/en/broken.md: owner is missing",))
    assert "every/en/broken.md: owner is missing" in desk.get("/staff/pages").get_data(as_text=True)


def test_every_page_of_the_site_itself_is_listed(desk: FlaskClient) -> None:
    current_app.extensions.pop(reading._KEY)
    slugs = {row[1].split()[-1] for row in rows_of(desk)}
    assert {"contact", "repairs", "complaints", "privacy"} <= slugs
