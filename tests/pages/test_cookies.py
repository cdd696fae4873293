"""The page of cookies names every cookie that is set, with its time, and what the script keeps; and no other."""

import re
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch
from http.cookies import SimpleCookie

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.content.said_of_this_website import Cookie, cookies
from app.extensions import db
from app.notices import actions, routes
from app.notices.shapes import Given
from app.pages import language_switch, reading_routes
from app.reception import saving_routes
from app.tracking import sitting
from tests.conftest import MakeApp
from tests.journeys.reader import Reader
from tests.laws.page_laws import page_of, words_of
from tests.laws.source import APP, PROJECT
from tests.notices.on_pages import press_put_away
from tests.notices.telling import ENGLISH
from tests.pages.test_reading import LARGEST, choose

DAYS = {"form": 7, "year": 365, "half-year": 182}
# Who sets one, and which: a call in another file fails until it stands here, and its cookie on the page.
SET_IN = {
    "journeys/drafts.py": "draft-complaint",
    "notices/routes.py": routes.COOKIE,
    "pages/language_switch.py": language_switch.COOKIE,
    "pages/reading_routes.py": reading_routes.COOKIE,
    "reception/saving_routes.py": saving_routes.LINK_COOKIE,
    "tracking/routes.py": sitting.COOKIE,
}


def named(name: str) -> Cookie:
    (one,) = [one for one in cookies() if any(fnmatch(name, pattern) for pattern in one.names)]
    return one


def set_by(response: TestResponse) -> dict[str, timedelta | None]:
    """Names, and how long each stays: None until the browser is closed."""
    found: dict[str, timedelta | None] = {}
    for line in response.headers.getlist("Set-Cookie"):
        for name, cookie in SimpleCookie(line).items():
            seconds = cookie["max-age"]
            found[name] = timedelta(seconds=int(seconds)) if seconds else None
    return found


def published_now() -> None:
    now = datetime.now(UTC)
    notice = actions.write(Given("other", "information", ENGLISH, now, now + timedelta(days=1)), "test", now)
    actions.publish(notice, "test", now)
    db.session.commit()


def test_what_a_reader_is_given_stands_on_the_page_with_its_time(sqlite_app: Flask) -> None:
    published_now()
    given: dict[str, timedelta | None] = {}
    reader = sqlite_app.test_client()

    class Noting(FlaskClient):
        def open(self, *args: object, **kwargs: object) -> TestResponse:
            response = super().open(*args, **kwargs)  # type: ignore[arg-type]
            for one in (*response.history, response):
                given.update(set_by(one))
            return response

    reader.__class__ = type("Noting", (Noting, type(reader)), {})
    reader.get("/cy/", headers={"Accept-Language": "en"})
    choose(reader, LARGEST)
    press_put_away(reader, "/en/", ENGLISH["en"]["title"])
    Reader(reader).open("/en/complaint").answer(who="customer")
    assert {"language", "reading", "put_away", "session", "draft-complaint"} <= given.keys()
    for name, stays in given.items():
        assert stays == (timedelta(days=DAYS[named(name).stays]) if named(name).stays in DAYS else None), name


def test_no_cookie_is_set_that_the_page_does_not_name() -> None:
    places = {
        path.relative_to(APP).as_posix() for path in APP.rglob("*.py") if ".set_cookie(" in path.read_text("utf-8")
    }
    assert places == SET_IN.keys()
    kept_by_script = {one.key for one in cookies() if one.stays == "deleted"}
    assert {named(name).key for name in SET_IN.values()} | {"session"} | kept_by_script == {
        one.key for one in cookies()
    }


def test_what_the_script_keeps_stands_on_the_page_too() -> None:
    script = "\n".join(path.read_text("utf-8") for path in (PROJECT / "assets" / "js").glob("*.js"))
    kept = re.findall(r'const (?:REMEMBERED|OURS) = "([^"]+)"', script)
    assert {named(f"{name}x" if name.endswith("-") else name).stays for name in kept} == {"deleted"}
    places = re.findall(
        r"localStorage\.setItem|sessionStorage\.setItem|caches\.open|document\.cookie|indexedDB", script
    )
    assert set(places) == {"localStorage.setItem", "caches.open"}
    assert len(kept) == 2


def test_the_page_gives_the_name_that_the_browser_shows(make_app: MakeApp) -> None:
    site = make_app(public_url="https://help.example.org")
    page = page_of(site.test_client().get("/en/help/cookies", base_url="https://help.example.org"))
    names = [words_of(cell) for cell in page.xpath("//main//li/strong")]
    assert names == ["__Host-session", *(one.names[0] for one in cookies()[1:])]
