"""What was added to a notice, as readers see it."""

from dataclasses import dataclass

from app.languages import LANGUAGES, Language, current_language
from app.notices.models import Notice, NoticeUpdate
from app.notices.showing import Said, update_in


@dataclass(frozen=True)
class ToldLater:
    """``said`` is None where it was resolved or cancelled without a word."""

    update: NoticeUpdate
    said: Said | None
    language: Language


def updates_of(notice: Notice, first_language: str) -> list[ToldLater]:
    """The newest first, in the language of the moment, else in the first."""
    told = []
    for update in reversed(notice.updates):
        said = update_in(update, current_language().tag, first_language)
        tag = said.language if said else current_language().tag
        told.append(ToldLater(update, said, LANGUAGES.get(tag, current_language())))
    return told
