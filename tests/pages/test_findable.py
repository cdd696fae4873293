"""What search engines, shared links and home screens are told; and what is kept from them."""

import json
from io import BytesIO
from urllib.robotparser import RobotFileParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree, html
from PIL import Image

from app.languages import LANGUAGES
from tests.conftest import MakeApp
from tests.laws.page_laws import assert_page_laws, page_of

SITE = "http://letters.landlord.example"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SECRET = (
    "/staff/sign-in", "/en/track", "/cy/track/case", "/en/letter/some-key", "/ar/come-back", "/en/complaint/check",
    "/en/complaint/what-happened", "/en/call-back/yours/key", "/cy/search?q=boiler", "/en/antisocial-behaviour",
)  # fmt: skip
OPEN = ("/", "/en/", "/ar/contact", "/en/complaint", "/cy/complaint/who-you-are", "/en/notices", "/en/help/repairs")


@pytest.fixture(params=["livewest", "livv"])
def client(request: pytest.FixtureRequest, make_app: MakeApp) -> FlaskClient:
    return make_app(landlord=request.param, public_url=SITE).test_client()


@pytest.fixture
def livewest(make_app: MakeApp) -> FlaskClient:
    return make_app().test_client()


def listed(client: FlaskClient) -> list[str]:
    """The paths of the list for search engines."""
    places = etree.fromstring(client.get("/sitemap.xml").data).xpath("//s:loc/text()", namespaces=NAMES)
    assert all(place.startswith(f"{SITE}/") for place in places)
    return [place.removeprefix(SITE) for place in places]


def metas(page: html.HtmlElement, name: str) -> list[str]:
    found: list[str] = page.xpath("//meta[@name=$name or @property=$name]/@content", name=name)
    return found


def test_every_listed_page_is_there_and_says_what_it_is(client: FlaskClient) -> None:
    """One fetch of each: it may be found, describes itself once, and names itself as the address to keep."""
    paths = listed(client)
    assert len(paths) == len(set(paths)) > 20
    robots = robots_of(client)
    said = set()
    for path in (path for path in paths if path.startswith("/en/")):  # test_crawl.py reads the other languages
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = page_of(answer)
        (described,) = metas(page, "description")
        assert 20 < len(described) < 200, (path, described)
        assert metas(page, "og:description") == [described]
        assert page.xpath("//link[@rel='canonical']/@href") == [SITE + path]
        assert metas(page, "og:url") == [SITE + path]
        assert not metas(page, "robots"), path
        assert robots.can_fetch("any", SITE + path), path
        assert described not in said, f"{path} says what another page says"
        said.add(described)


def test_each_language_of_a_page_names_all_the_others_and_one_for_everybody_else(client: FlaskClient) -> None:
    tree = etree.fromstring(client.get("/sitemap.xml").data)
    groups: dict[str, set[str]] = {}
    for place in tree.findall("s:url", NAMES):
        others = {one.get("hreflang"): one.get("href") for one in place.findall("x:link", NAMES)}
        assert others["x-default"] == others["en"]
        assert place.findtext("s:loc", namespaces=NAMES) in others.values()
        groups.setdefault(others["en"], set()).add(str(sorted(others.items())))
    assert all(len(said) == 1 for said in groups.values()), "two languages of a page do not name the same others"
    links = page_of(client.get("/cy/")).xpath("//link[@rel='alternate' and @hreflang]")
    named = {link.get("hreflang"): link.get("href") for link in links}
    assert set(named) > {"en", "cy", "ar", "ur", "x-default"}
    assert named == {tag: f"{SITE}/{tag}/" for tag in LANGUAGES} | {"x-default": f"{SITE}/en/"}


def robots_of(client: FlaskClient) -> RobotFileParser:
    robots = RobotFileParser()
    robots.parse([line.replace("$", "") for line in client.get("/robots.txt").text.splitlines()])
    return robots


def test_robots_are_kept_out_of_what_is_somebodys_own(client: FlaskClient) -> None:
    robots = robots_of(client)
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in SECRET:
        assert not robots.can_fetch("any", SITE + path), path
    for path in OPEN:
        assert robots.can_fetch("any", SITE + path), path
    assert not set(listed(client)) & set(SECRET)


def test_what_is_not_on_purpose_is_found_by_nobody_and_says_nothing_of_itself(livewest: FlaskClient) -> None:
    for path in (
        "/en/track", "/en/come-back", "/en/complaint/delete", "/en/search?q=damp", "/en/offline", "/en/nothing-here",
        "/en/antisocial-behaviour/before-you-start", "/staff/sign-in",
    ):  # fmt: skip
        page = page_of(livewest.get(path, follow_redirects=True))
        assert metas(page, "robots") == ["noindex"], path
        assert not metas(page, "description"), path
        assert not metas(page, "og:title"), path


def test_a_page_that_is_not_translated_yet_is_found_in_its_own_language_only(livewest: FlaskClient) -> None:
    paths = {path.partition("/cy/")[2] for path in listed_here(livewest) if "/cy/" in path}
    for slug in ("repairs", "emergencies", "bleed-a-radiator"):
        page = page_of(livewest.get(f"/cy/help/{slug}"))
        is_there = f"help/{slug}" in paths
        assert (metas(page, "robots") == []) is is_there, slug


def listed_here(client: FlaskClient) -> list[str]:
    found: list[str] = etree.fromstring(client.get("/sitemap.xml").data).xpath("//s:loc/text()", namespaces=NAMES)
    return found


def test_a_shared_link_shows_a_picture_of_the_right_size(client: FlaskClient) -> None:
    page = page_of(client.get("/en/contact"))
    (address,) = metas(page, "og:image")
    assert address.startswith(f"{SITE}/static/cards/")
    assert metas(page, "og:image:alt")
    picture = Image.open(BytesIO(client.get(address.removeprefix(SITE)).data))
    assert list(map(str, picture.size)) == [*metas(page, "og:image:width"), *metas(page, "og:image:height")]


def test_the_site_can_be_kept_on_a_home_screen_in_the_readers_language(client: FlaskClient) -> None:
    for tag, direction in (("en", "ltr"), ("ar", "rtl")):
        (address,) = page_of(client.get(f"/{tag}/")).xpath("//link[@rel='manifest']/@href")
        answer = client.get(address)
        assert answer.mimetype == "application/manifest+json"
        told = json.loads(answer.data)
        assert (told["lang"], told["dir"], told["start_url"]) == (tag, direction, f"/{tag}/")
        assert len(told["short_name"]) <= 12
        *pictures, drawn = told["icons"]
        assert drawn["type"] == "image/svg+xml"
        assert len(pictures) == 2
        for icon in pictures:
            picture = Image.open(BytesIO(client.get(icon["src"]).data))
            assert icon["sizes"] == "x".join(map(str, picture.size))


def test_the_page_for_no_connection_keeps_the_page_laws_and_says_whom_to_call(client: FlaskClient) -> None:
    for tag in ("en", "cy", "ar"):
        page = assert_page_laws(client.get(f"/{tag}/offline"))
        assert "tel:999" in page.xpath("//main//a/@href")


def test_the_worker_for_no_connection_is_new_when_anything_in_it_is(make_app: MakeApp) -> None:
    """A browser compares the bytes: the same for the same site, others where the pages or languages are others."""
    one, again, other = (
        make_app(landlord=key).test_client().get("/sw.js") for key in ("livewest", "livewest", "livewest")
    )
    assert one.data == again.data == other.data
    assert one.cache_control.no_cache
    assert one.mimetype == "text/javascript"
    told = json.loads(one.text.partition("\n")[0].removeprefix("self.LETTERBOX=").removesuffix(";"))
    assert told["pages"] == ["contact", "help/emergencies", "offline"]
    assert set(told["words"]) == set(LANGUAGES)


def test_a_landlord_without_pictures_has_all_its_pages(sqlite_app: Flask) -> None:
    sqlite_app.jinja_env.globals["has_asset"] = lambda path: False
    client = sqlite_app.test_client()
    assert not metas(page_of(client.get("/en/")), "og:image")
    assert [icon["sizes"] for icon in json.loads(client.get("/en/site.webmanifest").data)["icons"]] == ["any"]
