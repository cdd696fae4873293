"""Saving a form that others must not learn of: the email and its page say nothing, and unsafe email is no way back."""

import re

from flask import Flask

from app.dispatch.models import Message
from app.extensions import db
from tests.antisocial_behaviour.reporting import begin, slug_of
from tests.journeys.reader import Reader

FORM = "/en/antisocial-behaviour"
TELLTALE = re.compile("anti.?social|behaviour|abuse|noise|neighbour|threat|police|complain|report", re.IGNORECASE)


def test_the_mail_and_its_page_say_nothing_of_the_subject(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="who-does-it").open(f"{FORM}/save")
    assert reader.words.index("Can somebody else read your emails") < reader.words.index("How do you want to come back")
    reader.answer(way="email", address="anna@example.org")
    assert reader.response.status_code == 200
    db.session.rollback()
    (message,) = db.session.scalars(db.select(Message))
    assert not TELLTALE.search(f"{message.subject} {message.words}")
    (link,) = re.findall(r"/en/come-back/\S+", message.words or "")
    page = Reader(sqlite_app.test_client()).open(link)
    assert not TELLTALE.search(page.words + page.page.findtext(".//title"))
    assert slug_of(page.press()) == "who-does-it"


def test_who_says_that_email_is_not_safe_is_offered_only_the_code(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="phone", safe_ways=["phone"]).open(f"{FORM}/save")
    assert reader.page.xpath("//main//input[@name='way']/@value") == ["code"]
    data = {**reader.filled_in(way="email"), "address": "anna@example.org"}
    assert reader.client.post(f"{FORM}/save", data=data).status_code == 422
    db.session.rollback()
    assert db.session.scalars(db.select(Message)).all() == []
    assert reader.answer(way="code").page.xpath("//@data-code")


def test_who_came_by_a_link_and_leaves_at_once_leaves_no_link_behind(sqlite_app: Flask) -> None:
    """The address with the secret never is a page, so Back cannot come to it; and the page that is, is empty then."""
    begin(sqlite_app.test_client(), until="who-does-it").open(f"{FORM}/save").answer(
        way="email", address="anna@example.org"
    )
    db.session.rollback()
    (message,) = db.session.scalars(db.select(Message))
    (link,) = re.findall(r"/en/come-back/\S+", message.words or "")
    client = sqlite_app.test_client()
    page = Reader(client).open(link)
    assert page.path not in link
    assert slug_of(page.press()) == "who-does-it"
    client.get(f"{FORM}/exit")
    left = client.get(page.response.history[0].request.path)
    assert left.status_code == 404
    assert "Show my answers" not in left.text
    assert client.post("/en/come-back/link", data={}).status_code in (400, 404)
    assert slug_of(Reader(client).open(link).press()) == "who-does-it", "the link in the mail still works"
