"""The gate: a landlord offers its tenants a language only when everything that they can meet is in it.

The policies are read here as plain files: at the gate no landlord is the one whose site this is.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from app.config import POLICIES
from app.languages import STAFF_LANGUAGES
from app.languages.catalogues import Coverage

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
