"""Who repairs what: a list as data, and a search in it that forgives spelling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.content.finding import Findable, Index, words_of
from app.content.tags import bullets, paragraph, said, together
from app.landlords.shapes import Landlord, Option
from app.landlords.tables import Table
from app.languages import current_language

FILE = Path(__file__).with_name("repairs.toml")
WHO = {"landlord": _l("We do"), "tenant": _l("You do"), "other": _l("Somebody else")}
MOST_LETTERS = 80  # of what is looked for


@dataclass(frozen=True)
class Repair:
    """``label`` what, ``words`` more about it, both English; ``who`` a key of WHO; ``page`` a slug, or empty."""

    key: str
    group: str
    label: str
    words: str
    who: str
    page: str


@dataclass(frozen=True)
class Responsibilities:
    groups: tuple[Option, ...]
    repairs: tuple[Repair, ...]


@cache
def responsibilities() -> Responsibilities:
    """What the file says. Raises WrongPolicy where it is wrong."""
    file = Table.of_file(FILE)
    file.yes_or_no("checked"), file.day("from"), file.text("source"), file.text("row")
    groups = tuple(_group(one) for one in file.listed("groups"))
    keys = tuple(group.key for group in groups)
    repairs = tuple(_repair(one, keys) for one in file.listed("repairs"))
    file.close()
    return Responsibilities(groups, repairs)


def _group(one: Table) -> Option:
    group = Option(one.text("key"), one.text("label"))
    one.close()
    return group


def _repair(one: Table, groups: tuple[str, ...]) -> Repair:
    repair = Repair(
        key=one.text("key"),
        group=one.one_of("group", groups),
        label=one.text("label"),
        words=one.text("words"),
        who=one.one_of("who", tuple(WHO)),
        page=one.text_or_none("page"),
    )
    one.close()
    return repair


def as_part(landlord: Landlord, at: datetime) -> Markup:
    """The whole list, for paper and voices: a list for each group. A table would be as narrow as its longest word."""
    return in_lists(responsibilities().repairs)


def in_lists(repairs: Sequence[Repair]) -> Markup:
    """These repairs, a list for each group that has some, in the language of the moment."""
    lists = []
    for group in responsibilities().groups:
        lines = [_line(one) for one in repairs if one.group == group.key]
        if lines:
            lists += [paragraph(Markup("<strong>{}</strong>").format(_(group.label))), bullets(lines)]
    return together(*lists)


def _line(one: Repair) -> Markup:
    line = said(
        # Translators: a line of a list, as in “Toilet seat: You do. Also plugs and chains.”
        _("%(what)s: %(who)s. %(more)s"),
        what=Markup("<strong>{}</strong>").format(_(one.label)),
        who=str(WHO[one.who]),
        more=_(one.words),
    )
    if one.page:
        return Markup('{} <a href="page:{}">{}</a>').format(line, one.page, _("Read more"))
    return line


def found(wanted: str) -> tuple[Repair, ...]:
    """The repairs that may be meant, the likeliest first; all of them where nothing is asked."""
    everything = responsibilities().repairs
    if not words_of(wanted):
        return everything
    index = _index(current_language().tag)
    ranked = sorted(index.search(wanted[:MOST_LETTERS]), key=lambda one: -one.score)
    by_key = {one.key: one for one in everything}
    return tuple(by_key[one.findable.address] for one in ranked)


@cache
def _index(language: str) -> Index:
    """Over the words of the language of the moment, which is the one named."""
    return Index(
        [
            Findable(title=_(one.label), address=one.key, language=language, words=(_(one.words),))
            for one in responsibilities().repairs
        ]
    )
