"""What nobody hopes to come to, in one language: a full disk, a page that was open too long, too much from one network.

As in ``errands``: each gives every page that it comes to.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlencode

from flask import Flask, Response
from flask.testing import FlaskClient
from markupsafe import escape
from werkzeug.test import TestResponse

from app.extensions import db
from app.languages import LANGUAGES, speaking
from app.notices.shapes import KINDS
from app.notices.usual import usual
from app.uploads import reasons
from tests.journeys.every_form import ANSWERS
from tests.journeys.filling import filled, form_of
from tests.journeys.test_mechanism_storage import each_connection_says
from tests.journeys.through_forms import FORM
from tests.tracking.following import a_case_that_came, a_photo, code_of, follow

Seen = Iterator[TestResponse]
REFUSED = ((b"", "Kettle.jpg"), (b"MZ", "Kettle.exe"), (b"%PDF-1.7\n" + b"x" * 900, "Kettle.pdf"))
OF_A_KIND = (reasons.too_large, reasons.too_long)
OF_ANY = (
    reasons.too_many_pixels, reasons.too_many_pages, reasons.too_many_files, reasons.too_much_together,
    reasons.locked, reasons.infected,
)  # fmt: skip
PAGES_OF_A_CASE = ("add", "diary", "interpreter", "telephone-password")
MOST_TRIES = 12


def a_form_that_cannot_be_sent(app: Flask, client: FlaskClient, tag: str) -> Seen:
    question = client.get(f"/{tag}/suggestion", follow_redirects=True)
    yield from _all_that_fails(app, client, question)
    page = question
    while not page.request.path.endswith("/check"):
        page = _sent(client, page)
    yield from _all_that_fails(app, client, page)
    yield from _all_that_fails(app, client, client.get(f"/{tag}/suggestion/save"))
    yield from _all_that_fails(app, client, client.get(f"/{tag}/suggestion/delete"))
    yield from _all_that_fails(app, client, client.get(f"/{tag}/notices/by-email"))
    _sent(client, page)
    yield _sent(client, page)
    yield _sent(client, question)  # in another window, long after


def a_case_that_takes_nothing(app: Flask, client: FlaskClient, tag: str) -> Seen:
    case = a_case_that_came("antisocial-behaviour", datetime.now(UTC))
    door = client.get(f"/{tag}/track")
    yield from _all_that_fails(app, client, door)
    follow(client, case, language=tag)
    pages = [client.get(f"/{tag}/track/case/{name}") for name in PAGES_OF_A_CASE]
    for page in pages:
        yield from _all_that_fails(app, client, page)
    client.post(f"/{tag}/track/leave")
    for page in pages:
        over = _sent(client, page)
        yield over
    yield _sent(client, over, reference=case.reference, secret="no code")
    for _try in range(MOST_TRIES):
        page = _sent(client, door, reference=case.reference, secret=code_of(case)[::-1])
    yield page


def files_that_are_not_taken(app: Flask, client: FlaskClient, tag: str) -> Seen:
    follow(client, a_case_that_came(at=datetime.now(UTC)), language=tag)
    added = _sent(client, client.get(f"/{tag}/track/case/add"))
    page = client.get(f"/{tag}/complaint", follow_redirects=True)
    while not page.request.path.endswith("/files"):
        page = _sent(client, page)
    for at in (page, added):
        for files in ((), REFUSED):
            for is_late in (False, True):
                yield _with_files(client, at, files, is_late=is_late)
        with _full_disk(app):
            yield _with_files(client, at, ((a_photo(), "Kettle.jpg"),))
    with app.test_request_context(f"/{tag}/"), speaking(tag):
        said = [why("Kettle.jpg", kind).reason for why in OF_A_KIND for kind in ("photo", "film", "sound", "document")]
        said += [why("Kettle.jpg").reason for why in OF_ANY]
    yield _said(app, tag, said)


def what_notices_usually_say(app: Flask, _client: FlaskClient, tag: str) -> Seen:
    yield _said(app, tag, [words for kind in KINDS for words in usual(kind, tag)])


def _all_that_fails(app: Flask, client: FlaskClient, page: TestResponse) -> Seen:
    """The same button, pressed while nothing can be saved, without what proves where it came from, and too often."""
    with _full_disk(app):
        yield _sent(client, page)
    yield _sent(client, page, csrf_token="")
    with _nobody_may_send(app):
        yield _sent(client, page)


@contextmanager
def _full_disk(_app: Flask) -> Iterator[None]:
    """All can be read, nothing written."""
    db.session.rollback()
    with each_connection_says("PRAGMA query_only = ON"):
        yield


@contextmanager
def _nobody_may_send(app: Flask) -> Iterator[None]:
    settings = app.config["LETTERBOX"]
    app.config["LETTERBOX"] = replace(settings, sendings_an_hour=0, answers_an_hour=0)
    try:
        yield
    finally:
        app.config["LETTERBOX"] = settings


def _sent(client: FlaskClient, page: TestResponse, **different: str) -> TestResponse:
    """Its form filled in, with some fields different; the page that comes then."""
    form = form_of(page.text, page.request.path)
    assert form is not None, page.request.path
    fields = [(name, different.get(name, value)) for name, value in filled(page.text, page.request.path, ANSWERS)]
    address = form.get("action") or page.request.path
    return client.post(address, data=urlencode(fields).encode(), content_type=FORM, follow_redirects=True)


def _with_files(
    client: FlaskClient, page: TestResponse, files: Iterable[tuple[bytes, str]], *, is_late: bool = False
) -> TestResponse:
    form = form_of(page.text, page.request.path)
    data: dict[str, object] = {**dict(filled(page.text, page.request.path, {})), "then": "add"}
    if is_late:
        data["csrf_token"] = "from long ago"
    data["files"] = [(BytesIO(content), name) for content, name in files]
    return client.post(
        form.get("action") or page.request.path, data=data, content_type="multipart/form-data", follow_redirects=True
    )


def _said(app: Flask, tag: str, sentences: Iterable[str]) -> TestResponse:
    """Sentences that stand on pages where it would take long to come to."""
    words = "".join(f"<p>{escape(one)}</p>" for one in sentences)
    page = f"<html lang='{tag}' dir='{LANGUAGES[tag].direction}'><body>{words}</body></html>"
    with app.test_request_context(f"/{tag}/") as context:
        return TestResponse([page.encode()], "200 OK", Response(mimetype="text/html").headers, context.request)


MISFORTUNES = {
    "trouble with a form": a_form_that_cannot_be_sent,
    "trouble with a case": a_case_that_takes_nothing,
    "trouble with files": files_that_are_not_taken,
    "usual notices": what_notices_usually_say,
}
