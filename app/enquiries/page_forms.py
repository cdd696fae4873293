"""The questions to somebody who wants a page of the website in another format or language."""

from flask import g
from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.languages import current_language

LONGEST_MORE = 2_000  # characters
ASKED_FOR = "page_asked_for"  # in ``g``: the title of the page on which the link was pressed
WAYS = (
    Pick("large-print", _l("Printed, in large print"), hint=_l("You choose the size next.")),
    Pick("braille", _l("Braille"), hint=_l("You choose the grade next.")),
    Pick("audio-cd", _l("Audio CD"), hint=_l("A disc to hear. We send it by post.")),
    Pick("standard-print", _l("Printed, in the usual size")),
    Pick("sign-language", _l("Explained to me in British Sign Language")),
    Pick("read-to-me", _l("Read to me on the phone")),
    Pick("other", _l("Something else"), hint=_l("Write it below.")),
)


class WhatYouWant(QuestionForm):
    page_wanted = Line(_l("Which page"), needed=_l("Enter which page you want"))
    way_wanted = Choice(
        _l("How you want it"),
        WAYS,
        hint=_l("It is free."),
        needed=_l("Choose how you want the page"),
    )
    language_wanted = Line(
        _l("In which language"),
        hint=_l("For example: Polish. Any language."),
        longest=100,
        needed=_l("Enter the language in which you want the page"),
    )
    page_more = Text(
        _l("Anything else that we should know"), hint=_l("You can leave this empty."), longest=LONGEST_MORE, rows=3
    )

    def prepare(self) -> None:
        if asked := g.get(ASKED_FOR):
            self.page_wanted.data = asked
        if self.language_wanted.data is None:
            self.language_wanted.data = current_language().own_name
        if self.way_wanted.data == "other":
            self.page_more.needed = _l("Enter how you want the page")
