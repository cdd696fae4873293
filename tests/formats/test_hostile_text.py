"""What a tenant typed is data in every format: it neither breaks the letter, nor injects, nor fetches."""

import dataclasses
import http.server
import io
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
import pytest
from markupsafe import escape
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from app.formats import Choice, make
from app.formats.characters import clean
from app.formats.check import check
from app.formats.check.html import CHECKER, checker_findings
from app.formats.document import Document, Sender, plain_words
from app.formats.print_page import NothingFromOutside
from tests.formats.readers import pdf_lines, pdf_passages, words, words_of_html, words_of_text, written
from tests.formats.samples import PHONE, letter

pytestmark = pytest.mark.usefixtures("letterbox")

HOSTILE = {
    "markup": "</p><script>alert(1)</script><b>bold</b><style>*{display:none}</style><!-- <p>",
    "closing": "</blockquote></main></body></html><h1>Another letter</h1>",
    "entities": "&lt;b&gt; &amp;amp; &#60; &nbsp; &unknown; &#x202e;",
    "template": "{{ 7*7 }} {% for x in y %} {{ config }} ${7*7} #{7*7} <%= 7*7 %> %(name)s {0} %s",
    "style": '"; } @import url(http://x); * { color: red',
    "control characters": "a\x00b\x01c\x07d\x08e\x1bf\x7fg\x85h\ufffei\uffffj",
    "turned": "one \u202edesrever\u202c two \u2067three\u2069 \u200ffour\u200e five",
    "emoji": "The flat is 🥶 and 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ✅ ☎️ 1️⃣",
    "scripts": "Привет 你好 こんにちは 안녕 हैलो שלום สวัสดี ምልክት ټول",
    "marks": "Z" + "\u0351\u0352\u0353\u0354\u0355" * 60 + "algo",
    "spaces": " \t\u00a0\u2003\u3000\u200b \r\n \v\f ",
    "one letter": "x",
    "private": "\ue000\U000f0000\U0010fffd",
    "long word": "W" * 5000,
    "long digits": "07700900123 " * 400,
    "long text": "The boiler is cold. " * 1000,
}
SHORT = [name for name in HOSTILE if not name.startswith("long")]
FORMATS = ["standard-print", "large-print", "html", "text"]


def hostile(text: str, language: str = "en") -> Document:
    """A letter with these words everywhere where a tenant's words can come."""
    typed = escape(text)
    html = f"""<p>Dear {typed},</p><h2>About {typed}</h2><blockquote>{typed}</blockquote>
    <ul><li>{typed}</li></ul><p>Ring <data class="phone" value="+443001113000">0300 111 3000</data>.</p>
    <address>{typed}<br>Exeter</address>"""
    return letter(html, language=language, title=f"Your {text}", recipient=(text, "1 High Street"))


def many_hostile(names: Sequence[str], language: str = "en") -> Document:
    """One letter with what all of these letters hold, for formats that take longer to begin than to go on."""
    letters = [hostile(HOSTILE[name], language) for name in names]
    return dataclasses.replace(
        letters[0],
        title=" ".join(one.title for one in letters),
        recipient=tuple(line for one in letters for line in one.recipient),
        blocks=tuple(block for one in letters for block in one.blocks),
    )


@pytest.fixture
def _without_the_slow_checker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The HTML checker starts anew each time: it sees all of these letters at once, below."""
    monkeypatch.setattr("app.formats.check.html.CHECKER", tmp_path / "not-there")


@pytest.mark.usefixtures("_without_the_slow_checker")
@pytest.mark.parametrize(("kind", "language"), [("html", "en"), ("html", "ar"), ("text", "en"), ("text", "ar")])
@pytest.mark.parametrize("name", SHORT)
def test_a_hostile_letter_is_made_and_passes_the_checks(name: str, kind: str, language: str, tmp_path: Path):
    file = make(kind, hostile(HOSTILE[name], language), Choice(point_size=20))
    assert _but_for_capitals(check(written(file, tmp_path))) == []


@pytest.mark.parametrize(("kind", "language"), [("standard-print", "en"), ("large-print", "ar")])
@pytest.mark.parametrize("names", [SHORT[:4], SHORT[4:8], SHORT[8:]], ids=" ".join)
def test_hostile_words_are_printed_and_pass_the_checks(names: list[str], kind: str, language: str, tmp_path: Path):
    file = make(kind, many_hostile(names, language), Choice(point_size=20))
    assert _but_for_capitals(check(written(file, tmp_path))) == []


@pytest.mark.usefixtures("_without_the_slow_checker")
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["long word", "long digits", "long text"])
def test_a_very_long_letter_is_made_and_passes_the_checks(name: str, kind: str, tmp_path: Path):
    quoted = letter(f"<blockquote>{escape(HOSTILE[name])}</blockquote>")
    assert _but_for_capitals(check(written(make(kind, quoted), tmp_path))) == []


def test_the_html_checker_finds_nothing_in_any_of_them(tmp_path: Path):
    if not CHECKER.exists():
        pytest.skip("the HTML checker is not installed: npm ci")
    paths = []
    for name, text in HOSTILE.items():
        for language in ("en", "ar"):
            path = tmp_path / f"{name}-{language}.html"
            path.write_bytes(make("html", hostile(text, language)).content)
            paths.append(path)
    assert checker_findings(*paths) == []


def _but_for_capitals(findings: list) -> list[str]:
    return [finding.words for finding in findings if "in capitals" not in finding.words]


@pytest.mark.parametrize("name", HOSTILE)
def test_the_html_and_text_letters_hold_the_words_as_they_were_typed(name: str):
    document = hostile(HOSTILE[name])
    expected = words(" ".join(plain_words(document)))
    assert words_of_html(make("html", document), document) == expected
    assert words_of_text(make("text", document), document) == expected


@pytest.mark.parametrize("name", ["markup", "closing", "entities", "template", "style"])
def test_print_says_markup_as_it_was_typed(name: str):
    said = " ".join(passage.text for passage in pdf_passages(make("standard-print", hostile(HOSTILE[name]))))
    for word in clean(HOSTILE[name]).split():
        assert word in said


def test_hostile_words_stay_words_in_html():
    source = make("html", hostile(HOSTILE["markup"] + HOSTILE["closing"])).content.decode()
    assert "<script" not in source
    assert "<b>" not in source
    assert source.count("<h1>") == source.count("</main>") == 1
    assert "&lt;script&gt;" in source


def test_a_template_in_a_letter_is_not_run():
    for kind in ("html", "text"):
        source = make(kind, hostile("{{ 7*7 }}")).content.decode()
        assert "{{ 7*7 }}" in source
        assert "49" not in source


@pytest.mark.parametrize("turning", ["\u202e", "\u2067", "\u202b", "\u2066\u2066\u2066"])
def test_a_turned_name_does_not_turn_the_number_behind_it(turning: str, tmp_path: Path):
    for kind in ("standard-print", "large-print"):
        lines = [line.text for line in pdf_lines(make(kind, hostile(f"Anna {turning}Nowak")), tmp_path)]
        assert any("Ring 0300 111 3000." in line for line in lines), lines
    for kind in ("html", "text"):
        assert turning[0] not in make(kind, hostile(f"Anna {turning}Nowak")).content.decode()


@pytest.mark.parametrize("size", [14, 28])
def test_a_word_of_five_thousand_letters_is_wrapped_inside_the_page(size: int, tmp_path: Path):
    kind = "standard-print" if size == 14 else "large-print"
    file = make(kind, letter(f"<p>{HOSTILE['long word']}</p>"), Choice(point_size=28))
    lines = pdf_lines(file, tmp_path)
    assert max(line.right for line in lines) <= 190 * 72 / 25.4 + 1
    said = "".join("".join(passage.text for passage in pdf_passages(file)).split())
    assert HOSTILE["long word"] in said


def test_a_heap_of_marks_does_not_print_over_the_lines_above(tmp_path: Path):
    text = pdf_lines(make("standard-print", letter(f"<p>{HOSTILE['marks']}</p>")), tmp_path)
    assert max(line.bottom - line.top for line in text) < 60


def test_a_link_with_words_of_the_tenant_goes_only_where_it_says():
    html = f'<p><a href="mailto:{escape("a@b.example?bcc=" + HOSTILE["style"])}">write</a></p>'
    source = make("html", letter(html)).content.decode()
    assert 'style="' not in source
    assert source.count("<a ") == 3


# Nothing is fetched


class Visits:
    """A web server on loopback that only counts who comes."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        visits = self

        class Counter(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                visits.paths.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counter)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def visits() -> Iterator[Visits]:
    made = Visits()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_is_fetched_from_outside(kind: str, visits: Visits, tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the key under the mat")
    addresses = [f"{visits.address}/a.png", f"file://{secret}"]
    for address in addresses:
        text = f'<img src="{address}"> <link rel=stylesheet href={address}> <object data={address}> url({address})'
        text += f" ]]> \"' <style>@import '{address}'</style> @font-face {{ src: url({address}) }}"
        sender = Sender(text, (text,), PHONE)
        document = letter(f"<p>{escape(text)}</p>", title=text, recipient=(text,), sender=sender)
        content = make(kind, document).content
        assert b"the key under the mat" not in content
        if content.startswith(b"%PDF"):
            with pikepdf.open(io.BytesIO(content)) as pdf:
                assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
    assert visits.paths == []


def test_the_server_that_must_not_be_visited_would_have_counted(visits: Visits):
    """Without our guard the same page does fetch: so the test above can fail."""
    HTML(string=f'<img src="{visits.address}/a.png">').render()
    assert visits.paths == ["/a.png"]
    with pytest.raises(FatalURLFetchingError, match="a letter asked for"):
        HTML(string=f'<img src="{visits.address}/b.png">', url_fetcher=NothingFromOutside()).render()
    assert visits.paths == ["/a.png"]
