"""Views that a colleague saves: their own only, each under a name of its own."""

from flask import Flask
from lxml import html

from app.caseload.models import SavedView
from app.caseload.saved_views import MOST_VIEWS
from app.extensions import db
from tests.builders import MONDAY_NOON
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of


def views() -> list[tuple[str, str]]:
    db.session.expire_all()
    return [(view.name, view.choices) for view in db.session.scalars(db.select(SavedView).order_by(SavedView.id))]


def test_a_view_is_saved_opened_renamed_and_deleted(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password()
    sign_in(client)
    page = client.get("/staff/?show=overdue&kind=complaint&stage=2&sort=name")
    tree = html.fromstring(page.get_data(as_text=True))
    (choices,) = tree.xpath("//form[@action='/staff/views']//input[@name='choices']/@value")
    token = {"csrf_token": token_of(page)}
    answer = client.post("/staff/views", data={**token, "name": "  Late  at stage 2 ", "choices": choices})
    assert answer.status_code == 303
    assert views() == [("Late at stage 2", "show=overdue&kind=complaint&stage=2&sort=name")]
    page = client.get(answer.location)
    assert html.fromstring(page.get_data(as_text=True)).findtext(".//h1") == "Late at stage 2"
    assert "Only: Complaint and Stage 2." in words_of(page)
    page = client.get("/staff/views")
    assert_page_laws(page)
    (number,) = db.session.scalars(db.select(SavedView.id))
    assert client.post(f"/staff/views/{number}", data={**token, "name": "Late"}).status_code == 303
    assert [name for name, _choices in views()] == ["Late"]
    assert client.post(f"/staff/views/{number}/delete", data=token).status_code == 303
    assert views() == []


def test_a_name_that_cannot_be_is_said_beside_it_and_nothing_typed_is_lost(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password()
    sign_in(client)
    token = {"csrf_token": token_of(client.get("/staff/"))}
    client.post("/staff/views", data={**token, "name": "Mine", "choices": "show=mine"})
    client.post("/staff/views", data={**token, "name": "Late", "choices": "show=overdue"})
    for name, said in (
        ("", "Enter a name for this view"),
        (" \t ", "Enter a name for this view"),
        ("MINE", "You have a view of this name already"),
        ("x" * 101, "100 characters at most"),
    ):
        answer = client.post("/staff/views", data={**token, "name": name, "choices": "show=team&stage=2"})
        assert answer.status_code == 422
        assert said in words_of(answer)
        tree = html.fromstring(answer.get_data(as_text=True))
        assert tree.xpath("//input[@id='name-0']/@value") == [name]
        assert tree.xpath("//input[@name='choices']/@value") == ["show=team&stage=2"]
        assert tree.xpath("//*[contains(@class, 'error-summary')]//a/@href") == ["#name-0"]
    first = db.session.scalars(db.select(SavedView.id).order_by(SavedView.id)).first()
    answer = client.post(f"/staff/views/{first}", data={**token, "name": "late"})
    assert answer.status_code == 422
    assert_page_laws(answer)
    assert html.fromstring(answer.get_data(as_text=True)).xpath(f"//input[@id='name-{first}']/@value") == ["late"]
    assert client.post("/staff/views", data={**token, "name": "x", "choices": "kind=nonsense"}).status_code == 404
    assert len(views()) == 2


def test_nobody_opens_or_changes_a_view_of_somebody_else(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password()
    other = a_colleague_with_a_password("kim@landlord.example")
    view = SavedView(staff_member_id=other.id, name="Kim's own", choices="kind=gone", saved_at=MONDAY_NOON)
    db.session.add(view)
    db.session.commit()
    sign_in(client)
    token = {"csrf_token": token_of(client.get("/staff/"))}
    for page in ("/staff/", "/staff/views"):
        assert "Kim's own" not in words_of(client.get(page))
    for address in (f"/staff/views/{view.id}", f"/staff/views/{view.id}/delete"):
        assert client.post(address, data={**token, "name": "Taken over"}).status_code == 404
    assert views() == [("Kim's own", "kind=gone")]
    kim = sqlite_app.test_client()
    sign_in(kim, "kim@landlord.example")
    assert "What this view showed is not known any more." in words_of(kim.get("/staff/views"))
    rows = [
        SavedView(staff_member_id=other.id, name=f"v{n}", choices="", saved_at=MONDAY_NOON) for n in range(MOST_VIEWS)
    ]
    db.session.add_all(rows)
    db.session.commit()
    token = {"csrf_token": token_of(kim.get("/staff/"))}
    answer = kim.post("/staff/views", data={**token, "name": "One more", "choices": ""})
    assert answer.status_code == 422
    assert f"You have {MOST_VIEWS} views" in words_of(answer)
