"""Notices as colleagues write them, have them approved and publish them."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select

from app.extensions import db
from app.languages import LANGUAGES
from app.notices.models import Notice
from tests.caseload.noticing import (
    ALL,
    ANN,
    AT,
    KIM,
    NEW,
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
from tests.cases.moments import london, written
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import words_of


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_of_notices(request) as client:
        yield client


@pytest.fixture(scope="module")
def advisor(client: FlaskClient) -> FlaskClient:
    return signed_in_as(client, KIM)


@pytest.fixture(scope="module")
def team(client: FlaskClient) -> FlaskClient:
    return signed_in_as(client, ANN)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    set_clock(monkeypatch, AT)
    return lambda moment: set_clock(monkeypatch, moment)


def test_a_new_notice_begins_with_the_usual_words_of_its_kind(client: FlaskClient) -> None:
    kinds = client.get(f"{ALL}/new")
    assert_page_laws(kinds)
    assert html.fromstring(kinds.text).xpath(f"//a[@href='{NEW}']")
    editor = client.get(NEW)
    page = assert_page_laws(editor)
    assert page.xpath("string(//input[@id='title-en']/@value)") == "Our website will be off for planned work"
    for tag, direction in (("en", "ltr"), ("cy", "ltr"), ("ar", "rtl")):
        (field,) = page.xpath(f"//textarea[@id='words-{tag}']")
        assert (field.get("lang"), field.get("dir")) == (tag, direction)
    assert client.get(f"{ALL}/new?kind=weather").status_code == 404


def test_times_are_londons_and_places_are_districts(client: FlaskClient) -> None:
    notice = draft(client, starts_on="1 7 2027", ends_on="1 July 2027", areas="ex10, EX4 6AB EX5")
    assert (notice.state, notice.version) == ("draft", 1)
    assert notice.starts_at.isoformat() == "2027-07-01T07:30:00+00:00"
    assert written(notice.ends_at or AT) == "Thu 2027-07-01 17:00"
    assert notice.areas == ["EX4", "EX5", "EX10"]
    assert notice.words == {"en": {"title": TYPED["title-en"], "words": TYPED["words-en"]}}
    editor = client.get(f"{page_of(notice)}/change")
    page = assert_page_laws(editor)
    begins = {name: page.xpath(f"string(//input[@name='{name}']/@value)") for name in ("starts_on", "starts_clock")}
    assert begins == {"starts_on": "1 7 2027", "starts_clock": "8:30"}
    assert page.xpath("string(//input[@name='announce_on']/@value)") == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts_on": ""}, "Enter a day, such as 4 12 2026"),
        ({"starts_clock": "noon"}, "Enter a time of day, such as 8:30"),
        ({"starts_on": "28 3 2027", "starts_clock": "1:30"}, "There is no such time on this day"),
        ({"ends_on": "30 12 2026"}, "Enter an end that comes after the start"),
        ({"starts_on": "1 12 2026", "ends_on": "2 12 2026"}, "Enter an end in the future"),
        ({"announce_on": "31 12 2026", "announce_clock": "9:00"}, "Enter a time that is not after the start"),
        ({"starts_on": "1 1 2030", "ends_on": "", "ends_clock": ""}, "Enter a day within two years from now"),
        ({"severity": ""}, "Choose how much it matters"),
        ({"kind": "weather"}, "Choose one of the list"),
        ({"areas": "EX4, Exeter"}, "This is none: Exeter"),
        ({"title-en": ""}, "Enter the title in this language: English"),
        ({"title-cy": "Ein gwefan"}, "Enter the words too, or leave this language empty: Welsh"),
        ({"title-en": "x" * 121}, "Make your answer shorter. It has 121 characters"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_every_word_stays(
    client: FlaskClient, typed: dict[str, str], words: str
) -> None:
    before = db.session.scalar(select(func.count(Notice.id)))
    answer = post(client, f"{ALL}/new", NEW, **{**TYPED, **typed})
    assert answer.status_code == 422
    page = assert_page_laws(answer)
    assert words in page.find(".//*[@class='govuk-error-summary']").text_content()
    assert words_of(answer).count(words) >= 2
    assert page.xpath("string(//textarea[@id='words-en'])").strip() == TYPED["words-en"]
    for name, value in typed.items():
        fields = page.xpath(f"//input[@name='{name}'][not(@type='radio')]")
        assert [one.get("value") or "" for one in fields] in ([], [value])
    db.session.rollback()
    assert db.session.scalar(select(func.count(Notice.id))) == before


def test_the_latest_day_and_its_working_are_seen_before_publishing_and_kept_after(client: FlaskClient) -> None:
    notice = draft(client)
    seen = words_of(client.get(page_of(notice)))
    assert "Tuesday 29 December 2026 at 5pm would be the latest. This notice would be in time." in seen
    assert "Wed 30 Dec 2026 day 1 Thu 31 Dec 2026 day 2" in seen
    assert press(client, notice, "publish").status_code == 303
    assert (notice.lead_is_kept, notice.published_by) == (True, "sam.field@landlord.example")
    after = client.get(page_of(notice))
    assert_page_laws(after)
    assert "Announced in time. The latest would have been Tue 29 Dec 2026, 5pm." in words_of(after)
    assert "Wed 30 Dec 2026 day 1" in words_of(after)


def test_days_that_do_not_count_say_why(client: FlaskClient) -> None:
    notice = draft(client, starts_on="29 12 2026", ends_on="29 12 2026")
    seen = words_of(client.get(page_of(notice)))
    assert "Wednesday 23 December 2026 at 5pm would be the latest." in seen
    assert "Fri 25 Dec 2026 Christmas Day" in seen
    assert "Mon 28 Dec 2026 Boxing Day (substitute day)" in seen


def test_too_late_is_refused_until_a_manager_gives_a_reason(client: FlaskClient, team: FlaskClient, clock: Any) -> None:
    notice = draft(client)
    clock(london("Tue 2026-12-29 17:01"))
    refused = press(team, notice, "publish", reason="We forgot")
    assert refused.status_code == 422
    assert "It is too late to publish this: only a manager can, with a reason." in words_of(refused)
    assert "Publish" not in buttons_of(refused)
    without = press(client, notice, "publish", reason="  ")
    assert without.status_code == 422
    assert_page_laws(without)
    said = words_of(without)
    assert said.count("Enter why it is announced later than promised") == 2
    assert "Announced Tue 29 Dec 2026, 5:01pm, this notice is too late." in said
    assert notice.state == "draft"
    assert press(client, notice, "publish", reason="The supplier moved the work").status_code == 303
    after = words_of(client.get(page_of(notice)))
    assert "Announced later than promised. The latest would have been Tue 29 Dec 2026, 5pm." in after
    assert "Published later than promised: The supplier moved the work" in after
    assert "Announced late" in words_of(client.get(ALL))


def test_a_minute_earlier_is_in_time(client: FlaskClient, clock: Any) -> None:
    notice = draft(client)
    clock(london("Tue 2026-12-29 17:00"))
    assert press(client, notice, "publish").status_code == 303
    assert notice.lead_is_kept is True


def test_a_published_start_moved_forward_is_judged_anew(client: FlaskClient, clock: Any) -> None:
    notice = published(client)
    clock(london("Tue 2026-12-29 18:00"))
    sooner = {**TYPED, "starts_on": "30 12 2026", "ends_on": "30 12 2026"}
    answer = post(client, f"{page_of(notice)}/change", **sooner)
    assert answer.status_code == 422
    assert_page_laws(answer)
    assert "would have been the latest" in words_of(answer)
    assert post(client, f"{page_of(notice)}/change", **sooner, reason="The supplier asked").status_code == 303
    assert (notice.lead_is_kept, notice.lead_reason) == (False, "The supplier asked")
    assert written(notice.starts_at) == "Wed 2026-12-30 08:30"


def test_an_advisor_writes_and_asks_and_somebody_else_publishes(advisor: FlaskClient, team: FlaskClient) -> None:
    notice = draft(advisor)
    assert not {"Publish", "Approve and publish"} & buttons_of(advisor.get(page_of(notice)))
    assert advisor.post(f"{page_of(notice)}/publish").status_code in (400, 403)
    assert press(advisor, notice, "publish").status_code == 403
    assert press(advisor, notice, "ask").status_code == 303
    assert "It waits for a manager or the complaints team" in words_of(advisor.get(page_of(notice)))
    without = press(team, notice, "send-back", note=" ")
    assert without.status_code == 422
    assert words_of(without).count("Enter what is to be changed") == 2
    assert press(team, notice, "send-back", note="Say what still works").status_code == 303
    back = words_on(advisor, notice)
    assert f"Sent back by {ANN}: Say what still works" in back
    assert notice.state == "draft"
    press(advisor, notice, "ask")
    assert "Approve and publish" in buttons_of(team.get(page_of(notice)))
    assert press(team, notice, "publish").status_code == 303
    assert (notice.state, notice.written_by, notice.published_by) == ("published", KIM, ANN)


def words_on(client: FlaskClient, notice: Notice) -> str:
    return words_of(client.get(page_of(notice)))


def test_what_waits_for_approval_and_is_changed_is_a_draft_again(advisor: FlaskClient) -> None:
    notice = draft(advisor)
    press(advisor, notice, "ask")
    assert "When you save it, it is a draft again." in words_of(advisor.get(f"{page_of(notice)}/change"))
    assert post(advisor, f"{page_of(notice)}/change", **TYPED, areas="EX4").status_code == 303
    assert (notice.state, notice.areas) == ("draft", ["EX4"])
    assert "Changed: where" in words_on(advisor, notice)


def test_who_comes_second_is_told_keeps_every_word_and_decides(client: FlaskClient, advisor: FlaskClient) -> None:
    notice = draft(client)
    mine = {**TYPED, "version": "1", "words-en": "What I wrote meanwhile"}
    post(advisor, f"{page_of(notice)}/change", **TYPED, areas="EX4")
    answer = post(client, f"{page_of(notice)}/change", **mine)
    assert answer.status_code == 409
    page = assert_page_laws(answer)
    assert f"{KIM} changed this notice after you opened this page: Changed: where" in words_of(answer)
    assert page.xpath("string(//textarea[@id='words-en'])").strip() == "What I wrote meanwhile"
    assert (notice.areas, notice.version) == (["EX4"], 2)
    (seen,) = page.xpath("//input[@name='version']/@value")
    assert post(client, f"{page_of(notice)}/change", **{**mine, "version": seen}).status_code == 303
    assert (notice.areas, notice.words["en"]["words"]) == ([], "What I wrote meanwhile")


def test_nobody_publishes_what_they_have_not_read(client: FlaskClient, advisor: FlaskClient) -> None:
    notice = draft(client)
    post(advisor, f"{page_of(notice)}/change", **TYPED, areas="EX4")
    answer = press(client, notice, "publish", version="1")
    assert (answer.status_code, notice.state) == (303, "draft")
    assert "A colleague changed this notice meanwhile. Nothing was done: look at it again." in words_on(client, notice)


def test_a_draft_whose_end_has_passed_is_given_other_times_first(client: FlaskClient, clock: Any) -> None:
    notice = draft(client)
    clock(london("Fri 2027-01-01 10:00"))
    assert press(client, notice, "publish", reason="Late").status_code == 303
    assert "The end of this draft is in the past. Change its times first." in words_on(client, notice)
    assert notice.state == "draft"


def test_the_list_says_where_each_stands_and_in_which_languages_it_is_not(client: FlaskClient) -> None:
    no_notices()
    draft(client)
    others = [tag for tag in LANGUAGES if tag != "en"]
    published(client, **{f"{part}-{tag}": "Gwefan" for tag in others for part in ("title", "words")})
    press(client, published(client, **{**TROUBLE, "title-en": "Trouble"}), "resolve")
    press(client, draft(client, **{"title-en": "Waits"}), "ask")
    answer = client.get(ALL)
    page = assert_page_laws(answer)
    found = {
        group: " ".join(page.xpath(f"string(//section[@id='{group}'])").split())
        for group in ("now", "planned", "to-approve", "drafts", "over")
    }
    assert found["now"] == "Now Nothing is going on now."
    assert "Announced" in found["planned"]
    assert "Not in" not in found["planned"]
    assert "Waits Not in: Welsh, Polish, Romanian, Ukrainian, Arabic, Urdu and Portuguese" in found["to-approve"]
    assert "Draft" in found["drafts"]
    assert "Trouble" in found["over"]
