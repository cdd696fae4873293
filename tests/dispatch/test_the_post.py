"""Letters for the post, and the way to each tenant."""

import pytest
from flask import Flask

from app.dispatch.actions import NotWaiting, mark_posted, queue_message, way_to
from app.dispatch.sending import send_message, to_send
from app.extensions import db
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.tenants.actions import record_tenant
from tests.builders import a_colleague, needs, person
from tests.cases.test_opening import opened
from tests.dispatch.mailing import MINUTE, NOW, a_reader, seen


class TestThePost:
    def test_a_letter_for_the_post_waits_for_a_colleague(self, app: Flask) -> None:
        a_colleague("ada@landlord.example", roles=("complaints-team",))
        letter: Letter = request_letter(opened(received_at=NOW), "acknowledgement", NOW)
        message = queue_message(letter, "post", "Anna Nowak\n1 High Street\nExeter\nEX1 1AA", NOW)
        db.session.commit()
        assert not send_message(message.id, NOW + MINUTE)
        assert message.id not in to_send(NOW + 60 * MINUTE)
        mark_posted(message, NOW + MINUTE, "sam@landlord.example")
        db.session.commit()
        assert seen(message)[0] == "sent"
        sent = next(event for event in message.case.events if event.what == "message_sent")
        assert (sent.who, sent.details["channel"]) == ("sam@landlord.example", "post")
        assert message.case.events[-1].what == "acknowledged"
        with pytest.raises(NotWaiting):
            mark_posted(message, NOW, "sam@landlord.example")

    def test_the_way_is_what_the_tenant_asked_for_and_can_be_reached_by(self, sqlite_app: Flask) -> None:
        assert way_to(a_reader()) == ("email", "anna@example.org")
        assert way_to(a_reader(email=None)) == ("post", "Anna Nowak\n1 High Street\nExeter\nEX1 1AA")
        by_letter = record_tenant(person(email="a@example.org"), needs(contact_channel="letter"), "en", NOW, None)
        assert way_to(by_letter) == ("post", "Anna Nowak\n1 High Street\nExeter\nEX1 1AA")
        a_file = record_tenant(
            person(email="a@example.org"), needs(contact_channel="letter", format="audio"), "en", NOW, None
        )
        assert way_to(a_file) == ("email", "a@example.org")
        nowhere = record_tenant(person(email=None, address=[], postcode=None), needs(), "en", NOW, None)
        assert way_to(nowhere) is None
