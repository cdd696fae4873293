"""Parts of pages about this website and how we write: formats, languages, cookies, what is kept, what is announced."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import Flask, current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.content.facts import FactNotThere, fact
from app.content.parts import add_part
from app.content.said_of_complaints import undertaken
from app.content.tags import bullets, heading, paragraph, said, together
from app.landlords.shapes import Landlord
from app.landlords.tables import Table
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.catalogues import review_of
from app.letters import facts as written

HERE = Path(__file__).parent
STAYS = ("session", "form", "half-hour", "half-year", "year", "deleted")


def init_app(app: Flask) -> None:
    cookies()  # a mistake in the file stops the start
    add_part(app, "formats", formats)
    add_part(app, "languages", languages)
    add_part(app, "sign-language", sign_language)
    add_part(app, "interpreters", interpreters)
    add_part(app, "accessibility-promises", accessibility_promises)
    add_part(app, "cookies", list_of_cookies)
    add_part(app, "kept-how-long", kept_how_long)
    add_part(app, "drafts-kept", drafts_kept)
    add_part(app, "notice-lead-times", lead_times)


# ---------------------------------------------------------------- how we write


def formats(landlord: Landlord, at: datetime) -> Markup:
    return bullets(
        (
            _("Large print, in the size that you need"),
            _("Read aloud, as a sound file or on an audio CD"),
            _("Braille, grade 1 or grade 2"),
            _("Plain text, or a web page that your own program can read"),
            said(
                _("In one of these languages: %(languages)s"),
                languages=fact("languages", landlord, written.local_day(at)),
            ),
        )
    )


def languages(landlord: Landlord, at: datetime) -> Markup:
    """Each under its own name, marked as its own, with who has checked its words. English is what we write in."""
    known = (LANGUAGES[tag] for tag in landlord.languages if tag in LANGUAGES)
    return bullets(_with_review(one) for one in known)


def _with_review(language: Language) -> Markup:
    name = Markup('<span lang="{}">{}</span>').format(language.tag, language.own_name)
    if language == DEFAULT:
        return name
    review = review_of(language)
    checked = (
        said(_("Checked by %(name)s on %(day)s"), name=review.name, day=written.day(review.day.isoformat()))
        if review
        # Translators: beside the name of a language, in a list of languages
        else _("Not yet checked by somebody who speaks the language")
    )
    return Markup("{} ({})").format(name, checked)


def sign_language(landlord: Landlord, at: datetime) -> Markup:
    """Nothing where the landlord promises none."""
    promised = list(undertaken(landlord, ("sign_language",)))
    if not promised:
        return Markup()
    service = []
    if landlord.relay_service:
        service = [paragraph(said(_("The service is called %(service)s."), service=landlord.relay_service))]
    more = Markup('<p><a href="page:contact">{}</a></p>').format(_("Ways to contact us"))
    return together(heading(_("Sign language")), *promised, *service, more)


def interpreters(landlord: Landlord, at: datetime) -> Markup:
    """Nothing where the landlord promises none."""
    return together(*undertaken(landlord, ("translation",)))


def accessibility_promises(landlord: Landlord, at: datetime) -> Markup:
    found = [_(one.words) for one in landlord.undertakings if one.about == "accessibility"]
    return together(heading(_("What we promise")), bullets(found)) if found else Markup()


# ---------------------------------------------------------------- cookies


@dataclass(frozen=True)
class Cookie:
    """``names`` as browsers show them, ``*`` for what differs; ``label`` what for; ``stays`` one of STAYS."""

    key: str
    names: tuple[str, ...]
    label: str
    stays: str


@cache
def cookies() -> tuple[Cookie, ...]:
    """Every cookie that this website sets, and what its script keeps. Raises WrongPolicy where the file is wrong."""
    file = Table.of_file(HERE / "cookies.toml")
    found = []
    for one in file.listed("cookies"):
        found.append(Cookie(one.text("key"), one.texts("names"), one.text("label"), one.one_of("stays", STAYS)))
        one.close()
    file.close()
    return tuple(found)


def list_of_cookies(landlord: Landlord, at: datetime) -> Markup:
    return bullets(_line(one) for one in cookies())


def _line(cookie: Cookie) -> Markup:
    return said(
        # Translators: a line of a list, as in “language: Remembers your language. How long: One year.”
        _("%(name)s: %(what)s. How long: %(how_long)s."),
        name=_name_of(cookie),
        what=_(cookie.label),
        how_long=_how_long(cookie.stays),
    )


def _name_of(cookie: Cookie) -> Markup:
    """As the browser shows it. The session's is another one where the site is served safely."""
    name = current_app.config["SESSION_COOKIE_NAME"] if cookie.key == "session" else cookie.names[0]
    return Markup('<strong><span lang="en">{}</span></strong>').format(name)


def _how_long(stays: str) -> str:
    if stays == "form":
        days: int = current_app.config["LETTERBOX"].draft_days
        return ngettext("%(num)s day", "%(num)s days", days)
    return {
        "session": _("Until you close the browser"),
        "half-hour": _("Half an hour after the last page"),
        "half-year": _("Half a year"),
        "year": _("One year"),
        "deleted": _("Until you delete it"),
    }[stays]


# ---------------------------------------------------------------- what is kept, and what is announced


def kept_how_long(landlord: Landlord, at: datetime) -> Markup:
    return bullets(_kept(landlord))


def _kept(landlord: Landlord) -> Iterator[str]:
    names = {
        "complaint": _("Complaints"),
        "antisocial-behaviour": _("Reports of antisocial behaviour"),
        "enquiry": _("Questions"),
        "compliment": _("Compliments"),
        "suggestion": _("Suggestions"),
        "call-back": _("Requests to be called back"),
    }
    for one in landlord.retention:
        if one.key in names:
            yield ngettext("%(what)s: %(num)s year", "%(what)s: %(num)s years", one.years, what=names[one.key])


def drafts_kept(landlord: Landlord, at: datetime) -> Markup:
    return paragraph(
        ngettext(
            "If you stop in the middle of a form, we keep your answers for %(num)s day, so that you can go on. Then"
            " they are deleted.",
            "If you stop in the middle of a form, we keep your answers for %(num)s days, so that you can go on. Then"
            " they are deleted.",
            current_app.config["LETTERBOX"].draft_days,
        )
    )


def lead_times(landlord: Landlord, at: datetime) -> Markup:
    """Nothing where the landlord promises none."""
    try:
        time = fact("lead_time planned_downtime", landlord, written.local_day(at))
    except FactNotThere:
        return Markup()
    return paragraph(
        said(_("We tell you of planned work on this website at least %(time)s before it begins."), time=time)
    )
