"""A language that is not whole for tenants is not offered by the running site, whatever the policy says."""

import logging
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from flask import Flask

from app.config import POLICIES
from app.landlords import with_ready_languages
from app.landlords.policy_files import read_landlord
from app.landlords.standards import WrongPolicy, load_landlord
from app.languages import LANGUAGES, catalogues
from app.languages.compiling import compile_file, lacking_in
from tools import messages

LATER = 4_000_000_000  # seconds: whatever was made was made before

ONLY = (
    'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Plural-Forms: {plurals}\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
)
SEND = '#: app/complaints/forms.py\nmsgid "Send"\nmsgstr "x"\n\n'
CASELOAD = '#: app/caseload/words.py\nmsgid "Caseload"\nmsgstr ""\n\n'
LACKS = '#: app/complaints/forms.py\nmsgid "Ring %(phone)s"\nmsgstr ""\n\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Catalogues of our own: Welsh is whole for tenants, Polish lacks a sentence, and there are no others."""
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    write(tmp_path, "cy", SEND + CASELOAD)
    write(tmp_path, "pl", SEND + LACKS)
    return tmp_path


def write(folder: Path, tag: str, body: str, header: str = ONLY) -> Path:
    source = folder / tag / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(header.format(tag=tag, plurals=Catalog(locale=tag).plural_forms) + body, encoding="utf-8")
    compile_file(source, source.with_suffix(".mo"), LANGUAGES[tag])
    return source


def test_what_is_compiled_says_what_tenants_would_meet_in_english(folder: Path) -> None:
    def lacking(tag: str) -> str | None:
        return lacking_in(folder / tag / "LC_MESSAGES" / "messages.mo")

    assert (lacking("cy"), lacking("pl"), lacking("ro")) == ("", "complaints 1 of 2", None)
    write(folder, "pl", SEND.replace("#: ", "#, fuzzy\n#: "))
    assert lacking("pl") == "complaints 1 of 1", "a guess is not shown"
    write(folder, "pl", SEND.replace('"x"', '"<b>x"'))
    assert lacking("pl") == "complaints 1 of 1", "a translation that would break the page is not shown"
    write(folder, "ro", "")
    assert lacking("ro") == "everything", "an empty catalogue"


def test_the_site_offers_those_that_are_ready_in_the_landlords_order(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    landlord = replace(load_landlord("livewest"), languages=("pl", "cy", "ro", "en"))
    with caplog.at_level(logging.WARNING):
        assert with_ready_languages(landlord).languages == ("cy", "en")
    said = [record.getMessage() for record in caplog.records]
    assert "pl, which is left out: tenants would meet English in: complaints 1 of 2." in said[0]
    assert "ro, which is left out: its catalogue is not compiled." in said[1]
    write(folder, "pl", SEND)
    assert with_ready_languages(landlord).languages == ("pl", "cy", "en"), "the landlord's order"
    with pytest.raises(WrongPolicy, match="none of them is ready"):
        with_ready_languages(replace(landlord, languages=("ro",)))


def test_tenants_meet_a_language_that_is_left_out_nowhere(folder: Path, make_app: Callable[..., Flask]) -> None:
    client = make_app(unfinished_languages=False).test_client()
    home = client.get("/en/").text
    assert 'hreflang="cy"' in home
    assert 'hreflang="pl"' not in home
    assert "Polski" not in home
    assert "/pl/" not in client.get("/sitemap.xml").text
    old = client.get("/pl/help/?q=a%20b", headers={"Accept-Language": "pl, cy;q=0.5"})
    assert (old.status_code, old.headers["Location"]) == (307, "/cy/help/?q=a%20b"), "the link of an old letter"
    assert old.headers["Cache-Control"] == "no-store"
    sent = client.post("/pl/complaint/who", data={"who": "me"})
    assert (sent.status_code, sent.headers["Location"]) == (307, "/en/complaint/who")
    assert client.get("/xx/").status_code == 404
    assert 'lang="cy"' in client.get("/cy/").text


def test_a_policy_that_names_a_language_nobody_knows_is_refused(tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(POLICIES, policies)
    policy = policies / "livv.toml"
    words = policy.read_text(encoding="utf-8")
    policy.write_text(words.replace('languages = ["en", "cy"', 'languages = ["en", "xx"'), encoding="utf-8")
    with pytest.raises(WrongPolicy, match=r"livv\.toml: languages: has 'xx': write one of en, cy, pl"):
        read_landlord(policies, "livv")


def test_taking_one_sentence_out_of_a_real_catalogue_closes_its_language(folder: Path) -> None:
    """On a copy of the Polish one, with every gap of today filled first."""
    path = folder / "pl" / "LC_MESSAGES" / "messages.po"
    with (catalogues.PROJECT / "translations/pl/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file, locale="pl")
    for message in catalogue:
        if message.id and not message.string:
            message.string = message.id
    catalogue.get("Enter your name").string = ""
    with path.open("wb") as file:
        write_po(file, catalogue)
    compile_file(path, path.with_suffix(".mo"), LANGUAGES["pl"])
    lacking = lacking_in(path.with_suffix(".mo")) or ""
    assert re.fullmatch(r"call_backs 1 of \d+, forms 1 of \d+", lacking), lacking


def test_of_a_hostile_catalogue_nothing_reaches_the_site_and_it_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(messages, "FOLDER", folder)
    for tag, body, header in (
        ("cy", SEND + 'msgid "Ring us"\nmsgstr "<img src=x onerror=alert(1)>"\n', ONLY),
        ("pl", SEND.replace("x", "<script>"), ONLY.replace("{tag}", "ro")),
    ):
        source = folder / tag / "LC_MESSAGES" / "messages.po"
        source.write_text(header.format(tag=tag, plurals=Catalog(locale=tag).plural_forms) + body, encoding="utf-8")
        os.utime(source, (LATER, LATER))
    with pytest.raises(SystemExit, match="cannot be used"):
        messages.compile_catalogues()
    said = capsys.readouterr().err
    assert re.search(r"cy/LC_MESSAGES/messages\.po:\d+: <img src=x .* The site says it in English", said)
    assert "pl/LC_MESSAGES/messages.po:1: the header says language: ro; for this language it is pl\n" in said
    for tag, words in (("cy", "Ring us"), ("pl", "Ring us")):
        with (folder / tag / "LC_MESSAGES" / "messages.mo").open("rb") as file:
            made = GNUTranslations(file)
        assert (made.gettext("Send"), made.gettext(words)) == ("x", words), "what was made before stays"
