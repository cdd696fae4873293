"""Through a form as a browser sends it, without a browser: each page as it comes, and once more with its mistakes."""

from collections.abc import Collection, Iterator
from urllib.parse import urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.journeys.every_form import ANSWERS, HEARD, Answers, fields_by_page, names, words_for
from tests.journeys.filling import asks_something, filled

FORM = "application/x-www-form-urlencoded"
MOST_STEPS = 80


def through(
    client: FlaskClient, form: str, language: str, answers: Answers, known: Collection[str] = ()
) -> Iterator[TestResponse]:
    """From the first question to the last page. ``known``: names of pages whose mistakes need not be made again."""
    page = client.get(f"/{language}/{form}", follow_redirects=True)
    for _step in range(MOST_STEPS):
        address = page.request.path
        is_known = address.rpartition("/")[2] in known  # before whoever walks has seen it
        yield page
        if not _goes_on(page):
            return
        if asks_something(page.text, address) and not is_known:
            yield _send(client, page, nothing_answered=True)
        page = _send(client, page, answers=answers)
    raise AssertionError(f"the way through {form} never ends; it is at {page.request.path}")


def _goes_on(page: TestResponse) -> bool:
    last = page.request.path.rpartition("/")[2]
    return page.status_code == 200 and last != "received" and bool(filled(page.text, page.request.path, {}))


def _send(
    client: FlaskClient, page: TestResponse, *, answers: Answers | None = None, nothing_answered: bool = False
) -> TestResponse:
    address = page.request.path
    sent = filled(page.text, address, answers or {})
    if nothing_answered:
        sent = [(name, value) for name, value in sent if name == "csrf_token"]
    return client.post(address, data=urlencode(sent).encode(), content_type=FORM, follow_redirects=True)


def typed() -> set[str]:
    """What the ways of ``every_form`` type, line by line: words of readers, in whatever language they are."""
    values = [value for answers in (ANSWERS, *HEARD) for value in answers.values() if isinstance(value, str)]
    fields = {name for form in names() for page in fields_by_page(form).values() for name in page}
    lines = {line for value in [*values, *map(words_for, fields)] for line in value.splitlines()}
    return {line for line in lines if " " in line or line[:1].isupper()}  # keys of answers are no such words
