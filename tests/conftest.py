"""What every test may ask for: the application on a fresh database, the running site, a real browser.

``app``           on SQLite and then on PostgreSQL, migrated, empty, its context pushed
``sqlite_app``    the same on SQLite only, for what no database can change
``make_app``      ``make_app(landlord="livv", database="postgresql", mail_server="127.0.0.1", …)``: no context pushed
``client``        asks ``app`` for pages
``live_server``   the site in processes of its own; its address: ``f"{live_server}/en/"``
``make_site``     ``make_site(landlord="livv", with_worker=True, DRAFT_DAYS="1")``: a ``Site`` (tests/rig/servers.py)
``page``          a page in Chromium, 1280 px wide: ``@pytest.mark.parametrize("page", [PHONE], indirect=True)``
``open_page``     ``open_page(PHONE_WITHOUT_JAVASCRIPT)``: more of them, each in a window with its own cookies
"""

import contextlib
import contextvars
import dataclasses
import gc
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as examples
from playwright.sync_api import Browser, Page
from werkzeug.test import TestResponse

from app import create_app
from app.extensions import db
from tests.rig.browsers import DESKTOP, Screen, open_window, running_browser
from tests.rig.cheap import (
    CompiledTemplates,
    compile_modules_once,
    compile_statements_once,
    hash_passwords_cheaply,
    read_addresses_once,
    read_policies_once,
    read_sheets_once,
    wait_for_no_disk,
)
from tests.rig.databases import PostgresqlDatabases, SqliteDatabases, settings_from
from tests.rig.postgresql import running_cluster
from tests.rig.servers import Site
from tools.messages import compile_catalogues

# On a busy machine it may take long to make an example, or to try it: that is no fault of what is tried.
examples.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("ours")

MakeApp = Callable[..., Flask]
MakeSite = Callable[..., Site]
OpenPage = Callable[..., Page]
# A quarter of a minute and more, on a machine with nothing else to do.
LONGEST = (
    "test_browser_pages.py",
    "test_browser_form.py",
    "test_worker.py",
    "test_browser_staff.py",
    "test_audio.py",
    "test_audio_cd.py",
    "test_every_letter.py",
    "test_received.py",
    "test_commands.py",
    "test_roles.py",
    "test_a_hundred_at_once.py",
    "test_demonstration.py",
    "test_serve.py",
    "test_the_form.py",
    "test_mechanism_any_text.py",
    "test_mechanism_drafts.py",
    "test_any_order.py",
    "test_no_english.py",
    "test_pseudo_language.py",
    "test_many.py",
    "test_mechanism_storage.py",
    "test_soak.py",
    "test_files_and_misfortune.py",
    "test_procedure.py",
    "test_crawl.py",
    "test_every_route_is_guarded.py",
    "test_catalogues.py",
    "test_talking_book.py",
    "test_sign_in.py",
    "test_a_case.py",
)


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(_refuse_the_outside)
    read_addresses_once()
    read_policies_once()
    read_sheets_once()
    compile_statements_once()
    wait_for_no_disk()
    if not hasattr(config, "workerinput"):  # once, before the workers of pytest-xdist start
        compile_catalogues()
        compile_modules_once()


def pytest_collection_finish() -> None:
    """A fifth of the time went into looking for garbage among the half million things that are never garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 5)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: of two processes one would else end with them alone (``--no-loadscope-reorder``).

    A browser on a busy machine may be late once in ten thousand clicks: its test has a second try, and is listed then.
    """
    longest_first = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: longest_first.get(item.path.name, len(LONGEST)))
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


def _refuse_the_outside(event: str, arguments: tuple[Any, ...]) -> None:
    """Tests reach this machine and nothing else: what they prove holds without a network."""
    if event in ("socket.connect", "socket.sendto"):
        host = arguments[1][0] if isinstance(arguments[1], tuple) else "localhost"
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host not in (None, "", "localhost", "::1", "0.0.0.0", "::") and not host.startswith("127."):
        raise RuntimeError(f"a test tried to reach {host}")


class Visitor(FlaskClient):
    """A client whose requests stand alone, as they do in earnest.

    Flask would reuse the test's own application context, and with it ``g`` and the database session: a language or a
    sign-in would leak from one request into the next, and a page would see what was never committed.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if self.preserve_context or not has_app_context():
            return super().open(*args, **kwargs)
        assert not db.session.new, "commit what the test made before asking for a page"
        assert not db.session.dirty, "commit what the test changed before asking for a page"
        db.session.rollback()  # let go of the database, and read afresh what the page writes
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlDatabases]:
    with running_cluster() as cluster:
        yield PostgresqlDatabases(cluster, tmp_path_factory.mktemp("postgresql"))


@pytest.fixture
def make_database(request: pytest.FixtureRequest) -> Iterator[Callable[[str, Path], str]]:
    """``make_database("postgresql", instance_path)`` gives the address of a fresh one."""
    with contextlib.ExitStack() as afterwards:

        def make(kind: str, instance_path: Path) -> str:
            databases = request.getfixturevalue(f"{kind}_databases")
            address: str = databases.make(instance_path)
            afterwards.callback(databases.remove, address)
            return address

        yield make


@pytest.fixture(scope="session")
def compiled_templates() -> CompiledTemplates:
    """Each test has an application of its own; compiling every template anew took a third of the time."""
    return CompiledTemplates()


@pytest.fixture
def make_app(
    tmp_path: Path, make_database: Callable[[str, Path], str], compiled_templates: CompiledTemplates
) -> Iterator[MakeApp]:
    numbers = itertools.count(1)
    with contextlib.ExitStack() as afterwards:

        def make(landlord: str = "livewest", database: str = "sqlite", **settings: Any) -> Flask:
            instance_path = tmp_path / f"instance-{next(numbers)}"
            address = make_database(database, instance_path)
            app = create_app(dataclasses.replace(settings_from(instance_path, address, landlord), **settings))
            app.testing = True
            hash_passwords_cheaply(app)
            app.jinja_env.bytecode_cache = compiled_templates
            app.test_client_class = Visitor
            afterwards.callback(_let_go_of_database, app)
            return app

        yield make


def _let_go_of_database(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, make_app: MakeApp) -> Iterator[Flask]:
    made = make_app(database=request.param)
    with made.app_context():
        yield made
        db.session.rollback()


@pytest.fixture
def sqlite_app(make_app: MakeApp) -> Iterator[Flask]:
    made = make_app()
    with made.app_context():
        yield made
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def make_site(tmp_path: Path, make_database: Callable[[str, Path], str]) -> Iterator[MakeSite]:
    numbers = itertools.count(1)
    with contextlib.ExitStack() as afterwards:

        def make(
            landlord: str = "livewest",
            database: str = "sqlite",
            processes: int = 2,
            with_worker: bool = False,
            **settings: str,
        ) -> Site:
            instance_path = tmp_path / f"site-{next(numbers)}"
            site = Site(instance_path, make_database(database, instance_path), landlord, settings)
            afterwards.callback(site.end)
            site.start_server(processes)
            if with_worker:
                site.start_worker()
            return site

        yield make


@pytest.fixture
def live_server(make_site: MakeSite) -> Site:
    return make_site()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    with contextlib.ExitStack() as afterwards:

        def open_one(screen: Screen = DESKTOP) -> Page:
            window = open_window(browser, screen)
            afterwards.callback(window.close)
            return window.new_page()

        yield open_one


@pytest.fixture
def page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    screen: Screen = getattr(request, "param", DESKTOP)
    return open_page(screen)


@pytest.fixture(scope="session")
def standing_site(
    tmp_path_factory: pytest.TempPathFactory, sqlite_databases: SqliteDatabases
) -> Iterator[Callable[[str], Site]]:
    """``standing_site("livv")``: one site a landlord, for all tests that only read or add to it."""
    sites: dict[str, Site] = {}

    def stand(landlord: str = "livewest") -> Site:
        if landlord not in sites:
            instance_path = tmp_path_factory.mktemp(f"standing-{landlord}")
            sites[landlord] = Site(instance_path, sqlite_databases.make(instance_path), landlord, {})
            sites[landlord].start_server()
        return sites[landlord]

    yield stand
    for site in sites.values():
        site.end()
