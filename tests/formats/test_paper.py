"""Print on the colour of paper that its reader needs: read from the made PDF."""

from pathlib import Path

import pikepdf
import pytest
from weasyprint import CSS, HTML

from app.formats import Choice, make
from app.formats.check import check, print_rules
from app.formats.check.pdf_content import read_pages
from app.formats.check.pdf_lines import read_lines
from app.formats.document import FormatRefused
from app.formats.papers import GROUNDS
from tests.formats.readers import pdf_pages, written
from tests.formats.samples import sample
from tests.formats.test_check_pdf import BODY, FONTS, STYLE

pytestmark = pytest.mark.usefixtures("letterbox")


def test_a_letter_on_coloured_paper_keeps_the_rules_of_print(tmp_path: Path):
    """Cream and blue: test_marks.py."""
    file = make("large-print", sample("ar"), Choice(paper="yellow"))
    assert file.name == "K7M4-QX9T-large-print-18-yellow.pdf"
    assert check(written(file, tmp_path)) == []
    for page in pdf_pages(file):
        assert any(shape.right - shape.left > 595 and shape.top - shape.bottom > 841 for shape in page.shapes)


@pytest.mark.parametrize("colour", [colour for colour in GROUNDS.values() if colour])
def test_black_on_each_paper_has_twice_the_contrast_that_is_asked(colour: str):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    assert print_rules.contrast((0, 0, 0), (parts[0], parts[1], parts[2])) >= 14


def test_white_paper_has_no_ground_at_all():
    shapes = [shape for page in pdf_pages(make("standard-print", sample("en"))) for shape in page.shapes]
    assert not any(shape.right - shape.left > 500 for shape in shapes)


def test_a_paper_that_there_is_not_is_refused():
    with pytest.raises(FormatRefused, match="white, yellow, cream, blue paper, not on pink"):
        make("large-print", sample("en"), Choice(paper="pink"))


@pytest.mark.parametrize(
    ("style", "keywords", "said"),
    [
        ("", "large print 18 point on yellow", "page 1 is not yellow"),
        ("@page { background: #ffe94d }", "large print 18 point", "says that they are white"),
        (
            "@page { background: #d3e7fb } @page :first { background: #ffe94d }",
            "large print 18 point on blue",
            "of one",
        ),
        ("@page { background: #7a6a00 }", "large print 18 point on yellow", "contrast of"),
        ("@page { background: #c9b400 }", "large print 18 point on yellow", "dark ground"),
        ("h2 { background: #222; color: #fff }", "large print 18 point", "dark ground"),
        ("@page { background: #ffe94d } p { color: #6b6000 }", "large print 18 point on yellow", "on its ground"),
        ("p { text-align: justify } html { font-size: 14pt }", "standard print 14 point", "justified"),
    ],
)
def test_the_checker_refuses_a_wrong_paper_or_a_weak_contrast_on_it(
    style: str, keywords: str, said: str, tmp_path: Path
):
    html = f'<html lang="en"><head><title>A</title><meta name="keywords" content="{keywords}"></head>'
    path, sheets = tmp_path / "letter.pdf", [CSS(string=STYLE + style)]
    body = BODY * 2 if "justify" in style or "first" in style else BODY
    HTML(string=f"{html}<body>{body}</body></html>").write_pdf(path, stylesheets=sheets, font_config=FONTS)
    with pikepdf.open(path) as pdf:
        kind = print_rules.Print.read(str(pdf.docinfo["/Keywords"]))
        assert kind is not None
        found = list(print_rules.findings(kind, read_pages(pdf), read_lines(path), []))
    assert any(said in words for words in found), found
