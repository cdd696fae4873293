"""A catalogue that would break a page, or put foreign mark-up on it, is refused with line and reason."""

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.languages import LANGUAGES
from app.languages.catalogues import path_of
from app.languages.checking import problems
from app.languages.commands import translations
from app.languages.glossary import Glossary, Term, WrongGlossary, glossaries, terms_in, terms_missed
from app.languages.po_files import read

WELSH = LANGUAGES["cy"]
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: cy\\n"\n'
    '"Plural-Forms: nplurals=5; plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0);\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
)
FIRST = HEADER.count("\n") + 1


def kinds(source: str, words: str) -> list[str]:
    return [problem.kind for problem in problems((source,), (words,), 5)]


def reasons(body: str, header: str = HEADER) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in read((header + body).encode(), WELSH).findings]


@pytest.mark.parametrize(
    ("source", "words", "kind"),
    [
        ("Dear %(name)s", "Annwyl", "lost-placeholder"),
        ("Dear %(name)s", "Annwyl %(enw)s %(name)s", "unknown-placeholder"),
        ("Dear %(name)s", "Annwyl %(name)s %(name)", "broken-placeholder"),
        ("Dear %(name)s", "Annwyl %(name)s, 5% o", "broken-placeholder"),
        ("Half of it", "50% ohono", "broken-placeholder"),
        ("Half of it", "50%% ohono", "broken-placeholder"),
        ("{percent} percent sent.", "{canran} y cant.", "unknown-placeholder"),
        ("Ring us", "<a href=//evil.example>Ffoniwch</a>", "strange-mark-up"),
        ("Ring us", "Ffoniwch <script", "strange-mark-up"),
        ("Ring us", "Ffoniwch &lt;b&gt;", "strange-mark-up"),
        ("Ring <b>us</b>", "Ffoniwch <b>ni", "lost-mark-up"),
        ("<a>Ring</a> <b>us</b>", "</a><b><a>Ffoniwch ni</b>", "crossed-mark-up"),
        ("Ring <b>us</b>", "Ffoniwch </b>ni<b>", "crossed-mark-up"),
        ("Ring us", 'Ffoniwch" onfocus=x autofocus y="', "straight-quote"),
        ("Ring us", "Ffoniwch \u202eni", "hidden-character"),
        ("Ring us", "Ffoniwch \u2068ni", "open-isolate"),
        ("Ring us ", "Ffoniwch ni", "edges"),
    ],
)
def test_what_would_break_a_page_is_named(source: str, words: str, kind: str) -> None:
    assert kind in kinds(source, words)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Dear %(name)s", "Annwyl %(name)s"),
        ("%(percent)s%% of them", "%(percent)s%% ohonynt"),
        ("Ring <b>us</b>", "<b>Ffoniwch</b> ni"),
        ("Ring %(phone)s", "اتصل على \u2068%(phone)s\u2069"),
        ("Press “Send”", "Pwyswch «Anfon»"),
        ("Ring us", ""),
    ],
)
def test_what_is_right_is_let_through(source: str, words: str) -> None:
    assert kinds(source, words) == []


def test_every_form_of_a_plural_is_looked_at() -> None:
    sources = ("%(num)s day for %(name)s", "%(num)s days for %(name)s")
    forms = ("dim i %(name)s", "un i %(name)s", "dau", "%(num)s i %(name)s", "")
    found = [(one.kind, one.form) for one in problems(sources, forms, 5)]
    assert found == [("lost-placeholder", 2), ("empty-form", 4)]


def test_a_wrong_number_of_forms_is_refused_with_its_line() -> None:
    plural = 'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\n'
    few = plural + 'msgstr[0] "%(num)s diwrnod"\nmsgstr[1] "un diwrnod"\n'
    assert reasons(few)[0] == (FIRST, "there are 2 forms of the plural, and the language has 5")
    many = plural + "".join(f'msgstr[{number}] "%(num)s diwrnod"\n' for number in range(6))
    assert reasons(many) == [(FIRST, "there are 6 forms of the plural, and the language has 5")]
    none_yet = plural + "".join(f'msgstr[{number}] ""\n' for number in range(5))
    assert reasons(none_yet) == []


def test_each_mistake_is_said_with_its_own_line() -> None:
    body = (
        'msgid "Dear %(name)s"\nmsgstr "Annwyl"\n\n#: app/x.py\nmsgid "Ring us"\nmsgstr "<i>Ffoniwch</i>"\n\n'
        'msgid "Ring us"\nmsgstr "Ffoniwch"\n'
    )
    found = reasons(body)
    assert [line for line, _reason in found] == [FIRST, FIRST + 4, FIRST + 4, FIRST + 7]
    assert "%(name)s is lost" in found[0][1]
    assert "<i> is mark-up that the English does not have" in " ".join(reason for _line, reason in found)
    assert found[3][1] == f"this sentence stands already in line {FIRST + 4}"


def test_a_guess_is_not_held_to_anything_for_nobody_reads_it() -> None:
    assert reasons('#, fuzzy\nmsgid "Dear %(name)s"\nmsgstr "Annwyl"\n') == []


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"msgid \xff", 1, "not UTF-8"),
        ((HEADER + 'msgid "Ring"\nmsgstr "Ffon\n').encode(), FIRST + 1, "no part of a catalogue"),
        ((HEADER + "<?php\n").encode(), FIRST, "no part of a catalogue"),
        (HEADER.replace("nplurals=5", "nplurals=2").encode(), 1, "plural-forms"),
        (HEADER.replace("Language: cy", "Language: pl").encode(), 1, "language: pl"),
        (HEADER.replace("utf-8", "latin-1").encode(), 1, "UTF-8"),
        (b'msgid "Ring us"\nmsgstr "Ffoniwch"\n', 1, "header"),
        ((HEADER + 'msgid ""\nmsgstr "Language: cy\\n"\n').encode(), FIRST, "a second header"),
        (HEADER.encode() + b'msgid "a"\nmsgstr ""\n' * 20_001, 1, "more than 20000 sentences"),
        (b"%PDF-1.7", 1, "no part of a catalogue"),
    ],
)
def test_what_is_no_catalogue_of_the_language_is_refused(content: bytes, line: int, says: str) -> None:
    found = read(content, WELSH).findings
    assert any(one.line == line and says in one.reason for one in found), found


def test_no_file_whatever_stands_in_it_breaks_the_reader() -> None:
    """Pieces taken out, bytes changed and foreign lines put in: it is read, or what is wrong is said."""
    chance = random.Random(7)  # the same each time
    whole = b"\n\n".join(path_of(WELSH).read_bytes().split(b"\n\n")[:12])
    strange = (
        b'msgstr[99] "x"',
        b'msgid ""',
        b'"Plural-Forms: nplurals=999; plural=n;\\n"',
        b"\\",
        b"#~ x",
        b"\xff",
        b'"',
    )
    refused = 0
    for _time in range(150):
        content, place = bytearray(whole), chance.randrange(len(whole))
        if chance.random() < 0.5:
            place = content.find(b"\n", place) + 1
            content[place:place] = chance.choice(strange) + b"\n"
        else:
            del content[place : place + chance.randint(1, 40)]
        refused += bool(read(bytes(content), WELSH).mistakes)
    assert refused > 75


def test_the_command_says_file_line_and_reason_and_fails(tmp_path: Path) -> None:
    file = tmp_path / "cy.po"
    file.write_text(HEADER + 'msgid "Dear %(name)s"\nmsgstr "Annwyl"\n', encoding="utf-8")
    result = CliRunner().invoke(translations, ["check", str(file)])
    assert result.exit_code == 1
    assert f"cy.po:{FIRST}: %(name)s is lost" in result.output
    file.write_text(HEADER + 'msgid "Dear %(name)s"\nmsgstr "Annwyl %(name)s"\n', encoding="utf-8")
    result = CliRunner().invoke(translations, ["check", str(file)])
    assert (result.exit_code, result.output) == (0, "")


def test_the_catalogues_of_this_site_have_nothing_wrong() -> None:
    for tag in ("cy", "ar"):
        language = LANGUAGES[tag]
        assert read(path_of(language).read_bytes(), language).findings == []


def test_a_term_is_found_in_its_other_forms_and_missed_where_something_else_stands() -> None:
    """Welsh changes the beginnings of words, Arabic writes letters on to them, Polish changes the ends."""
    complaint = ("Send your complaint",)
    for tag, words in {"cy": "Anfonwch eich cwyn", "ar": "أرسل شكواك", "pl": "Wyślij skargę"}.items():
        assert terms_missed(complaint, (words,), tag) == (), words
    assert terms_missed(complaint, ("Ei gŵyn",), "cy") == ()
    for tag, words in {"cy": "Anfonwch eich neges", "ar": "أرسل رسالتك", "pl": "Wyślij list"}.items():
        assert [term.english for term in terms_missed(complaint, (words,), tag)] == ["complaint"], words


def test_a_longer_term_hides_the_shorter_one_in_it_and_placeholders_are_no_terms() -> None:
    glossary = Glossary(
        tuple(Term(one, ("x",)) for one in ("Ombudsman", "Housing Ombudsman", "landlord", "to wait")), {}
    )
    found = terms_in(("The Housing Ombudsman asks %(landlord)s to wait",), glossary)
    assert [term.english for term in found] == ["Housing Ombudsman"]


def test_a_wrong_glossary_is_named(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text('[cy.terms]\n"complaint" = 3\n', encoding="utf-8")
    with pytest.raises(WrongGlossary, match="cy: complaint"):
        glossaries(path)


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("Language: cy", "Language: cy_GB"),
        HEADER.replace("plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0)", "plural= n == 6?4:n>0 && n < 4 ? n:0"),
        HEADER + '"PO-Revision-Date: yesterday\\n"\n',
    ],
)
def test_what_other_programs_write_in_a_header_is_read(header: str) -> None:
    assert header != HEADER
    assert reasons('msgid "Ring us"\nmsgstr "Ffoniwch"\n', header) == []


def test_what_an_obsolete_guess_was_made_from_is_passed_over() -> None:
    assert reasons('#, fuzzy\n#~| msgid "Old"\n#~| "er"\n#~ msgid "Older"\n#~ msgstr "x"\n') == []


def test_a_header_that_promises_a_thousand_million_forms_is_refused_without_making_them() -> None:
    plural = 'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "x"\n'
    header = HEADER.replace("nplurals=5", "nplurals=1000000000")
    assert reasons(plural, header)[0][1].startswith("the header says plural-forms")
