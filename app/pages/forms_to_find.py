"""The forms, as the search finds them: what somebody can do here, beside what they can read."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.content.addresses import DeadLink, place
from app.content.finding import Findable
from app.landlords.shapes import Landlord
from app.languages import current_language

# By the name that ``form:`` has in Markdown: what it is called, and what home says of it.
FORMS = {
    "antisocial-behaviour": (
        _l("Report antisocial behaviour"),
        _l("Noise, threats, drugs, hate, or abuse at home. We keep it private, and you need not give your name."),
    ),
    "complaint": (_l("Complain"), _l("Tell us what went wrong. You get a reference, and a date for our answer.")),
    "enquiry": (_l("Ask a question"), _l("About your home, your rent, a repair, damp and mould, or anything else.")),
    "call-back": (_l("Ask us to call you"), _l("Choose a time that suits you, and your language.")),
    "track": (_l("Follow what you sent"), _l("See how far we are, tell us more, or ask us to look again.")),
    "compliment": (_l("Praise somebody"), _l("We tell the colleague and their manager.")),
    "suggestion": (_l("Suggest something"), _l("Your idea goes to the team that can use it.")),
    "another-format": (
        _l("Ask for it in braille, or in another way or language"),
        _l("We can send you any page of this website in the way that you read best."),
    ),
}


def forms_to_find(landlord: Landlord) -> Iterator[Findable]:
    """In the language of the moment."""
    language = current_language().tag
    for name, (title, words) in FORMS.items():
        try:
            yield Findable(str(title), place(f"form:{name}", language), language, words=(str(words),))
        except DeadLink:  # this landlord has no such form
            continue
