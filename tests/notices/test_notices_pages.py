"""All notices, and the page of one: what, when, where, what was added; for one postcode district."""

import pytest
from flask.testing import FlaskClient
from lxml import html

from app.extensions import db
from app.notices import actions
from tests.cases.moments import london
from tests.laws.page_laws import assert_page_laws, page_of, words_of
from tests.notices.on_pages import WHO, StandAt, banners_on, press_put_away, published, updated, words
from tests.notices.on_pages import client as client
from tests.notices.on_pages import site as site
from tests.notices.on_pages import stand_at as stand_at
from tests.notices.telling import told


def listed(client: FlaskClient, address: str = "/en/notices") -> dict[str, list[str]]:
    """Heading → the titles below it."""
    page = assert_page_laws(client.get(address))
    found: dict[str, list[str]] = {}
    for one in page.xpath("//main//*[self::h2 or self::h3]"):
        if one.tag == "h2":
            found[words_of(one)] = []
        else:
            list(found.values())[-1].append(words_of(one))
    return found


def test_the_list_says_what_is_now_what_comes_and_what_is_over(client: FlaskClient) -> None:
    published("Busy", "Tue 2026-12-29 09:00", "Tue 2026-12-29 13:00")
    published("Snow", "Thu 2026-12-31 09:00", at="Mon 2026-12-28 09:00")
    published("Storm", "Sun 2026-12-20 09:00", "Mon 2026-12-21 09:00")
    published("Long ago", "Sun 2026-11-01 09:00", "Mon 2026-11-02 09:00")
    actions.write(told("Thu 2026-12-31 09:00", words=words("Only a draft")), WHO, london("Mon 2026-12-28 09:00"))
    db.session.commit()
    found = listed(client)
    assert {key: found[key] for key in ("Now", "Coming up", "Over")} == {
        "Now": ["Busy"],
        "Coming up": ["Snow"],
        "Over": ["Storm"],
    }


def test_with_no_notice_the_list_says_so(client: FlaskClient) -> None:
    assert "There is no notice now." in words_of(page_of(client.get("/en/notices")).find(".//main"))


@pytest.mark.parametrize("typed", ["EX4", "ex4", "EX4 6AB", " ex46ab "])
def test_a_reader_sees_what_is_for_their_area_and_for_everybody(client: FlaskClient, typed: str) -> None:
    published("Water off", "Tue 2026-12-29 09:00", areas=("EX4", "EX5"))
    published("Lift", "Tue 2026-12-29 09:00", areas=("TR1",))
    published("Busy", "Tue 2026-12-29 09:00")
    assert sorted(listed(client)["Now"]) == ["Busy", "Lift", "Water off"]
    assert sorted(listed(client, f"/en/notices?postcode={typed}")["Now"]) == ["Busy", "Water off"]


def test_what_is_no_postcode_is_said_beside_the_field_and_all_are_shown(client: FlaskClient) -> None:
    published("Lift", "Tue 2026-12-29 09:00", areas=("TR1",))
    response = client.get("/en/notices?postcode=Exeter%3Cb%3E")
    page = assert_page_laws(response)
    assert page.find(".//title").text.startswith("Error: ")
    assert page.xpath("//input[@id='postcode']/@value") == ["Exeter<b>"]
    assert listed(client, "/en/notices?postcode=Exeter")["Now"] == ["Lift"]


def test_its_page_says_when_where_and_what_the_newest_first(client: FlaskClient, stand_at: StandAt) -> None:
    notice = published(
        "Water off", "Tue 2026-12-29 09:00", "Wed 2026-12-30 17:30", areas=("EX4",), services=("repairs", "phone")
    )
    updated(notice, "The pipe is found.", "Tue 2026-12-29 10:00")
    updated(notice, "A [plumber](https://example.org) <b>comes</b>.", "Tue 2026-12-29 11:30")
    page = assert_page_laws(client.get(f"/en/notices/{notice.key}"))
    facts = {words_of(one[0]): words_of(one[1]) for one in page.xpath("//dl[@class='notice-facts']/div")}
    assert facts["When"] == "Now, until Wednesday 30 December at 5:30pm"
    assert facts["Where"] == "EX4"
    assert "Repairs" in facts["What it is about"]
    times = [words_of(one) for one in page.xpath("//ol//h3")]
    assert times == ["Tuesday 29 December at 11:30am", "Tuesday 29 December at 10am"]
    assert page.xpath("//ol//a/@href") == ["https://example.org"]
    assert "<b>comes</b>" in words_of(page.find(".//ol"))
    assert page.xpath("//main//strong[text()='Call us']")
    stand_at("Wed 2026-12-30 17:30")
    over = page_of(client.get(f"/en/notices/{notice.key}"))
    assert "Ended on Wednesday 30 December at 5:30pm" in words_of(over.find(".//main"))
    assert not over.xpath("//main//button")


@pytest.mark.parametrize("how", ["resolve", "cancel"])
def test_its_page_says_how_it_ended(client: FlaskClient, how: str) -> None:
    notice = published("Water off", "Tue 2026-12-29 09:00")
    held = actions.held(notice.key)
    getattr(actions, how)(held, {"en": "Thank you for waiting."}, WHO, london("Tue 2026-12-29 11:00"))
    db.session.commit()
    said = words_of(page_of(client.get(f"/en/notices/{notice.key}")).find(".//main"))
    word = {"resolve": "Solved", "cancel": "Cancelled"}[how]
    assert f"{word} on Tuesday 29 December at 11am" in said
    assert "Thank you for waiting." in said
    assert listed(client)["Over"] == ["Water off"]


def test_words_in_another_language_are_marked_and_said_to_be(client: FlaskClient) -> None:
    notice = published("Snow", "Tue 2026-12-29 09:00")
    updated(notice, "More comes.", "Tue 2026-12-29 10:00")
    page = assert_page_laws(client.get(f"/ar/notices/{notice.key}"))
    for words_there in ("Snow", "More comes."):
        (lang,) = set(
            page.xpath("//main//*[contains(text(), $words)]/ancestor-or-self::*[@lang][1]/@lang", words=words_there)
        )
        assert lang == "en"
    assert page.xpath("//main//*[contains(@class, 'inset')]")
    assert not page_of(client.get(f"/en/notices/{notice.key}")).xpath("//main//*[contains(@class, 'inset')]")


def test_a_notices_own_page_is_no_banner_of_itself_and_puts_it_away(client: FlaskClient) -> None:
    notice = published("Snow", "Tue 2026-12-29 09:00")
    published("Busy", "Tue 2026-12-29 09:00")
    address = f"/en/notices/{notice.key}"
    assert banners_on(client.get(address)) == ["Busy"]
    form = page_of(client.get(address)).xpath("//main//form")[0]
    client.post(form.get("action"), data=dict(form.form_values()))
    assert banners_on(client.get("/en/")) == ["Busy"]
    assert "You hid this notice" in words_of(page_of(client.get(address)).find(".//main"))


def test_what_nobody_has_been_told_yet_is_not_found(client: FlaskClient, stand_at: StandAt) -> None:
    later = published("Later", "Thu 2026-12-31 09:00", announced="Wed 2026-12-30 09:00", at="Mon 2026-12-28 09:00")
    draft = actions.write(told("Thu 2026-12-31 09:00"), WHO, london("Mon 2026-12-28 09:00"))
    db.session.commit()
    for key in (later.key, draft.key, "no-such-notice", "x" * 200):
        assert client.get(f"/en/notices/{key}").status_code == 404
    stand_at("Wed 2026-12-30 09:00")
    assert client.get(f"/en/notices/{later.key}").status_code == 200


def test_an_unusual_title_is_shown_as_it_was_written(client: FlaskClient) -> None:
    title = "Lift <out> & \"door\" 'stuck'"
    published(title, "Tue 2026-12-29 09:00")
    response = client.get("/en/")
    assert banners_on(response) == [title]
    assert html.fromstring(response.text).xpath("//@data-notice-said") == [f"New notice: {title}"]
    assert press_put_away(client, "/en/", title).status_code == 303
