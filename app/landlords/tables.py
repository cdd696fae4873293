"""Read a TOML table key by key. Every key is wanted, present and of its type, or the start stops."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class WrongPolicy(ValueError):
    """A policy file cannot be used. The message names the file, the key, and what to write instead."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
        self.file, self.key = file, key


class Table:
    """One table of a policy file. Take every key, then ``close`` it: a key that nobody took is refused.

    A key that may be left out has a ``has`` before it, or a method that says so.
    """

    def __init__(self, values: dict[str, Any], file: str, at: str = "", unchecked: list[str] | None = None) -> None:
        self._values, self.file, self.at = dict(values), file, at
        # One list for the whole file: the places of facts that nobody has confirmed.
        self.unchecked: list[str] = [] if unchecked is None else unchecked

    @classmethod
    def of_file(cls, path: Path) -> "Table":
        """Raises WrongPolicy when the file is missing or is not TOML."""
        try:
            return cls(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
        except FileNotFoundError:
            raise WrongPolicy(path.name, "", "there is no such file") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise WrongPolicy(path.name, "", f"is not TOML: {error}") from error

    def wrong(self, key: str, problem: str) -> WrongPolicy:
        return WrongPolicy(self.file, self._path(key), problem)

    def has(self, key: str) -> bool:
        return key in self._values

    def left(self) -> tuple[str, ...]:
        """The keys not taken yet."""
        return tuple(self._values)

    def peek(self, key: str) -> Any:
        """The value as it is written, not taken; None when the key is left out."""
        return self._values.get(key)

    def text(self, key: str) -> str:
        value = self._take(key, str, "words in quotation marks")
        if not value.strip():
            raise self.wrong(key, "is empty: write words in quotation marks")
        return value

    def text_or_none(self, key: str) -> str:
        """Empty when the key is left out."""
        return self.text(key) if self.has(key) else ""

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.wrong(key, f"is {value!r}: write one of {', '.join(allowed)}")
        return value

    def texts(self, key: str, allowed: tuple[str, ...] = ()) -> tuple[str, ...]:
        """One or more words, none of them twice."""
        values = self._take(key, list, "a list of words")
        for value in values:
            if not isinstance(value, str) or not value.strip() or (allowed and value not in allowed):
                raise self.wrong(key, f"has {value!r}: write {'one of ' + ', '.join(allowed) if allowed else 'words'}")
        if not values or len(set(values)) < len(values):
            raise self.wrong(key, "is empty, or says something twice")
        return tuple(values)

    def whole(self, key: str, low: int = 1, high: int = 1000) -> int:
        value = self._take(key, int, f"a whole number from {low} to {high}")
        if not low <= value <= high:
            raise self.wrong(key, f"is {value}: write a whole number from {low} to {high}")
        return value

    def yes_or_no(self, key: str) -> bool:
        return self._take(key, bool, "true or false")

    def day(self, key: str) -> date:
        return self._take(key, date, "a date, such as 2024-04-01")

    def time_of_day(self, key: str) -> time:
        return self._take(key, time, "a time of day, such as 08:00:00")

    def table(self, key: str) -> "Table":
        return self._child(self._take(key, dict, f"a table [{self._path(key)}]"), self._path(key))

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of a list; none when the key is left out. Each is known by its own key, or else by its number."""
        values = self._take(key, list, f"tables [[{self._path(key)}]]") if self.has(key) else []
        for number, value in enumerate(values, 1):
            if not isinstance(value, dict):
                raise self.wrong(key, f"has {value!r}: write tables [[{self._path(key)}]]")
            name = value.get("key")
            yield self._child(value, f"{self._path(key)}[{name if isinstance(name, str) else number}]")

    def listed(self, key: str) -> Iterator["Table"]:
        """The tables of a list in which no ``key`` may stand twice."""
        seen: list[Any] = []
        for table in self.tables(key):
            seen.append(table.peek("key"))
            if seen[-1] in seen[:-1]:
                raise table.wrong("key", f"is {seen[-1]!r} for the second time")
            yield table

    def close(self) -> None:
        """Raises WrongPolicy when a key is left that nobody asked for."""
        for key in self._values:
            raise self.wrong(key, "is not known: take it out, or correct its spelling")

    def _child(self, values: dict[str, Any], at: str) -> "Table":
        return Table(values, self.file, at, self.unchecked)

    def _path(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at else key

    def _take(self, key: str, kind: type[T], wanted: str) -> T:
        if key not in self._values:
            raise self.wrong(key, f"is missing: write {wanted}")
        value = self._values.pop(key)
        # In Python True is a number and a datetime is a date; in a policy they are slips.
        is_slip = (kind is int and isinstance(value, bool)) or (kind is date and isinstance(value, datetime))
        if is_slip or not isinstance(value, kind):
            raise self.wrong(key, f"is {value!r}: write {wanted}")
        return value
