"""Who promises: the landlord, its standards beside those of the Code and of the law."""

from typing import Any

from flask import Flask

from app.landlords.commands import standards_group
from app.landlords.standards import current_landlord, load_landlord


def init_app(app: Flask) -> None:
    """Read the landlord of the settings. Raises WrongPolicy rather than start with a promise it cannot keep."""
    app.cli.add_command(standards_group)
    app.extensions["landlord"] = load_landlord(app.config["LETTERBOX"].landlord)

    @app.context_processor
    def names_for_templates() -> dict[str, Any]:
        return {"landlord": current_landlord()}
