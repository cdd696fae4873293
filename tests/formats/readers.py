"""Reads made files back, as their readers do: PDF by its tags, HTML by its elements, text line by line."""

import io
import re
import subprocess
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pikepdf
from lxml import html as lxml_html

from app.formats import labels
from app.formats.check.pdf_content import Page, read_pages
from app.formats.check.pdf_lines import Line, read_lines
from app.formats.check.pdf_tags import Passage, read_passages
from app.formats.document import Document, File

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2069"))


def pdf_pages(file: File) -> list[Page]:
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        return read_pages(pdf)


def pdf_passages(file: File) -> list[Passage]:
    """What a screen reader is told, in its order."""
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        return read_passages(pdf, read_pages(pdf))


def pdf_lines(file: File, folder: Path) -> list[Line]:
    """What stands on paper, line by line from the top, each from left to right: read by poppler."""
    return read_lines(written(file, folder))


def pdf_fonts(file: File, folder: Path) -> str:
    return subprocess.run(
        ["pdffonts", str(written(file, folder))], capture_output=True, text=True, check=True, timeout=60
    ).stdout


def written(file: File, folder: Path) -> Path:
    path = folder / file.name
    path.write_bytes(file.content)
    return path


def words(text: str) -> list[str]:
    """Words as the eye has them: composed, without the marks that only set their direction."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).split()


def words_of_pdf(file: File, document: Document) -> list[str]:
    """A paragraph that goes over two pages is two passages; a word that was broken at its hyphen there is one again."""
    text = ""
    for passage in pdf_passages(file):
        said = re.sub(r"^\s*(\d+\.|•)\s", "", passage.text) if passage.tag == "LI" else passage.text
        text += said if text.endswith("-") else f"\n{said}"
    return _without_labels([text], document)


def words_of_html(file: File, document: Document) -> list[str]:
    main = lxml_html.document_fromstring(file.content).find(".//main")
    assert main is not None
    for element in main.iter("p", "h1", "h2", "h3", "li", "caption", "th", "td", "br"):
        element.tail = f"\n{element.tail or ''}"
    return _without_labels([main.text_content()], document)


def words_of_text(file: File, document: Document) -> list[str]:
    lines = file.content.decode("utf-8").split("\n")
    lines = [re.sub(r"^(\d+\.|-) ", "", line) for line in lines if not re.fullmatch("=+|-{2,}", line)]
    return _without_labels(lines, document)


def _without_labels(lines: Iterable[str], document: Document) -> list[str]:
    """The words but for the labels at the head, each taken away once."""
    text = "\n".join(lines)
    for label in labels.added_words(document):
        text = text.replace(label, " ", 1)
    return words(text)
