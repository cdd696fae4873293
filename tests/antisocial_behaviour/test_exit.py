"""Leaving at once: from every page, without JavaScript too, and nothing is left behind for the Back button."""

import pytest
from flask import Flask

from app.extensions import db
from app.journeys.models import Draft
from app.landlords.standards import current_landlord
from tests.antisocial_behaviour.reporting import ANSWERS, SHOUTING, begin, report, slug_of
from tests.conftest import MakeApp
from tests.journeys.reader import Reader
from tests.laws.page_laws import page_of, words_of

EXIT = "/en/antisocial-behaviour/exit"


def ways_out(page: object) -> list[str]:
    return page.xpath("//a[@data-exit]/@href")  # type: ignore[attr-defined]


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_the_way_out_leads_where_the_policy_says_and_forgets_the_draft(landlord: str, make_app: MakeApp) -> None:
    app = make_app(landlord=landlord)
    reader = begin(app.test_client(), until="how-often")
    left = reader.client.get(EXIT)
    assert (left.status_code, left.location) == (303, app.extensions["landlord"].exit_address)
    assert left.headers["Cache-Control"] == "no-store"
    (cookie,) = [one for one in left.headers.getlist("Set-Cookie") if one.startswith("draft-")]
    assert "Max-Age=0" in cookie
    assert "Path=/" in cookie


def test_back_shows_no_answer_on_any_page(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = begin(client)
    seen = ["", "/check", "/received", "/delete", *(f"/{slug}" for slug in ANSWERS)]
    secrets = (SHOUTING.split("\n")[0], "Anna Nowak", "number 12", "CR/1/26", "anna@example.com")
    assert any(secret in reader.client.get("/en/antisocial-behaviour/check").text for secret in secrets)
    client.get(EXIT)
    for path in seen:
        answer = client.get(f"/en/antisocial-behaviour{path}", follow_redirects=True)
        assert not [secret for secret in secrets if secret in answer.text], path
        assert not page_of(answer).xpath("//main//input[@checked]"), path
    assert slug_of(Reader(client).open("/en/antisocial-behaviour")) == "before-you-start"


def test_after_leaving_the_received_page_nobody_else_sees_it(sqlite_app: Flask) -> None:
    reader = report(sqlite_app.test_client())
    reference = reader.reference
    reader.client.get(EXIT)
    assert reference not in reader.client.get("/en/antisocial-behaviour/received", follow_redirects=True).text
    assert reader.client.get("/en/antisocial-behaviour/received/text").status_code == 404


def test_leaving_a_case_forgets_the_form_and_leaving_a_form_closes_the_case(sqlite_app: Flask) -> None:
    """Whoever comes next finds neither, wherever the button was pressed."""
    received = report(sqlite_app.test_client())
    client, reference = received.client, received.reference
    (code,) = received.page.xpath("//@data-return-code")
    case = Reader(client).open("/en/track").answer(reference=reference, secret=code)
    client.get(*ways_out(case.page))
    assert reference not in client.get("/en/antisocial-behaviour/received", follow_redirects=True).text
    assert client.get("/en/antisocial-behaviour/received/text").status_code == 404
    Reader(client).open("/en/track").answer(reference=reference, secret=code)
    client.get(EXIT)
    assert client.get("/en/track/case").status_code == 303


def test_a_draft_that_was_left_is_kept_for_whoever_saved_it(sqlite_app: Flask) -> None:
    """The way out takes the browser's bookmark, not the words: a code that was written down still opens them."""
    begin(sqlite_app.test_client(), until="how-often").client.get(EXIT)
    (draft,) = db.session.scalars(db.select(Draft))
    assert draft.answers["what-happened"]["what_happened"] == SHOUTING


def test_leaving_this_form_leaves_a_complaint_in_peace(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    Reader(client).open("/en/complaint").answer(who="customer")
    begin(client, until="diary")
    client.get(EXIT)
    assert "who-you-are" not in client.get("/en/complaint").location


def test_the_button_is_on_every_page_and_is_the_second_stop_of_the_tab_key(sqlite_app: Flask) -> None:
    reader = Reader(sqlite_app.test_client()).open("/en/antisocial-behaviour")
    pages = 0
    while True:
        assert ways_out(reader.page) == [EXIT], reader.path
        stops = reader.page.xpath("//body//*[self::a or self::button or self::input[not(@type='hidden')]]")
        assert words_of(stops[1]).startswith("Exit this page"), reader.path
        pages += 1
        if slug_of(reader) == "received":
            break
        if slug_of(reader) == "check":
            reader.press()
            continue
        slug = slug_of(reader)
        here = reader.page.xpath("//form//*/@name")
        reader.answer(**{name: words for name, words in ANSWERS[slug].items() if name in here})
    assert pages > 25


@pytest.mark.parametrize(
    ("path", "status"),
    [("/delete", 200), ("/deleted", 200), ("/no-such-question", 404), ("/a/b/c", 404), ("/received/horoscope", 404)],
)
def test_the_button_is_on_what_goes_wrong_too(path: str, status: int, sqlite_app: Flask) -> None:
    answer = sqlite_app.test_client().get(f"/en/antisocial-behaviour{path}")
    assert answer.status_code == status
    assert ways_out(page_of(answer)) == [EXIT]


def test_a_mistake_keeps_the_button_and_says_error_first(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="afraid").answer()
    assert reader.response.status_code == 422
    assert ways_out(reader.page) == [EXIT]
    assert words_of(reader.page.find(".//title")).startswith("Error: Your message, question ")


@pytest.mark.parametrize("path", ["/en/", "/en/complaint/who-you-are", "/en/no-such-page", "/nothing"])
def test_other_pages_have_no_such_button(path: str, sqlite_app: Flask) -> None:
    assert not ways_out(page_of(sqlite_app.test_client().get(path)))


def test_titles_are_neutral_and_nothing_is_filled_in_by_the_browser(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="what-happened")
    assert words_of(reader.page.find(".//title")) == "Your message, question 3 of 22 – LiveWest"
    assert reader.page.xpath("//main//form/@autocomplete") == ["off"]
    reader = begin(sqlite_app.test_client(), until="email")
    assert reader.page.xpath("//input[@name='email']/@autocomplete") == ["email"]  # a field's own token still holds


def test_no_page_is_kept_by_the_browser(sqlite_app: Flask) -> None:
    client = begin(sqlite_app.test_client()).client
    for path in ("", "/before-you-start", "/what-happened", "/check", "/delete", "/nothing-here"):
        assert "no-store" in client.get(f"/en/antisocial-behaviour{path}").headers["Cache-Control"], path


def test_the_first_page_says_what_leaving_does(sqlite_app: Flask) -> None:
    reader = Reader(sqlite_app.test_client()).open("/en/antisocial-behaviour")
    for words in ("Exit this page", "three times, within 5 seconds", "your answers are gone from this browser"):
        assert words in reader.words
    assert current_landlord().exit_address not in reader.words
