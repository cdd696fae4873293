"""A translator works on the website's sentences in the application: nothing is lost, nothing breaks a page."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from app.caseload import catalogue_desk_routes, catalogue_file_routes
from app.caseload.catalogue_words import problem_words
from app.extensions import db
from app.languages import catalogues, exporting, sentences
from app.languages.checking import SAID, Problem
from app.languages.models import ProposedWords
from tests.caseload.desk import a_desk_for_many_tests
from tests.caseload.translating import HOME, NAME, NAME_WELSH, bring, file_of, key, page, save
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "translator") as client:
        yield client


@pytest.fixture
def client(desk: FlaskClient) -> Iterator[FlaskClient]:
    yield desk
    db.session.rollback()
    db.session.execute(db.delete(ProposedWords))
    db.session.commit()


def test_every_page_of_the_desk_keeps_the_laws_of_pages(client: FlaskClient) -> None:
    for address in ("", "/cy?show=all", "/ar?show=not-reviewed", f"/cy/sentences/{key(NAME)}?show=all", "/cy/file"):
        answer = client.get(HOME + address)
        assert answer.status_code == 200, address
        assert_page_laws(answer)
    assert client.get(f"{HOME}/en").status_code == 404
    assert client.get(f"{HOME}/cy/sentences/nothing").status_code == 404


def test_what_is_saved_is_in_the_file_and_goes_on_to_the_next(client: FlaskClient) -> None:
    answer = save(client, NAME, "Nodwch eich enw")
    assert answer.status_code == 303
    assert "/sentences/" in answer.location
    assert "Saved. Here is the next one." in words_of(client.get(answer.location))
    catalogue = read_po(BytesIO(file_of(client)), locale="cy")
    assert catalogue[NAME].string == "Nodwch eich enw"
    saved = page(client, "/cy?show=saved")
    assert [one.text for one in saved.xpath("//ol[@class='catalogue']//textarea")] == ["Nodwch eich enw"]


@pytest.mark.parametrize("tag", ["cy", "ar"])
def test_a_file_without_anything_saved_is_the_catalogue_itself_and_one_with_it_differs_there_only(
    client: FlaskClient, tag: str
) -> None:
    before = (catalogues.FOLDER / tag / "LC_MESSAGES" / "messages.po").read_bytes()
    assert file_of(client, tag) == before
    assert save(client, NAME, "xyz", tag=tag).status_code == 303
    changed = set(file_of(client, tag).splitlines()) ^ set(before.splitlines())
    assert len(changed) <= 2
    assert b'msgstr "xyz"' in changed


def test_a_review_stands_in_the_file_with_the_name_and_falls_with_other_words(client: FlaskClient) -> None:
    assert save(client, NAME, NAME_WELSH, is_reviewed="yes").status_code == 303
    assert b"\n# reviewed by " in file_of(client)
    assert sentences.sentences(catalogues.LANGUAGES["cy"])[key(NAME)].is_reviewed
    save(client, NAME, "Nodwch eich enw")
    assert b"\n# reviewed by " not in file_of(client)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("<script>alert(1)</script>", "mark-up that the English does not have"),
        ("Nodwch %(enw)s", "%(enw)s is not in the English"),
        ("100% ohono", "not a whole placeholder"),
        ("", "Enter the words"),
        ("Rhowch\neich enw", "in one line"),
        ("enw" * 100, "many times those of the English"),
    ],
)
def test_what_would_break_a_page_is_refused_and_stays_in_the_field(client: FlaskClient, words: str, says: str) -> None:
    answer = save(client, NAME, words)
    assert answer.status_code == 422
    shown = assert_page_laws(answer)
    assert says in shown.text_content()
    assert shown.xpath("//textarea")[0].text in (words or None, words)
    assert not db.session.scalars(db.select(ProposedWords)).all()


def test_whatever_is_wrong_with_words_is_said(client: FlaskClient) -> None:
    with client.application.test_request_context():
        assert all(problem_words(Problem(kind, "x")) for kind in SAID)


def test_each_form_of_a_plural_has_its_field_and_its_numbers(client: FlaskClient) -> None:
    source, plural = "%(num)s working day", "%(num)s working days"
    shown = page(client, f"/cy/sentences/{key(source, plural)}?show=all")
    labels = [" ".join(one.text_content().split()) for one in shown.xpath("//label[contains(@for, 'words-')]")]
    assert labels[1:3] == ["For numbers such as 1", "For numbers such as 2"]
    assert len(labels) == 5
    refused = save(client, source, *["%(num)s d"] * 4, "", plural=plural)
    assert refused.status_code == 422
    assert "Form 5 of the plural has no words" in words_of(refused)
    assert save(client, source, *["%(num)s d"] * 5, plural=plural).status_code == 303


def test_many_are_saved_at_once_and_one_that_is_refused_keeps_none_back(client: FlaskClient) -> None:
    address = f"{HOME}/cy?show=all&q=enter+your"
    opened = client.get(address)
    shown = html.fromstring(opened.get_data(as_text=True))
    keys = shown.xpath("//input[@name='key']/@value")
    assert key(NAME) in keys
    other = next(one for one in keys if one != key(NAME))
    data: dict[str, object] = {"csrf_token": token_of(opened), "key": keys}
    for area in shown.xpath("//ol[@class='catalogue']//textarea"):
        data[area.get("name")] = area.text or ""
    for field in shown.xpath("//input[starts-with(@name, 'version-')]"):
        data[field.get("name")] = field.get("value")
    data |= {f"words-{key(NAME)}-0": "Nodwch eich enw", f"words-{other}-0": "<b>"}
    answer = client.post(address, data=data)
    db.session.rollback()
    assert answer.status_code == 422
    assert "1 sentence is saved" in words_of(answer)
    assert_page_laws(answer)
    saved = db.session.scalars(db.select(ProposedWords)).all()
    assert [row.words for row in saved] == [["Nodwch eich enw"]]


def test_what_was_saved_can_be_taken_back(client: FlaskClient) -> None:
    before = (catalogues.FOLDER / "cy" / "LC_MESSAGES" / "messages.po").read_bytes()
    save(client, NAME, "Nodwch eich enw")
    assert save(client, NAME, "Nodwch eich enw", act="take-back").status_code == 303
    assert file_of(client) == before


def test_a_file_is_looked_at_before_it_is_taken(client: FlaskClient) -> None:
    mine = file_of(client).replace(f'"{NAME_WELSH}"'.encode(), '"O’r ffeil"'.encode())
    answer = bring(client, mine)
    assert answer.status_code == 303
    shown = client.get(answer.location)
    assert_page_laws(shown)
    assert "1 sentence is different" in words_of(shown)
    assert not db.session.scalars(db.select(ProposedWords)).all(), "nothing is taken by looking"
    fields = {
        name: html.fromstring(shown.get_data(as_text=True)).xpath(f"//main//input[@name='{name}']/@value")[0]
        for name in ("csrf_token", "fingerprint")
    }
    save(client, NAME, "Gan rywun arall")
    late = client.post(answer.location, data=fields)
    assert late.status_code == 409
    assert "Something has been saved since you looked" in words_of(late)
    again = html.fromstring(late.get_data(as_text=True)).xpath("//main//input[@name='fingerprint']/@value")[0]
    assert client.post(answer.location, data={**fields, "fingerprint": again}).status_code == 303
    assert read_po(BytesIO(file_of(client)), locale="cy")[NAME].string == "O’r ffeil"


def test_every_change_of_a_large_file_can_be_looked_at(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_file_routes, "SHOWN", 2)
    mine = re.sub(rb'^(msgstr "\w[^"%<>&{\\]+)"$', rb'\1 x"', file_of(client, "pl"), count=3, flags=re.MULTILINE)
    place = bring(client, mine, "pl").location
    first, second = (page(client, f"{place.removeprefix(HOME)}?page={number}") for number in (1, 2))
    assert [len(one.xpath("//tbody/tr")) for one in (first, second)] == [2, 1]
    assert first.xpath("//a[@rel='next']")


def test_a_file_made_before_others_saved_takes_nothing_of_theirs_back(client: FlaskClient) -> None:
    mine = file_of(client)
    save(client, NAME, "Nodwch eich enw")
    shown = client.get(bring(client, mine).location)
    assert "The file says nothing that is not here already" in words_of(shown)


def test_a_broken_file_is_refused_with_line_and_reason(client: FlaskClient) -> None:
    good = file_of(client)
    line = good[: good.index(f'msgid "{NAME}"\n'.encode())].count(b"\n") + 1
    broken = good.replace(f'"{NAME_WELSH}"'.encode(), b'"<img src=x onerror=alert(1)>"')
    answer = bring(client, broken)
    assert answer.status_code == 422
    shown = assert_page_laws(answer)
    rows = [" ".join(row.text_content().split()) for row in shown.xpath("//tbody/tr")]
    assert len(rows) == 1
    assert rows[0].startswith(f"{line}<img src=x onerror=alert(1)> is mark-up")
    for content, says in (
        (b"", "Choose a catalogue file"),
        (b"\xff\xfe", "UTF-8"),
        (b"GIF89a", "no part of a catalogue"),
    ):
        answer = bring(client, content)
        assert answer.status_code == 422
        assert says in words_of(answer)


def test_only_the_translator_sees_saved_words_on_the_site_and_only_while_looking(client: FlaskClient) -> None:
    save(client, "Skip to the main part of the page", "Cysylltwch, rhagolwg")
    other = client.application.test_client()
    other.get("/cy/contact")  # now on the shelf of kept pages
    opened = client.get(f"{HOME}/cy")
    answer = client.post(f"{HOME}/cy/look", data={"csrf_token": token_of(opened), "page": "/cy/contact"})
    assert answer.location == "/cy/contact"
    seen = client.get("/cy/contact")
    assert "Cysylltwch, rhagolwg" in seen.get_data(as_text=True)
    assert seen.headers["Cache-Control"] == "no-store"
    assert "Cysylltwch, rhagolwg" not in client.get("/ar/contact").get_data(as_text=True)
    assert "Cysylltwch, rhagolwg" not in other.get("/cy/contact").get_data(as_text=True)
    searched = client.get("/cy/contact?q=x").get_data(as_text=True)
    assert "Cysylltwch, rhagolwg" not in searched, "an index of words is kept for all readers"
    bar = html.fromstring(seen.get_data(as_text=True)).xpath(
        "//*[@class='previewing']//input[@name='csrf_token']/@value"
    )
    assert client.post(f"{HOME}/stop-looking", data={"csrf_token": bar[0]}).status_code == 303
    assert "Cysylltwch, rhagolwg" not in client.get("/cy/contact").get_data(as_text=True)


@pytest.mark.parametrize(
    "page", ["//evil.example/cy/", "https://evil.example/cy/contact", "/cy/nothing-here", "/staff/people"]
)
def test_looking_leads_to_no_page_but_the_sites_own(client: FlaskClient, page: str) -> None:
    opened = client.get(f"{HOME}/cy")
    answer = client.post(f"{HOME}/cy/look", data={"csrf_token": token_of(opened), "page": page})
    assert answer.location == "/cy/"
    client.post(f"{HOME}/stop-looking", data={"csrf_token": token_of(opened)})


def test_whoever_does_not_translate_has_no_desk(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("manager",))
    sign_in(client)
    assert client.get(HOME).status_code == 403
    assert client.get(f"{HOME}/cy/messages.po").status_code == 403
    assert "Words of the website" not in client.get("/staff/").get_data(as_text=True)


def test_the_file_command_writes_what_the_desk_gives(client: FlaskClient) -> None:
    save(client, NAME, "Nodwch eich enw")
    result = client.application.test_cli_runner().invoke(args=["translations", "saved", "cy"])
    assert result.exit_code == 0
    assert result.output.encode() == file_of(client)
    assert exporting.WIDTH == 110
    assert catalogue_desk_routes.LONGEST > 1000
