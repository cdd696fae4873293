"""Public pages are made once and kept, as long as they are true, for whom they are the same; never one with a form."""

import gzip
from collections.abc import Iterator
from datetime import timedelta

import brotli
import pytest
import sqlalchemy as sa
from flask import Flask, session
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.content.reading import library
from app.extensions import db, start_writing
from app.notices import actions, front_routes, waiting
from app.pages.keeping_routes import SHELF
from app.pages.kept import KEPT, MOST_PAGES, KeptPage, Shelf
from tests.cases.moments import london
from tests.conftest import MakeApp
from tests.laws.page_laws import page_of
from tests.notices.on_pages import NOON, WHO, StandAt, banners_on, press_put_away, published, questions_asked, updated
from tests.notices.on_pages import client as client
from tests.notices.on_pages import site as site
from tests.notices.on_pages import stand_at as stand_at

PLAIN = {"Accept-Encoding": "identity"}
PAGE = "/en/privacy"


@pytest.fixture(autouse=True)
def _with_nothing_kept(site: Flask) -> None:
    site.extensions[SHELF] = Shelf()


def shelf(client: FlaskClient) -> int:
    return len(client.application.extensions[SHELF])


def every_kept_address(app: Flask, key: str) -> Iterator[tuple[str, str]]:
    """Endpoint and address of each page that may be kept, in English."""
    values = {"key": key, "slug": "x"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in KEPT:
            slugs = (
                [slug for slug in library().slugs() if slug not in ("contact", "privacy")]
                if "slug" in rule.arguments
                else [""]
            )
            for slug in slugs:
                _domain, path = rule.build({"language": "en", **values, "slug": slug}, append_unknown=False) or ("", "")
                yield rule.endpoint, path


def test_a_page_view_asks_the_database_for_notices_and_nothing_else(client: FlaskClient) -> None:
    notice = published("Snow", "Tue 2026-12-29 09:00")
    client.get("/en/standards")  # the figures of the year are asked for once a minute
    seen = set()
    for endpoint, address in every_kept_address(client.application, notice.key):
        is_of_notices = endpoint.startswith("notices.")
        with questions_asked() as at_first:
            first = client.get(address)
        with questions_asked() as again:
            second = client.get(address)
        if first.status_code == 301:
            continue
        assert (first.status_code, second.status_code) == (200, 200), address
        assert first.data == second.data
        assert len(again) == (2 if is_of_notices else 1), f"{address}: {again}"
        assert len(at_first) <= (4 if is_of_notices else 1), f"{address}: {at_first}"
        assert all("notice" in one or "waiting_time" in one for one in at_first + again), address
        seen.add(endpoint)
    assert seen == KEPT
    assert shelf(client) >= len(KEPT)


def test_no_page_that_may_be_kept_has_a_token_a_session_or_a_cookie_of_its_own(client: FlaskClient) -> None:
    notice = published("Snow", "Tue 2026-12-29 09:00")
    for endpoint, address in every_kept_address(client.application, notice.key):
        reader = client.application.test_client()
        response = reader.get(address)
        assert "csrf_token" not in response.text, endpoint
        assert "Set-Cookie" not in response.headers, endpoint
        for form in page_of(response).xpath("//form[@method='post']"):
            assert form.get("action").endswith(("/put-away", "/reading")), endpoint


def test_a_page_with_a_form_is_made_for_each_reader(client: FlaskClient) -> None:
    for address in (
        "/en/complaint/who-you-are",
        "/en/track",
        "/staff/sign-in",
        "/en/nothing",
        "/en/notices?postcode=EX4",
    ):
        client.get(address)
        assert shelf(client) == 0, address
    tokens = {
        page_of(one.get("/en/track")).xpath("//input[@name='csrf_token']/@value")[0] for one in two_readers(client)
    }
    assert len(tokens) == 2


def two_readers(client: FlaskClient) -> tuple[FlaskClient, FlaskClient]:
    return client.application.test_client(), client.application.test_client()


def test_what_a_page_gives_to_one_reader_is_never_kept(make_app: MakeApp) -> None:
    """Whatever stands on the list by mistake: a session, a cookie or a token of its own keep it from the shelf."""
    app = make_app()

    def with_session() -> str:
        session["name"] = "Anna"
        return "<p>Anna</p>"

    def with_token() -> str:
        from flask_wtf.csrf import generate_csrf

        return f"<p>{generate_csrf()}</p>"

    def with_cookie() -> TestResponse:
        from flask import make_response

        response = make_response("<p>Anna</p>")
        response.set_cookie("name", "Anna")
        return response  # type: ignore[return-value]

    for view in (with_session, with_token, with_cookie):
        app.view_functions["pages.privacy"] = view
        assert app.test_client().get(PAGE).status_code == 200
        assert len(app.extensions[SHELF]) == 0
    app.view_functions["pages.privacy"] = lambda: "<p>Everybody</p>"
    app.test_client().get(PAGE)
    assert len(app.extensions[SHELF]) == 1


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_a_browser_that_has_the_page_is_told_that_it_still_holds(client: FlaskClient, encoding: str) -> None:
    asks = {"Accept-Encoding": encoding}
    for _once_made_once_kept in range(2):
        first = client.get(PAGE, headers=asks)
        assert first.headers.get("Content-Encoding", "identity") == encoding
        assert unpacked(first) == client.get(PAGE, headers=PLAIN).data
        assert {"Accept-Encoding", "Cookie"} <= set(first.vary)
        again = client.get(PAGE, headers=asks | {"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-cache"
        assert "Content-Security-Policy" in again.headers
    other = client.get(PAGE, headers={"Accept-Encoding": "gzip" if encoding == "br" else "br"})
    assert other.headers["ETag"] != first.headers["ETag"]


def unpacked(response: TestResponse) -> bytes:
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(response.headers.get("Content-Encoding", ""))
    body: bytes = unpack(response.data) if unpack else response.data
    return body


def test_a_page_says_another_thing_as_soon_as_a_notice_does(client: FlaskClient) -> None:
    tags = [client.get(PAGE).headers["ETag"]]
    notice = published("Snow", "Tue 2026-12-29 09:00")
    tags.append(client.get(PAGE).headers["ETag"])
    listed = [client.get("/en/notices").headers["ETag"]]
    held = actions.held(notice.key)
    assert held is not None
    actions.resolve(held, {"en": "It is over."}, WHO, london(NOON))
    db.session.commit()
    tags.append(client.get(PAGE).headers["ETag"])
    listed.append(client.get("/en/notices").headers["ETag"])
    assert tags[0] == tags[2] != tags[1]
    assert listed[0] != listed[1]
    assert banners_on(client.get(PAGE)) == []


def test_what_is_added_is_on_the_kept_page_of_the_notice_at_once(client: FlaskClient) -> None:
    notice = published("Snow", "Tue 2026-12-29 09:00")
    client.get(f"/en/notices/{notice.key}")
    updated(notice, "More comes.", NOON)
    assert "More comes." in client.get(f"/en/notices/{notice.key}").text


def test_a_kept_page_knows_when_the_office_opens_and_closes(client: FlaskClient, stand_at: StandAt) -> None:
    seen = []
    for moment in ("Tue 2026-12-29 07:59", "Tue 2026-12-29 08:00", "Tue 2026-12-29 16:59", "Tue 2026-12-29 17:00"):
        stand_at(moment)
        client.get(PAGE)
        seen.append("opening--open" in client.get(PAGE).text)
    assert seen == [False, True, True, False]


def test_a_kept_page_says_how_long_callers_wait_until_it_is_over(client: FlaskClient, stand_at: StandAt) -> None:
    assert "25 minutes" not in client.get("/en/contact").text
    waiting.set_waiting_time(25, london(NOON) + timedelta(hours=1), WHO, london(NOON))
    db.session.commit()
    assert "25 minutes" in client.get("/en/contact").text
    stand_at("Tue 2026-12-29 13:00")
    assert "25 minutes" not in client.get("/en/contact").text


def test_each_reader_gets_the_page_as_they_chose_to_read_it(client: FlaskClient) -> None:
    published("Snow", "Tue 2026-12-29 09:00")
    with_aids, without = two_readers(client)
    with_aids.set_cookie("reading", "text-largest.colours-yellow")
    press_put_away(without, PAGE, "Snow")
    for _made_then_kept in range(2):
        large, usual = page_of(with_aids.get(PAGE)), page_of(without.get(PAGE))
        assert "reading-text-largest" in large.getroottree().getroot().get("class")
        assert "reading-" not in usual.getroottree().getroot().get("class")
        assert (banners_on(with_aids.get(PAGE)), banners_on(without.get(PAGE))) == (["Snow"], [])


def test_cookies_that_change_nothing_make_no_page_more(client: FlaskClient) -> None:
    for number in range(5):
        reader = client.application.test_client()
        reader.set_cookie("reading", f"nonsense-{number}")
        reader.set_cookie("put_away", f"gone.{number}")
        reader.set_cookie("anything", str(number))
        reader.get(PAGE)
    assert shelf(client) == 1


def test_the_language_of_a_kept_page_is_still_remembered_for_each_reader(client: FlaskClient) -> None:
    asks = {"Accept-Language": "en"}
    for reader in two_readers(client):
        assert reader.get("/cy/privacy", headers=asks).headers["Set-Cookie"].startswith("language=cy;")
        assert "Set-Cookie" not in reader.get("/cy/privacy", headers=asks).headers
    assert client.get("/cy/privacy", headers={"Accept-Language": "cy"}).headers["Content-Language"] == "cy"


def test_without_a_database_pages_come_with_what_was_known_and_are_not_kept(
    client: FlaskClient, stand_at: StandAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("Snow", "Tue 2026-12-29 09:00", "Tue 2026-12-29 13:00")
    client.get(PAGE)
    site_kept, client.application.extensions[SHELF] = client.application.extensions[SHELF], Shelf()

    def away(_moment: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr(front_routes, "standing_at", away)
        response = client.get(PAGE)
        assert (response.status_code, banners_on(response), shelf(client)) == (200, ["Snow"], 0)
        stand_at("Tue 2026-12-29 13:00")
        assert banners_on(client.get(PAGE)) == []
        client.application.extensions.pop(front_routes.KNOWN)  # a process that has just begun
        stand_at(NOON)
        assert banners_on(client.get(PAGE)) == []
    assert banners_on(client.get(PAGE)) == ["Snow"]
    assert len(site_kept) == shelf(client) == 1


def test_an_act_that_has_begun_is_not_lost_silently_with_the_database(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a page has begun to write must not be dropped for a banner's sake, and then said to be kept."""

    def away(_moment: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(front_routes, "standing_at", away)
    with client.application.test_request_context("/en/"):
        start_writing()
        with pytest.raises(sa.exc.OperationalError):
            front_routes.front_of_request()
        db.session.rollback()
        assert front_routes.front_of_request() is not None, "a page on its own comes all the same"


def test_whatever_could_be_kept_is_or_is_left_out_on_purpose(client: FlaskClient) -> None:
    """A new page without a form comes to the list in app/pages/kept.py, or to this one."""
    left_out = {"pages.search": "asked with words", "for_machines.offline": "kept by the browser itself"}
    for rule in client.application.url_map.iter_rules():
        if (
            "GET" in (rule.methods or ())
            and rule.arguments == {"language"}
            and rule.endpoint not in KEPT | set(left_out)
        ):
            _domain, path = rule.build({"language": "en"}) or ("", "")
            response = client.get(path)
            if response.status_code == 200 and response.mimetype == "text/html":
                assert response.cache_control.no_store, f"{rule.endpoint} could be kept"


def test_both_databases_say_what_stands(app: Flask, stand_at: StandAt) -> None:
    reader = app.test_client()
    assert banners_on(reader.get(PAGE)) == []
    notice = published("Snow", "Tue 2026-12-29 09:00", "Tue 2026-12-29 13:00")
    waiting.set_waiting_time(25, london(NOON) + timedelta(minutes=30), WHO, london(NOON))
    db.session.commit()
    assert banners_on(reader.get(PAGE)) == ["Snow"]
    assert "25 minutes" in reader.get("/en/contact").text
    listed = reader.get("/en/notices").headers["ETag"]
    updated(notice, "More comes.", NOON)
    assert reader.get("/en/notices").headers["ETag"] != listed
    stand_at("Tue 2026-12-29 12:30")
    assert "25 minutes" not in reader.get("/en/contact").text
    stand_at("Tue 2026-12-29 13:00")
    assert banners_on(reader.get(PAGE)) == []


def test_only_so_many_pages_are_kept_those_asked_for_last() -> None:
    kept: Shelf[int] = Shelf(most=3)
    for number in range(3):
        kept.put(number, KeptPage("now", b"page"))
    assert kept.take(0, "now")
    kept.put(3, KeptPage("now", b"page"))
    assert [bool(kept.take(number, "now")) for number in range(4)] == [True, False, True, True]
    assert kept.take(3, "later") is None
    assert len(kept) == 3 < MOST_PAGES
