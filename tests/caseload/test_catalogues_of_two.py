"""Translators at work at the same time, or during an update: no words are lost, none are put back unseen."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient
from lxml import html

from app.extensions import db
from app.languages import catalogues, sentences
from app.languages.models import ProposedWords
from app.staff.doors import SEEN
from tests.caseload.desk import a_desk_for_many_tests
from tests.caseload.translating import HOME, NAME, NAME_WELSH, bring, file_of, key, page, save, update
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import token_of, words_of


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "translator") as client:
        yield client


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogues, as a copy that a test may update as a new version of the application would."""
    copied = tmp_path / "translations"
    copytree(catalogues.FOLDER, copied)
    monkeypatch.setattr(catalogues, "FOLDER", copied)
    return copied


@pytest.fixture
def client(desk: FlaskClient) -> Iterator[FlaskClient]:
    yield desk
    db.session.rollback()
    db.session.execute(db.delete(ProposedWords))
    db.session.commit()


def fields_of(client: FlaskClient, address: str) -> dict[str, str]:
    """All that the page would send, as it was opened."""
    shown = page(client, address)
    form = next(one for one in shown.xpath("//main//form[@method='post']") if one.xpath(".//textarea"))
    found = {one.get("name"): one.get("value", "") for one in form.xpath(".//input[@type='hidden']")}
    keys = form.xpath(".//input[@name='key']/@value")
    return {
        **found,
        **({"key": keys} if keys else {}),
        **{one.name: one.text or "" for one in form.xpath(".//textarea")},
    }


def test_who_saves_second_is_told_and_loses_nothing(client: FlaskClient) -> None:
    address = f"{HOME}/cy/sentences/{key(NAME)}?show=all"
    opened = client.get(address)  # by the second, before the first saves
    assert save(client, NAME, "Gan y cyntaf").status_code == 303
    fields = {f"words-{key(NAME)}-0": "Gan yr ail", f"version-{key(NAME)}": "0", "act": "save"}
    answer = client.post(address, data={"csrf_token": token_of(opened), **fields})
    assert answer.status_code == 409
    shown = assert_page_laws(answer)
    assert "has saved this sentence meanwhile" in shown.text_content()
    assert "Gan y cyntaf" in shown.text_content()
    assert shown.xpath("//textarea")[0].text == "Gan yr ail"
    version = shown.xpath(f"//input[@name='version-{key(NAME)}']/@value")[0]
    again = {**fields, f"version-{key(NAME)}": version}
    assert client.post(address, data={"csrf_token": token_of(answer), **again}).status_code == 303
    db.session.rollback()
    assert [row.words for row in sentences.history_of("cy", key(NAME))] == [["Gan yr ail"], ["Gan y cyntaf"]]


def test_an_update_of_the_application_loses_nothing(client: FlaskClient, folder: Path) -> None:
    """Published as saved: it is no longer waiting. Published otherwise: both are shown. Gone: kept, and suggested."""
    save(client, NAME, "Nodwch eich enw")
    update(folder, f'msgid "{NAME}"\nmsgstr "{NAME_WELSH}"', f'msgid "{NAME}"\nmsgstr "Enw?"')
    both = words_of(client.get(f"{HOME}/cy/sentences/{key(NAME)}"))
    assert "Published otherwise meanwhile" in both
    assert "Enw?" in both
    update(folder, f'msgid "{NAME}"\nmsgstr "Enw?"', f'msgid "{NAME}"\nmsgstr "Nodwch eich enw"')
    assert "No sentence is in this list" in words_of(client.get(f"{HOME}/cy?show=saved"))
    save(client, NAME, "Eich enw chi")
    update(folder, f'msgid "{NAME}"\n', 'msgid "Please enter your name"\n')
    assert "Eich enw chi" in words_of(client.get(f"{HOME}/cy?show=saved"))
    new = words_of(client.get(f"{HOME}/cy/sentences/{key('Please enter your name')}"))
    assert "Eich enw chi" in new
    assert "from a sentence that is gone" in new


def test_a_page_of_many_puts_back_nothing_that_others_saved_in_sentences_that_it_did_not_change(
    client: FlaskClient,
) -> None:
    opened = fields_of(client, "/cy?show=all&q=enter+your")
    other = next(one for one in opened["key"] if one != key(NAME))
    assert save(client, NAME, "Gan rywun arall").status_code == 303
    answer = client.post(f"{HOME}/cy?show=all&q=enter+your", data={**opened, f"words-{other}-0": "Gennyf i"})
    assert answer.status_code == 303, words_of(answer)
    db.session.rollback()
    known = sentences.sentences(catalogues.LANGUAGES["cy"])
    assert known[key(NAME)].words == ("Gan rywun arall",)
    assert known[other].words == ("Gennyf i",)


def test_words_for_a_sentence_that_an_update_takes_away_while_they_are_typed_are_kept(
    client: FlaskClient, folder: Path
) -> None:
    alone = fields_of(client, f"/cy/sentences/{key(NAME)}?show=all")
    many = fields_of(client, "/cy?show=all&q=enter+your+name")
    update(folder, f'msgid "{NAME}"\n', 'msgid "Please enter your name"\n')
    field = f"words-{key(NAME)}-0"
    assert client.post(f"{HOME}/cy?show=all", data={**many, field: "Gyda llawer"}).status_code == 303
    answer = client.post(f"{HOME}/cy/sentences/{key(NAME)}?show=all", data={**alone, field: "Ar ei ben ei hun"})
    assert answer.status_code == 303
    shown = words_of(client.get(answer.location))
    assert "Your words are kept" in shown
    assert "Ar ei ben ei hun" in shown
    assert "Ar ei ben ei hun" in words_of(client.get(f"{HOME}/cy/sentences/{key('Please enter your name')}"))
    db.session.rollback()
    assert [row.words[0] for row in sentences.history_of("cy", key(NAME))] == ["Ar ei ben ei hun", "Gyda llawer"]
    forged = {**alone, field: "x", f"of-{key(NAME)}": '[null, "Something else"]'}
    assert client.post(f"{HOME}/cy/sentences/{key(NAME)}", data=forged).status_code == 404


@pytest.mark.parametrize("tag", ["cy", "pl"])
def test_a_sentence_whose_english_an_update_changes_is_listed_with_the_words_that_it_had(
    client: FlaskClient, folder: Path, tag: str
) -> None:
    """``make messages`` puts the sentence that is gone at the end of the file, and a new one into its place."""
    path = folder / tag / "LC_MESSAGES" / "messages.po"
    had = sentences.sentences(catalogues.LANGUAGES[tag])[key(NAME)].filed[0]
    old, new = f'msgid "{NAME}"\nmsgstr "{had}"\n', 'msgid "Please enter your name"\nmsgstr ""\n'
    update(folder, old, new, tag)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" + "".join(f"#~ {line}\n" for line in old.splitlines()))
    listed = page(client, f"/{tag}?show=changed")
    shown = [one.text for one in listed.xpath("//*[contains(@class, 'catalogue__source')]")]
    assert shown == ["Please enter your name"]
    alone = words_of(client.get(f"{HOME}/{tag}/sentences/{key('Please enter your name')}"))
    assert had in alone
    assert "from a sentence that is gone" in alone
    assert save(client, "Please enter your name", "Nowe", tag=tag).status_code == 303
    assert f'#~ msgid "{NAME}"'.encode() in file_of(client, tag), "what is gone stays in the file"


def test_words_that_were_published_while_others_were_typed_are_shown_beside_them(
    client: FlaskClient, folder: Path
) -> None:
    opened = fields_of(client, f"/cy/sentences/{key(NAME)}?show=all")
    update(folder, f'msgid "{NAME}"\nmsgstr "{NAME_WELSH}"', f'msgid "{NAME}"\nmsgstr "Enw?"')
    mine = {**opened, f"words-{key(NAME)}-0": "Gennyf i"}
    answer = client.post(f"{HOME}/cy/sentences/{key(NAME)}?show=all", data=mine)
    assert answer.status_code == 409
    shown = assert_page_laws(answer)
    assert "What is published now" in shown.text_content()
    assert "Enw?" in shown.text_content()
    assert shown.xpath("//textarea")[0].text == "Gennyf i"


@pytest.mark.parametrize("address", [f"/cy/sentences/{key(NAME)}?show=all", "/cy?show=all&q=enter+your+name"])
def test_words_that_come_after_the_session_has_ended_are_handed_back_to_be_sent_again(
    client: FlaskClient, address: str
) -> None:
    opened = fields_of(client, address)
    with client.session_transaction() as session:
        seen = session.pop(SEEN)
    answer = client.post(HOME + address, data={**opened, f"words-{key(NAME)}-0": "Gennyf <i>"})
    assert answer.status_code == 401
    shown = assert_page_laws(answer)
    assert shown.xpath("//textarea")[0].text == "Gennyf <i>"
    assert shown.xpath("//a[@target='_blank']/@href") == ["/staff/sign-in"]
    assert client.post(HOME + address, data=opened).location.startswith("/staff/sign-in"), "nothing was typed"
    with client.session_transaction() as session:
        session[SEEN] = seen
    kept = {one.get("name"): one.get("value") for one in shown.xpath("//main//input")}
    back = client.post(HOME + address, data={**kept, f"words-{key(NAME)}-0": "Gennyf i", "csrf_token": "old"})
    assert (back.status_code, "We could not be sure" in words_of(back)) == (400, True)
    shown = assert_page_laws(back)
    kept = {one.get("name"): one.get("value") for one in shown.xpath("//main//input")}
    assert client.post(HOME + address, data={**kept, f"words-{key(NAME)}-0": "Gennyf i"}).status_code == 303
    db.session.rollback()
    assert [row.words for row in sentences.history_of("cy", key(NAME))] == [["Gennyf i"]]


def test_a_version_that_nobody_saved_breaks_nothing(client: FlaskClient) -> None:
    opened = fields_of(client, f"/cy/sentences/{key(NAME)}?show=all")
    forged = {**opened, f"words-{key(NAME)}-0": "Enw", f"version-{key(NAME)}": "7"}
    assert client.post(f"{HOME}/cy/sentences/{key(NAME)}?show=all", data=forged).status_code == 400


def test_nobody_is_said_to_have_reviewed_what_they_did_not(client: FlaskClient) -> None:
    """Not who corrects words that another reviewed, and not who brings a file that names another."""
    assert save(client, NAME, NAME_WELSH, is_reviewed="yes").status_code == 303
    box = page(client, f"/cy/sentences/{key(NAME)}?show=all").xpath("//input[@name='is_reviewed']")[0]
    assert box.get("checked") is None
    refused = assert_page_laws(save(client, NAME, "<b>", is_reviewed="yes"))
    assert refused.xpath("//input[@name='is_reviewed']")[0].get("checked") is not None, "the tick is not lost"
    theirs = b"# reviewed by J. Kowalska, 2026-11-01\n"
    named = b"#: app/reception/person_forms.py"
    before = file_of(client, "pl")
    entry = before[: before.index(f'msgid "{NAME}"\n'.encode())].rindex(b"\n\n") + 2
    answer = bring(client, before[:entry] + theirs + before[entry:], "pl")
    shown = client.get(answer.location)
    assert "reviewed by J. Kowalska" in words_of(shown), named
    fields = {
        name: html.fromstring(shown.get_data(as_text=True)).xpath(f"//main//input[@name='{name}']/@value")[0]
        for name in ("csrf_token", "fingerprint")
    }
    assert client.post(answer.location, data=fields).status_code == 303
    assert theirs in file_of(client, "pl")
    assert file_of(client, "pl").count(b"\n# reviewed by") == 1
