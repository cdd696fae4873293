"""The languages that Letterbox knows, and the one of the moment."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask, g, has_app_context
from flask_babel import force_locale
from werkzeug.datastructures import LanguageAccept


@dataclass(frozen=True)
class Language:
    tag: str  # BCP 47; also the first part of every public address
    own_name: str
    direction: str  # ltr | rtl
    locale: str  # Babel's

    @property
    def is_right_to_left(self) -> bool:
        return self.direction == "rtl"


# A language joins when its catalogue is complete for every journey.
LANGUAGES = {
    language.tag: language
    for language in (
        Language("en", "English", "ltr", "en_GB"),
        Language("cy", "Cymraeg", "ltr", "cy_GB"),
        Language("pl", "Polski", "ltr", "pl"),
        Language("ro", "Română", "ltr", "ro"),
        Language("uk", "Українська", "ltr", "uk"),
        Language("ar", "العربية", "rtl", "ar"),
        Language("ur", "اردو", "rtl", "ur"),
        Language("pt", "Português", "ltr", "pt_PT"),
    )
}
DEFAULT = LANGUAGES["en"]
# Those that colleagues work in: the catalogues of the others hold no sentence that only staff pages say.
STAFF_LANGUAGES = ("en", "cy")


def current_language() -> Language:
    """The language of the page or letter being made; English outside of both."""
    return g.get("language", DEFAULT) if has_app_context() else DEFAULT


@contextmanager
def speaking(tag: str) -> Iterator[Language]:
    """Make everything inside the block in this language: words, dates, lists. Raises KeyError on an unknown tag."""
    language = LANGUAGES[tag]
    before = g.get("language")
    g.language = language
    try:
        with force_locale(language.locale):
            yield language
    finally:
        g.language = before or DEFAULT


def choose(earlier: str | None, browser: LanguageAccept, offered: Sequence[str]) -> str:
    """The reader's earlier choice, else the best of the browser's languages, else the landlord's first."""
    if earlier in offered:
        return str(earlier)
    matches = (_closest(wanted, offered) for wanted, quality in browser if quality > 0)
    return next(filter(None, matches), offered[0])


def _closest(wanted: str, offered: Sequence[str]) -> str | None:
    """``cy-GB`` is met by ``cy``: who asks for Welsh first and English second gets Welsh."""
    by_name = {tag.lower(): tag for tag in offered}
    parts = wanted.lower().replace("_", "-").split("-")
    shorter = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((by_name[name] for name in shorter if name in by_name), None)


def init_app(app: Flask) -> None:
    from app.languages import commands, paths
    from app.languages import models as models
    from app.languages.sorting import sort_key

    sort_key(DEFAULT.tag)  # a machine without ICU says so at the start
    paths.init_app(app)
    app.cli.add_command(commands.translations)
