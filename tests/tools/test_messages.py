"""What translators get by ``make messages``: the same each time, with the place where each sentence is shown."""

import json
import shutil
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app.config import PROJECT
from app.languages import DEFAULT, LANGUAGES
from app.languages.catalogues import folder_of
from app.languages.compiling import compile_file
from tools import messages
from tools.screens import put_notes, screen_of, screens, screens_of

CODE = """from flask_babel import gettext as _

# Translators: what we call the days on which we work
DAYS = _("%(num)s days", num=3)
"""
PAGE = '<h1>{{ _("Check your answers") }}</h1>\n<p>{{ _("Email") }}</p>\n'
POLICY = '[services]\nlabel = "Repairs"\n'
POLISH = LANGUAGES["pl"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small one with one sentence of each sort, one of them for staff only, and a Polish catalogue of two."""
    shutil.copy(PROJECT / "babel.cfg", tmp_path)
    for place, words in {
        "app/complaints/forms.py": CODE,
        "app/landlords/policies/livv.toml": POLICY,
        "app/caseload/words.py": CODE.replace("%(num)s days", "Caseload"),
        "templates/complaints/check.html": PAGE,
    }.items():
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return tmp_path


def brought_up_to_date(project: Path) -> bytes:
    template = project / "messages.pot"
    messages.extract(template, project)
    messages.update(template, project / "translations", [POLISH])
    return (project / "translations/pl/LC_MESSAGES/messages.po").read_bytes()


def test_twice_or_after_a_moved_line_nothing_changes_and_a_changed_sentence_comes_in_empty(project: Path) -> None:
    first = brought_up_to_date(project)
    form = project / "app/complaints/forms.py"
    form.write_text("# a new line\n\n" + form.read_text(encoding="utf-8"), encoding="utf-8")
    second = brought_up_to_date(project)
    assert second == first
    words = first.decode()
    assert (
        "#. what we call the days on which we work\n#. Screen: complaint form: questions\n"
        "#: app/complaints/forms.py\n#, python-format\n"
    ) in words
    assert "#. services, label\n#. Screen: policy of Livv\n" in words
    assert "#. Screen: complaint form: check\n" in words
    assert words.startswith("# Polish words of Letterbox.\n# Not yet reviewed by a native speaker.")
    assert '"Language-Team: Polish (not yet reviewed by a native speaker)\\n"' in words
    assert "Caseload" not in words, "no tenant reads it, and nobody works in Polish"


def test_guesses_and_empty_words_never_reach_the_site(tmp_path: Path) -> None:
    source = tmp_path / "messages.po"
    head = 'msgid ""\nmsgstr ""\n"Language: cy\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    head += '"Plural-Forms: nplurals=5; plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0);\\n"\n\n'
    body = '#, fuzzy\nmsgid "Send"\nmsgstr "Anfon"\n\nmsgid "Name"\nmsgstr "Enw"\n\nmsgid "Post"\nmsgstr ""\n'
    source.write_text(head + body, encoding="utf-8")
    assert compile_file(source, tmp_path / "made.mo", LANGUAGES["cy"]).left_out == ()
    assert said_by(tmp_path / "made.mo", "Send", "Name", "Post") == ["Send", "Enw", "Post"]


def said_by(made: Path, *sentences: str) -> list[str]:
    with made.open("rb") as file:
        catalogue = GNUTranslations(file)
    return [catalogue.gettext(one) for one in sentences]


def test_every_file_that_says_something_has_a_screen_with_a_name() -> None:
    names = screens()
    with (PROJECT / "translations/cy/LC_MESSAGES/messages.po").open("rb") as file:
        places = {place for message in read_po(file) for place, _line in message.locations}
    assert [place for place in sorted(places) if screen_of(place, names) is None] == []
    assert screen_of("templates/letters/stage-1-response.html", names) == "letter: stage 1 response"
    assert screen_of("templates/letters/_reach_us.html", names) == "part of letters: reach us"
    assert screens_of([f"templates/{one}/check.html" for one in ("complaints", "tracking", "staff")], names) == (
        "complaint form: check; following a case: check; 1 more"
    )


def test_weblate_is_told_of_every_catalogue_and_of_nothing_else() -> None:
    component = json.loads((PROJECT / "translations/weblate.json").read_text(encoding="utf-8"))[0]
    found = {path.relative_to(PROJECT).parts[1] for path in PROJECT.glob(component["filemask"])}
    assert found == {folder_of(language) for language in LANGUAGES.values() if language != DEFAULT}
    assert (component["file_format"], component["new_lang"]) == ("po", "contact"), "a language is added in LANGUAGES"


def test_a_note_for_a_sentence_that_is_gone_is_named() -> None:
    template = Catalog()
    template.add("Blue", locations=[("app/letters/about_you.py", 1)])
    assert put_notes(template, {"Blue": "a colour of paper", "Green": "a colour"}) == ["Green"]
    assert template["Blue"].auto_comments == ["a colour of paper"]
