"""Fresh databases, at the current schema, for a test each."""

import itertools
import logging
import shutil
from pathlib import Path

from flask_migrate import upgrade

from app import create_app
from app.config import Settings
from app.extensions import db
from tests.rig.postgresql import Cluster

SECRET = "a key for tests only, long enough to be taken"
TEMPLATE = "letterbox_template"


def settings_from(instance_path: Path, database_url: str, landlord: str = "livewest") -> Settings:
    return Settings.from_environment(
        {
            "DATABASE_URL": database_url,
            "INSTANCE_PATH": str(instance_path),
            "LANDLORD": landlord,
            "SECRET_KEY": SECRET,
            "UNFINISHED_LANGUAGES": "yes",  # what a catalogue lacks is a matter of tests/languages
            "FASTEST_FORM": "0",  # tests fill in forms faster than people: only those about that are suspected
        }
    )


def migrate(instance_path: Path, database_url: str) -> None:
    """Bring an empty database to the current schema, with the migrations that a landlord runs."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    app = create_app(settings_from(instance_path, database_url))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    root.handlers[:], root.level = handlers, level  # Alembic sets up logging anew: pytest wants its own back


class SqliteDatabases:
    """A migrated file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        migrate(folder, f"sqlite:///{self._template}")

    def make(self, instance_path: Path) -> str:
        """A database in this folder. Gives what DATABASE_URL says for it."""
        instance_path.mkdir(parents=True, exist_ok=True)
        path = instance_path / "letterbox.sqlite3"
        shutil.copy(self._template, path)
        return f"sqlite:///{path}"

    def remove(self, address: str) -> None:
        Path(address.removeprefix("sqlite:///")).unlink(missing_ok=True)


class PostgresqlDatabases:
    """A migrated database, cloned for a test; the next test has it again, emptied, which takes a tenth of a clone."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._cluster = cluster
        self._numbers = itertools.count(1)
        self._names: dict[str, str] = {}
        self._free: list[str] = []
        cluster.create(TEMPLATE)
        migrate(folder, cluster.address(TEMPLATE))
        self._schema = cluster.schema_of(TEMPLATE)

    def make(self, instance_path: Path) -> str:
        name = self._free.pop() if self._free else self._clone()
        address = self._cluster.address(name)
        self._names[address] = name
        return address

    def remove(self, address: str) -> None:
        name = self._names.pop(address)
        if self._cluster.empty(name, self._schema):
            self._free.append(name)
        else:
            self._cluster.drop(name)

    def _clone(self) -> str:
        name = f"letterbox_{next(self._numbers)}"
        self._cluster.create(name, TEMPLATE)
        return name
