"""A made PDF: PDF/UA-1, what a screen reader is told, and the rules of its print."""

from pathlib import Path

import pikepdf

from app.formats.check import pdfua, print_rules
from app.formats.check.pdf_content import read_pages
from app.formats.check.pdf_lines import ReaderMissing, read_lines
from app.formats.check.pdf_tags import Passage, read_passages


def check(path: Path) -> list[str]:
    """One sentence a finding. What could not be checked is a finding too: nothing passes unseen."""
    found: list[str] = []
    try:
        found += pdfua.findings(path)
    except pdfua.EngineMissing as missing:
        found.append(f"PDF/UA-1 was not checked: {missing}")
    try:
        with pikepdf.open(path) as pdf:
            found += _own_rules(path, pdf)
    except pikepdf.PdfError as broken:
        found.append(f"it cannot be read as a PDF ({broken})")
    return found


def _own_rules(path: Path, pdf: pikepdf.Pdf) -> list[str]:
    pages = read_pages(pdf)
    passages = read_passages(pdf, pages)
    found = _headings(passages)
    kind = print_rules.Print.read(str(pdf.docinfo.get("/Keywords", "")))
    if kind is None:
        return [*found, "its keywords do not say which print it is, so the rules of print were not checked"]
    try:
        lines = read_lines(path)
    except ReaderMissing as missing:
        return [*found, f"the rules of print were not checked: {missing}"]
    return [*found, *print_rules.findings(kind, pages, lines, passages)]


def _headings(passages: list[Passage]) -> list[str]:
    levels = [int(passage.tag[1]) for passage in passages if passage.tag[:1] == "H"]
    found = []
    if levels.count(1) != 1:
        found.append(f"it has {levels.count(1)} headings of the first level, not one")
    if any(level > before + 1 for before, level in zip([0, *levels], levels, strict=False)):
        found.append("a heading skips a level")
    return found
