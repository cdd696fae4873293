"""What every test pays for, made cheap where no test looks at it: in the applications of tests, not in the app."""

import pickle
import tomllib
from collections.abc import Callable
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from flask_security.core import _get_pwd_context
from sqlalchemy import Connection, Dialect, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

ROUNDS, KIBIBYTES, LANES = 1, 8, 1
STATEMENTS = 3_000  # more than the suite has


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


def build_addresses_when_asked() -> None:
    """Werkzeug writes and compiles two functions for each rule when an application is made: two thirds of that time.

    A test asks for a few of the two hundred. Each is made when it is first called, by the same code.
    """
    at_once = Rule._compile_builder

    def when_asked(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            if not made:
                made.append(at_once(rule, append_unknown))
            return made[0](rule, **values)

        return build

    setattr(Rule, "_compile_builder", when_asked)  # noqa: B010  # its stub counts `self` twice


def read_policies_once() -> None:
    """Each application reads the same policy files: a quarter of the time that it takes to make one.

    The parser reads each text once; whoever asks again gets a copy of its own.
    """
    parse, parsed = tomllib.loads, {}

    def loads(text: str, /, **how: Any) -> dict[str, Any]:
        if how:
            return parse(text, **how)
        if text not in parsed:
            parsed[text] = pickle.dumps(parse(text))
        copy: dict[str, Any] = pickle.loads(parsed[text])
        return copy

    tomllib.loads = loads


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
