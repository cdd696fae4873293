"""A made PDF as a screen reader gets it: by its tags, in reading order, and nothing of the foot of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from app.formats.check.pdf_content import Page

# Tags that begin a new line of speech; what stands inside them without one is read on.
BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/LI", "/TH", "/TD", "/Caption", "/BlockQuote", "/Div"}


@dataclass(frozen=True)
class Passage:
    """Words that are read in one breath."""

    tag: str  # "P", "H1"…
    text: str
    is_quoted: bool
    languages: tuple[str, ...]


def read_passages(pdf: pikepdf.Pdf, pages: list[Page]) -> list[Passage]:
    """The document's passages. Empty where the document has no tags."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return []
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    texts: dict[tuple[int, int], list[str]] = {}
    for number, page in enumerate(pages):
        for piece in page.pieces:
            if piece.content is not None:
                texts.setdefault((number, piece.content), []).append(piece.text)
    return _Passages(numbers, texts).of(root)


class _Passages:
    def __init__(self, numbers: dict[Any, int], texts: dict[tuple[int, int], list[str]]) -> None:
        self.numbers = numbers
        self.texts = texts

    def of(self, root: Any) -> list[Passage]:
        passages: list[Passage] = []
        for tag, is_quoted, text, language in self.walk(root, "", False, None):
            last = passages[-1] if passages else None
            if last is None or tag is not None or last.is_quoted != is_quoted:
                passages.append(Passage(tag or "P", text, is_quoted, (language,) if language else ()))
            else:
                languages = (*last.languages, language) if language else last.languages
                passages[-1] = Passage(last.tag, last.text + text, is_quoted, languages)
        return [passage for passage in passages if passage.text.strip()]

    def walk(
        self, element: Any, tag: str, is_quoted: bool, page: int | None
    ) -> Iterator[tuple[str | None, bool, str, str | None]]:
        """Pieces as (tag of a block that begins here or None, quoted?, text, language of the run or None)."""
        page = self.numbers.get(element["/Pg"].objgen, page) if "/Pg" in element else page
        kind = str(element.get("/S", ""))
        is_quoted = is_quoted or kind == "/BlockQuote"
        if kind in BLOCKS:
            yield kind[1:], is_quoted, "", None
        language = str(element["/Lang"]) if "/Lang" in element else None
        if "/ActualText" in element:
            yield None, is_quoted, str(element["/ActualText"]), language
            return
        children = element.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary):
                if "/S" in child:
                    for begins, quoted, text, run in self.walk(child, kind, is_quoted, page):
                        yield begins, quoted, text, run or language
            elif page is not None:
                # Pieces of one marked content are the lines or fonts of one run.
                yield None, is_quoted, "".join(self.texts.get((page, int(child)), [])), language
