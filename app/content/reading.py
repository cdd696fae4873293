"""Pages as they lie in ``content/``: front matter in TOML, words in Markdown. ``content/README.md`` says how."""

import logging
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from flask import current_app

from app.config import PROJECT
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES

CONTENT = PROJECT / "content"
EVERY = "every"  # the folder of what all landlords say in the same words
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Under which heading a page stands in the list of all.
GROUPS = ("emergencies", "repairs", "help-yourself", "safety", "complaints", "letters", "website")
_NEEDED = {"title": str, "description": str, "review_by": date, "owner": str}
_OPTIONAL = {"group": str, "found_by": list}
_FENCE = "+++"
_KEY = "content_library"

log = logging.getLogger(__name__)


class WrongContent(Exception):
    """A page's file cannot be used. The message names the file and says what is wrong."""


class NoSuchPage(LookupError):
    """The landlord has no page of this name."""


@dataclass(frozen=True)
class Page:
    """One page in one language. ``words`` are Markdown; ``review_by`` is the day by which somebody reads it again."""

    slug: str
    language: str  # a tag
    title: str
    description: str
    review_by: date
    owner: str
    words: str
    path: Path
    group: str = GROUPS[-1]
    found_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Library:
    """All pages of one landlord, by name and language. ``faults`` name the files that could not be read."""

    languages: tuple[str, ...]  # offered, the first first
    pages: Mapping[str, Mapping[str, Page]]
    faults: tuple[str, ...] = field(default=())

    def page(self, slug: str, language: str) -> Page:
        """In this language, or in the first of the landlord's that has it. Raises NoSuchPage."""
        versions = self.pages.get(slug)
        if not versions:
            raise NoSuchPage(slug)
        return next(versions[tag] for tag in (language, *self.languages) if tag in versions)

    def slugs(self) -> tuple[str, ...]:
        return tuple(sorted(self.pages))

    def missing(self, slug: str) -> tuple[str, ...]:
        """The languages offered in which nobody has written this page yet."""
        return tuple(tag for tag in self.languages if tag not in self.pages[slug])


def library() -> Library:
    """The pages of the landlord whose site this is. Read once: what is changed in ``content/`` takes a new start."""
    found = current_app.extensions.get(_KEY)
    if found is None:
        landlord = current_landlord()
        found = read_library(CONTENT, landlord.key, tuple(tag for tag in landlord.languages if tag in LANGUAGES))
        for fault in found.faults:
            log.error("%s", fault)
        current_app.extensions[_KEY] = found
    return cast(Library, found)


def read_library(folder: Path, landlord: str, languages: tuple[str, ...]) -> Library:
    """Every page of the landlord: its own, and the shared ones of names for which it has none in its first language."""
    pages: dict[str, dict[str, Page]] = {}
    faults: list[str] = []
    own = {path.stem for path in (folder / landlord / languages[0]).glob("*.md")}
    for whose in (landlord, EVERY):
        for language in languages:
            for path in sorted((folder / whose / language).glob("*.md")):
                if whose == EVERY and path.stem in own:
                    continue
                if whose == landlord and path.stem not in own:
                    faults.append(f"{landlord}/{language}/{path.name}: write it in {languages[0]} first")
                    continue
                try:
                    pages.setdefault(path.stem, {})[language] = read_page(path, language)
                except WrongContent as wrong:
                    faults.append(str(wrong))
    # A page is written first in the landlord's first language: what is left of one that cannot be read is no page.
    return Library(languages, {slug: found for slug, found in pages.items() if found}, tuple(faults))


def read_page(path: Path, language: str) -> Page:
    """Raises WrongContent, naming the file and the key."""
    where = "/".join(path.parts[-3:])
    try:
        head, words = _halves(path.read_text("utf-8"))
        told = tomllib.loads(head)
        return Page(slug=_slug(path), language=language, words=words, path=path, **dict(_facts(told)))
    except (ValueError, OSError) as trouble:
        raise WrongContent(f"{where}: {trouble}") from None


def _slug(path: Path) -> str:
    if not SLUG.fullmatch(path.stem):
        raise ValueError("the name of the file is its address: small letters, digits and dashes")
    return path.stem


def _halves(text: str) -> tuple[str, str]:
    lines = text.lstrip("\ufeff").splitlines()
    fences = [number for number, line in enumerate(lines) if line.strip() == _FENCE][:2]
    if len(fences) < 2 or fences[0] != 0:
        raise ValueError(f"the first line and the one below the front matter are {_FENCE}")
    return "\n".join(lines[1 : fences[1]]), "\n".join(lines[fences[1] + 1 :]).strip()


def _facts(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in told:
        if name not in _NEEDED and name not in _OPTIONAL:
            raise ValueError(f"{name} is not known: write {', '.join((*_NEEDED, *_OPTIONAL))}")
    for name, kind in (*_NEEDED.items(), *_OPTIONAL.items()):
        value = told.get(name)
        if value is None:
            if name in _NEEDED:
                raise ValueError(f"{name} is missing")
            continue
        if type(value) is not kind or not value:
            wanted = {str: "words", date: "a day, such as 2027-05-22", list: 'words: ["one", "two"]'}[kind]
            raise ValueError(f"{name} is {value!r}: write {wanted}")
        if name == "group" and value not in GROUPS:
            raise ValueError(f"group is {value!r}: write one of {', '.join(GROUPS)}")
        yield name, tuple(str(one) for one in value) if isinstance(value, list) else value
