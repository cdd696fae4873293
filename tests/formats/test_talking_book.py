"""The letter as a talking book: each sentence is shown while it is heard, and its parts can be jumped to."""

import dataclasses
import io
import re
import subprocess
import zipfile
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from lxml import etree

from app.formats import labels, make
from app.formats.check import epub_checker
from app.formats.check.talking_book import checker_findings, own_findings
from app.formats.document import Document, File, FormatRefused, Quotation, plain_words
from app.formats.speech import Recorded, record, spoken, words
from app.formats.speech.loudness import Loudness
from app.formats.talking_book import clock
from app.formats.talking_book_pages import pages_of
from app.languages import speaking
from tests.formats import readers
from tests.formats.samples import TABLE, letter, sample
from tests.formats.test_hostile_text import HOSTILE, hostile

XHTML = "{http://www.w3.org/1999/xhtml}"
SMIL = "{http://www.w3.org/ns/SMIL}"

SHORT = f"""
<p>Dear Anna Nowak, we are sorry. <strong>We mend it.</strong> It takes a day.</p>
<h2>What you said</h2>
<blockquote lang="cy">Mae'r tŷ yn oer.</blockquote>
<ol><li>We look.</li><li>We write.</li></ol>
<h3>The Ombudsman</h3>
{TABLE}
<address>Unit D<br>Preston</address>
<h2>Ring us</h2>
<p>Ring <data class="phone" value="+443001113000">0300 111 3000</data>. Thank you.</p>
"""


def short() -> Document:
    return letter(SHORT, title="We mend it")


@pytest.fixture(scope="module")
def sound(application: Flask) -> tuple[Recorded, ...]:
    with application.app_context():
        return record(short())


def made_of(sound: tuple[Recorded, ...]) -> File:
    """Recording takes the longest: it is done once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.formats.talking_book.record", lambda document, rate: sound)
        return make("talking-book", short())


@pytest.fixture(scope="module")
def book(application: Flask, sound: tuple[Recorded, ...]) -> File:
    with application.app_context():
        return made_of(sound)


@pytest.fixture
def saved(book: File, tmp_path: Path) -> Path:
    path = tmp_path / book.name
    path.write_bytes(book.content)
    return path


def parts(book: File, ending: str) -> dict[str, etree._Element]:
    archive = zipfile.ZipFile(io.BytesIO(book.content))
    return {
        name.rpartition("/")[2]: etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if re.search(rf"part-\d\d\.{ending}$", name)
    }


def clips(overlay: etree._Element) -> list[tuple[str, float]]:
    """The place, and the second at which it begins."""
    return [
        (pair.find(f"{SMIL}text").get("src"), seconds(pair.find(f"{SMIL}audio").get("clipBegin")))
        for pair in overlay.iter(f"{SMIL}par")
    ]


def seconds(time: str) -> float:
    hours, minutes, rest = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def test_it_passes_the_checks_and_those_of_the_epub_checker(saved: Path):
    assert own_findings(saved) == []
    assert epub_checker.findings(saved) == []


def test_each_heading_is_a_part_and_smaller_ones_stand_below_theirs(book: File):
    archive = zipfile.ZipFile(io.BytesIO(book.content))
    top = etree.fromstring(archive.read("letter/nav.xhtml")).find(f".//{XHTML}ol")
    assert [entry.findtext(f"{XHTML}a") for entry in top] == [
        "About this recording",
        "We mend it",
        "What you said",
        "Ring us",
        "Who this letter is from",
    ]
    assert [link.text for link in top[2].findall(f"{XHTML}ol//{XHTML}a")] == ["The Ombudsman"]


def test_each_sentence_is_shown_while_it_is_heard(book: File):
    shown = {element.get("id"): "".join(element.itertext()) for element in parts(book, "xhtml")["part-02.xhtml"].iter()}
    heard = [shown[place.partition("#")[2]] for place, _start in clips(parts(book, "smil")["part-02.smil"])]
    assert heard[-3:] == ["Dear Anna Nowak, we are sorry. ", "We mend it. ", "It takes a day."]


def test_a_sentence_begins_where_its_piece_of_the_sound_begins(book: File):
    """Before each piece there is a pause, and within half a second of its start there is a voice."""
    archive = zipfile.ZipFile(io.BytesIO(book.content))
    command = ["ffmpeg", "-v", "error", "-i", "pipe:0", "-f", "s16le", "-ac", "1", "-ar", "8000", "pipe:1"]
    for name, overlay in parts(book, "smil").items():
        sound = archive.read(f"letter/{name.replace('smil', 'mp3')}")
        samples = array("h", subprocess.run(command, input=sound, capture_output=True, check=True).stdout)
        for place, start in clips(overlay):
            at = round(start * 8000)
            before, after = samples[max(at - 400, 0) : max(at - 40, 0)], samples[at : at + 4000]
            assert max(map(abs, before), default=0) < 400, (place, start)
            assert max(map(abs, after)) > 1500, (place, start)


def test_the_book_shows_the_words_of_the_letter(letterbox: Flask, book: File):
    pages = list(parts(book, "xhtml").values())[1:]
    for page in pages:
        for element in page.iter(f"{XHTML}p", f"{XHTML}h1", f"{XHTML}h2", f"{XHTML}h3", f"{XHTML}li", f"{XHTML}td",
                                 f"{XHTML}th", f"{XHTML}caption"):  # fmt: skip
            element.tail = "\n"
    text = "\n".join("".join(page.find(f"{XHTML}body").itertext()) for page in pages)
    for label in (*labels.added_words(short()), words.who_wrote()):
        text = text.replace(label, " ", 1)
    assert sorted(readers.words(text)) == sorted(readers.words(" ".join(plain_words(short()))))


def test_the_same_sound_gives_the_same_book(letterbox: Flask, book: File, sound: tuple[Recorded, ...]):
    assert made_of(sound) == book


def test_a_language_without_a_voice_is_refused(letterbox: Flask):
    with pytest.raises(FormatRefused, match="no voice for the language 'so'"):
        make("talking-book", dataclasses.replace(sample("en"), language="so"))


def test_a_clock_has_hours_and_thousandths():
    assert clock(3 * 3600 + 61.0005) == "3:01:01.000"
    assert clock(59.9996) == "0:01:00.000"


EVERY_KIND = {
    **{language: lambda language=language: sample(language) for language in ("en", "cy", "ar")},
    "every block": short,
    "begins with a heading": lambda: letter("<h2>First</h2><p>Hello.</p>", recipient=()),
    **{name: lambda text=text: hostile(text) for name, text in HOSTILE.items()},
    "a heading that nobody can say": lambda: letter("<p>Hello.</p><h2>***</h2><h2>Next</h2><p>Yes.</p>"),
    "hostile in Arabic": lambda: hostile(HOSTILE["markup"], "ar"),
    "no voice for the quotation": lambda: letter((Quotation(("Waan qabow.", "Haa."), "so"),)),
}


@pytest.mark.parametrize("name", EVERY_KIND)
def test_whatever_is_said_is_shown_in_the_same_order(letterbox: Flask, name: str):
    made: Callable[[], Document] = EVERY_KIND[name]
    document = made()
    with speaking(document.language):
        script = spoken.script_of(document)
        opening = spoken.opening_of(document, script, 3)
        pages = list(pages_of(document, opening.shown))
    for section, page in zip((opening, *script), pages, strict=True):
        root = etree.fromstring(f"<section>{page.content}</section>")
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(set(ids)) == len(ids)
        places = [ids.index(sentence.place) for sentence in section.sentences if sentence.place]
        assert places == sorted(places)
        assert section.sentences[0].place


class TestChecks:
    """The checker is seen to refuse."""

    @pytest.fixture(autouse=True)
    def _measured_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """How loud it is takes the longest to find, and is seen in the whole check above."""
        monkeypatch.setattr("app.formats.check.talking_book.measure", lambda *given: Loudness(-18.0, -2.0))

    def spoiled(self, book: Path, name: str, change: Callable[[bytes], bytes | None]) -> str:
        new = book.with_name("spoiled.epub")
        with zipfile.ZipFile(book) as old, zipfile.ZipFile(new, "w") as archive:
            for entry in old.infolist():
                content = change(old.read(entry)) if entry.filename.endswith(name) else old.read(entry)
                if content is not None:
                    archive.writestr(entry, content)
        return "\n".join(own_findings(new))

    def replaced(self, book: Path, name: str, old: bytes, new: bytes) -> str:
        def change(content: bytes) -> bytes:
            assert old in content
            return content.replace(old, new, 1)

        return self.spoiled(book, name, change)

    def test_a_missing_sound_file(self, saved: Path):
        assert "part-02.mp3, which it does not hold" in self.spoiled(saved, "part-02.mp3", lambda _content: None)

    def test_what_only_the_epub_checker_sees(self, saved: Path):
        self.replaced(saved, "package.opf", b"<dc:language>en", b"<dc:language>english language")
        assert any(line.startswith("ERROR") for line in checker_findings(saved.with_name("spoiled.epub")))

    def test_a_missing_page(self, saved: Path):
        assert "has no letter/part-02.xhtml" in self.spoiled(saved, "part-02.xhtml", lambda _content: None)

    def test_a_sound_that_is_cut_off(self, saved: Path):
        found = self.spoiled(saved, "part-03.mp3", lambda content: content[: len(content) // 2])
        assert "part-03.mp3 lasts" in found

    def test_a_page_that_is_no_xml(self, saved: Path):
        assert "part-03.xhtml is no XML" in self.replaced(saved, "part-03.xhtml", b"</section>", b"<br></section>")

    def test_a_sentence_that_is_not_shown(self, saved: Path):
        assert "which is not shown" in self.replaced(saved, "part-02.xhtml", b'id="title"', b'id="other"')

    def test_a_piece_of_the_sound_that_is_left_out(self, saved: Path):
        found = self.spoiled(saved, "part-02.smil", lambda content: re.sub(rb'<par id="dated">.*?</par>', b"", content))
        assert "leave something out" in found

    def test_another_order(self, saved: Path):
        found = self.replaced(
            saved, "part-02.xhtml", b'<h1><span id="title">', b'<h1><i id="b0-0-0"/><span id="title">'
        )
        assert "twice" in found
        assert "<i>" in found

    def test_a_picture(self, saved: Path):
        found = self.replaced(saved, "part-02.xhtml", b"</section>", b'<img src="x"/></section>')
        assert "it has <img>" in found

    def test_no_word_on_how_it_can_be_read(self, saved: Path):
        found = self.replaced(saved, "package.opf", b"synchronizedAudioText", b"none")
        assert "schema:accessibilityFeature: synchronizedAudioText" in found

    def test_contents_that_leave_out_a_part(self, saved: Path):
        found = self.replaced(saved, "nav.xhtml", b'href="part-03.xhtml"', b'href="part-02.xhtml"')
        assert "does not lead to each of its parts" in found

    def test_a_file_that_does_not_say_what_it_is(self, saved: Path):
        assert "mimetype" in self.replaced(saved, "mimetype", b"epub", b"other")

    def test_a_quiet_book(self, saved: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("app.formats.check.talking_book.measure", lambda *given: Loudness(-24.0, -0.2))
        found = "\n".join(own_findings(saved))
        assert "its loudness is -24.0 LUFS" in found
        assert "its highest peak is -0.2 dBTP" in found

    def test_no_archive(self, tmp_path: Path):
        (tmp_path / "x.epub").write_bytes(b"PK")
        assert "cannot be unpacked" in "".join(own_findings(tmp_path / "x.epub"))
