"""Feeds and calendars, read by programs that had no part in writing them."""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import vobject
from dateutil import tz
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.languages import speaking
from app.notices import actions
from app.notices.calendars import calendar
from app.notices.feeds import atom
from app.notices.models import Notice
from app.notices.shapes import Given
from tests.cases.moments import LONDON, london
from tests.notices.telling import a_notice, told

SITE = "https://letterbox.example"
WHO = "kim@landlord.example"
MONDAY = london("Mon 2026-12-21 09:00")
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
IN_BOTH = {
    "en": {"title": "The website is off", "words": "We work on **it**.\n\nSee [contact](/en/contact)."},
    "ar": {"title": "الموقع متوقف", "words": "نعمل عليه."},
}


def made(**different: Any) -> Notice:
    fields = {"changed_at": MONDAY, "created_at": MONDAY, "words": IN_BOTH, "updates": []}
    return a_notice("Thu 2026-12-31 06:00", "Thu 2026-12-31 09:00", "Mon 2026-12-21 09:00", **{**fields, **different})


def feed_of(*notices: Notice, language: str = "en") -> bytes:
    with speaking(language):
        return atom(notices, current_landlord(), SITE, ("en", "cy", "ar"), MONDAY)


def calendar_of(*notices: Notice, language: str = "en") -> bytes:
    with speaking(language):
        return calendar(notices, current_landlord(), SITE)


def events_in(text: bytes) -> list[Any]:
    found = vobject.readOne(text.decode())
    return list(found.contents.get("vevent", []))


def published(*, starts: str = "Thu 2026-12-31 06:00", ends: str | None = "Thu 2026-12-31 09:00") -> Notice:
    start_writing()
    notice = actions.write(told(starts, ends, words=IN_BOTH), WHO, MONDAY)
    actions.publish(notice, WHO, MONDAY)
    db.session.commit()
    return notice


def assert_rules_of_atom(text: bytes) -> Any:
    """RFC 4287, 4.1.1 and 4.1.2: what has to be there, once, and what it has to look like."""
    feed = etree.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert re.match(r"[a-z]+:", element.find(f"{ATOM}id").text), "an id is an IRI"
        for name in ("updated", "published"):
            for moment in element.findall(f"{ATOM}{name}"):
                assert datetime.fromisoformat(moment.text).tzinfo, moment.text
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in element.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        assert len(alternates) == len(set(alternates)), alternates
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == len(entries)
    assert [link.get("href") for link in feed.findall(f"{ATOM}link[@rel='self']")], "no link to itself"
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert all(entry.find(f"{ATOM}content").get("type") == "html" for entry in entries)
    return feed


class TestAtom:
    def test_a_reader_finds_each_notice_with_its_words_and_its_page(self, sqlite_app: Flask) -> None:
        text = feed_of(made(key="one"), made(key="two", services=["website", "phone"], areas=["EX4"]))
        assert_rules_of_atom(text)
        found = feedparser.parse(text)
        assert not found.bozo
        assert found.feed.title == "Notices from LiveWest"
        assert [entry.link for entry in found.entries] == [f"{SITE}/en/notices/one", f"{SITE}/en/notices/two"]
        second = found.entries[1]
        assert second.title == "The website is off"
        words = second.content[0].value
        plain = html.fromstring(words).text_content()
        for said in ("We work on it.", "Thursday 31 December 2026 at 6am until 9am", "EX4", "Our phone lines"):
            assert said in plain
        assert f'href="{SITE}/en/contact"' in words.replace("http://127.0.0.1:8000", SITE)

    def test_each_language_has_its_own_and_says_what_is_in_another(self, sqlite_app: Flask) -> None:
        feed = assert_rules_of_atom(feed_of(made(), language="ar"))
        assert feed.get(LANG) == "ar"
        title = feed.find(f"{ATOM}entry/{ATOM}title")
        assert (title.text, title.get(LANG)) == ("الموقع متوقف", None)
        content = feed.find(f"{ATOM}entry/{ATOM}content").text
        assert 'dir="rtl"' in content
        assert 'datetime="2026-12-31T06:00"' in content, "a time in one piece keeps its order"

        feed = assert_rules_of_atom(feed_of(made(), language="cy"))
        title, content = (feed.find(f"{ATOM}entry/{ATOM}{name}") for name in ("title", "content"))
        assert (title.text, title.get(LANG)) == ("The website is off", "en")
        assert '<div lang="cy"' in content.text
        assert '<span lang="en">We work on </span>' in content.text
        others = {link.get("hreflang") for link in feed.findall(f"{ATOM}link") if link.get("hreflang")}
        assert others == {"en", "ar"}

    def test_a_notice_keeps_its_id_whatever_becomes_of_it(self, sqlite_app: Flask) -> None:
        before = feedparser.parse(feed_of(made())).entries[0]
        later = MONDAY + timedelta(hours=2)
        after = feedparser.parse(feed_of(made(state="cancelled", cancelled_at=later, changed_at=later))).entries[0]
        assert after.id == before.id
        assert after.title == "Cancelled: The website is off"
        assert after.updated_parsed > before.updated_parsed
        assert before.published == after.published
        assert feedparser.parse(feed_of(made(resolved_at=later))).entries[0].title.startswith("Solved: ")

    def test_without_any_notice_it_is_still_a_feed(self, sqlite_app: Flask) -> None:
        feed = assert_rules_of_atom(feed_of())
        assert feed.find(f"{ATOM}updated").text.startswith("2026-12-21T00:00")


class TestCalendar:
    def test_an_event_has_its_times_in_london_and_is_never_busy(self, sqlite_app: Flask) -> None:
        (event,) = events_in(calendar_of(made(areas=["EX4", "PL1"])))
        assert event.dtstart.value == london("Thu 2026-12-31 06:00")
        assert event.dtend.value == london("Thu 2026-12-31 09:00")
        assert event.dtstart.value.tzinfo is not None
        assert (event.summary.value, event.status.value, event.transp.value) == (
            "The website is off", "CONFIRMED", "TRANSPARENT",
        )  # fmt: skip
        assert "We work on it." in event.description.value
        assert (event.location.value, event.url.value) == ("EX4, PL1", f"{SITE}/en/notices/a-notice")

    def test_in_summer_it_is_the_summer_hour(self, sqlite_app: Flask) -> None:
        july = a_notice("Wed 2027-07-14 08:00", "Wed 2027-07-14 18:00", created_at=MONDAY, changed_at=MONDAY)
        (event,) = events_in(calendar_of(july))
        assert event.dtstart.value.astimezone(UTC) == datetime(2027, 7, 14, 7, tzinfo=UTC)

    def test_its_time_zone_is_londons_in_every_hour_of_the_changes(self, sqlite_app: Flask) -> None:
        """Read by dateutil alone, against the zone as the system knows it."""
        text = calendar_of(made()).decode()
        zone = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE")] + "END:VTIMEZONE\r\n"
        theirs = tz.tzical(io.StringIO(zone.replace("\r\n", "\n"))).get("Europe/London")
        for year in range(2024, 2038):
            for day in (datetime(year, 3, 24, tzinfo=UTC), datetime(year, 10, 24, tzinfo=UTC)):
                for hour in (day_of_it * 24 + hour for day_of_it in range(9) for hour in (0, 1, 2, 23)):
                    moment = day + timedelta(hours=hour)
                    expected, found = (moment.astimezone(one).replace(tzinfo=None) for one in (LONDON, theirs))
                    assert found == expected, moment

    def test_what_is_cancelled_is_told_to_who_has_it_already(self, sqlite_app: Flask) -> None:
        before, after = made(), made(state="cancelled", cancelled_at=MONDAY, version=3)
        (first,), (second,) = events_in(calendar_of(before)), events_in(calendar_of(after))
        assert first.uid.value == second.uid.value
        assert int(second.sequence.value) > int(first.sequence.value)
        assert second.status.value == "CANCELLED"
        assert second.summary.value == "Cancelled: The website is off"
        assert b"METHOD:PUBLISH" in calendar_of(after)

    def test_solved_early_it_ends_when_it_was_solved_and_without_an_end_it_has_none(self, sqlite_app: Flask) -> None:
        solved = made(resolved_at=london("Thu 2026-12-31 07:15"))
        (event,) = events_in(calendar_of(solved))
        assert event.dtend.value == london("Thu 2026-12-31 07:15")
        (event,) = events_in(calendar_of(made(ends_at=None)))
        assert "dtend" not in event.contents
        assert "We do not know yet when it ends." in event.description.value

    def test_words_of_another_language_say_so(self, sqlite_app: Flask) -> None:
        (event,) = events_in(calendar_of(made(), language="cy"))
        assert event.summary.params == {"LANGUAGE": ["en"]}
        (event,) = events_in(calendar_of(made(), language="ar"))
        assert (event.summary.value, event.summary.params) == ("الموقع متوقف", {"LANGUAGE": ["ar"]})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=120), words=st.text(max_size=300))
def test_whatever_is_typed_both_can_be_read(sqlite_app: Flask, title: str, words: str) -> None:
    notice = made(words={"en": {"title": title, "words": words}})
    assert_rules_of_atom(text := feed_of(notice))
    assert not feedparser.parse(text).bozo
    lines = calendar_of(notice).split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    (event,) = events_in(b"\r\n".join(lines))
    assert event.uid.value == "a-notice@livewest.letterbox"


class TestAddresses:
    def test_who_has_it_already_gets_nothing_more_until_something_changes(self, sqlite_app: Flask) -> None:
        notice, client = published(starts="Mon 2026-12-21 09:00", ends=None), sqlite_app.test_client()
        notice.announce_at = notice.published_at = notice.starts_at = notice.changed_at = datetime(
            2026, 1, 5, 9, tzinfo=UTC
        )
        db.session.commit()
        for name, kind in (("atom", "application/atom+xml"), ("ics", "text/calendar")):
            answer = client.get(f"/en/notices.{name}")
            assert (answer.status_code, answer.mimetype) == (200, kind)
            assert (answer.content_language.to_header(), answer.cache_control.max_age) == ("en", 60)
            assert notice.key in answer.get_data(as_text=True)
            again = client.get(f"/en/notices.{name}", headers={"If-None-Match": answer.headers["ETag"]})
            assert (again.status_code, again.get_data()) == (304, b"")
        start_writing()
        actions.append_update(notice, {"en": "Half of it works."}, WHO, MONDAY)
        db.session.commit()
        changed = client.get("/en/notices.ics", headers={"If-None-Match": answer.headers["ETag"]})
        assert changed.status_code == 200
        assert "Half of it works." in changed.get_data(as_text=True)

    def test_a_draft_and_what_nobody_was_told_yet_are_in_neither(self, sqlite_app: Flask) -> None:
        now = datetime.now(UTC)
        given = Given("other", "information", IN_BOTH, now + timedelta(days=9), announce_at=now + timedelta(days=2))
        start_writing()
        actions.write(given, WHO, now)
        actions.publish(actions.write(given, WHO, now), WHO, now)
        db.session.commit()
        client = sqlite_app.test_client()
        assert not feedparser.parse(client.get("/en/notices.atom").get_data()).entries
        assert events_in(client.get("/cy/notices.ics").get_data()) == []
