"""A letter to many tenants, without a case: its name, what it says and who gets it → the words.

The templates are those of letters about a case. What each must be given stands in ``lacks.GIVEN``; a page that asks for
it finds in ``LISTED`` what to ask, and of which kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from flask import current_app
from flask_babel import gettext as _

from app.landlords.shapes import Landlord
from app.languages import speaking
from app.letters import about_you, our_words
from app.letters.compose import LETTERS, TITLED, NoSuchLetter, quoted, shows_identity
from app.letters.lacks import LetterLacks, given_of, lacking_of
from app.tenants.models import CommunicationNeeds, Tenant

# words: any number of lines, set out as in a colleague's letter; line: one line; day: ISO; clock: 08:00, local;
# yes-or-no: "yes" or "no".
Kind = Literal["words", "line", "day", "clock", "yes-or-no"]


@dataclass(frozen=True)
class Asked:
    """One thing that a letter says beyond the recipient. ``is_own_words``: in the language of the colleague."""

    key: str
    kind: Kind
    is_needed: bool = False

    @property
    def is_own_words(self) -> bool:
        return self.kind in ("words", "line")


@dataclass(frozen=True)
class ListLetter:
    """``of_tenants``: it speaks of the tenant's own record, so a row without a tenant cannot have it."""

    asked: tuple[Asked, ...]
    of_tenants: bool = False


LISTED: Mapping[str, ListLetter] = {
    "maintenance-notice": ListLetter(
        (
            Asked("work", "words", is_needed=True),
            Asked("begins_on", "day", is_needed=True),
            Asked("ends_on", "day"),
            Asked("works_from", "clock"),
            Asked("works_until", "clock"),
            Asked("effects", "words"),
            Asked("enters_homes", "yes-or-no", is_needed=True),
            Asked("firm", "line"),
        )
    ),
    "needs-review": ListLetter((Asked("answer_by", "day", is_needed=True),), of_tenants=True),
    "letter": ListLetter((Asked("title", "line", is_needed=True), Asked("words", "words", is_needed=True))),
}


@dataclass(frozen=True)
class _NoNeeds:
    """Of somebody of whom no needs are known."""

    interpreter_language: None = None


@dataclass(frozen=True)
class _Recipient:
    """In the place of a letter's tenant."""

    name: str
    language: str
    needs: CommunicationNeeds | _NoNeeds = field(default_factory=_NoNeeds)
    is_anonymous: bool = False


@dataclass(frozen=True)
class _OnAList:
    """In the place of a letter's case."""

    reference: str
    language: str
    kind: str = ""


def compose_for_list(
    name: str,
    landlord: Landlord,
    language: str,
    given: Mapping[str, Any],
    recipient: Mapping[str, Any],
    *,
    reference: str,
    tenant: Tenant | None = None,
) -> tuple[str, str]:
    """The title and the body, HTML as ``app.formats.document.parse`` reads it, in ``language`` (a tag).

    ``given`` is what the letter says: the keys of ``LISTED[name].asked``, days and times as ISO text, and
    ``words_language``, a tag, where a colleague's words are among them. ``recipient`` has a name, or none.
    ``reference`` is the mailing's. ``tenant``: whose row it is, where we know them.

    Raises NoSuchLetter for a letter that is not in LISTED, LetterLacks for what is missing.
    """
    if name not in LISTED:
        raise NoSuchLetter(name)
    _refuse_if_lacking(name, landlord, given, tenant, reference)
    with speaking(language):
        title = _title(name, language, given)
        words = {**_words_for(landlord, language, recipient, reference, tenant), "given": given}
        page = current_app.jinja_env.get_template(LETTERS[name].path)
        # No translator is asked for a list: whoever makes it types the words for each language.
        made = our_words.write(
            language,
            lambda typed: {},
            lambda ours, left: page.render({**words, **ours.names, "not_translated": left}),
            is_asked_for=False,
        )
        return title, made.html


def _title(name: str, language: str, given: Mapping[str, Any]) -> str:
    """A colleague's own only in its language: else ours, and theirs stands below it."""
    if name in TITLED and given["words_language"] == language:
        return " ".join(str(given["title"]).split())
    return str(LETTERS[name].title)


def _words_for(
    landlord: Landlord, language: str, recipient: Mapping[str, Any], reference: str, tenant: Tenant | None
) -> dict[str, object]:
    needs = tenant.needs if tenant else _NoNeeds()
    speaks = tenant.language if tenant else language
    return {
        "on_a_list": True,
        "case": _OnAList(reference, language),
        "tenant": _Recipient(str(recipient.get("name") or ""), speaks, needs),
        "landlord": landlord,
        "handler": None,
        "team": _(landlord.team),
        "shows_identity": shows_identity(landlord),
        "needs": about_you.needs_told(tenant.needs, language) if tenant else (),
        "needs_recorded_at": tenant.needs.recorded_at if tenant else None,
        "quoted": quoted,
    }


def _refuse_if_lacking(
    name: str, landlord: Landlord, given: Mapping[str, Any], tenant: Tenant | None, reference: str
) -> None:
    items = {"reference": bool(reference), "landlord's phone number": bool(landlord.phone.shown)}
    if LISTED[name].of_tenants:
        items["communication needs"] = tenant is not None
    items |= given_of(name, given) | lacking_of(name, given)
    for item, is_there in items.items():
        if not is_there:
            raise LetterLacks(item)
