"""What colleagues do with a notice: written, approved, published in time, changed, added to, ended."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.extensions import db
from app.notices import actions
from app.notices.actions import AnnouncedTooLate, ChangedMeanwhile, NotNow
from app.notices.models import Notice
from app.notices.showing import stage_at
from tests.cases.moments import london, written
from tests.conftest import MakeApp
from tests.notices.telling import (
    APPROVER,
    HOUR,
    MONDAY,
    THURSDAY_MORNING,
    WRITER,
    draft,
    published,
    read_anew,
    told,
)

WORK = {"kind": "planned-maintenance"}


def history(notice: Notice) -> list[str]:
    return [event.what for event in notice.events]


def test_the_way_of_a_notice_is_written_down_with_who_and_when(app: Flask) -> None:
    notice = draft(told(*THURSDAY_MORNING, **WORK, services=("portal", "website"), areas=("ex10", "EX4 6AB", "EX4")))
    actions.ask_for_approval(notice, WRITER, MONDAY + HOUR)
    actions.send_back(notice, APPROVER, MONDAY + 2 * HOUR, "Say which pages.")
    actions.change(
        notice, told(*THURSDAY_MORNING, **WORK, services=("website",)), WRITER, MONDAY + 3 * HOUR, notice.version
    )
    actions.ask_for_approval(notice, WRITER, MONDAY + 4 * HOUR)
    actions.publish(notice, APPROVER, MONDAY + 5 * HOUR)
    begun = london("Thu 2026-12-31 06:30")
    actions.append_update(notice, {"en": "It takes longer."}, WRITER, begun, london("Thu 2026-12-31 10:00"))
    actions.resolve(notice, {"en": "All is back."}, WRITER, begun + HOUR)
    notice = read_anew(notice)
    assert history(notice) == [
        "written",
        "asked-for-approval",
        "sent-back",
        "changed",
        "asked-for-approval",
        "published",
        "updated",
        "resolved",
    ]
    assert [event.by for event in notice.events][4:6] == [WRITER, APPROVER]
    assert notice.events[2].details == {"note": "Say which pages."}
    assert notice.events[3].details == {"fields": ["areas", "services"]}
    assert notice.version == len(notice.events)
    assert [(update.what, update.words) for update in notice.updates] == [
        ("update", {"en": "It takes longer."}),
        ("resolved", {"en": "All is back."}),
    ]
    assert written(notice.changed_at) == "Thu 2026-12-31 07:30"
    assert notice.lead_is_kept
    assert notice.lead_latest_at
    assert written(notice.lead_latest_at) == "Tue 2026-12-29 17:00"
    assert notice.lead_working
    assert notice.lead_working[-1] == {"date": "2026-12-31", "counts": True, "reason": ""}


def test_areas_are_kept_as_districts_in_order_and_services_as_everybody_lists_them(app: Flask) -> None:
    given = told(*THURSDAY_MORNING, services=("portal", "website"), areas=("ex10", "EX4 6AB", "EX4", "PL1"))
    notice = read_anew(draft(given))
    assert notice.areas == ["EX4", "EX10", "PL1"]
    assert notice.services == ["website", "portal"]


class TestTooLate:
    LATE = london("Tue 2026-12-29 17:01")

    def test_planned_work_announced_too_late_is_refused_with_the_working(self, app: Flask) -> None:
        notice = draft(told(*THURSDAY_MORNING, **WORK))
        with pytest.raises(AnnouncedTooLate) as refused:
            actions.publish(notice, APPROVER, self.LATE)
        assert written(refused.value.lead.latest_at) == "Tue 2026-12-29 17:00"
        assert not refused.value.lead.is_kept
        notice = read_anew(notice)
        assert (notice.state, notice.version, history(notice)) == ("draft", 1, ["written"])

    def test_a_reason_alone_is_not_enough_nor_the_right_to_give_one(self, sqlite_app: Flask) -> None:
        notice = draft(told(*THURSDAY_MORNING, **WORK))
        for may, reason in ((False, "The pump broke"), (True, ""), (True, "  "), (True, None)):
            with pytest.raises(AnnouncedTooLate):
                actions.publish(notice, APPROVER, self.LATE, may_announce_late=may, reason=reason)

    def test_who_may_gives_a_reason_and_it_stays_with_the_notice(self, app: Flask) -> None:
        how = {"may_announce_late": True, "reason": " A fault that cannot wait "}
        notice = read_anew(published(told(*THURSDAY_MORNING, **WORK), self.LATE, **how))
        assert notice.lead_is_kept is False
        assert (notice.lead_reason, notice.lead_reason_by) == ("A fault that cannot wait", APPROVER)
        assert notice.events[-1].details == {"lead_is_kept": False, "reason": "A fault that cannot wait"}

    def test_a_reason_that_was_not_needed_is_not_kept(self, sqlite_app: Flask) -> None:
        notice = published(told(*THURSDAY_MORNING, **WORK), may_announce_late=True, reason="To be safe")
        assert (notice.lead_is_kept, notice.lead_reason, notice.lead_reason_by) == (True, None, None)

    def test_it_is_the_announcement_that_counts_not_the_press_of_the_button(self, sqlite_app: Flask) -> None:
        given = told(*THURSDAY_MORNING, announced="Wed 2026-12-30 08:00", **WORK)
        assert not read_lead(draft(given), MONDAY)
        with pytest.raises(AnnouncedTooLate):
            actions.publish(draft(given), APPROVER, MONDAY)

    def test_trouble_that_nobody_plans_is_never_too_late(self, sqlite_app: Flask) -> None:
        notice = published(told("Tue 2026-12-29 16:00", kind="technical-trouble"), self.LATE)
        assert notice.lead_is_kept is None
        assert stage_at(notice, self.LATE) == "live"

    def test_where_none_is_promised_nothing_is_refused(self, make_app: MakeApp) -> None:
        with make_app(landlord="livv").app_context():
            notice = published(told(*THURSDAY_MORNING, **WORK), self.LATE)
            assert notice.lead_is_kept is None

    def test_moved_to_sooner_it_is_judged_anew_and_put_off_it_is_not(self, sqlite_app: Flask) -> None:
        notice = published(told(*THURSDAY_MORNING, **WORK))
        sooner = told("Wed 2026-12-30 20:00", "Thu 2026-12-31 09:00", **WORK)
        with pytest.raises(AnnouncedTooLate):
            actions.change(notice, sooner, WRITER, london("Mon 2026-12-28 12:00"), notice.version)
        later = told("Thu 2026-12-31 18:00", "Thu 2026-12-31 22:00", **WORK)
        actions.change(notice, later, WRITER, self.LATE, notice.version)
        assert notice.lead_is_kept
        other = told(*THURSDAY_MORNING, kind="technical-trouble")
        actions.change(notice, other, WRITER, self.LATE, notice.version)
        assert notice.lead_is_kept is None

    def test_while_nobody_has_seen_it_another_announcement_is_judged_anew(self, sqlite_app: Flask) -> None:
        notice = published(told(*THURSDAY_MORNING, announced="Thu 2026-12-24 09:00", **WORK))
        assert stage_at(notice, MONDAY) == "waiting"
        put_off = told(*THURSDAY_MORNING, announced="Wed 2026-12-30 09:00", **WORK)
        with pytest.raises(AnnouncedTooLate):
            actions.change(notice, put_off, WRITER, MONDAY, notice.version)

    def test_another_word_in_a_late_notice_asks_for_no_second_reason(self, sqlite_app: Flask) -> None:
        notice = published(
            told(*THURSDAY_MORNING, announced="Wed 2026-12-30 09:00", **WORK), may_announce_late=True, reason="Urgent"
        )
        words = {"en": {"title": "The portal is off", "words": "Sorry."}}
        given = told(*THURSDAY_MORNING, announced="Wed 2026-12-30 09:00", words=words, **WORK)
        actions.change(notice, given, WRITER, MONDAY, notice.version)
        assert (notice.lead_is_kept, notice.lead_reason) == (False, "Urgent")


def read_lead(notice: Notice, at: datetime) -> bool:
    lead = actions.lead_if_published(notice, at)
    assert lead
    return lead.is_kept


class TestWhoCameSecond:
    def test_is_told_that_it_was_changed_and_nothing_is_written(self, app: Flask) -> None:
        notice = published(told(*THURSDAY_MORNING))
        seen = notice.version
        actions.append_update(notice, {"en": "More."}, WRITER, MONDAY)
        db.session.commit()
        for act in acts_on(notice, version=seen):
            with pytest.raises(ChangedMeanwhile) as refused:
                act()
            assert refused.value.version == seen + 1
        notice = read_anew(notice)
        assert (notice.version, notice.state, len(notice.updates)) == (seen + 1, "published", 1)


def acts_on(notice: Notice, version: int) -> Iterator[Any]:
    yield lambda: actions.change(notice, told(*THURSDAY_MORNING), WRITER, MONDAY, version)
    yield lambda: actions.append_update(notice, {"en": "Less."}, WRITER, MONDAY, version=version)
    yield lambda: actions.resolve(notice, {}, WRITER, MONDAY, version=version)
    yield lambda: actions.cancel(notice, {}, WRITER, MONDAY, version=version)
    yield lambda: actions.publish(notice, WRITER, MONDAY, version=version)
    yield lambda: actions.ask_for_approval(notice, WRITER, MONDAY, version=version)
    yield lambda: actions.send_back(notice, WRITER, MONDAY, "No", version=version)


class TestNotNow:
    def test_what_does_not_go_with_its_state_is_refused(self, sqlite_app: Flask) -> None:
        notice = draft(told(*THURSDAY_MORNING))
        for act in (
            lambda: actions.append_update(notice, {"en": "More."}, WRITER, MONDAY),
            lambda: actions.resolve(notice, {}, WRITER, MONDAY),
            lambda: actions.send_back(notice, WRITER, MONDAY, "No"),
        ):
            with pytest.raises(NotNow, match="draft"):
                act()
        actions.publish(notice, APPROVER, MONDAY)
        for act in (
            lambda: actions.publish(notice, APPROVER, MONDAY),
            lambda: actions.ask_for_approval(notice, WRITER, MONDAY),
        ):
            with pytest.raises(NotNow, match="published"):
                act()
        with pytest.raises(NotNow, match="not-begun"):
            actions.resolve(notice, {}, WRITER, MONDAY)

    def test_what_is_over_is_not_changed_any_more(self, sqlite_app: Flask) -> None:
        notice = published(told(*THURSDAY_MORNING))
        end = london("Thu 2026-12-31 09:00")
        for act in (
            lambda: actions.append_update(notice, {"en": "More."}, WRITER, end),
            lambda: actions.change(notice, told("Fri 2027-01-01 06:00"), WRITER, end, notice.version),
            lambda: actions.resolve(notice, {}, WRITER, end),
            lambda: actions.cancel(notice, {}, WRITER, end),
        ):
            with pytest.raises(NotNow, match="over"):
                act()
        actions.append_update(notice, {"en": "More."}, WRITER, end - timedelta(minutes=1), end + HOUR)
        assert stage_at(notice, end) == "live"

    def test_a_draft_whose_time_has_passed_is_not_published_but_can_be_dropped(self, sqlite_app: Flask) -> None:
        notice = draft(told(*THURSDAY_MORNING))
        later = london("Thu 2026-12-31 09:00")
        for act in (actions.publish, actions.ask_for_approval):
            with pytest.raises(NotNow, match="over"):
                act(notice, APPROVER, later)
        assert actions.cancel(notice, {}, APPROVER, later) is None
        assert (notice.state, notice.updates, history(notice)) == ("cancelled", [], ["written", "dropped"])

    def test_a_change_while_it_waits_for_approval_makes_it_a_draft_again(self, sqlite_app: Flask) -> None:
        notice = draft(told(*THURSDAY_MORNING))
        actions.ask_for_approval(notice, WRITER, MONDAY)
        actions.change(notice, told(*THURSDAY_MORNING, severity="urgent"), WRITER, MONDAY, notice.version)
        assert notice.state == "draft"

    def test_what_is_shown_is_not_hidden_again_by_another_announcement(self, sqlite_app: Flask) -> None:
        notice = published(told(*THURSDAY_MORNING))
        later = told(*THURSDAY_MORNING, announced="Wed 2026-12-30 09:00")
        actions.change(notice, later, WRITER, MONDAY + HOUR, notice.version)
        assert stage_at(notice, MONDAY + HOUR) == "announced"
