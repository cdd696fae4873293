"""What few tenants come to, in one language: errors, a saved form, notices by email, a call, a case that is followed.

Each errand opens a door, sees every page behind it, sends each form on them with nothing in it, and then with answers.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from flask_wtf.csrf import CSRFError
from lxml import html
from sqlalchemy import select
from werkzeug.exceptions import default_exceptions
from werkzeug.test import TestResponse

from app import errors
from app.call_backs import actions as calls
from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.formats import FORMATS
from app.landlords.standards import current_landlord
from app.letters.links import address_of
from app.letters.models import Letter
from app.notices import subscribing
from tests.builders import a_colleague, answers
from tests.complaints.casework import a_complaint_ready_for_its_answer, answered
from tests.journeys.every_form import ANSWERS
from tests.journeys.filling import ASKED, filled, form_of
from tests.journeys.through_forms import FORM
from tests.notices.subscribers import a_subscriber
from tests.tracking.following import a_case_that_came, code_of

Seen = Iterator[TestResponse]
LEAVES = {"leave", "delete", "exit", "as", *FORMATS}  # formats have tests of their own; who leaves sees no more
FOR_MACHINES = ("site.webmanifest", "notices.atom", "notices.ics")
TYPED_HERE = {"reference": "K7M4-QX9T", "secret": "no code", "code": "no code", "q": "Kettle"}


def errand(path: str) -> Callable[[Flask, FlaskClient, str], Seen]:
    """The pages behind one address that anybody can open."""
    return lambda _app, client, tag: around(client, f"/{tag}/{path}", (f"/{tag}/{path}",))


def one_file(path: str) -> Callable[[Flask, FlaskClient, str], Seen]:
    return lambda _app, client, tag: iter([client.get(f"/{tag}/{path}")])


def around(client: FlaskClient, door: str, inside: tuple[str, ...]) -> Seen:
    """The pages whose addresses begin so, from the door on; then each of their forms, empty and filled in."""
    waiting, known, forms = [door], {door}, []
    while waiting:
        address = waiting.pop()
        page = client.get(address, follow_redirects=True)
        yield page
        if page.mimetype != "text/html":
            continue
        root = html.fromstring(page.text)
        form = form_of(page.text, page.request.path)
        if form is not None and not LEAVES & set((form.get("action") or "").split("/")):
            forms.append(page)
        for link in root.xpath("//main//a/@href"):
            path = urlsplit(link).path
            if path.startswith(inside) and path not in known and not set(path.split("/")) & LEAVES:
                known.add(path)
                waiting.append(path)
    for page in forms:
        yield from sent(client, page)


def sent(client: FlaskClient, page: TestResponse) -> Seen:
    """The form of the page with nothing in it, and with something in each field."""
    form = form_of(page.text, page.request.path)
    address = form.get("action") or page.request.path
    full = filled(page.text, page.request.path, {**ANSWERS, **TYPED_HERE})
    if form.xpath(ASKED):
        hidden = [(one.get("name"), one.get("value", "")) for one in form.xpath(".//input[@type='hidden']")]
        yield post(client, address, hidden)
    yield post(client, address, full)


def post(client: FlaskClient, address: str, fields: list[tuple[str, str]]) -> TestResponse:
    return client.post(address, data=urlencode(fields).encode(), content_type=FORM, follow_redirects=True)


def errors_of_all_kinds(app: Flask, client: FlaskClient, tag: str) -> Seen:
    yield client.get(f"/{tag}/nothing-here")
    yield client.post(f"/{tag}/contact", data=b"")
    yield client.post(f"/{tag}/complaint/who-you-are", data=b"")
    for code in errors.PAGES:
        yield _shown(app, tag, default_exceptions[code](), errors.show_http_error)
    yield _shown(app, tag, CSRFError(), errors.show_form_ran_out)


def _shown(app: Flask, tag: str, error: Any, make: Callable[[Any], Any]) -> TestResponse:
    with app.test_request_context(f"/{tag}/contact") as context:
        refresh()  # the walk's own context stays, with the language of the one before
        app.preprocess_request()  # reads the language of the address
        made = make(error)
        return TestResponse([made.get_data()], made.status, made.headers, context.request)


def a_form_that_is_saved(app: Flask, client: FlaskClient, tag: str) -> Seen:
    for way in ("code", "email"):
        begun = client.get(f"/{tag}/suggestion", follow_redirects=True)
        fields = filled(begun.text, begun.request.path, ANSWERS)
        page = post(client, begun.request.path, [*fields, ("afterwards", "save")])
        yield page
        yield from sent(client, page)
        shown = [(name, way if value in ("code", "email") else value) for name, value in
                 filled(page.text, page.request.path, ANSWERS)]  # fmt: skip
        yield post(client, page.request.path, shown)
    (link,) = _links_mailed(ANSWERS["email"])[-1:]
    elsewhere = app.test_client()
    for path in (link, link + "x"):
        yield from around(elsewhere, path, (path,))
    yield from around(elsewhere, f"/{tag}/come-back", (f"/{tag}/come-back",))
    yield from sent(client, client.get(f"/{tag}/suggestion/delete"))
    yield client.get(f"/{tag}/suggestion/deleted")


def notices_by_email(app: Flask, client: FlaskClient, tag: str) -> Seen:
    yield from around(client, f"/{tag}/notices/by-email", (f"/{tag}/notices/by-email",))
    yield client.get(f"/{tag}/notices/by-email/asked")
    yield client.get(f"/{tag}/notices/by-email/nobody")
    email = f"hears.{tag.lower()}@tenant.example"
    a_subscriber(email, tag)
    subscribing.ask(email, tag, [], datetime.now(UTC))
    subscribing.ask(f"new.{email}", tag, [], datetime.now(UTC))
    db.session.commit()
    for link in (*_links_mailed(f"new.{email}"), *_links_mailed(email)):
        yield from around(client, link, (link,))
        for act in ("confirm", "keep", "end"):
            yield post(client, link, [("act", act), ("places", "no place")])


def a_call_that_is_moved(app: Flask, client: FlaskClient, tag: str) -> Seen:
    start_writing()
    asked = {"name": "Anna Nowak", "phone": "07700 900123", "day": calls.SOONEST}
    call = calls.ask(current_landlord(), asked, tag, datetime.now(UTC), None)
    db.session.commit()
    own = f"/{tag}/call-back/yours/{call.key}"
    yield from around(client, own, (own,))
    yield client.get(own)


def a_case_that_is_followed(kind: str) -> Callable[[Flask, FlaskClient, str], Seen]:
    def follow(app: Flask, client: FlaskClient, tag: str) -> Seen:
        """What was told in English has the mark of it."""
        told = answers(what_happened="The lift is broken.")
        case = a_case_that_came(kind, datetime.now(UTC) - timedelta(days=2), told)
        return _followed(client, case, code_of(case), tag)

    return follow


def a_complaint_that_is_answered(app: Flask, client: FlaskClient, tag: str) -> Seen:
    case, colleague = a_complaint_ready_for_its_answer(
        colleague=a_colleague(f"kim.{tag.lower()}@landlord.example", name="Kim Lee", roles=("complaints-team",))
    )
    answered(case, colleague)
    return _followed(client, case, case.tenant.postcode or "", tag)


def _followed(client: FlaskClient, case: Case, secret: str, tag: str) -> Seen:
    door = client.get(f"/{tag}/track")
    yield from sent(client, door)
    fields = dict(filled(door.text, door.request.path, {})) | {"reference": case.reference, "secret": secret}
    opened = post(client, door.request.path, list(fields.items()))
    assert opened.request.path == f"/{tag}/track/case", opened.request.path
    yield from around(client, f"/{tag}/track/case", (f"/{tag}/track/case",))
    yield client.get(f"/{tag}/track/case")
    yield from _letters(client, case, tag)
    yield post(client, f"/{tag}/track/leave", [])
    yield client.get(f"/{tag}/track/left")
    yield client.get(f"/{tag}/track/case", follow_redirects=True)


def _letters(client: FlaskClient, case: Case, tag: str) -> Seen:
    """The page behind the link in an email, on time and too late. The letters themselves are walked elsewhere."""
    letter = db.session.scalars(select(Letter).where(Letter.case_id == case.id)).first()
    if letter is None:
        return
    now = datetime.now(UTC)
    for begun in (now, now - timedelta(days=90)):
        yield client.get(_path(address_of(letter, begun)).replace(f"/{letter.language}/", f"/{tag}/", 1))
    db.session.rollback()


def _links_mailed(address: object) -> list[str]:
    db.session.rollback()
    found = db.session.scalars(select(Message).where(Message.address == address).order_by(Message.id))
    links = [
        link
        for message in found
        for link in re.findall(r"https?://\S+/(?:by-email|come-back)/\S+", message.words or "")
    ]
    db.session.rollback()
    return [_path(link) for link in links]


def _path(link: str) -> str:
    return urlsplit(link).path


ERRANDS: dict[str, Callable[[Flask, FlaskClient, str], Seen]] = {
    "errors": errors_of_all_kinds,
    "saved": a_form_that_is_saved,
    "notices": notices_by_email,
    "call": a_call_that_is_moved,
    "complaint": a_case_that_is_followed("complaint"),
    "antisocial-behaviour": a_case_that_is_followed("antisocial-behaviour"),
    "enquiry": a_case_that_is_followed("enquiry"),
    "answered": a_complaint_that_is_answered,
    **{path: one_file(path) for path in FOR_MACHINES},
    **{path: errand(path) for path in ("offline", "reading", "search?q=Kettle", "search?q=", "help/repairs?q=Kettle")},
}
