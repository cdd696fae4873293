"""What the tests of formats may ask for. Formats need the application for its words and templates, and no database.

``letterbox``  the application, its context pushed: one for all tests, as a worker makes many letters in one process
"""

from collections.abc import Iterator

import pytest
from flask import Flask

from app import create_app
from tests.rig.databases import settings_from


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("formats")
    return create_app(settings_from(folder, f"sqlite:///{folder / 'never-made.sqlite3'}"))


@pytest.fixture
def letterbox(application: Flask) -> Iterator[Flask]:
    with application.app_context():
        yield application
