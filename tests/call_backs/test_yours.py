"""The tenant's own page of a call: see it, move it, cancel it, by an address that nobody guesses."""

from flask import Flask
from flask.testing import FlaskClient

from app.call_backs import actions
from app.call_backs.models import CallBack
from app.extensions import db, start_writing
from app.journeys import steps
from app.landlords.standards import current_landlord
from tests.call_backs.asking import ask, at, call_backs, last_slot
from tests.journeys.reader import Reader


def asked(name: str = "Anna Nowak", **slot: str) -> CallBack:
    """Without the form."""
    start_writing()
    answers = {"name": name, "phone": "07700 900123", **(slot or {"day": actions.SOONEST})}
    call_back = actions.ask(current_landlord(), answers, "en", steps.now(), None)
    db.session.commit()
    return call_back


def own_page(client: FlaskClient, call_back: CallBack, language: str = "en") -> Reader:
    return Reader(client).open(f"/{language}/call-back/yours/{call_back.key}")


def test_it_is_reached_from_the_received_page_and_shows_what_that_shows(sqlite_app: Flask) -> None:
    reader = ask(sqlite_app.test_client(), **at(last_slot()))
    reference = reader.reference
    reader.follow("choose another time, or cancel")
    assert reference in reader.words
    assert "You are number 1 for this time." in reader.words
    assert "+48 22 123 45 67" in reader.words


def test_an_address_that_nobody_was_given_is_not_found(client: FlaskClient) -> None:
    for key in ("nobody", "%00", "a%00b", "%ED%A0%80", "%F0%9F%91%A9"):
        assert client.get(f"/en/call-back/yours/{key}").status_code == 404, key


def test_moving_puts_the_tenant_behind_those_who_are_there_and_nobodys_number_grows(app: Flask) -> None:
    slot = last_slot()
    there = asked("There", **at(slot))
    mover, left_behind = asked("Mover"), asked("Left behind")
    assert (actions.place_of(mover), actions.place_of(left_behind), actions.place_of(there)) == (1, 2, 1)
    client = app.test_client()
    reader = own_page(client, mover).follow("Choose another time")
    reader.open(f"/en/call-back/yours/{mover.key}/move/{slot.day.isoformat()}").answer(time=slot.key)
    assert "You are number 2 for this time." in reader.words
    found = {one.name: one for one in call_backs()}
    assert found["Mover"].slot_at == found["There"].slot_at == slot.begins
    assert found["Mover"].asked_at == mover.asked_at
    assert [actions.place_of(found[name]) for name in ("There", "Left behind")] == [1, 1]


def test_moving_to_its_own_time_keeps_the_place(sqlite_app: Flask) -> None:
    slot = last_slot()
    first = asked("First", **at(slot))
    asked("Second", **at(slot))
    page = f"/en/call-back/yours/{first.key}/move/{slot.day.isoformat()}"
    reader = Reader(sqlite_app.test_client()).open(page).answer(time=slot.key)
    assert "You are number 1 for this time." in reader.words


def test_a_place_never_grows_whatever_the_others_do(sqlite_app: Flask) -> None:
    slot = last_slot()
    tenants = [asked(str(number), **at(slot)) for number in range(3)]
    watched = tenants[1]
    seen = [actions.place_of(watched)]
    elsewhere = asked("elsewhere")
    for act in (
        lambda: actions.move(elsewhere, current_landlord(), slot.key, steps.now()),
        lambda: actions.end(tenants[2], "cancelled", steps.now()),
        lambda: actions.move(
            tenants[0], current_landlord(), actions.free_slots(current_landlord(), steps.now())[0].key, steps.now()
        ),
    ):
        act()
        db.session.commit()
        seen.append(actions.place_of(watched))
    assert seen == sorted(seen, reverse=True) == [2, 2, 2, 1]


def test_cancelled_only_once_the_button_is_pressed(sqlite_app: Flask) -> None:
    call_back = asked()
    reader = own_page(sqlite_app.test_client(), call_back).follow("Cancel this call")
    assert call_backs()[0].state == "waiting"
    reader.press()
    assert "This call is cancelled." in reader.words
    (stored,) = call_backs()
    assert (stored.state, stored.ended_by) == ("cancelled", None)
    assert stored.ended_at is not None


def test_what_has_ended_can_be_neither_moved_nor_cancelled(sqlite_app: Flask) -> None:
    client, slot = sqlite_app.test_client(), last_slot()
    call_back = asked()
    pages = {
        page: Reader(client).open(f"/en/call-back/yours/{call_back.key}/{page}")
        for page in ("cancel", f"move/{slot.day.isoformat()}")
    }
    start_writing()
    actions.end(db.session.merge(call_back), "called", steps.now(), "sam@landlord.example")
    db.session.commit()
    for page, reader in pages.items():
        data = reader.fields() | {"time": slot.key}
        assert client.post(f"/en/call-back/yours/{call_back.key}/{page}", data=data).status_code == 303
        assert "We have called you." in Reader(client).open(f"/en/call-back/yours/{call_back.key}/{page}").words
    (stored,) = call_backs()
    assert (stored.state, stored.ended_by) == ("called", "sam@landlord.example")


def test_a_made_up_key_or_day_opens_nothing(sqlite_app: Flask) -> None:
    client, call_back = sqlite_app.test_client(), asked()
    for path in ("made-up", "made-up/move", "made-up/cancel", f"{call_back.key}/move/tomorrow"):
        assert client.get(f"/en/call-back/yours/{path}").status_code == 404
    assert client.get(f"/en/call-back/yours/{call_back.key}/move/2020-01-01").status_code == 303
    assert len(call_back.key) >= 22


def test_a_time_must_be_chosen_to_move(sqlite_app: Flask) -> None:
    slot, call_back = last_slot(), asked()
    reader = Reader(sqlite_app.test_client()).open(f"/en/call-back/yours/{call_back.key}/move/{slot.day.isoformat()}")
    assert reader.press().mistakes == ["Choose a time"]
    assert reader.response.status_code == 422


def test_no_copy_of_the_page_stays_and_no_search_engine_lists_it(sqlite_app: Flask) -> None:
    answer = sqlite_app.test_client().get(f"/en/call-back/yours/{asked().key}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_it_is_there_in_the_other_languages(sqlite_app: Flask) -> None:
    call_back = asked()
    for language in ("cy", "ar"):
        reader = own_page(sqlite_app.test_client(), call_back, language)
        for page in ("move", "cancel"):
            reader.open(f"/{language}/call-back/yours/{call_back.key}/{page}")
            assert reader.response.status_code == 200
