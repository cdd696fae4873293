"""Any words, in any order of pages, with any cookie lost: no form breaks, and none loses what it had taken."""

import os
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html
from werkzeug.test import TestResponse

from tests.journeys.every_form import ANSWERS, journey, names, ways
from tests.journeys.filling import Sent, filled, form_of
from tests.journeys.test_mechanism_any_text import ANY_TEXT

# The same examples each time: what fails here fails for everybody.
A_FEW = settings(
    max_examples=100 if os.environ.get("LETTERBOX_SOAK") == "1" else 7,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # to make an example smaller takes minutes
    suppress_health_check=list(HealthCheck),
)
FORM = "application/x-www-form-urlencoded"
MOST_STEPS = 80
ANSWERED = {200, 303, 400, 404, 405, 409, 422}
OTHER_PAGES = ["check", "received", "delete", "deleted", "save", "nothing-here", "check/change", "received/text", ""]
BYTES = st.sampled_from([b"", b"\xff\xfe\x00", b"a&b&=&&==", b"csrf_token=%ED%A0%80%FF%00", b"a[]=1&a[]=2", b"{}"])


class Somebody:
    """At one form, with what it has taken from them and must show again."""

    def __init__(self, client: FlaskClient, form: str) -> None:
        self.client, self.form = client, form
        self.taken: dict[str, dict[str, str]] = {}  # words by field, by page

    def address(self, page: str) -> str:
        return f"/en/{self.form}/{page}".rstrip("/")

    def seen(self, answer: TestResponse) -> TestResponse:
        what = f"{answer.request.method} {answer.request.path}: {answer.status_code}"
        assert answer.status_code in ANSWERED, what
        assert answer.headers["Cache-Control"] == "no-store", what
        return answer

    def open(self, page: str) -> TestResponse:
        return self.seen(self.client.get(self.address(page)))

    def send(self, page: str, body: bytes, kind: str = FORM) -> TestResponse:
        return self.seen(self.client.post(self.address(page), data=body, content_type=kind))

    def answer_well(self, page: str) -> None:
        shown = self.open(page)
        if shown.status_code != 200 or form_of(shown.text, self.address(page)) is None:
            return
        sent = filled(shown.text, self.address(page), ANSWERS)
        if self.send(page, urlencode(sent).encode()).status_code == 303:
            words = words_in(shown.text, self.address(page))
            self.taken[page] = {name: value for name, value in sent if name in words and value}

    def answer_anyhow(self, page: str, data: Any) -> None:
        """Any words in any field of the page, in a field that it does not have, or as a list."""
        shown = self.open(page)
        sent: Sent = filled(shown.text, self.address(page), {}) if shown.status_code == 200 else []
        token = [(name, value) for name, value in sent if name == "csrf_token"]
        fields = sorted({name for name, _value in sent} - {"csrf_token"}) or ["x"]
        typed = [(data.draw(st.sampled_from([*fields, "unknown", "x[]"])), data.draw(ANY_TEXT)) for _ in range(4)]
        self.taken.pop(page, None)
        self.send(page, urlencode([*token, *typed], errors="surrogatepass").encode())

    def lose(self, cookie: str, instead: str | None) -> None:
        """A cookie is gone, or somebody has put something else into it."""
        if instead is None:
            self.client.delete_cookie(cookie)
        else:
            self.client.set_cookie(cookie, instead)
        if cookie != "session":
            self.taken = {}  # another browser: nothing of it may be shown here

    def assert_nothing_is_lost(self) -> None:
        for page, words in self.taken.items():
            shown = self.open(page)
            if shown.status_code == 200:  # else the question does not apply any more
                assert words_in(shown.text, self.address(page)).items() >= words.items(), page


def words_in(page: str, address: str) -> dict[str, str]:
    """What stands in the fields that take words. Those under an answer are kept only where that answer was chosen."""
    form = form_of(page, address)
    if form is None:
        return {}
    free = "[not(ancestor::*[contains(@class, '__conditional')])]"
    lines = {field.get("name"): field.get("value", "") for field in form.xpath(f".//input[@type='text']{free}")}
    texts = {field.get("name"): (field.text or "").removeprefix("\n") for field in form.xpath(f".//textarea{free}")}
    return {name: words for name, words in {**lines, **texts}.items() if name}


def at_the_end(client: FlaskClient, form: str) -> None:
    """Everything answered, nothing sent."""
    page = client.get(f"/en/{form}", follow_redirects=True)
    for _ in range(MOST_STEPS):
        if page.request.path.endswith("/check"):
            return
        body = urlencode(filled(page.text, page.request.path, ways(form)[0])).encode()
        page = client.post(page.request.path, data=body, content_type=FORM, follow_redirects=True)
    raise AssertionError(f"the way never came to the check page; it is at {page.request.path}")


@pytest.mark.parametrize("form", names())
def test_no_form_breaks_and_none_loses_what_it_has_taken(form: str, sqlite_app: Flask) -> None:
    slugs = [step.slug for step in journey(form).questions]
    begun = sqlite_app.test_client()
    at_the_end(begun, form)
    cookies = {name: begun.get_cookie(name) for name in ("session", f"draft-{form}")}

    @A_FEW
    @given(data=st.data())
    def check(data: Any) -> None:
        somebody = Somebody(sqlite_app.test_client(), form)
        for name, cookie in cookies.items():
            assert cookie is not None
            somebody.client.set_cookie(name, cookie.value)
        for _ in range(8):
            page = data.draw(st.sampled_from(slugs))
            act = data.draw(st.sampled_from(["well", "well", "well", "anyhow", "open", "bytes", "lose"]))
            if act == "well":
                somebody.answer_well(page)
            elif act == "anyhow":
                somebody.answer_anyhow(page, data)
            elif act == "open":
                somebody.open(data.draw(st.sampled_from([f"{page}/change", *OTHER_PAGES])))
            elif act == "bytes":
                somebody.taken.pop(page, None)
                somebody.send(page, data.draw(BYTES), data.draw(st.sampled_from([FORM, "application/json", "x"])))
            else:
                instead = data.draw(st.sampled_from([None, "", "x", "e30.x.y", "💥"]))
                somebody.lose(data.draw(st.sampled_from(["session", f"draft-{form}"])), instead)
        somebody.assert_nothing_is_lost()

    check()


def test_a_form_that_forgot_would_be_found(sqlite_app: Flask) -> None:
    somebody = Somebody(sqlite_app.test_client(), "complaint")
    at_the_end(somebody.client, "complaint")
    somebody.answer_well("what-happened")
    assert somebody.taken["what-happened"]
    somebody.assert_nothing_is_lost()
    somebody.taken["what-happened"]["what_happened"] = "something else"
    with pytest.raises(AssertionError):
        somebody.assert_nothing_is_lost()
    assert html.fromstring(somebody.open("what-happened").text) is not None
