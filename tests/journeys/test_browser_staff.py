"""Staff pages in a real browser: judged like the public ones, and the way from signing in to a letter in the hand."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import create_engine, select

from app.caseload.complaint_acts import ACTS as COMPLAINT_ACTS
from app.caseload.ending_acts import ACTS as ENDING_ACTS
from app.caseload.record import MAKE
from app.cases.models import Case
from app.demonstration.loading import PASSWORD
from tests.conftest import OpenPage
from tests.journeys.every_form import application
from tests.journeys.judging import BOTH, all_findings, judged
from tests.journeys.signing_in import code_now, sign_in_as
from tests.journeys.walking import Stop, Walker
from tests.laws.test_every_route_is_guarded import DOOR
from tests.laws.test_roles import KIND_OF
from tests.rig.browsers import DESKTOP
from tests.rig.databases import SqliteDatabases
from tests.rig.servers import Site

pytestmark = pytest.mark.browser
IS_LONG = os.environ.get("LETTERBOX_SOAK") == "1"
HANDLER = "priya.shah@livewest.example"
looked_at: set[str] = set()
CASES_LOOKED_AT = 6  # the stories at the top: every need, language and state is among them


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, sqlite_databases: SqliteDatabases) -> Iterator[Site]:
    """A site with the demonstration's cases and colleagues."""
    folder = tmp_path_factory.mktemp("office")
    site = Site(folder, sqlite_databases.make(folder), "livewest", {})
    loaded = site.flask("demo", "load")
    assert loaded.returncode == 0, loaded.stderr
    site.start_server()
    yield site
    site.end()


def send_code(walker: Walker) -> None:
    """The page has a second button, which stops signing in."""
    with walker.page.expect_navigation():
        walker.page.get_by_role("button", name="Sign in", exact=True).click()


def both_factors(walker: Walker, office: Site) -> Iterator[Stop]:
    walker.page.goto(f"{walker.site}/staff/sign-in")
    walker.page.locator("[name=email]").fill(HANDLER)
    walker.page.locator("[name=password]").fill(PASSWORD)
    walker.send()
    yield walker.look("page")
    send_code(walker)
    yield walker.look("error")
    walker.page.locator("[name=code]").fill(code_now(office, HANDLER))
    send_code(walker)


def every_staff_stop(walker: Walker, office: Site) -> Iterator[Stop]:
    yield walker.visit("/staff/sign-in")
    walker.send()
    yield walker.look("error")
    sign_in_as(walker.page, office, HANDLER, "a wrong password")
    yield walker.look("refused")
    yield from both_factors(walker, office)
    yield walker.look("page")
    for show in ("mine", "overdue"):
        walker.page.goto(f"{walker.site}/staff/?show={show}")
        yield walker.look(show)
    walker.page.goto(f"{walker.site}/staff/")
    cases = walker.page.locator('a[href*="/staff/cases/"]').evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(cases) >= CASES_LOOKED_AT
    for address in cases[:CASES_LOOKED_AT]:
        yield walker.visit(address)
    yield walker.visit("/staff/cases/K7M4-QX9T")
    for page in ("new", "complaint", "antisocial-behaviour"):
        yield walker.visit(f"/staff/contacts/{page}")
        walker.send()
        yield walker.look("error")


def test_nothing_is_wrong_with_any_staff_page(office: Site, open_page: OpenPage, tmp_path: Path) -> None:
    walker = Walker(open_page(DESKTOP), office.url)
    wrong: list[str] = []
    for number, stop in enumerate(every_staff_stop(walker, office)):
        wrong += judged(walker, stop, BOTH if IS_LONG else (BOTH[number % 2],))
        (tmp_path / f"{stop.name}.html").write_text(stop.html, encoding="utf-8")
    assert not all_findings(wrong, walker, tmp_path)


def reference_of(office: Site, kind: str) -> str:
    """An open case of this kind."""
    engine = create_engine(office.environment["DATABASE_URL"])
    with engine.connect() as connection:
        wanted = select(Case.reference).where(Case.kind == kind, Case.status == "open").order_by(Case.id)
        return connection.execute(wanted.limit(1)).scalar_one()


def every_address_of_casework(office: Site) -> Iterator[str]:
    """Each page behind the door that is opened without more than a case: its sections, its acts, and the lists."""
    of_kind = {kind: reference_of(office, kind) for kind in MAKE}
    for rule in application().url_map.iter_rules():
        is_page = "GET" in (rule.methods or ()) and str(rule).startswith("/staff/")
        if not is_page or rule.endpoint in DOOR or str(rule).endswith((".svg", ".csv", ".json", "/file")):
            continue
        if not rule.arguments:
            yield str(rule)
        elif rule.arguments == {"reference"} and str(rule).startswith("/staff/cases/"):
            kind = next((kind for part, kind in KIND_OF.items() if f"/{part}" in str(rule)), "complaint")
            yield str(rule).replace("<reference>", of_kind[kind])
    for part, acts in (("complaint", COMPLAINT_ACTS), ("ending", ENDING_ACTS)):
        yield from (f"/staff/cases/{of_kind['complaint']}/{part}/{act}" for act in acts)


def by_axe(address: str) -> bool:
    """Acts fill one template: axe judges every fourth, the ear, the widths and the HTML checker each of them."""
    part, _, act = address.rpartition("/")
    acts = {"complaint": list(COMPLAINT_ACTS), "ending": list(ENDING_ACTS)}.get(part.rpartition("/")[2], [])
    return IS_LONG or act not in acts or acts.index(act) % 4 == 0


@pytest.mark.parametrize("colleague", ["grace.okafor", "alex.winter", "nadia.rahman"])
def test_nothing_is_wrong_with_any_page_of_casework(
    office: Site, open_page: OpenPage, tmp_path: Path, colleague: str
) -> None:
    """A manager sees nearly all of it, an administrator and a reviewer the rest; phone and desktop in turn."""
    walker = Walker(open_page(DESKTOP), office.url)
    sign_in_as(walker.page, office, f"{colleague}@livewest.example")
    wrong: list[str] = []
    for number, address in enumerate(sorted(set(every_address_of_casework(office)) - looked_at)):
        stop = walker.visit(address)
        assert stop.status < 500, address
        if stop.status == 200:
            looked_at.add(address)
            wrong += judged(walker, stop, (BOTH[number % 2],) if by_axe(address) else ())
            (tmp_path / f"{number}.html").write_text(stop.html, encoding="utf-8")
    found = all_findings(wrong, walker, tmp_path)
    assert not found, "\n".join(found)


def test_a_colleague_signs_in_and_takes_a_letter_in_the_tenants_format(office: Site, open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    sign_in_as(page, office, HANDLER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Caseload")
    page.get_by_role("row").filter(has_text="Harold Barrett").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    links = page.locator('main a[href*="/letters/"]')
    assert "braille" in (links.first.get_attribute("href") or ""), "the format that the tenant needs comes first"
    with page.expect_download() as waiting:
        links.first.click()
    assert re.fullmatch(rb"[\x0c\r\n -_]+", waiting.value.path().read_bytes()), "BRF holds 64 characters and line ends"


def test_what_is_due_first_stands_first_and_overdue_is_said_in_words(office: Site, open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    sign_in_as(page, office, HANDLER)
    due = page.locator(".queue__due").all_inner_texts()
    is_late = ["late" in words.lower() or "overdue" in words.lower() for words in due]
    assert any(is_late)
    assert is_late == sorted(is_late, reverse=True), "a late case stands below one that is not"


def test_signing_out_closes_the_door(office: Site, open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    sign_in_as(page, office, HANDLER)
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{office}/staff/")
    expect(page.locator("[name=password]")).to_be_visible()


def test_a_call_is_written_down_by_keyboard_alone(office: Site, open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    sign_in_as(page, office, HANDLER)
    page.goto(f"{office.url}/staff/contacts/complaint")
    # The list of the page's parts leads past the others: Enter on it, then Tab into the field.
    page.get_by_role("link", name="What is your name?").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Anna Nowak")
    page.get_by_role("link", name="What happened?").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("The lift is broken.")
    page.get_by_role("link", name="Save", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save this contact")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Complaint [2-9A-Y-]{9}$"))
    expect(page.locator("bdi", has_text="Anna Nowak").first).to_be_visible()
