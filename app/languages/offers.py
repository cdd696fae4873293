"""The gate: a landlord offers its tenants a language only when everything that they can meet is in it.

At the start of the site by what it reads (``why_not_ready``); before that, in CI, by the catalogues and the policies
of all landlords (``is_offered_too_early``), which are read here as plain files.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from app.config import POLICIES
from app.languages import DEFAULT, LANGUAGES, STAFF_LANGUAGES
from app.languages.catalogues import Coverage, path_of
from app.languages.compiling import lacking_in

Offers = Mapping[str, tuple[str, ...]]


def offered_by(policies: Path = POLICIES) -> Offers:
    """Which landlords offer each language: tag → keys. A policy that is no TOML raises tomllib.TOMLDecodeError."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(policies.glob("*.toml")):
        for tag in tomllib.loads(path.read_text(encoding="utf-8")).get("languages", ()):
            found[tag].append(path.stem)
    return {tag: tuple(landlords) for tag, landlords in found.items()}


def is_offered_too_early(found: Coverage, offered: Offers) -> bool:
    """Whether tenants who choose it would meet English, or colleagues whose pages are in it would."""
    tag = found.language.tag
    return (tag in offered and not found.is_ready_for_tenants) or (tag in STAFF_LANGUAGES and not found.is_complete)


def why_not_ready(tag: str) -> str:
    """Why this site may not offer the language to tenants, for its log; empty where it may."""
    if tag == DEFAULT.tag:
        return ""  # the code is written in it
    lacking = lacking_in(path_of(LANGUAGES[tag]).with_suffix(".mo"))
    if lacking is None:
        return "its catalogue is not compiled"
    return f"tenants would meet English in: {lacking}" if lacking else ""
