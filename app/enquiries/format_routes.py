"""Ask for a page of the website in another format or language: a short form, which becomes an enquiry."""

from dataclasses import replace

from babel import Locale
from flask import Blueprint, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from app.cases.models import Case
from app.content.composing import page_in
from app.content.reading import NoSuchPage
from app.enquiries.actions import make_enquiry
from app.enquiries.page_forms import ASKED_FOR
from app.enquiries.page_journey import FIRST, PAGE_FORMAT
from app.journeys import drafts, steps
from app.journeys.drafts import Bookmark
from app.journeys.steps import Steps
from app.landlords.standards import Landlord
from app.languages import LANGUAGES, current_language
from app.reception.actions import Arrival
from app.reception.routes import register_form
from app.tenants.models import FORMATS

page_formats = Blueprint("page_formats", __name__, url_prefix="/<lang:language>/another-format")


@page_formats.before_request
def name_the_page() -> None:
    """The first question knows on which page the reader pressed the link."""
    slug = request.args.get("of")
    if slug and request.method == "GET":
        try:
            g.setdefault(ASKED_FOR, page_in(slug, current_language().tag, steps.now(), is_shown=False).title)
        except NoSuchPage:
            abort(404)


@page_formats.get("/of/<page>")
def ask(page: str) -> ResponseReturnValue:
    """To the first question, which names this page. What the reader typed there before is kept."""
    try:
        page_in(page, current_language().tag, steps.now(), is_shown=False)
    except NoSuchPage:
        abort(404)
    bookmark, _draft = drafts.where(PAGE_FORMAT.name, steps.now())
    pages = Steps(PAGE_FORMAT, page_formats.name)
    response = redirect(pages.screens.url("question", slug=FIRST, of=page), 303)
    pages.give(response, Bookmark(bookmark.writing or drafts.new_id(), bookmark.sent))
    return response


def make_request(landlord: Landlord, arrival: Arrival) -> Case:
    """Whoever wants a page in braille gets our letters about it in braille too; whoever wants it signed, or read out in
    another language than English, an interpreter. No commit.
    """
    way = arrival.answers.get("way_wanted")
    needs = {**arrival.needs, "format": way} if way in FORMATS else dict(arrival.needs)
    needs["interpreter_language"] = _interpreted_in(way, str(arrival.answers.get("language_wanted") or ""))
    return make_enquiry(landlord, replace(arrival, needs=needs))


def _interpreted_in(way: str | None, language: str) -> str | None:
    if way == "sign-language":
        return "British Sign Language"
    english = {Locale.parse(one.locale).languages["en"].casefold() for one in LANGUAGES.values()}
    return language if way == "read-to-me" and language.strip().casefold() not in english else None


register_form(page_formats, PAGE_FORMAT, make_request, "enquiries/received_page_format.html")
