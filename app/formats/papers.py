"""The colours of paper that a reader may need. Pale ones: what is black on them keeps a contrast of 14 to 1 or more."""

from app.formats import PAPERS
from app.formats.document import FormatRefused

# Some read black on yellow, cream or blue more easily than on white, which dazzles them (UKAAF, RNIB, dyslexia guides).
GROUNDS = {"white": None, "yellow": "#ffe94d", "cream": "#fff5d6", "blue": "#d3e7fb"}


def ground_of(paper: str) -> str | None:
    """The colour behind the whole page as CSS has it; None for white paper. Raises FormatRefused for no such paper."""
    if paper not in PAPERS:
        raise FormatRefused(f"Print is made on {', '.join(PAPERS)} paper, not on {paper}.")
    return GROUNDS[paper]
