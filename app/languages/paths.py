"""The language stands first in every public address: ``/<lang:language>/…``."""

from typing import Any

from flask import Flask, g, url_for
from werkzeug.routing import BaseConverter

from app.languages import LANGUAGES, current_language
from app.languages.lists import listed, listed_lines


class LanguageConverter(BaseConverter):
    """Matches the tag of a known language, and nothing else: ``/xx/`` is not found."""

    def __init__(self, url_map: Any) -> None:
        super().__init__(url_map)
        self.regex = "|".join(sorted(LANGUAGES, key=len, reverse=True))


def language_of_request() -> str:
    return current_language().locale


def init_app(app: Flask) -> None:
    app.url_map.converters["lang"] = LanguageConverter
    app.jinja_env.filters.update(listed=listed, listed_lines=listed_lines)

    @app.url_value_preprocessor
    def take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        """Views never see the language: it is in ``g``, where words and dates look for it."""
        if values and values.get("language") in LANGUAGES:
            g.language = LANGUAGES[values.pop("language")]

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = current_language().tag

    @app.context_processor
    def names_for_templates() -> dict[str, Any]:
        return {"language": current_language(), "in_language": in_language}


def in_language(endpoint: str, tag: str, arguments: dict[str, Any]) -> str:
    """The same page in another language."""
    return url_for(endpoint, language=tag, **arguments)
