"""One application for a file of tests, and pages put on its shelf by hand."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app

from app import create_app
from app.content import finding, reading
from app.content.composing import Composed, page_in
from app.content.reading import Library, Page
from app.extensions import db
from app.pages.keeping_routes import SHELF
from app.pages.kept import Shelf
from tests.conftest import Visitor
from tests.rig.databases import settings_from

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TAGS = ("en", "cy", "ar")


@contextmanager
def a_site_for_many_tests(request: pytest.FixtureRequest, **settings: Any) -> Iterator[Flask]:
    """Making an application takes half a second: these tests write nothing that another would read."""
    folder = request.getfixturevalue("tmp_path_factory").mktemp("site")
    address = request.getfixturevalue("sqlite_databases").make(folder)
    app = create_app(dataclasses.replace(settings_from(folder, address, "livewest"), **settings))
    app.testing = True
    app.jinja_env.bytecode_cache = request.getfixturevalue("compiled_templates")
    app.test_client_class = Visitor
    with app.app_context():
        yield app
        db.session.rollback()
        db.engine.dispose()


def a_page(slug: str, words: str, language: str = "en", **different: Any) -> Page:
    page = Page(slug, language, slug.capitalize(), "What it is about.", date(2027, 5, 1), "Repairs", words, Path(slug))
    return dataclasses.replace(page, **different)


def shelve(*pages: Page) -> None:
    """These pages and no others, until ``unshelve``."""
    by_slug: dict[str, dict[str, Page]] = {}
    for page in pages:
        by_slug.setdefault(page.slug, {})[page.language] = page
    unshelve()
    current_app.extensions[reading._KEY] = Library(TAGS, by_slug)


def unshelve() -> None:
    """What the site has in earnest, as after a new start."""
    current_app.extensions[SHELF] = Shelf()
    current_app.extensions.pop(reading._KEY, None)
    current_app.extensions.pop(finding._KEY, None)


def composed(words: str, language: str = "en", **different: Any) -> Composed:
    """A page of these words, beside one called repairs with a part called taps."""
    others = (a_page("repairs", "Who repairs what.\n\n## Taps {#taps}\n\nYou do."),)
    shelve(a_page("tried", words, language, **different), *others)
    return page_in("tried", language, TUESDAY)
