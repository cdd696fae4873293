"""Whatever is done to notices, in any order and at any moment: refused with a reason, or written down whole."""

from datetime import datetime
from random import Random

from flask import Flask

from app.extensions import db, start_writing
from app.notices import actions, lists
from app.notices.actions import AnnouncedTooLate, ChangedMeanwhile, NotNow, Unusable, WordsMissing
from app.notices.models import Notice
from app.notices.shapes import KINDS, Given
from app.notices.showing import stage_at
from tests.notices.telling import ENGLISH, HOUR, MONDAY, THURSDAY_MORNING, draft, told

REFUSALS = (AnnouncedTooLate, ChangedMeanwhile, NotNow, Unusable, WordsMissing)
ACTS = ("write", "change", "ask", "send-back", "publish", "publish", "update", "resolve", "cancel")
STEPS = 500
WHO = "kim@landlord.example"


def given(random: Random, at: datetime) -> Given:
    starts = at + random.randint(-10, 30) * HOUR
    return told(
        THURSDAY_MORNING[0],
        starts_at=starts,
        ends_at=random.choice((None, starts + random.randint(-1, 20) * HOUR)),
        announce_at=random.choice((None, starts - random.randint(-1, 25) * HOUR)),
        kind=random.choice(KINDS),
        words=random.choice((ENGLISH, ENGLISH, {})),
    )


def act(what: str, notice: Notice, random: Random, at: datetime) -> None:
    words, late = random.choice(({"en": "x"}, {}, {"cy": "y"})), random.random() < 0.3
    version = notice.version - (random.random() < 0.2)
    if what == "change":
        actions.change(notice, given(random, at), WHO, at, version, may_announce_late=late, reason="x")
    elif what == "ask":
        actions.ask_for_approval(notice, WHO, at, version=version)
    elif what == "send-back":
        actions.send_back(notice, WHO, at, random.choice(("", "x")), version=version)
    elif what == "publish":
        actions.publish(notice, WHO, at, may_announce_late=late, reason="x", version=version)
    elif what == "update":
        end = random.choice((None, at + random.randint(-1, 20) * HOUR))
        actions.append_update(notice, words, WHO, at, end, version=version)
    elif what == "resolve":
        actions.resolve(notice, words, WHO, at, version=version)
    else:
        actions.cancel(notice, words, WHO, at, version=version)


def test_an_act_is_refused_and_changes_nothing_or_is_in_the_history(sqlite_app: Flask) -> None:
    random, at = Random(20261122), MONDAY  # the same each time
    notices, done = [draft(given(Random(1), MONDAY))], dict.fromkeys(ACTS, 0)
    start_writing()
    for _ in range(STEPS):
        at += random.choice((0, 0, 1)) * HOUR
        what, notice = random.choice(ACTS), random.choice(notices[-4:])
        try:
            if what == "write":
                notices.append(actions.write(given(random, at), WHO, at))
            else:
                act(what, notice, random, at)
            done[what] += 1
        except REFUSALS:
            assert not db.session.dirty
        db.session.flush()
        assert notice.version == len(notice.events)
        assert notice.published_at or stage_at(notice, at) in ("waiting", "over")
    assert all(done.values()), done
    in_groups = [notice.key for group in lists.GROUPS for notice in lists.for_colleagues(group, at)]
    assert sorted(in_groups) == sorted(notice.key for notice in notices), "each is in one group"
    standing = {notice.key for notice in notices if stage_at(notice, at) in ("announced", "live")}
    everybody = {one.key for one in lists.of_everybody(at) if stage_at(one, at) != "over"}
    pages = {one.key for one in lists.front(at).notices if stage_at(one, at) in ("announced", "live")}
    assert standing == everybody == pages
