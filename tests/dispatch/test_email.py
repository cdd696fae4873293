"""Email: handed to a real server once, tried again while there is hope, and visible when there is none."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.dispatch.actions import HandlerNotNamed, NotWaiting, try_again
from app.dispatch.sending import ENOUGH_ATTEMPTS, LEASE, send_message, to_send
from app.extensions import db
from tests.builders import a_colleague
from tests.conftest import MakeApp
from tests.dispatch.mailing import MINUTE, NOW, history, queued, seen
from tests.dispatch.post_office import PostOffice


class TestWhatBecomesOfIt:
    def test_sent_it_is_written_down_and_never_sent_again(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued()
        assert send_message(message.id, NOW)
        assert not send_message(message.id, NOW + 60 * MINUTE)
        assert seen(message) == ("sent", 1, None)
        assert message.sent_at == message.letter.sent_at == NOW
        assert history(message)[-1] == "message_sent"
        assert len(office.taken) == 1

    def test_an_acknowledgement_that_is_sent_keeps_the_promise_and_starts_the_codes_clock(
        self, mailing_app: Flask, office: PostOffice
    ) -> None:
        a_colleague("ada@landlord.example", roles=("complaints-team",))
        message = queued("acknowledgement")
        assert send_message(message.id, NOW + 5 * MINUTE)
        db.session.expire_all()
        promises = {(one.standard, one.regime): one for one in message.case.promises}
        assert promises["complaint.acknowledge", "landlord"].met_at == NOW + 5 * MINUTE
        assert promises["complaint.stage_1_response", "code"].counted_from_at == NOW + 5 * MINUTE
        assert message.case.next_due_at == promises["complaint.stage_1_response", "landlord"].due_at

    def test_a_receipt_keeps_no_promise(self, mailing_app: Flask, office: PostOffice) -> None:
        a_colleague("ada@landlord.example", roles=("complaints-team",))
        message = queued("receipt")
        assert send_message(message.id, NOW)
        assert {promise.met_at for promise in message.case.promises} == {None}

    def test_an_acknowledgement_does_not_go_out_while_nobody_is_named(self, mailing_app: Flask) -> None:
        with pytest.raises(HandlerNotNamed):
            queued("acknowledgement")

    @pytest.mark.parametrize("when", ["rcpt", "data"])
    def test_not_now_is_tried_again_later_with_the_same_id(
        self, mailing_app: Flask, office: PostOffice, when: str
    ) -> None:
        office.says(**{when: "451 try again later"})
        message = queued()
        assert not send_message(message.id, NOW)
        state, attempts, problem = seen(message)
        assert (state, attempts) == ("waiting", 1)
        assert problem is not None
        assert "451" in problem
        assert message.try_at == NOW + MINUTE
        assert not send_message(message.id, NOW + MINUTE / 2)
        assert send_message(message.id, NOW + MINUTE)
        assert seen(message) == ("sent", 2, None)
        assert [mail["Message-ID"] for mail in office.taken] == [message.message_id]

    @pytest.mark.parametrize("when", ["rcpt", "data"])
    def test_never_is_believed_at_once_and_shown(self, mailing_app: Flask, office: PostOffice, when: str) -> None:
        office.says(**{when: "550 nobody of that name"})
        message = queued()
        assert not send_message(message.id, NOW)
        state, _attempts, problem = seen(message)
        assert (state, problem) == ("failed", "550 nobody of that name")
        event = message.case.events[-1]
        assert (event.what, event.details["reason"]) == ("message_failed", "550 nobody of that name")
        assert message.id not in to_send(NOW + 60 * 24 * MINUTE)
        assert office.taken == []

    def test_a_failed_message_can_be_tried_once_more(self, mailing_app: Flask, office: PostOffice) -> None:
        office.says(rcpt="550 nobody of that name")
        message = queued()
        send_message(message.id, NOW)
        db.session.expire_all()
        try_again(message, NOW + MINUTE)
        db.session.commit()
        assert send_message(message.id, NOW + MINUTE)
        with pytest.raises(NotWaiting):
            try_again(message, NOW)

    @pytest.mark.parametrize("how", ["hang up", "die"])
    def test_a_line_that_goes_dead_is_tried_again(self, mailing_app: Flask, office: PostOffice, how: str) -> None:
        office.says(data=how)
        message = queued()
        assert not send_message(message.id, NOW)
        assert seen(message)[:2] == ("waiting", 1)
        assert office.tries == 1
        assert send_message(message.id, NOW + MINUTE)
        assert len(office.taken) == 1

    def test_a_server_that_is_not_there_is_waited_for_ever_longer(self, make_app: MakeApp) -> None:
        with make_app(mail_server="127.0.0.1", mail_port=9).app_context():
            message = queued()
            now, pauses = NOW, []
            for _ in range(9):
                assert not send_message(message.id, now)
                assert seen(message)[0] == "waiting"
                pauses.append((message.try_at - now) / MINUTE)
                now = message.try_at
            assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]

    def test_after_five_days_it_has_failed(self, make_app: MakeApp) -> None:
        with make_app(mail_server="127.0.0.1", mail_port=9).app_context():
            message = queued()
            now = NOW
            for _ in range(ENOUGH_ATTEMPTS):
                assert seen(message)[0] == "waiting"
                send_message(message.id, now)
                now = message.try_at
            assert seen(message)[0] == "failed"
            assert timedelta(days=4.5) < now - NOW < timedelta(days=5.5)
            assert history(message).count("message_failed") == 1

    def test_an_address_that_is_none_fails_at_once(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued(address="anna@example.org\nBcc: everyone@example.org")
        assert not send_message(message.id, NOW)
        assert seen(message)[0] == "failed"
        assert office.taken == []


class TestWhoDies:
    def test_a_claim_that_ran_out_is_taken_over_with_the_same_id(self, mailing_app: Flask, office: PostOffice) -> None:
        message = queued()
        message.state, message.attempts, message.try_at = "sending", 1, NOW + LEASE
        db.session.commit()
        assert not send_message(message.id, NOW + LEASE - MINUTE)
        assert message.id in to_send(NOW + LEASE)
        assert send_message(message.id, NOW + LEASE)
        assert office.taken[0]["Message-ID"] == message.message_id

    def test_one_who_comes_back_late_changes_nothing(
        self, mailing_app: Flask, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from app.dispatch import mail

        message = queued()
        really = mail.deliver

        def be_overtaken(*arguments: object) -> None:
            monkeypatch.setattr(mail, "deliver", really)
            assert send_message(message.id, NOW + LEASE)
            raise OSError("and then the first one's line breaks")

        monkeypatch.setattr(mail, "deliver", be_overtaken)
        assert not send_message(message.id, NOW)
        assert seen(message) == ("sent", 2, None)
        assert history(message).count("message_sent") == 1


class TestWithoutAServer:
    def test_the_email_is_a_file_named_by_its_id(self, app: Flask) -> None:
        message = queued()
        assert send_message(message.id, NOW)
        (path,) = app.config["LETTERBOX"].outgoing_path.iterdir()
        assert path.name == message.message_id.strip("<>") + ".eml"
        assert message.case.reference.encode() in path.read_bytes()

    def test_sent_twice_after_a_crash_it_is_still_one_file(self, app: Flask) -> None:
        message = queued()
        send_message(message.id, NOW)
        folder = app.config["LETTERBOX"].outgoing_path
        (path,) = folder.iterdir()
        before = path.read_bytes()
        message.state = "sending"  # as a worker leaves it that dies before it can write down that it was sent
        message.try_at = NOW
        db.session.commit()
        assert send_message(message.id, NOW + LEASE)
        assert [one.read_bytes() for one in folder.iterdir()] == [before]

    def test_a_folder_that_cannot_be_written_is_waited_for(self, app: Flask) -> None:
        folder: Path = app.config["LETTERBOX"].outgoing_path
        message = queued()
        folder.write_text("a file stands where the folder should be")
        assert not send_message(message.id, NOW)
        assert seen(message)[0] == "waiting"
        folder.unlink()
        assert send_message(message.id, NOW + MINUTE)
