"""A notice in the few tags of a letter, for wherever it goes without its page: feeds, calendars, emails.

All of it speaks the language of the moment; words that are there in another one only are marked as such.
"""

import re
from dataclasses import replace

from babel.lists import format_list
from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from app.formats.characters import one_line
from app.formats.document import Block, ListOf, lines_of, parse, text_of
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, current_language, speaking
from app.letters.setting_out import TOP, set_out
from app.notices.lasting_when import lasting_moment, lasting_when
from app.notices.models import Notice, NoticeUpdate
from app.notices.showing import Said, update_in, words_in
from app.notices.words import CANCELLED, KIND_WORDS, RESOLVED, SERVICE_WORDS, SEVERITY_WORDS

ENDINGS = {"resolved": RESOLVED, "cancelled": CANCELLED}
_P = Markup("<p>{}</p>")
_H2 = Markup("<h2>{}</h2>")
_OWN_LINK = re.compile(r"\]\(/(?!/)")


def said_in(notice: Notice) -> Said:
    """Its title and words in the language of the moment, else in the landlord's first, else in any.

    Signs that no line can show are not in the title: XML could not hold them.
    """
    said = words_in(notice, current_language().tag, current_landlord().languages[0])
    return replace(said, title=one_line(said.title) or str(KIND_WORDS[notice.kind]))


def title_of(notice: Notice) -> tuple[str, str]:
    """Its title with what has become of it, and the language (a tag) of all of that: our words too are in that one."""
    said = said_in(notice)
    with speaking(said.language if said.language in LANGUAGES else current_language().tag):
        if notice.cancelled_at:
            # Translators: the title of a service notice about what will not take place
            return str(_("Cancelled: %(title)s", title=said.title)), said.language
        if notice.resolved_at:
            # Translators: the title of a service notice about trouble that is over
            return str(_("Solved: %(title)s", title=said.title)), said.language
    return said.title, said.language


def whole(notice: Notice, *, is_below_title: bool = False) -> Markup:
    """What it is about, what was added to it with the newest first, and its words. Without its title.

    ``is_below_title``: an ``h2`` with its title stands above, so that headings of its words are lower.
    """
    updates = [part for update in reversed(notice.updates) for part in _update(update)]
    said = said_in(notice)
    words = _in_its_language(said, TOP if updates or is_below_title else TOP - 1)
    first = [_H2.format(_("What we said first"))] if updates else []
    return Markup("\n").join(_excused_once([*facts(notice), *updates, *first, *words]))


def facts(notice: Notice) -> list[Markup]:
    """How serious it is and of which kind; when, where, and what it touches: a paragraph each."""
    kind = Markup("<p><strong>{}</strong></p>").format(
        # Translators: how serious a notice is and its kind: Important: Repairs in your area
        _("%(severity)s: %(kind)s", severity=SEVERITY_WORDS[notice.severity], kind=KIND_WORDS[notice.kind])
    )
    if notice.cancelled_at and notice.ends_at is None:
        when = lasting_moment(notice.starts_at)  # it has no end any more that we could come to know
    else:
        when = lasting_when(notice.starts_at, notice.resolved_at or notice.ends_at)
    return [kind, *map(_P.format, [when, *places_and_services(notice)])]


def places_and_services(notice: Notice) -> list[str]:
    """Sentences; none of what the notice does not say."""
    found = []
    if notice.areas:
        found.append(str(_("For these areas: %(areas)s", areas=_listed(notice.areas))))
    if notice.services:
        services = [str(SERVICE_WORDS[key]) for key in notice.services if key in SERVICE_WORDS]
        found.append(str(_("This is about: %(services)s", services=_listed(services))))
    return found


def plain(html: Markup) -> str:
    """The same as text, a line for each paragraph and each piece of a list: whatever shows it breaks the lines."""
    return "\n\n".join(_plain(block) for block in parse(html, current_language().tag))


def _update(update: NoticeUpdate) -> list[Markup]:
    said = update_in(update, current_language().tag, current_landlord().languages[0])
    moment = lasting_moment(update.at)
    if update.what in ENDINGS:
        head = Markup("{}: {}").format(ENDINGS[update.what], moment)
    else:
        # Translators: above what was added to a service notice; %(moment)s is a day and a time
        head = Markup(_("Update: %(moment)s")) % {"moment": moment}  # noqa: S704  # our own words
    return [_H2.format(head), *(_in_its_language(said, TOP) if said else ())]


def _in_its_language(said: Said, top: int) -> list[Markup]:
    """Its words. In another language than that of the moment we say so before them: plain text has no other mark."""
    words = _set_out(said.words, said.language, top)
    return [words] if said.language == current_language().tag else [_excuse(), words]


def _excuse() -> Markup:
    return _P.format(_("We do not have this notice in your language yet. If you need it, call us."))


def _excused_once(parts: list[Markup]) -> list[Markup]:
    """Before the first words of another language, not before each."""
    excuse = _excuse()
    return [part for place, part in enumerate(parts) if part != excuse or excuse not in parts[:place]]


def _set_out(words: str, tag: str, top: int) -> Markup:
    """A link to a page of this site leads there from everywhere else too."""
    site = current_app.config["LETTERBOX"].public_url
    return set_out(_OWN_LINK.sub(f"]({site}/", words), tag, top)


def _listed(words: list[str]) -> str:
    return str(format_list(words, locale=get_locale()))


def _plain(block: Block) -> str:
    if isinstance(block, ListOf):
        return "\n".join(f"- {text_of(item)}" for item in block.items)
    return "\n".join(lines_of(block))
