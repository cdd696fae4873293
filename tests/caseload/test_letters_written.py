"""A colleague writes a letter on the case's page: draft, look, approval, letter."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.cases.models import Case
from app.extensions import db
from app.letters.models import Letter, LetterDraft, LetterFile
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

WORDS = {"title": "Your new roof", "words": "# When\nWe start on **Monday**.\n- a tile", "words_language": "en"}
HEAD = "head@landlord.example"


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request) as desk:
        a_colleague_with_a_password(HEAD, roles=("manager",))
        desk.application.config["WTF_CSRF_CHECK_DEFAULT"] = False
        yield desk


@pytest.fixture
def case() -> Case:
    return a_case_that_came_in()


def send(client: FlaskClient, case: Case, path: str, **fields: Any) -> TestResponse:
    db.session.expire_all()
    return client.post(f"/staff/cases/{case.reference}/letters/{path}", data=fields)


def a_draft(client: FlaskClient, case: Case, **different: Any) -> LetterDraft:
    answer = send(client, case, "new", act="keep", **{**WORDS, **different})
    assert answer.status_code == 303, words_of(answer)
    db.session.expire_all()
    return db.session.scalars(db.select(LetterDraft).order_by(LetterDraft.id.desc()).limit(1)).one()


def see(client: FlaskClient, case: Case, path: str, status: int = 200) -> TestResponse:
    answer = client.get(f"/staff/cases/{case.reference}/letters{path}")
    assert answer.status_code == status
    return answer


def as_head(client: FlaskClient) -> FlaskClient:
    other = client.application.test_client()
    sign_in(other, HEAD)
    return other


def test_a_letter_is_looked_at_approved_by_a_second_colleague_and_written(client: FlaskClient, case: Case) -> None:
    draft = a_draft(client, case)
    here = f"drafts/{draft.id}"
    page = see(client, case, f"/{here}?look=1")
    look = html.fromstring(page.get_data(as_text=True)).find_class("look")[0]
    assert [one.text_content() for one in look.xpath(".//h3|.//h2")][:2] == ["Your new roof", "When"]
    assert look.xpath(".//strong")[0].text_content() == "Monday"
    assert send(client, case, f"{here}/write", act="issue", number=1).status_code == 303
    assert "has to approve this letter first" in words_of(see(client, case, ""))
    send(client, case, f"{here}/write", act="ask", number=1)
    assert "These wait for somebody else" in words_of(client.get("/staff/letters/approvals"))
    head = as_head(client)
    assert "These wait for you" in words_of(head.get("/staff/letters/approvals"))
    assert send(client, case, f"{here}/decide", act="approve", number=1).status_code == 403, (
        "an officer approves nothing"
    )
    back = send(head, case, f"{here}/decide", act="send-back", number=1, note="")
    assert back.status_code == 422
    send(head, case, f"{here}/decide", act="send-back", number=1, note="Say which year.")
    assert "Say which year." in words_of(see(client, case, f"/{here}"))
    send(client, case, here, act="keep", number=1, **{**WORDS, "words": "In 2027."})
    send(client, case, f"{here}/write", act="ask", number=2)
    send(head, case, f"{here}/decide", act="approve", number=2)
    send(client, case, f"{here}/write", act="issue", number=2)
    db.session.expire_all()
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id, Letter.name == "letter")).one()
    assert (letter.title, "In 2027." in letter.body) == ("Your new roof", True)
    assert "Written" in words_of(see(client, case, ""))
    history = words_of(client.get(f"/staff/cases/{case.reference}"))
    for said in ("A draft was begun: Letter.", "Sent back with a note: Letter.", "Approved by a second colleague"):
        assert said in history


def test_every_format_is_looked_at_and_nothing_is_kept(client: FlaskClient, case: Case) -> None:
    draft = a_draft(client, case)
    before = (count(Letter), count(LetterFile))
    for name, kind, begins in (
        ("large-print", "application/pdf", b"%PDF"),
        ("text", "text/plain", b""),
        ("html", "text/html", b"<!"),
    ):
        made = see(client, case, f"/drafts/{draft.id}/as/{name}")
        assert made.mimetype == kind
        assert made.data.lstrip().startswith(begins)
        assert "frame-ancestors 'self'" in made.headers["Content-Security-Policy"]
        assert made.headers["Cache-Control"] == "no-store"
    assert b"Monday" in made.data
    see(client, case, f"/drafts/{draft.id}/as/papyrus", 404)
    sound = see(client, case, f"/drafts/{draft.id}/as/audio")
    assert (sound.mimetype, len(sound.data) > 50_000) == ("audio/mpeg", True)
    address = f"/staff/cases/{case.reference}/letters/drafts/{draft.id}/as/audio"
    piece = client.get(address, headers={"Range": "bytes=0-9"})
    assert (piece.status_code, piece.data) == (206, sound.data[:10])
    assert (count(Letter), count(LetterFile)) == before


def test_words_that_are_not_whole_yet_can_be_kept_but_not_sent(client: FlaskClient, case: Case) -> None:
    draft = a_draft(client, case, title="", words="")
    answer = send(client, case, f"drafts/{draft.id}", act="look", number=1, **{**WORDS, "title": ""})
    assert answer.status_code == 422
    assert "Enter the title" in words_of(answer)
    assert "We start on **Monday**." in answer.get_data(as_text=True), "what was typed stays"
    lacking = words_of(see(client, case, f"/drafts/{draft.id}?look=1"))
    assert "The letter lacks this" in lacking


def test_two_colleagues_at_one_draft_lose_no_words(client: FlaskClient, case: Case) -> None:
    draft = a_draft(client, case)
    send(as_head(client), case, f"drafts/{draft.id}", act="keep", number=1, **{**WORDS, "words": "Theirs."})
    answer = send(client, case, f"drafts/{draft.id}", act="keep", number=1, **{**WORDS, "words": "Mine."})
    assert answer.status_code == 422
    assert f"{HEAD} saved version 2" in words_of(answer)
    assert "Mine." in answer.get_data(as_text=True)
    send(client, case, f"drafts/{draft.id}", act="keep", number=2, **{**WORDS, "words": "Mine."})
    seen = words_of(see(client, case, f"/drafts/{draft.id}/versions?number=2"))
    assert "Theirs." in seen
    send(client, case, f"drafts/{draft.id}/versions/1")
    assert "We start on" in words_of(see(client, case, f"/drafts/{draft.id}/versions"))


def test_the_letter_is_seen_while_it_is_typed(client: FlaskClient, case: Case) -> None:
    before = count(LetterDraft)
    answer = send(client, case, "preview", **{**WORDS, "words": "<script>x</script> **now**"})
    assert answer.status_code == 200
    assert "<strong>now</strong>" in answer.get_data(as_text=True)
    assert "<script>" not in answer.get_data(as_text=True)
    assert send(client, case, "preview", **{**WORDS, "words": ""}).status_code == 422
    assert count(LetterDraft) == before


def test_a_standard_paragraph_is_put_in_without_the_script(client: FlaskClient, case: Case) -> None:
    head = as_head(client)
    new = {
        "key": "how-to-pay",
        "language": "en",
        "title": "How to pay",
        "words": "Pay by **phone**.",
        "letters": "letter",
    }
    assert client.post("/staff/paragraphs/new", data=new).status_code == 403, "an officer keeps none"
    assert head.post("/staff/paragraphs/new", data=new).status_code == 303
    assert head.post("/staff/paragraphs/new", data=new).status_code == 422, "the name is taken"
    assert head.post("/staff/paragraphs/new", data={**new, "key": "How!", "title": ""}).status_code == 422
    editor = html.fromstring(see(client, case, "/new").get_data(as_text=True))
    (option,) = editor.xpath("//select[@name='paragraph']/option")
    assert option.text_content() == "How to pay"
    answer = send(client, case, "new", act="insert", paragraph=option.get("value"), **WORDS)
    assert answer.status_code == 303
    editor = html.fromstring(client.get(answer.location).get_data(as_text=True))
    assert editor.xpath("//textarea[@name='words']")[0].text_content().strip().endswith("- a tile\nPay by **phone**.")
    number = option.get("value")
    kept = {key: new[key] for key in ("title", "words", "letters")}
    head.post(f"/staff/paragraphs/{number}", data={**kept, "act": "withdraw"})
    assert "Withdrawn" in words_of(head.get("/staff/paragraphs"))
    assert b'name="paragraph"' not in see(client, case, "/new").data


def count(model: type[Any]) -> int:
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count(model.id))) or 0


def test_a_standard_paragraph_is_put_into_an_answer_too(client: FlaskClient) -> None:
    case = a_case_that_came_in()
    head = as_head(client)
    new = {"key": "sorry", "language": "en", "title": "Sorry", "words": "We are sorry.", "letters": "stage-1-response"}
    assert head.post("/staff/paragraphs/new", data=new).status_code == 303
    here = f"/staff/cases/{case.reference}/complaint/answer"
    (option,) = html.fromstring(client.get(here).get_data(as_text=True)).xpath("//select[@name='paragraph']/option")
    typed = {"findings": "It was late.", "written_in": "en", "paragraph": option.get("value")}
    answer = client.post(here, data={"act": "insert", **typed})
    assert answer.status_code == 303
    editor = html.fromstring(client.get(answer.location).get_data(as_text=True))
    assert editor.xpath("//textarea[@name='findings']")[0].text_content().strip() == "It was late.\nWe are sorry."
    assert b"Sorry" not in see(client, case, "/new").data, "it is for answers only"


def test_a_format_that_this_language_does_not_have_is_told_with_what_to_offer(
    client: FlaskClient, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft(client, case)
    monkeypatch.setattr("app.caseload.looking.can_make", lambda language, name: "no-voice" if name == "audio" else None)
    page = see(client, case, f"/drafts/{draft.id}?look=1")
    links = html.fromstring(page.get_data(as_text=True)).xpath("//ul[@class='files']//a/@href")
    assert not any(link.endswith("/as/audio") for link in links)
    assert "Offer" in words_of(page)


def test_words_that_are_too_long_are_not_kept_cut_or_lost(client: FlaskClient, case: Case) -> None:
    before = count(LetterDraft)
    answer = send(client, case, "new", act="keep", **{**WORDS, "words": "x" * 20_001})
    assert answer.status_code == 422
    assert "20,001 characters" in words_of(answer)
    assert "x" * 20_001 in answer.get_data(as_text=True)
    assert count(LetterDraft) == before
