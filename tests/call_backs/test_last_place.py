"""The last place of a time goes to one tenant, however many send at the same moment; the others lose nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.call_backs import actions
from app.extensions import db, start_writing
from app.journeys import steps
from app.landlords.standards import current_landlord
from tests.call_backs.asking import at, begin, call_backs, go_on, last_slot, slug_of
from tests.journeys.reader import Reader

AT_ONCE = 4


def taken_but_for(places: int) -> dict[str, str]:
    """So many places are left at this time."""
    landlord, slot = current_landlord(), last_slot()
    assert landlord.call_backs is not None
    for number in range(landlord.call_backs.calls_per_slot - places):
        start_writing()
        answers = {"name": f"Tenant {number}", "phone": "07700 900123", **at(slot)}
        actions.ask(landlord, answers, "en", steps.now(), None)
        db.session.commit()
    return at(slot)


def all_send_at_once(app: Flask, clients: list[FlaskClient]) -> list[str]:
    """Where each is led."""
    forms = [Reader(client).open("/en/call-back/check").filled_in() for client in clients]
    db.session.rollback()
    start = threading.Barrier(len(clients))

    def send(client: FlaskClient, form: dict[str, str]) -> str:
        start.wait()
        answer = client.post("/en/call-back/check", data=form)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return answer.location

    with ThreadPoolExecutor(len(clients)) as tenants:
        return list(tenants.map(send, clients, forms))


def test_one_gets_the_last_place_and_the_others_choose_again_with_everything_kept(app: Flask) -> None:
    slot = taken_but_for(1)
    before = len(call_backs())
    clients = [app.test_client() for _tenant in range(AT_ONCE)]
    for client in clients:
        begin(client, **slot)
    led_to = all_send_at_once(app, clients)
    assert sorted(led_to) == ["/en/call-back/received"] + ["/en/call-back/time"] * (AT_ONCE - 1)
    assert len(call_backs()) == before + 1
    assert sorted(actions.place_of(one) for one in call_backs()) == [1, 2, 3, 4]
    loser = Reader(clients[led_to.index("/en/call-back/time")]).open("/en/call-back/time")
    assert "has just been taken" in loser.words
    assert slot["time"] not in loser.page.xpath("//input[@type='radio']/@value")
    again = actions.free_slots(current_landlord(), steps.now())[-1]
    db.session.rollback()
    if again.day.isoformat() != slot["day"]:
        loser.open("/en/call-back/day/change")
    go_on(loser, **at(again))
    assert loser.summary["Your name"] == "Anna Nowak"
    assert loser.summary["What the call is about"] == "The lift"
    loser.press()
    assert slug_of(loser) == "received"


def test_two_who_move_to_the_last_place_do_not_share_it(app: Flask) -> None:
    slot = taken_but_for(1)
    start_writing()
    for number in range(2):
        answers = {"name": f"Mover {number}", "phone": "07700 900123", "day": actions.SOONEST}
        actions.ask(current_landlord(), answers, "en", steps.now(), None)
    db.session.commit()
    movers = [one for one in call_backs() if one.name.startswith("Mover")]
    pages = [f"/en/call-back/yours/{one.key}/move/{slot['day']}" for one in movers]
    clients = [app.test_client() for _mover in movers]
    forms = [
        Reader(client).open(page).filled_in(time=slot["time"]) for client, page in zip(clients, pages, strict=True)
    ]
    db.session.rollback()
    start = threading.Barrier(2)

    def move(number: int) -> int:
        start.wait()
        return clients[number].post(pages[number], data=forms[number]).status_code

    with ThreadPoolExecutor(2) as both:
        assert set(both.map(move, range(2))) <= {303, 422}
    there = [one for one in call_backs() if one.name.startswith("Mover") and actions.slot_of(one).key == slot["time"]]
    assert len(there) == 1


def test_on_postgresql_the_second_waits_for_the_turn(app: Flask) -> None:
    """What keeps two apart there; SQLite has one writer at a time."""
    if db.engine.dialect.name != "postgresql":
        return
    start_writing()
    actions.take_turn()
    with db.engine.connect() as other:
        free = other.execute(text("SELECT pg_try_advisory_xact_lock(:turn)"), {"turn": actions._TURN}).scalar()
        assert free is False
