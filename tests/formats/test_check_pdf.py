"""The checker of PDFs is seen to refuse: each fault alone, in a letter that is right but for it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from app.formats.check import check, pdfua, print_rules

FONTS = FontConfiguration()
STYLE = """
@page { size: A4; margin: 20mm; @bottom-left { content: "Page " counter(page); font: 18pt "Noto Sans"; } }
html { font: 18pt/1.4 "Noto Sans"; hyphens: none; }
h1 { font-size: 24pt } h2 { font-size: 21pt } h3 { font-size: 19pt }
"""
PROSE = "We looked at what you told us, and at what the people who came to your home wrote down that day. "
BODY = f"<h1>A letter</h1><p>{PROSE * 3}</p><h2>What next</h2><p>{PROSE * 3}</p>"
# One dot: enough of a picture.
PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
PNG += "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
Made = Callable[..., list[str]]


@pytest.fixture
def findings(tmp_path: Path) -> Made:
    """``findings(body, style, title=…)``: what the checker says of a letter of large print at 18 points."""

    def make(
        body: str = BODY,
        style: str = "",
        *,
        title: str = "<title>A letter</title>",
        keywords: str = "large print 18 point",
        language: str = 'lang="en"',
        variant: str | None = "pdf/ua-1",
    ) -> list[str]:
        head = f'{title}<meta name="keywords" content="{keywords}">'
        html = f"<html {language}><head>{head}</head><body>{body}</body></html>"
        path = tmp_path / "letter.pdf"
        HTML(string=html).write_pdf(
            path, stylesheets=[CSS(string=STYLE + style)], font_config=FONTS, pdf_variant=variant
        )
        return [finding.words for finding in check(path)]

    return make


def test_a_letter_without_a_fault_passes(findings: Made):
    assert findings() == []


@pytest.mark.parametrize(
    ("changes", "clause"),
    [
        ({"title": ""}, "7.1-9"),
        ({"language": ""}, "7.2-"),
        ({"body": f'<h1>A</h1><p>{PROSE}<img src="{PNG}" alt=""></p>'}, "7.3-1"),
        ({"body": f"<h1>A</h1><p>{PROSE}</p><h3>B</h3><p>{PROSE}</p>"}, "7.4.2-1"),
        ({"variant": None}, "6.2-1"),
    ],
    ids=["no title", "no language", "picture without words", "skipped heading", "no tags"],
)
def test_what_pdf_ua_forbids_is_found_by_its_clause(findings: Made, changes: dict[str, str], clause: str):
    assert any(f"PDF/UA-1 {clause}" in words for words in findings(**changes)), findings(**changes)


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("p { font-size: 11pt }", "11.0 point: the smallest may be 18"),
        ("@page { @bottom-left { font-size: 10pt } }", "10.0 point: the smallest may be 18"),
        ("html { font-size: 20pt }", "most of the text is 20.0 point, not 18"),
        ("p { font-style: italic }", "is italic"),
        ('p { font-family: "DejaVu Serif" }', "is not a sans serif"),
        ("p { color: #777 }", "has a contrast of 4.5 to 1"),
        ("body { background: #999 }", "dark ground"),
        ("h2 { text-decoration: underline }", "is underlined"),
        ("p { text-decoration: underline }", "is underlined"),
        ("h2 { text-transform: uppercase } h2::after { content: ' AND THEN' }", "is in capitals"),
        ("p { text-transform: uppercase }", "is in capitals"),
        ("p { text-align: justify }", "stretched to one length"),
        ("body { text-align: center }", "begin at different places"),
        ("html { line-height: 1.05 }", "lines stand too close"),
        ("html { font-size: 18pt } @page { size: 420mm 297mm }", "not A4"),
        ("@page { @bottom-left { content: none } }", "no page number"),
        ("@page { margin: 4mm 2mm } html { font: 16pt/1.4 'Noto Sans' }", "characters: “"),
    ],
)
def test_what_large_print_forbids_is_found(findings: Made, style: str, found: str):
    keywords = "large print 16 point" if "16pt" in style else "large print 18 point"
    assert any(found in words for words in findings(BODY, style, keywords=keywords)), findings(BODY, style)


def test_a_hyphen_that_breaks_a_word_is_found(findings: Made):
    style = "html { hyphens: auto; font-size: 28pt }"
    body = "<h1>A</h1><p>" + "internationalisation of responsibilities " * 9 + "</p>"
    assert any("breaks a word" in words for words in findings(body, style, keywords="large print 28 point"))


def test_a_picture_in_a_letter_is_found(findings: Made):
    body = f'<h1>A</h1><p>{PROSE}</p><p><img src="{PNG}" alt="a dot"></p>'
    assert any("has a picture" in words for words in findings(body))


def test_two_titles_or_none_are_found(findings: Made):
    assert "it has 2 headings of the first level, not one" in findings(BODY + "<h1>B</h1>")
    assert "it has 0 headings of the first level, not one" in findings(f"<p>{PROSE}</p>")


def test_what_the_tenant_typed_in_capitals_is_theirs(findings: Made):
    assert findings(BODY + "<blockquote><p>PLEASE COME AND MEND THE BOILER</p></blockquote>") == []


def test_a_frame_or_a_rule_beside_a_quotation_is_no_underline(findings: Made):
    style = "blockquote { border-left: 3pt solid } td { border: 1pt solid }"
    body = BODY + f"<blockquote><p>{PROSE}</p></blockquote>"
    assert findings(body, style) == []


def test_standard_print_may_be_smaller_but_not_below_twelve(findings: Made):
    for size, faults in ((12, 0), (11.5, 1)):
        style = f"html {{ font-size: {size}pt }} @page {{ @bottom-left {{ font-size: {size}pt }} }}"
        style += f" h1, h2 {{ font-size: {size}pt }}"
        assert len(findings(BODY, style, keywords="standard print 14 point")) == faults


def test_a_pdf_that_does_not_say_its_print_does_not_pass(findings: Made):
    assert findings(keywords="") == [
        "its keywords do not say which print it is, so the rules of print were not checked"
    ]


def test_what_is_no_pdf_does_not_pass(tmp_path: Path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"Dear Anna")
    assert len(check(path)) >= 1


def test_without_the_engine_nothing_passes_unseen(findings: Made, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdfua, "NEEDED", ("no-such.jar",))
    monkeypatch.setattr(pdfua, "_engine", pdfua._engine.__wrapped__)
    assert findings() == ["PDF/UA-1 was not checked: no-such.jar is not installed (Debian: libjaxb-java)"]


def test_without_poppler_nothing_passes_unseen(findings: Made, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    assert any("pdftotext is not installed" in words for words in findings())


def test_a_file_of_no_known_kind_does_not_pass(tmp_path: Path):
    path = tmp_path / "letter.docx"
    path.write_bytes(b"x")
    assert [str(finding) for finding in check(path)] == [
        "letter.docx: there are no rules for files that end in “.docx”"
    ]
    with pytest.raises(FileNotFoundError):
        check(tmp_path / "none.pdf")


@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    [((0, 0, 0), (1, 1, 1), 21.0), ((1, 1, 1), (1, 1, 1), 1.0), ((0.467, 0.467, 0.467), (1, 1, 1), 4.5)],
)
def test_contrast_is_that_of_wcag(one, other, contrast):
    assert print_rules.contrast(one, other) == pytest.approx(contrast, abs=0.05)
