"""Standard paragraphs in the forms where colleagues write: which are offered, and one put in without the script."""

from typing import Any

from app.landlords.standards import current_landlord
from app.letters.models import StandardParagraph
from app.letters.paragraphs import paragraphs_for

INSERT = "insert"  # the value of ``act``


def offered(letter: str, language: str | None) -> list[StandardParagraph]:
    """For ``_paragraphs.html``."""
    return paragraphs_for(current_landlord().key, letter, language or current_landlord().languages[0])


def put_in(field: Any, letter: str, language: str | None, chosen: str | None) -> None:
    """``chosen`` as the form sent it. Where the cursor stood is not known without the script: it comes last."""
    known = {str(one.id): one for one in offered(letter, language)}
    if found := known.get(chosen or ""):
        field.data = "\n".join(part for part in ((field.data or "").rstrip(), found.words) if part)
