"""What every test pays for, made cheap where no test looks at it: in the applications of tests, not in the app."""

from collections.abc import Callable

from argon2 import PasswordHasher
from flask import Flask
from flask_security.core import _get_pwd_context
from werkzeug.routing import Rule

ROUNDS, KIBIBYTES, LANES = 1, 8, 1


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
