"""Which pages search engines and shared links may show, and in which words. Everything else is left out.

A page is added here on purpose. Pages of content are in by themselves, with the description in their front matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l

from app.content.addresses import HELP, OWN, address_of
from app.content.reading import library
from app.journeys.carrying import journeys_of
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES
from app.languages.paths import in_language

# What a search engine shows under the title, where the page itself says nothing else.
PAGES = {
    "pages.home": _l(
        "Tell us in your own language. We write back in a way that you can read, by a date that we keep to."
    ),
    "pages.help_index": _l("Repairs, emergencies, safety at home, complaints and more: all our pages in one list."),
    "reading.choose": _l("Make words larger or further apart, and choose the colours that you read best."),
    "notices.see_all": _l("Planned work, trouble with our phones or website, and days when our office is closed."),
    "notices.see_one": _l("What is wrong or planned, when, and where."),
    "subscribing.ask_for_them": _l(
        "We can email you when something is planned, when something does not work, and when we are closed."
    ),
}
# The first page of a form, by its journey's name. A form that can be left in a hurry describes itself nowhere.
FORMS = {
    "complaint": _l("Complain to us here, in your own language. You get a reference, and a date for our answer."),
    "compliment": _l("Praise somebody who works for us. We tell them and their manager."),
    "suggestion": _l("Tell us what we could do better. Your idea goes to the team that can use it."),
    "enquiry": _l("Ask us about your home, your rent, a repair, damp and mould, or anything else."),
    "call-back": _l("Ask us to call you, at a time that suits you and in your language."),
}
NOT_LISTED = {"notices.see_one"}  # come and go
# Addresses that nobody should find, below each language. The first page of a form is allowed again.
KEPT_OUT = (
    "track", "letter/", "come-back", "call-back/yours/", "search", "another-format", "offline", "notices/by-email/",
    "antisocial-behaviour",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A page in all the languages in which it is written: tag → path."""

    addresses: dict[str, str]


def tags() -> list[str]:
    """Of the languages offered, in the landlord's order."""
    return [tag for tag in current_landlord().languages if tag in LANGUAGES]


def first_questions() -> dict[str, str]:
    """The endpoint of a form's questions → the slug of its first. Without the forms that can be left in a hurry."""
    known = journeys_of(current_app).items()
    return {
        f"{screens.blueprint}.question": screens.journey.questions[0].slug
        for name, screens in known
        if name in FORMS and not screens.journey.is_sensitive
    }


def is_findable(endpoint: str | None, values: dict[str, Any]) -> bool:
    """Whether the page at this endpoint, with these parts of its address, may be found."""
    if endpoint is None:
        return False
    if endpoint in PAGES or endpoint == HELP or endpoint in OWN.values():
        return True
    return first_questions().get(endpoint) == values.get("slug", "") and not values.get("is_changing")


def description_of(endpoint: str | None) -> str:
    """What is said of a page that says nothing itself. Empty where nothing may be said."""
    by_form = {f"{screens.blueprint}.question": name for name, screens in journeys_of(current_app).items()}
    return str(PAGES.get(endpoint or "") or FORMS.get(by_form.get(endpoint or "", ""), ""))


def places() -> Iterator[Place]:
    """Every page to be found, for the list that search engines read."""
    written = library()
    for endpoint in PAGES:
        if endpoint in current_app.view_functions and endpoint not in NOT_LISTED:
            yield Place({tag: in_language(endpoint, tag, {}) for tag in tags()})
    for endpoint, slug in first_questions().items():
        yield Place({tag: url_for(endpoint, language=tag, slug=slug) for tag in tags()})
    for slug in written.slugs():
        if OWN.get(slug, HELP) in current_app.view_functions:
            yield Place({tag: address_of(slug, tag) for tag in tags() if tag in written.pages[slug]})


def forms_inside() -> Iterator[tuple[str, str]]:
    """Of each form that may be found: the part of its address, and the slug of its first question."""
    for endpoint, slug in first_questions().items():
        path = url_for(endpoint, language=tags()[0], slug=slug)
        yield path.split("/")[2], slug
