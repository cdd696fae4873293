"""The quick way out of a form that somebody else should not see: "Exit this page"."""

from collections.abc import Callable

from flask import Blueprint, current_app, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.sansio.app import App
from werkzeug.wrappers import Response

from app.journeys.drafts import take_bookmark_away
from app.journeys.questions import Journey
from app.landlords.standards import current_landlord

WAYS_OUT = "ways_out"  # in app.extensions: the last part of a form's address → the endpoint of its way out
FORGOTTEN = "forgotten_by_leaving"  # in app.extensions: what takes something away from the browser
Forget = Callable[[Response], object]


def also_forget(app: App, forget: Forget) -> None:
    """Have every way out, wherever it stands, take this away from the browser too."""
    app.extensions.setdefault(FORGOTTEN, []).append(forget)


def leave_at_once() -> Response:
    """To a site that gives nothing away. Nothing that somebody else should not see stays open, on whatever page."""
    response = redirect(current_landlord().exit_address, 303)
    for forget in current_app.extensions.get(FORGOTTEN, ()):
        forget(response)
    return response


def offer_way_out(blueprint: Blueprint, journey: Journey) -> None:
    """Give the form its exit address, and every page below the form's address the button that leads there."""

    def remember(state: BlueprintSetupState) -> None:
        part = (state.url_prefix or "").rpartition("/")[2]
        state.app.extensions.setdefault(WAYS_OUT, {})[part] = f"{blueprint.name}.exit"
        also_forget(state.app, lambda response: take_bookmark_away(response, journey.name))

    blueprint.add_url_rule("/exit", "exit", leave_at_once)  # a plain link: it works without JavaScript
    blueprint.record(remember)


def way_out() -> str | None:
    """The exit address for the page being asked for, whether it exists or not; None where no way out is needed."""
    parts = request.path.split("/")  # "", language, form, …
    endpoint = current_app.extensions.get(WAYS_OUT, {}).get(parts[2]) if len(parts) > 2 else None
    return url_for(endpoint) if endpoint else None
