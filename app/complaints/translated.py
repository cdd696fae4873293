"""An answer or a refusal that was written anew, translated, before it went out: the file holds the new letter."""

from datetime import datetime

from app.complaints.casework import file_as_it_is
from app.letters.models import Letter


def take_the_translated_letter(before: Letter, new: Letter, at: datetime) -> None:
    """One that has gone out stays the one that the tenant was told by. No commit."""
    if before.case.kind != "complaint" or before.sent_at is not None:
        return
    file = file_as_it_is(before.case)
    for row in (*file.stages, *file.refusals):
        if row.letter_id == before.id:
            row.letter_id = new.id
