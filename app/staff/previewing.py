"""A translator sees the website with the words that are saved and not published: only they, and only while they look.

Acts and files that are made never use these words: what goes to a tenant has been through a review.
"""

from typing import Any

from babel.support import Translations
from flask import Flask, Response, current_app, g, request, session
from flask_babel import Domain, get_babel

from app.languages import LANGUAGES, current_language
from app.languages.proposals import pending
from app.languages.sentences import sentences
from app.staff.doors import signed_in_staff_member
from app.staff.roles import may

KEY = "previewing"  # in the session: the tag of the language
FILES = "_as"  # endings of endpoints that give files
NOT_SHOWN = {"pages.search", "static"}
SEARCHED = "q"  # whatever is searched keeps its words for the next reader


class Overlay:
    """Translations of one language with other words for some sentences."""

    def __init__(self, below: Translations, words: dict[tuple[str | None, str], tuple[str, ...]]) -> None:
        self._below = below
        self._words = words

    def ugettext(self, message: str) -> str:
        return self._one(None, message) or str(self._below.ugettext(message))

    def upgettext(self, context: str, message: str) -> str:
        return self._one(context, message) or str(self._below.upgettext(context, message))

    def ungettext(self, singular: str, plural: str, num: int) -> str:
        return self._form(None, singular, num) or str(self._below.ungettext(singular, plural, num))

    def unpgettext(self, context: str, singular: str, plural: str, num: int) -> str:
        return self._form(context, singular, num) or str(self._below.unpgettext(context, singular, plural, num))

    def _one(self, context: str | None, message: str) -> str | None:
        found = self._words.get((context, message))
        return found[0] if found else None

    def _form(self, context: str | None, singular: str, num: int) -> str | None:
        found = self._words.get((context, singular))
        return found[self._below.plural(num)] if found else None


class Previewed(Domain):
    """The site's own words, and on top of one language's those that are saved and not in its file yet."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.cache = get_babel().instance.domain_instance.cache
        self._tag = tag
        self._overlay: Overlay | None = None

    def get_translations(self) -> Any:
        below = super().get_translations()
        if current_language().tag != self._tag:
            return below
        if self._overlay is None:
            saved = {
                (one.message.context, one.sources[0]): one.words
                for one in pending(sentences(LANGUAGES[self._tag]).values())
            }
            self._overlay = Overlay(below, saved)
        return self._overlay


def begin(tag: str) -> None:
    session[KEY] = tag


def end() -> None:
    session.pop(KEY, None)


def is_on() -> bool:
    return KEY in session


def previewed() -> str | None:
    """The tag of the language whose unpublished words this page shows; None on every other page."""
    tag: str | None = g.get("previewed")
    return tag


def preview_if_asked() -> None:
    """For ``before_request``, before pages are taken from the shelf."""
    endpoint = request.endpoint or ""
    if request.method not in ("GET", "HEAD") or "language" not in g or not _has_a_session():
        return  # a page for everybody does not even ask for the session
    tag = session.get(KEY)
    if g.language.tag != tag or endpoint in NOT_SHOWN or endpoint.endswith(FILES) or SEARCHED in request.args:
        return
    colleague = signed_in_staff_member()
    if colleague is not None and may("translate_website", colleague):
        g.previewed = tag
        Previewed(tag).as_default()


def _has_a_session() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def keep_nothing(response: Response) -> Response:
    """For ``after_request``: no copy of a previewed page stays anywhere."""
    if previewed():
        response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    app.before_request(preview_if_asked)
    app.after_request(keep_nothing)
    app.add_template_global(previewed, "previewed_language")
