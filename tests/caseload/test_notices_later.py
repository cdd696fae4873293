"""Notices after they are published, as tenants will see them, and in the month's table."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select

from app.extensions import db
from app.notices.models import Notice
from tests.caseload.noticing import (
    ALL,
    AT,
    KIM,
    TROUBLE,
    TYPED,
    a_desk_of_notices,
    buttons_of,
    draft,
    no_notices,
    page_of,
    post,
    press,
    published,
    set_clock,
    signed_in_as,
)
from tests.cases.moments import written
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import words_of

CALENDAR = f"{ALL}/calendar"


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_of_notices(request) as client:
        yield client


@pytest.fixture(scope="module")
def advisor(client: FlaskClient) -> FlaskClient:
    return signed_in_as(client, KIM)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    set_clock(monkeypatch, AT)
    return lambda moment: set_clock(monkeypatch, moment)


def test_an_update_stands_above_the_rest_and_may_move_the_end(client: FlaskClient, clock: Any) -> None:
    notice = published(client, **TROUBLE)
    clock(AT + timedelta(minutes=30))
    words = {"update-en": "We found the cause.", "update-cy": "Daethom o hyd i’r achos."}
    assert press(client, notice, "update", **words, ends_on="21 12 2026", ends_clock="3pm").status_code == 303
    assert written(notice.ends_at or AT) == "Mon 2026-12-21 15:00"
    assert [one.words for one in notice.updates] == [{"en": words["update-en"], "cy": words["update-cy"]}]
    page = client.get(page_of(notice))
    assert_page_laws(page)
    assert "Mon 21 Dec 2026, 10:30am, sam.field@landlord.example We found the cause." in words_of(page)
    assert "Update added. The new end: Mon 21 Dec 2026, 3pm" in words_of(page)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"update-en": ""}, "Enter the words in this language: English"),
        ({"ends_on": "20 12 2026", "ends_clock": "9:00"}, "Enter an end in the future"),
        ({"ends_on": "22 12 2026"}, "Enter a time of day, such as 8:30"),
        ({"ends_clock": "9:00"}, "Enter a day, such as 4 12 2026"),
    ],
)
def test_a_mistake_in_an_update_loses_no_word(client: FlaskClient, typed: dict[str, str], words: str) -> None:
    notice = published(client, **TROUBLE)
    answer = press(client, notice, "update", **{"update-en": "Found", "update-cy": "Achos", **typed})
    assert answer.status_code == 422
    page = assert_page_laws(answer)
    assert words_of(answer).count(words) == 2
    assert page.xpath("string(//textarea[@id='update-cy'])").strip() == "Achos"
    assert (notice.updates, notice.ends_at, notice.version) == ([], None, 2)


def test_words_for_a_notice_that_a_colleague_changed_wait_until_they_have_looked(
    client: FlaskClient, advisor: FlaskClient
) -> None:
    notice = published(client, **TROUBLE)
    press(advisor, notice, "update", **{"update-en": "First"})
    answer = press(client, notice, "update", version="2", **{"update-en": "Second"})
    assert answer.status_code == 409
    page = assert_page_laws(answer)
    assert "A colleague changed this notice meanwhile." in words_of(answer)
    assert page.xpath("string(//textarea[@id='update-en'])").strip() == "Second"
    (version,) = set(page.xpath("//input[@name='version']/@value"))
    assert press(client, notice, "update", version=version, **{"update-en": "Second"}).status_code == 303
    assert [one.words["en"] for one in notice.updates] == ["First", "Second"]


def test_what_has_begun_is_said_to_be_over_and_what_has_not_is_cancelled(client: FlaskClient) -> None:
    begun, planned = published(client, **TROUBLE), published(client)
    assert "Say that it is over now" in buttons_of(client.get(page_of(begun)))
    assert "Say that it is over now" not in buttons_of(client.get(page_of(planned)))
    early = press(client, planned, "resolve", **{"update-en": "Off again"})
    assert early.status_code == 409
    assert "This notice has not begun. Cancel it instead." in words_of(early)
    assert "Off again" in words_of(early)
    assert press(client, begun, "resolve").status_code == 303
    assert press(client, planned, "cancel", **{"update-en": "The work is put off."}).status_code == 303
    for notice, stands in ((begun, "Over"), (planned, "Cancelled")):
        page = client.get(page_of(notice))
        assert_page_laws(page)
        assert words_of(page).split(" Written ")[0].endswith(stands)
        assert not {"Add this update", "Cancel this notice"} & buttons_of(page)
    assert press(client, begun, "cancel", version=str(begun.version)).status_code == 409


def test_an_advisor_adds_and_ends_but_takes_back_nothing_that_tenants_read(
    client: FlaskClient, advisor: FlaskClient
) -> None:
    notice = published(client, **TROUBLE)
    page = advisor.get(page_of(notice))
    assert {"Add this update", "Say that it is over now"} <= buttons_of(page)
    assert "Cancel this notice" not in buttons_of(page)
    assert advisor.get(f"{page_of(notice)}/change").status_code == 403
    assert press(advisor, notice, "cancel").status_code == 403
    assert press(advisor, notice, "change", **TYPED).status_code == 403
    assert press(advisor, notice, "resolve").status_code == 303
    own = draft(advisor)
    assert press(advisor, own, "cancel").status_code == 303
    assert "Draft, put away" in words_of(client.get(page_of(own)))


@pytest.mark.parametrize("page", ["home", "notice"])
def test_a_draft_is_seen_as_tenants_will_see_it_in_each_language(client: FlaskClient, page: str) -> None:
    notice = draft(client, **{"title-ar": "الموقع لا يعمل", "words-ar": "يمكنك الاتصال بنا."})
    count = db.session.scalar(select(func.count(Notice.id)))
    for tag, direction, title, language in (
        ("en", "ltr", TYPED["title-en"], "en"),
        ("cy", "ltr", TYPED["title-en"], "en"),
        ("ar", "rtl", "الموقع لا يعمل", "ar"),
    ):
        answer = client.get(f"{page_of(notice)}/look/{tag}?page={page}")
        seen = html.fromstring(answer.text)
        assert (seen.get("lang"), seen.get("dir")) == (tag, direction)
        (banner,) = seen.xpath("//*[contains(@class, 'banner__title')]")
        (link,) = banner.xpath(".//a")
        assert link.text_content().strip() == title
        assert next(one.get("lang") for one in (link, *link.iterancestors()) if one.get("lang")) == language
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers or "language=" not in answer.headers["Set-Cookie"]
    db.session.rollback()
    assert db.session.scalar(select(func.count(Notice.id))) == count
    assert TYPED["title-en"] not in client.get("/en/").text
    assert client.get(f"{page_of(notice)}/look/xx").status_code == 404


def test_what_is_typed_is_seen_before_it_is_saved_however_far_it_is(client: FlaskClient) -> None:
    notice = published(client)
    editor = f"{page_of(notice)}/change"
    typed = {**TYPED, "title-en": "Off on <b>Friday</b>", "severity": "urgent", "ends_on": "soon"}
    answer = post(client, f"{ALL}/look/en", editor, **typed)
    assert answer.status_code == 200
    page = assert_page_laws(answer)
    assert page.xpath("string(//h1)") == "Off on <b>Friday</b>"
    assert "Urgent" in words_of(answer)
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert post(client, f"{ALL}/look/cy", editor, kind="", services="x", areas="Exeter").status_code == 200
    assert post(client, f"{ALL}/look/xx", editor, **typed).status_code == 404
    assert (notice.words["en"]["title"], notice.version) == (TYPED["title-en"], 2)


def test_the_page_of_a_notice_frames_its_looks_and_no_other_site(client: FlaskClient) -> None:
    notice = draft(client)
    answer = client.get(f"{page_of(notice)}?tag=ar&page=notice")
    frames = html.fromstring(answer.text).xpath("//iframe")
    assert {one.get("src") for one in frames} == {f"{page_of(notice)}/look/ar?page=notice"}
    assert all(one.get("title") and one.get("sandbox") == "allow-same-origin" for one in frames)
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_calendar_shows_planned_work_holidays_and_many_on_one_day(client: FlaskClient) -> None:
    no_notices()
    for number in range(5):
        published(client, **{"title-en": f"Planned {number}", "starts_clock": f"{number + 8}:00"})
    press(client, published(client, **{"title-en": "Not after all"}), "cancel")
    press(client, draft(client, starts_on="29 12 2026", ends_on="29 12 2026"), "ask")
    answer = client.get(f"{CALENDAR}?month=2026-12")
    page = assert_page_laws(answer)
    (eve,) = page.xpath("//td[.//*[text()='Thu 31 Dec 2026']]")
    assert [one.text_content() for one in eve.xpath("./ul//a")] == ["Planned 0", "Planned 1", "Planned 2"]
    assert "2 more" in " ".join(eve.xpath("string(.//summary)").split())
    assert [one.text_content() for one in eve.xpath(".//details//a")] == ["Planned 3", "Planned 4"]
    (tuesday,) = page.xpath("//td[.//*[text()='Tue 29 Dec 2026']]")
    assert "Waits for approval" in tuesday.text_content()
    said = words_of(answer)
    assert "Not after all" not in said
    assert "Boxing Day (substitute day)" in said
    assert "8am to 5pm" in said
    assert {"/staff/notices/calendar?month=2026-11", "/staff/notices/calendar?month=2027-01"} <= set(
        page.xpath("//main//a/@href")
    )
    assert "Notices in December 2026" in words_of(client.get(f"{CALENDAR}?month=never"))
    assert client.get(f"{CALENDAR}?month=2099-12").status_code == 200


def test_notices_announced_in_time_are_drawn_and_the_late_ones_listed(client: FlaskClient, clock: Any) -> None:
    no_notices()
    clock(AT - timedelta(days=30))
    published(client)
    late = draft(client, starts_on="24 11 2026", ends_on="24 11 2026")
    press(client, late, "publish", reason="The supplier moved the work")
    answer = client.get("/staff/measures/notices?first=2026-11&last=2026-12")
    page = assert_page_laws(answer)
    rows = {
        " ".join(row.xpath("string(th)").split()): [" ".join(one.text_content().split()) for one in row.xpath("td")]
        for row in page.xpath("//table[contains(@class, 'figures')]//tbody/tr")
    }
    assert rows["Nov 2026"] == ["50%", "1", "1"]
    assert page.xpath("//*[name()='svg'][@role='img']")
    assert "The supplier moved the work" in words_of(answer)
