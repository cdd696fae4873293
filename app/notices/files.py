"""A notice, or an update, as a file says it: one JSON object, from whoever is on duty or from a monitoring system."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.cases.clock import LONDON
from app.landlords.shapes import Landlord
from app.notices.checking import PARTS
from app.notices.shapes import KINDS, SERVICES, SEVERITIES, Given
from app.notices.usual import usual_words

NOTICE_KEYS = ("id", "kind", "severity", "words", "starts_at", "ends_at", "announce_at", "services", "areas")
UPDATE_KEYS = ("words", "ends_at")
ELSEWHERE = {"by-email", "calendar", "look", "new"}  # addresses beside those of notices, which have other pages
UNUSUAL = "other"  # of this kind usual.toml has only a hint for whoever writes one
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")
Wrong = Iterator[str]


class FileRefused(ValueError):
    """``problems`` says all that is wrong with it, each by name, and what to write instead."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class NoticeFile:
    """``fingerprint`` is the same for files that say the same: a file that is sent again changes nothing."""

    id: str | None
    given: Given
    fingerprint: str


@dataclass(frozen=True)
class UpdateFile:
    words: dict[str, str]
    ends_at: datetime | None


def read_notice(text: str, at: datetime, landlord: Landlord) -> NoticeFile:
    """What the file leaves out is usual: it starts now, is announced at once, and says what a notice of its kind says.

    Raises FileRefused.
    """
    found = _object(text)
    _refuse([*_unknown(found, NOTICE_KEYS), *_wrong_in_notice(found)])
    words = found.get("words") or usual_words(found["kind"], landlord.languages)
    given = Given(
        kind=found["kind"],
        severity=found.get("severity") or SEVERITIES[-1],
        words=words,
        starts_at=_moment(found.get("starts_at")) or at,
        ends_at=_moment(found.get("ends_at")),
        announce_at=_moment(found.get("announce_at")),
        services=tuple(found.get("services") or ()),
        areas=tuple(found.get("areas") or ()),
    )
    same = json.dumps(found, sort_keys=True).encode()
    return NoticeFile(found.get("id"), given, hashlib.sha256(same).hexdigest())


def read_update(text: str, *, is_last: bool = False) -> UpdateFile:
    """``is_last``: the notice ends with it, so that it has no other end to tell. Raises FileRefused."""
    found = _object(text)
    wrong = [*_unknown(found, UPDATE_KEYS[:1] if is_last else UPDATE_KEYS), *_wrong_moment(found, "ends_at")]
    words = found.get("words", {})
    if not isinstance(words, dict) or not all(isinstance(said, str) for said in words.values()):
        wrong.append('words: write one text for each language, like {"en": "…"}')
    _refuse(wrong)
    return UpdateFile(words, _moment(found.get("ends_at")))


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise FileRefused([f"it is no JSON: {error}"]) from None
    if not isinstance(found, dict):
        raise FileRefused(["write one object, {…}"])
    return found


def _unknown(found: Mapping[str, Any], known: tuple[str, ...]) -> Wrong:
    for name in found:
        if name not in known:
            yield f"{name} is not known: write only {', '.join(known)}"


def _wrong_in_notice(found: Mapping[str, Any]) -> Wrong:
    if found.get("kind") not in KINDS:
        yield f"kind: write one of {', '.join(KINDS)}"
    if found.get("severity") not in (None, *SEVERITIES):
        yield f"severity: write one of {', '.join(SEVERITIES)}"
    if (name := found.get("id")) is not None and not (isinstance(name, str) and _ID.fullmatch(name)):
        yield "id: write up to 60 of a–z, 0–9 and hyphens, none at either end"
    elif name in ELSEWHERE:
        yield f"id: {name} is the address of another page, write another one"
    for field in ("starts_at", "ends_at", "announce_at"):
        yield from _wrong_moment(found, field)
    for field in ("services", "areas"):
        listed = found.get(field)
        if listed is not None and not (isinstance(listed, list) and all(isinstance(one, str) for one in listed)):
            yield f"{field}: write a list of texts"
        elif field == "services" and (strange := set(listed or ()) - set(SERVICES)):
            yield f"services: {', '.join(sorted(strange))} is not known: write only {', '.join(SERVICES)}"
    if found.get("kind") == UNUSUAL and not found.get("words"):
        yield f"words: nothing is usual for the kind {UNUSUAL}, write what people need to know"
    yield from _wrong_words(found.get("words"))


def _wrong_words(words: Any) -> Wrong:
    if words is None:
        return
    if not isinstance(words, dict) or not all(isinstance(said, dict) for said in words.values()):
        yield 'words: write title and words for each language, like {"en": {"title": "…", "words": "…"}}'
        return
    for tag, said in words.items():
        for part, text in said.items():
            if part not in PARTS:
                yield f"words.{tag}.{part} is not known: write only {', '.join(PARTS)}"
            elif not isinstance(text, str):
                yield f"words.{tag}.{part}: write text"


def _wrong_moment(found: Mapping[str, Any], field: str) -> Wrong:
    try:
        _moment(found.get(field))
    except (ValueError, OverflowError) as error:
        yield f"{field}: {error}"


def _moment(value: Any) -> datetime | None:
    """Local time in London, or with an offset a moment anywhere. Of an hour that comes twice the first is meant."""
    if value is None:
        return None
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("write local time, like 2026-12-24T16:59, or with an offset at its end")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        local = moment.replace(tzinfo=LONDON)
        if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != moment:
            raise ValueError("there is no such time in London: the clocks go forward over it")
        moment = local
    return moment.astimezone(UTC)


def _refuse(wrong: list[str]) -> None:
    if wrong:
        raise FileRefused(wrong)
