"""An answer or a refusal that was written anew, translated, before it went out: the file holds the new letter."""

from datetime import datetime

from app.complaints.casework import file_as_it_is
from app.letters.models import Letter


def take_the_translated_letter(before: Letter, new: Letter, at: datetime) -> None:
    """One that has gone out stays the one that the tenant was told by. No commit."""
    if before.case.kind != "complaint" or before.sent_at is not None:
        return
    file = file_as_it_is(before.case)
    for stage in file.stages:
        if stage.letter_id == before.id:
            stage.letter_id = new.id
    for refusal in file.refusals:
        if refusal.letter_id == before.id:
            refusal.letter_id = new.id
