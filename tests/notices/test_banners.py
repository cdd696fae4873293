"""Notices at the top of public pages: the most severe, in the reader's language, until the reader puts them away."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from flask.testing import FlaskClient

from app.notices import front_routes
from tests.cases.moments import london
from tests.laws.page_laws import assert_page_laws, page_of, words_of
from tests.notices.on_pages import NOON, StandAt, banners_on, press_put_away, published, updated, words
from tests.notices.on_pages import client as client
from tests.notices.on_pages import site as site
from tests.notices.on_pages import stand_at as stand_at

EVERYWHERE = (
    "/en/",
    "/en/contact",
    "/en/privacy",
    "/en/notices",
    "/en/complaint/who-you-are",
    "/en/track",
    "/en/nothing",
)


def test_two_at_most_stand_on_every_page_and_a_link_leads_to_all(client: FlaskClient) -> None:
    published("Lines are busy", "Tue 2026-12-29 09:00")
    published("Storm tonight", "Tue 2026-12-29 20:00", severity="urgent", at="Tue 2026-12-29 10:00")
    published("No email", "Tue 2026-12-29 08:00", severity="important")
    published("Old news", "Mon 2026-12-28 08:00", "Mon 2026-12-28 18:00")
    for address in EVERYWHERE:
        response = client.get(address)
        assert banners_on(response) == ["Storm tonight", "No email"], address
        (more,) = assert_page_laws(response).xpath("//*[@class='banners__more']/a")
        assert (words_of(more), more.get("href")) == ("See all notices. There is 1 more.", "/en/notices")


def test_a_page_without_a_notice_has_no_place_for_one(client: FlaskClient) -> None:
    assert not page_of(client.get("/en/")).xpath("//*[@class='banners' or @data-notices-status]")


def test_it_comes_begins_and_goes_to_the_minute_on_a_page_that_was_kept(client: FlaskClient, stand_at: StandAt) -> None:
    published(
        "Night work",
        "Thu 2026-12-31 22:00",
        "Fri 2027-01-01 02:00",
        at="Mon 2026-12-28 09:00",
        announced="Tue 2026-12-29 17:00",
    )
    seen = []
    for moment in (
        "Tue 2026-12-29 16:59", "Tue 2026-12-29 17:00", "Thu 2026-12-31 21:59",
        "Thu 2026-12-31 22:00", "Fri 2027-01-01 01:59", "Fri 2027-01-01 02:00",
    ):  # fmt: skip
        stand_at(moment)
        client.get("/en/contact")
        page = page_of(client.get("/en/contact"))
        seen.append(" ".join(words_of(one) for one in page.xpath("//*[@class='banner__when']")))
    assert seen == [
        "",
        "From Thursday 31 December at 10pm until Friday 1 January 2027 at 2am",
        "From Thursday 31 December at 10pm until Friday 1 January 2027 at 2am",
        "Now, until Friday 1 January 2027 at 2am",
        "Now, until Friday 1 January at 2am",
        "",
    ]


@pytest.mark.parametrize(
    ("announced", "starts", "ends"),
    [
        pytest.param("Sat 2026-10-24 23:59", "Sun 2026-10-25 00:30", "Sun 2026-10-25 04:00", id="clocks go back"),
        pytest.param("Sat 2027-03-27 23:59", "Sun 2027-03-28 00:59", "Sun 2027-03-28 02:01", id="clocks go forward"),
        pytest.param("Tue 2026-12-01 09:00", "Thu 2026-12-24 17:00", "Tue 2026-12-29 08:00", id="Christmas"),
    ],
)
def test_kept_pages_follow_the_clocks_of_the_year(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, announced: str, starts: str, ends: str
) -> None:
    published("Closed", starts, ends, at="Mon 2026-10-19 09:00", announced=announced)
    seen = []
    for moment in (london(announced), london(starts), london(ends)):
        for at in (moment - timedelta(minutes=1), moment):
            monkeypatch.setattr(front_routes, "now", partial(datetime.fromtimestamp, at.timestamp(), UTC))
            client.get("/en/privacy")
            page = page_of(client.get("/en/privacy"))
            words_there = [words_of(one) for one in page.xpath("//*[@class='banner__when']")]
            seen.append({"": "", "Now": "Now"}.get((words_there or [""])[0].split(",")[0], "Later"))
    assert seen == ["", "Later", "Later", "Now", "Now", ""]


def test_it_speaks_the_readers_language_and_marks_words_in_another(client: FlaskClient) -> None:
    published("Snow", "Tue 2026-12-29 09:00", words=words("Snow", cy="Eira"))
    (welsh,) = page_of(client.get("/cy/")).xpath("//*[@data-notice]//a")
    assert (words_of(welsh), welsh.get("lang")) == ("Eira", None)
    (arabic,) = page_of(client.get("/ar/")).xpath("//*[@data-notice]//a")
    assert (words_of(arabic), arabic.get("lang"), arabic.get("dir")) == ("Snow", "en", "ltr")


@pytest.mark.parametrize(
    ("severity", "word"), [("urgent", "Urgent"), ("important", "Important"), ("information", "For your information")]
)
def test_how_severe_it_is_is_said_by_a_word_and_a_shape(client: FlaskClient, severity: str, word: str) -> None:
    published("Snow", "Tue 2026-12-29 09:00", severity=severity)
    (mark,) = page_of(client.get("/en/")).xpath("//*[@data-notice]//*[contains(@class, 'severity--')]")
    assert words_of(mark) == word
    assert mark.xpath(".//svg[@aria-hidden='true']/path/@d")


def test_a_reader_puts_one_away_on_every_page_and_other_readers_keep_it(client: FlaskClient) -> None:
    published("Snow", "Tue 2026-12-29 09:00", severity="urgent")
    published("Busy", "Tue 2026-12-29 09:00")
    answer = press_put_away(client, "/en/contact", "Snow")
    assert (answer.status_code, answer.location) == (303, "/en/contact")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    for address in EVERYWHERE:
        assert banners_on(client.get(address)) == ["Busy"], address
    assert press_put_away(client, "/cy/", "Busy").location == "/cy/"
    assert banners_on(client.get("/en/")) == []
    assert banners_on(client.application.test_client().get("/en/contact")) == ["Snow", "Busy"]


def test_what_is_added_to_a_notice_is_shown_again_to_who_put_it_away(client: FlaskClient) -> None:
    notice = published("Snow", "Tue 2026-12-29 09:00")
    press_put_away(client, "/en/", "Snow")
    assert banners_on(client.get("/en/")) == []
    updated(notice, "More snow comes.", NOON)
    assert banners_on(client.get("/en/")) == ["Snow"]


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_no_other_site_puts_a_notice_away(client: FlaskClient, said: dict[str, str]) -> None:
    notice = published("Snow", "Tue 2026-12-29 09:00")
    data = {"version": str(notice.version), "back": "/en/"}
    answer = client.post(f"/en/notices/{notice.key}/put-away", data=data, headers=said)
    assert answer.status_code == 403
    assert "put_away" not in answer.headers.get("Set-Cookie", "")


def test_an_older_browser_that_says_only_its_origin_is_believed(client: FlaskClient) -> None:
    notice = published("Snow", "Tue 2026-12-29 09:00")
    data = {"version": str(notice.version), "back": "/en/privacy"}
    answer = client.post(f"/en/notices/{notice.key}/put-away", data=data, headers={"Origin": "http://localhost"})
    assert (answer.status_code, answer.location) == (303, "/en/privacy")


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "", "/a\nb"]
)
def test_the_way_back_never_leaves_the_site(client: FlaskClient, back: str) -> None:
    answer = client.post("/en/notices/no-such/put-away", data={"version": "x", "back": back})
    assert (answer.status_code, answer.location) == (303, "/en/notices")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["~~~", "x.y~.3~snow.", "a.99999999999999999999", "é.1", "a.٣~" * 400])
def test_a_cookie_that_somebody_made_up_changes_no_page(client: FlaskClient, cookie: str) -> None:
    published("Snow", "Tue 2026-12-29 09:00")
    response = client.get("/en/", headers={"Cookie": f"put_away={cookie}".encode().decode("latin-1")})
    assert banners_on(response) == ["Snow"]


def test_on_a_forms_page_no_button_costs_what_was_typed(client: FlaskClient) -> None:
    """There it is hidden until a script makes it one that does not load the page again."""
    published("Snow", "Tue 2026-12-29 09:00")
    for address, is_plain in (("/en/", True), ("/en/complaint/who-you-are", False), ("/en/track", False)):
        (form,) = page_of(client.get(address)).xpath("//*[@data-notice]//form")
        assert ("data-put-away" not in form.attrib) == is_plain, address


def test_where_a_page_can_be_left_in_a_hurry_banners_are_those_of_every_page(client: FlaskClient) -> None:
    published("Snow", "Tue 2026-12-29 09:00")
    private = page_of(client.get("/en/antisocial-behaviour/before-you-start", follow_redirects=True))
    (banner,) = private.xpath("//*[@data-notice]")
    assert "Snow" in words_of(banner)
    assert banner.xpath(".//form[@data-put-away]")
