"""Notices are mailed to those who asked for them, each once, though workers die; and end with one press."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from app.dispatch import sending
from app.dispatch.models import Message
from app.dispatch.queue import current_queue
from app.dispatch.sending import send_message, to_send
from app.extensions import db, start_writing
from app.notices import actions, mailing, subscribing
from app.notices.models import Subscriber
from app.notices.shapes import Given
from tests.conftest import MakeApp
from tests.dispatch.conftest import office  # noqa: F401
from tests.dispatch.mailing import part
from tests.dispatch.post_office import PostOffice
from tests.laws.page_laws import words_of
from tests.notices.subscribers import ADDRESS, DAY, HOUR, MINUTE, NOW, WHO, WORDS, a_subscriber, published, waiting


def send_all(at: datetime) -> None:
    for message_id in to_send(at):
        assert send_message(message_id, at)


class TestWhatIsMailed:
    def test_what_is_new_is_mailed_once_and_to_those_only_who_had_asked_by_then(self, app: Flask) -> None:
        a_subscriber()
        notice = published()
        for minutes in range(3):
            mailing.sweep(NOW + minutes * MINUTE)
        assert waiting() == [(ADDRESS, "LiveWest: The website is off")]
        a_subscriber("later@example.org")
        later = db.session.scalars(select(Subscriber).where(Subscriber.email == "later@example.org")).one()
        later.confirmed_at = NOW + MINUTE
        db.session.commit()
        start_writing()
        actions.append_update(notice, {"en": "Half of it works."}, WHO, NOW + 5 * MINUTE)
        db.session.commit()
        start_writing()
        actions.resolve(notice, {}, WHO, NOW + 6 * MINUTE)
        db.session.commit()
        mailing.sweep(NOW + 7 * MINUTE)
        mailing.sweep(NOW + 8 * MINUTE)
        solved = "LiveWest: Solved: The website is off"
        assert waiting()[1:] == [(ADDRESS, solved), ("later@example.org", solved)], "the update had gone stale"

    def test_nobody_hears_of_it_before_it_is_announced_nor_of_what_was_true_yesterday(self, sqlite_app: Flask) -> None:
        a_subscriber()
        notice = published(starts_at=NOW + 10 * DAY, announce_at=NOW + 2 * DAY)
        assert mailing.sweep(NOW + 2 * DAY - MINUTE) == 0
        assert [news.what for news in mailing.news_at(NOW + 2 * DAY)] == ["published"]
        assert mailing.news_at(NOW + 3 * DAY) == []
        start_writing()
        actions.cancel(notice, {"en": "We found another way."}, WHO, NOW + 3 * DAY)
        db.session.commit()
        assert mailing.sweep(NOW + 3 * DAY) == 1
        assert waiting() == [(ADDRESS, "LiveWest: Cancelled: The website is off")]

    def test_who_has_the_old_times_in_their_mailbox_gets_the_new_ones(self, sqlite_app: Flask) -> None:
        a_subscriber()
        notice = published(starts_at=NOW + 10 * DAY)
        mailing.sweep(NOW)
        for minutes, words, starts_at in (
            (1, {"en": {"title": "Still off", "words": "A slip of the pen."}}, NOW + 10 * DAY),
            (2, WORDS, NOW + 11 * DAY),
            (3, WORDS, NOW + 12 * DAY),
        ):
            start_writing()
            given = Given("technical-trouble", "urgent", words, starts_at)
            actions.change(notice, given, WHO, NOW + minutes * MINUTE, notice.version)
            db.session.commit()
        for minutes in (4, 5):
            mailing.sweep(NOW + minutes * MINUTE)
        assert waiting() == [(ADDRESS, "LiveWest: The website is off")] * 2
        last = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert last
        assert "The times of this notice have changed." in (last.words or "")
        assert f"{NOW + 12 * DAY:%Y-%m-%d}" in (last.words or "")

    def test_what_was_cancelled_before_anybody_saw_it_is_mailed_to_nobody(self, sqlite_app: Flask) -> None:
        a_subscriber()
        notice = published(starts_at=NOW + 10 * DAY, announce_at=NOW + 2 * DAY)
        start_writing()
        actions.cancel(notice, {}, WHO, NOW + DAY)
        db.session.commit()
        assert mailing.sweep(NOW + DAY) == mailing.sweep(NOW + 2 * DAY) == 0

    def test_who_named_a_district_hears_of_it_and_of_what_is_for_all(self, app: Flask) -> None:
        lives = {"all@example.org": (), "ex4@example.org": ("EX4", "PL1"), "ex44@example.org": ("EX44",)}
        for email, areas in lives.items():
            a_subscriber(email, areas=areas)
        published(areas=("EX4",))
        mailing.sweep(NOW)
        assert [email for email, _subject in waiting()] == ["all@example.org", "ex4@example.org"]
        published(words={"en": {"title": "Closed", "words": "Today."}})
        mailing.sweep(NOW)
        assert [email for email, subject in waiting() if "Closed" in subject] == [
            "all@example.org", "ex4@example.org", "ex44@example.org",
        ]  # fmt: skip

    def test_a_worker_that_dies_while_it_writes_leaves_nobody_out_and_mails_nobody_twice(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(mailing, "BATCH", 3)
        emails = [f"s{number}@example.org" for number in range(8)]
        for email in emails:
            a_subscriber(email)
        published()
        db.session.rollback()
        child = os.fork()
        if child == 0:
            _die_in_the_second_batch()
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        assert len(waiting()) == 3, "a batch is written whole, or not at all"
        mailing.sweep(NOW + MINUTE)
        assert sorted(email for email, _subject in waiting()) == emails

    def test_two_workers_at_once_mail_each_once(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(mailing, "BATCH", 4)
        emails = [f"s{number:02}@example.org" for number in range(20)]
        for email in emails:
            a_subscriber(email)
        published()
        db.session.rollback()

        def work(_number: int) -> int:
            with app.app_context():
                return mailing.sweep(NOW)

        with ThreadPoolExecutor(2) as workers:
            assert sum(workers.map(work, range(2))) == 20
        assert sorted(email for email, _subject in waiting()) == emails

    def test_answers_to_tenants_go_before_notices_to_many(self, sqlite_app: Flask) -> None:
        a_subscriber()
        current_queue().huey.flush()
        published()
        mailing.sweep(NOW)
        subscribing.ask("new@example.org", "en", [], NOW + MINUTE)
        db.session.commit()
        first = db.session.get_one(Message, to_send(NOW + HOUR)[0])
        assert first.address == "new@example.org"
        storage = current_queue().huey.storage
        tasks = [current_queue().huey.deserialize_task(storage.dequeue()) for _ in range(2)]
        ids = [task.args[0] for task in tasks]
        assert ids[0] == first.id, "the later one is done first"


def _die_in_the_second_batch() -> None:
    """As if the power went: nothing is rolled back, nothing is closed."""
    db.engine.dispose(close=False)
    queue_words, seen = mailing.queue_words, iter(range(100))

    def die_at_the_fifth(*given: Any, **more: Any) -> Any:
        if next(seen) == 4:
            os.kill(os.getpid(), signal.SIGKILL)
        return queue_words(*given, **more)

    mailing.queue_words = die_at_the_fifth
    mailing.sweep(NOW)
    os._exit(0)


class TestTheEmail:
    @pytest.fixture
    def mailing_app(self, make_app: MakeApp, office: PostOffice) -> Iterator[Flask]:  # noqa: F811
        made = make_app(mail_server="127.0.0.1", mail_port=office.port)
        with made.app_context():
            yield made
            db.session.rollback()

    @pytest.fixture
    def mail(self, mailing_app: Flask, office: PostOffice) -> Callable[..., EmailMessage]:  # noqa: F811
        def get(language: str, **different: Any) -> EmailMessage:
            a_subscriber(language=language)
            published(**different)
            mailing.sweep(NOW)
            send_all(NOW)
            (mail,) = office.taken
            return mail

        return get

    def test_it_can_be_ended_with_one_press_and_says_the_same_as_text_and_as_a_page(
        self, mail: Callable[..., EmailMessage]
    ) -> None:
        got = mail("en", areas=("EX4",), services=("website",))
        found = db.session.scalars(select(Subscriber)).one()
        link = subscribing.address_of(found)
        assert got["List-Unsubscribe"].strip() == f"<{link}>"
        assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert (got["Subject"], got["To"]) == ("LiveWest: The website is off", ADDRESS)
        assert got["Auto-Submitted"] == "auto-generated"
        text, page = part(got, "plain"), html.fromstring(part(got, "html"))
        for said in ("We work on it.", "- Call us.", "For these areas: EX4", "Urgent: Something is not working", link):
            assert said in text
        assert [words_of(one) for one in page.xpath("//li")] == ["Call us.", "Or write."]
        assert link in [one.get("href") for one in page.xpath("//a")]
        assert words_of(page.xpath("//strong")[1]) == "it"
        assert not db.session.scalars(select(Message)).one().words, "once it has gone, its link is kept nowhere"

    def test_words_of_another_language_are_marked(self, mail: Callable[..., EmailMessage]) -> None:
        got = mail("ar", words={"en": WORDS["en"]})
        assert got["Content-Language"] == "ar"
        assert "The website is off" not in got["Subject"]
        page = html.fromstring(part(got, "html"))
        assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
        (title,) = [one for one in page.xpath("//h2//span") if one.get("lang")]
        assert (title.get("lang"), title.get("dir"), words_of(title)) == ("en", "ltr", "The website is off")
        assert page.xpath("//p/span[@lang='en']")

    def test_a_mailbox_that_is_gone_is_written_to_three_times_and_then_forgotten(
        self,
        mailing_app: Flask,
        office: PostOffice,  # noqa: F811
    ) -> None:
        a_subscriber()
        for number in range(4):
            published(words={"en": {"title": f"Trouble {number}", "words": "Call us."}})
            made = mailing.sweep(NOW)
            office.says(rcpt="550 nobody of that name")
            for message_id in to_send(NOW):
                assert not send_message(message_id, NOW)
            office.forget()
            assert made == (1 if number < 3 else 0)
        assert db.session.scalars(select(Subscriber)).one().ended_at == NOW

    def test_it_is_tried_again_while_there_is_hope(self, mailing_app: Flask, office: PostOffice) -> None:  # noqa: F811
        office.says(data="451 try again later")
        a_subscriber()
        published()
        mailing.sweep(NOW)
        (message_id,) = to_send(NOW)
        assert not send_message(message_id, NOW)
        assert send_message(message_id, NOW + sending.FIRST_RETRY)
        assert len(office.taken) == 1
