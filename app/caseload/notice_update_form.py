"""Words added to a notice that is published, and another end for it."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload.notice_fields import NoticesForm, TextIn, clock_field, day_field
from app.caseload.words import language_name
from app.notices.checking import LONGEST_WORDS


class WordsForm(NoticesForm):
    """Made by ``words_form``, with a field ``update-en``… for each language. Only an update moves the end."""

    ends_on, ends_clock = day_field(_l("New last day")), clock_field(_l("New time at which it ends"))

    def prepare(self) -> None:
        for tag in self.landlord.languages:
            name = language_name(tag)
            self[f"update-{tag}"].label.text = _("What to add, in this language: %(language)s", language=name)

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self.check_moment("ends", is_needed=False)
        return not self.errors

    @property
    def ends_at(self) -> datetime | None:
        return self.moment("ends")

    @property
    def said(self) -> dict[str, str]:
        return {tag: words for tag in self.landlord.languages if (words := self[f"update-{tag}"].data)}


@lru_cache
def words_form(languages: tuple[str, ...]) -> type[WordsForm]:
    fields = {f"update-{tag}": TextIn("", tag=tag, rows=4, longest=LONGEST_WORDS) for tag in languages}
    return type("WordsForm", (WordsForm,), fields)
