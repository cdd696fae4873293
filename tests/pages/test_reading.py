"""Reading aids: chosen on one page, kept in one cookie, there on every page before anything is painted."""

import itertools

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.pages.reading import CHOICES, COOKIE, Aids, aids_in
from app.pages.reading_form import ReadingForm
from tests.laws.page_laws import assert_page_laws, page_of, words_of
from tests.staff.door import a_colleague_with_a_password, sign_in

LARGEST = {"text": "largest", "spacing": "widest", "lines": "long", "colours": "yellow"}
USUAL = {kind: answers[0] for kind, answers in CHOICES.items()}


@pytest.fixture
def reader(sqlite_app: Flask) -> FlaskClient:
    return sqlite_app.test_client()


def choose(reader: FlaskClient, answers: dict[str, str], back: str = "", language: str = "en") -> str:
    """Send the page of choices; gives where it leads."""
    address = f"/{language}/reading"
    token = page_of(reader.get(address)).xpath("//main//input[@name='csrf_token']/@value")[0]
    answer = reader.post(address, data={**answers, "back": back, "csrf_token": token})
    assert answer.status_code == 303
    return str(answer.location)


def classes(reader: FlaskClient, address: str) -> set[str]:
    page = page_of(reader.get(address, follow_redirects=True))
    return {name for name in page.getroottree().getroot().get("class").split() if name.startswith("reading-")}


def test_a_choice_is_on_every_page_from_then_on(reader: FlaskClient) -> None:
    assert classes(reader, "/en/") == set()
    choose(reader, LARGEST)
    chosen = {f"reading-{kind}-{answer}" for kind, answer in LARGEST.items()}
    for address in ("/en/", "/ar/contact", "/en/complaint", "/en/nothing-here", "/staff/sign-in"):
        assert classes(reader, address) == chosen, address


def test_colleagues_pages_have_it_too(reader: FlaskClient) -> None:
    a_colleague_with_a_password()
    sign_in(reader)
    choose(reader, {**USUAL, "colours": "cream"})
    assert classes(reader, "/staff/account") == {"reading-colours-cream"}


def test_the_browser_paints_its_own_parts_in_the_same_colours(reader: FlaskClient) -> None:
    for colours, scheme in (("device", "light dark"), ("yellow", "dark"), ("cream", "light")):
        choose(reader, {**USUAL, "colours": colours})
        assert page_of(reader.get("/en/")).xpath("//meta[@name='color-scheme']/@content") == [scheme]


def test_what_is_chosen_is_marked_when_the_page_is_opened_again(reader: FlaskClient) -> None:
    choose(reader, LARGEST)
    marked = page_of(reader.get("/en/reading")).xpath("//input[@checked]")
    assert {one.get("name"): one.get("value") for one in marked} == LARGEST


def test_all_as_usual_leaves_no_cookie_behind(reader: FlaskClient) -> None:
    choose(reader, LARGEST)
    assert reader.get_cookie(COOKIE)
    choose(reader, USUAL)
    assert reader.get_cookie(COOKIE) is None
    choose(reader, LARGEST)
    choose(reader, {**LARGEST, "reset": "yes"})
    assert reader.get_cookie(COOKIE) is None


def test_the_cookie_is_nobody_elses_and_no_scripts(reader: FlaskClient) -> None:
    choose(reader, LARGEST)
    cookie = reader.get_cookie(COOKIE)
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Lax", 365 * 24 * 60 * 60)


def test_who_came_from_a_page_goes_back_to_it_and_no_address_says_which(reader: FlaskClient) -> None:
    """A report's address in the history would tell whoever looks there."""
    came_from = "http://localhost/en/antisocial-behaviour/what-happened?again=1"
    page = page_of(reader.get("/en/reading", headers={"Referer": came_from}))
    (back,) = page.xpath("//input[@name='back']/@value")
    assert back == "/en/antisocial-behaviour/what-happened?again=1"
    assert choose(reader, USUAL, back) == back
    assert page_of(reader.get("/en/")).xpath("//a[@class='aids-link']/@href") == ["/en/reading"]


@pytest.mark.parametrize(
    "back",
    [
        "",
        "//elsewhere.example/",
        "https://elsewhere.example/",
        "/\\elsewhere.example",
        "/en/nothing-here",
        "/en/reading",
        "javascript:alert(1)",
        "/staff/sign-out",
        "/en/\ncontact",
    ],
)
def test_it_leads_to_no_other_site_and_to_no_page_that_cannot_be_opened(reader: FlaskClient, back: str) -> None:
    assert choose(reader, USUAL, back) == "/en/"


def test_another_site_is_no_page_to_go_back_to(reader: FlaskClient) -> None:
    page = page_of(reader.get("/en/reading", headers={"Referer": "http://elsewhere.example/en/contact"}))
    assert page.xpath("//input[@name='back']/@value") == [""]


def test_an_answer_that_is_not_offered_is_asked_for_again_in_words(reader: FlaskClient) -> None:
    token = page_of(reader.get("/en/reading")).xpath("//main//input[@name='csrf_token']/@value")[0]
    answer = reader.post("/en/reading", data={**USUAL, "colours": "pink", "back": "/en/contact", "csrf_token": token})
    assert answer.status_code == 400
    page = assert_page_laws(answer)
    assert "Choose the colours" in words_of(page)
    assert page.xpath("//input[@name='back']/@value") == ["/en/contact"]


def test_the_page_keeps_the_page_laws_and_is_kept_nowhere(reader: FlaskClient) -> None:
    for tag in ("en", "cy", "ar"):
        answer = reader.get(f"/{tag}/reading")
        assert_page_laws(answer)
        assert answer.cache_control.no_store


def test_the_form_offers_what_there_is(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context():
        form = ReadingForm(landlord=None, answers={})  # type: ignore[arg-type]
        offered = {field.name: tuple(pick.key for pick in field.picks) for field in form.fields_asked}
    assert offered == CHOICES


def test_every_choice_comes_back_from_its_cookie() -> None:
    every = [Aids(**dict(zip(CHOICES, answers, strict=True))) for answers in itertools.product(*CHOICES.values())]
    assert [aids_in(aids.kept) for aids in every] == every
    assert len({aids.kept for aids in every}) == len(every)


@given(st.text(max_size=200))
def test_a_cookie_of_anything_is_no_more_than_our_own_words(kept: str) -> None:
    own = {f"reading-{kind}-{answer}" for kind, answers in CHOICES.items() for answer in answers}
    assert set(aids_in(kept).classes) <= own
    assert aids_in(aids_in(kept).kept) == aids_in(kept)
