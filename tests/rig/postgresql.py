"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, and gone when they end.

PostgreSQL refuses to run as root, so that root hands it to the account ``postgres``. The kernel ends the server
when the tests' process dies, however that happens (``setpriv --pdeathsig``).
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

START_TIMEOUT = 30.0  # seconds
INSTALL = "apt-get install --no-install-recommends postgresql-15"


# Whatever changes a schema adds a row to one of these tables, takes one away, or writes one anew. Emptying does not.
SCHEMA = " UNION ALL ".join(
    f"SELECT '{table}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {table}"
    for table in ("pg_attribute", "pg_constraint", "pg_trigger", "pg_proc", "pg_attrdef")
)
# A table that was ever written to has a size, also when its transaction was rolled back.
WRITTEN_TO = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
    AND relname <> 'alembic_version'
"""
COUNT_FROM_ONE = """
    SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
    WHERE pg_sequence_last_value(seqrelid) IS NOT NULL
"""
OTHERS = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
LOCK_TIMEOUT = "2s"


class NoPostgresql(Exception):
    """The tests cannot have their server. The message says what to install."""


class Cluster:
    """A running server. Databases are cloned from a template, which takes a tenth of migrating one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def address(self, database: str) -> str:
        """What DATABASE_URL says for this database."""
        return f"postgresql://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def create(self, database: str, template: str | None = None) -> None:
        self._say("CREATE DATABASE {} TEMPLATE {}", database, template or "template0")

    def has(self, database: str) -> bool:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres") as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
        return found is not None

    def drop(self, database: str) -> None:
        """Remove the database, and whoever still holds it open."""
        self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def schema_of(self, database: str) -> list[tuple[object, ...]]:
        """Alike for two databases of one template, until something changes the schema of one."""
        with self._open(database) as connection:
            return connection.execute(SCHEMA).fetchall()

    def empty(self, database: str, schema: list[tuple[object, ...]]) -> bool:
        """Make it as it was when it was cloned. False where it has another schema by now, or somebody still has it."""
        try:
            with self._open(database) as connection:
                if connection.execute(OTHERS).fetchone() or connection.execute(SCHEMA).fetchall() != schema:
                    return False
                connection.execute(sql.SQL("SET lock_timeout = {}").format(LOCK_TIMEOUT))
                tables = [row[0] for row in connection.execute(WRITTEN_TO)]
                if tables:
                    connection.execute(f"TRUNCATE {', '.join(tables)} CASCADE".encode())
                connection.execute(COUNT_FROM_ONE)
        except psycopg.Error:
            return False
        return True

    def _open(self, database: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=database)

    def _say(self, words: str, *names: str) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


@contextmanager
def running_cluster(shared_buffers: str = "32MB", kept_in: Path | None = None) -> Iterator[Cluster]:
    """Start a server, and end it and its folder afterwards; a folder that it is ``kept_in`` stays for the next time.

    Raises NoPostgresql, saying what to install, where there is no server program or no account to run it.
    """
    programs = _find_programs()
    account = _find_account()
    if kept_in is not None:
        kept_in.mkdir(parents=True, exist_ok=True)
    folder = kept_in or Path(tempfile.mkdtemp(prefix="letterbox-pg-"))
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    server: subprocess.Popen[bytes] | None = None
    try:
        if not (folder / "data").exists():
            _make_cluster(programs, folder, account)
        server = _start(programs, folder, account, shared_buffers)
        yield Cluster(folder)
    finally:
        if server is not None:
            _end(server)
        if kept_in is None:
            shutil.rmtree(folder, ignore_errors=True)


def _find_programs() -> Path:
    """The newest version's folder, in Debian's place or on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).parent
    raise NoPostgresql(f"The tests run on PostgreSQL too, and its server is not installed. Run: {INSTALL}")


def _find_account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise NoPostgresql(
            f"PostgreSQL will not run as root, and there is no account postgres. Run: {INSTALL}"
        ) from None


def _as_account(account: pwd.struct_passwd | None) -> list[str]:
    if account is None:
        return []
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _make_cluster(programs: Path, folder: Path, account: pwd.struct_passwd | None) -> None:
    made = subprocess.run(
        [*_as_account(account), programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust",
         "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"],
        capture_output=True, text=True, cwd="/", timeout=120,
    )  # fmt: skip
    if made.returncode:
        raise NoPostgresql(f"initdb failed: {made.stdout}{made.stderr}")


def _start(
    programs: Path, folder: Path, account: pwd.struct_passwd | None, shared_buffers: str
) -> subprocess.Popen[bytes]:
    command: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-k", folder]
    # Nothing here outlives the tests, so nothing has to survive a power cut.
    for setting in ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
                    "max_connections=60", f"shared_buffers={shared_buffers}"):  # fmt: skip
        command += ["-c", setting]
    if shutil.which("setpriv"):
        command = [*(_as_account(account) or ["setpriv"]), "--pdeathsig=INT", *command]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/")
    give_up_at = time.monotonic() + START_TIMEOUT
    while time.monotonic() < give_up_at and server.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return server
    _end(server)
    raise NoPostgresql(f"PostgreSQL did not start: {(folder / 'log').read_text(errors='replace')}")


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # fast shutdown: open connections are cut
    try:
        server.wait(15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
