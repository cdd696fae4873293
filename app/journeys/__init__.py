"""The mechanism that every web form shares: questions on pages of their own, drafts, check, received."""

from flask import Flask

from app.journeys import models as models


def init_app(app: Flask) -> None:
    """Templates can ask for the way out of a page. A room that has a form registers its journey itself."""
    from app.journeys.leaving import way_out

    app.jinja_env.globals["way_out"] = way_out
