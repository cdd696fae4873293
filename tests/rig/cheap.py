"""What every test pays for, made cheap where no test looks at it: in the applications of tests, not in the app."""

import compileall
import pickle
import sqlite3
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from flask_security.core import _get_pwd_context
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Connection, Dialect, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import BaseConverter, Map, Rule

from app import assets
from app.config import POLICIES, PROJECT
from app.landlords import standards
from app.landlords.shapes import Landlord
from app.languages import LANGUAGES

ROUNDS, KIBIBYTES, LANES = 1, 8, 1
STATEMENTS = 3_000  # more than the suite has
SURVIVES_POWER_CUTS = False  # a test that looks at how we open SQLite says True


def hash_passwords_cheaply(app: Flask) -> None:
    """Argon2 still, with its least work: a sign-in took 0.2 s of processor time, nearly all of it the hash."""
    app.extensions["security"].pwd_context.update(
        argon2__time_cost=ROUNDS, argon2__memory_cost=KIBIBYTES, argon2__parallelism=LANES
    )


def hash_passwords_in_earnest(app: Flask) -> None:
    """As the application does where nothing was made cheap, for tests of the hash itself."""
    app.extensions["security"].pwd_context = _get_pwd_context(app)


def cheap_hash(password: str) -> str:
    """Of a password, as an application hashes it after ``hash_passwords_cheaply``."""
    return PasswordHasher(time_cost=ROUNDS, memory_cost=KIBIBYTES, parallelism=LANES, salt_len=16).hash(password)


def read_addresses_once() -> None:
    """Werkzeug reads each rule, and compiles two functions that build its address, for each application anew.

    That was two thirds of the time that it takes to make one. Rules of the same text, defaults, converters and
    languages say the same: what was read of the first serves all, and its functions are made when a test asks for one.
    """
    read_anew, built_anew = Rule.compile, Rule._compile_builder
    known: dict[object, tuple[Rule, dict[str, BaseConverter]]] = {}

    def when_asked(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            if not made:
                made.append(built_anew(rule, append_unknown))
            return made[0](rule, **values)

        return build

    def read(rule: Rule) -> None:
        of_map: Map = rule.map
        key = (
            rule.rule, rule.subdomain, rule.host, rule.merge_slashes, of_map.host_matching,
            frozenset((rule.defaults or {}).items()), frozenset(of_map.converters.items()), tuple(LANGUAGES),
        )  # fmt: skip
        if key not in known:
            read_anew(rule)
            known[key] = (rule, dict(rule._converters))
            return
        first, converters = known[key]
        rule._parts, rule._trace, rule._converters = first._parts[:], first._trace[:], dict(converters)
        rule.arguments |= first.arguments
        rule._build, rule._build_unknown = (
            build.__func__.__get__(rule, None)  # type: ignore[attr-defined]
            for build in (first._build, first._build_unknown)
        )

    setattr(Rule, "_compile_builder", when_asked)  # noqa: B010  # its stub counts `self` twice
    setattr(Rule, "compile", read)  # noqa: B010


def read_policies_once() -> None:
    """Each application reads the same policy files: a quarter of the time that it takes to make one.

    The parser reads each text once; whoever asks again gets a copy of its own. A landlord is frozen: those of our own
    folder are made once.
    """
    parse, parsed = tomllib.loads, {}
    read_landlord, landlords = standards.read_landlord, {}

    def loads(text: str, /, **how: Any) -> dict[str, Any]:
        if how:
            return parse(text, **how)
        if text not in parsed:
            parsed[text] = pickle.dumps(parse(text))
        copy: dict[str, Any] = pickle.loads(parsed[text])
        return copy

    def landlord(folder: Path, key: str) -> Landlord:
        if folder != POLICIES:
            return read_landlord(folder, key)
        if key not in landlords:
            landlords[key] = read_landlord(folder, key)
        return landlords[key]

    tomllib.loads = loads
    setattr(standards, "read_landlord", landlord)  # noqa: B010


def read_sheets_once() -> None:
    """Each application reads and hashes every sheet, script and icon: a twentieth of the time that it takes."""
    read, found = assets.versions_of, {}

    def versions_of(folder: Path) -> dict[str, str]:
        if folder != PROJECT / "static":
            return read(folder)
        if folder not in found:
            found[folder] = read(folder)
        return dict(found[folder])

    assets.versions_of = versions_of


class CompiledTemplates(BytecodeCache):
    """What templates were compiled to, for all applications of one process. A template that has changed is new."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._compiled[bucket.key, bucket.checksum] = bucket.code


def compile_statements_once() -> None:
    """SQLAlchemy compiles a statement once for each engine, and each test has its own: a quarter of a page's time.

    Two dialects of one kind, at one version of the database, write the same SQL: what one has compiled serves all.
    """
    compiled: dict[str, LRUCache[Any, Any]] = {}

    def are_alike(one: Dialect, other: object) -> bool:
        return type(one) is type(other) and one.server_version_info == getattr(other, "server_version_info", None)

    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        setattr(kind, "__eq__", are_alike)  # noqa: B010
        setattr(kind, "__hash__", lambda dialect: hash(type(dialect)))  # noqa: B010

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        engine = connection.engine
        if isinstance(engine, Engine):
            engine._compiled_cache = compiled.setdefault(engine.dialect.name, LRUCache(STATEMENTS))


def wait_for_no_disk() -> None:
    """A test's file need not survive a power cut, so that SQLite need not wait for the disk at each commit.

    What is committed still survives the end of its process, however that comes.
    """

    @event.listens_for(Engine, "connect")
    def wait_no_more(connection: Any, record: object) -> None:
        if isinstance(connection, sqlite3.Connection) and not SURVIVES_POWER_CUTS:
            connection.execute("PRAGMA synchronous = OFF")


def compile_modules_once() -> None:
    """Where Python is told to keep no bytecode, each of a hundred servers, workers and commands compiles all of ours.

    Half a second each: what is kept beside the source is used by all of them, for as long as the source stays.
    """
    if sys.dont_write_bytecode:
        compileall.compile_dir(PROJECT / "app", quiet=2)
