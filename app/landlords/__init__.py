"""Who promises: the landlord, its standards beside those of the Code and of the law."""

import logging
from dataclasses import replace
from typing import Any

from flask import Flask

from app.landlords.commands import standards_group
from app.landlords.standards import Landlord, WrongPolicy, current_landlord, load_landlord
from app.languages.offers import why_not_ready

log = logging.getLogger(__name__)
ALL_THE_SAME = "UNFINISHED_LANGUAGES=yes shows it all the same"


def init_app(app: Flask) -> None:
    """Read the landlord of the settings. Raises WrongPolicy rather than start with a promise it cannot keep."""
    app.cli.add_command(standards_group)
    settings = app.config["LETTERBOX"]
    landlord = load_landlord(settings.landlord)
    app.extensions["landlord"] = landlord if settings.unfinished_languages else with_ready_languages(landlord)

    @app.context_processor
    def names_for_templates() -> dict[str, Any]:
        return {"landlord": current_landlord()}


def with_ready_languages(landlord: Landlord) -> Landlord:
    """The landlord, offering those of its languages that are whole for tenants, in its own order.

    The log names each that is left out, and why. Raises WrongPolicy where none is left.
    """
    reasons = {tag: why_not_ready(tag) for tag in landlord.languages}
    for tag, reason in reasons.items():
        if reason:
            log.warning(
                "%s offers the language %s, which is left out: %s. %s", landlord.name, tag, reason, ALL_THE_SAME
            )
    ready = tuple(tag for tag, reason in reasons.items() if not reason)
    if not ready:
        raise WrongPolicy(f"{landlord.key}.toml", "languages", "none of them is ready for tenants: name en too")
    return replace(landlord, languages=ready)
