"""How to reach the tenant, as they told us: the other half of a receipt, which is a copy of every answer."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.formats import HAS_GRADE, HAS_PAPER, HAS_RATE, Choice
from app.languages import LANGUAGES
from app.languages.lists import listed
from app.letters import facts
from app.letters.answers import Told
from app.tenants.models import CommunicationNeeds, Tenant

WAYS = {"email": _l("Email"), "phone": _l("Phone"), "letter": _l("Letter")}
FORMATS = {
    "standard-print": _l("Printed, in the usual size"),
    "large-print": _l("Printed, in large print"),
    "braille": _l("Braille"),
    "audio": _l("Sound file"),
    "audio-cd": _l("Audio CD"),
    "wav": _l("Sound file without loss (WAV)"),
    "talking-book": _l("Talking book"),
    "pef": _l("Braille as a file"),
    "html": _l("Web page"),
    "text": _l("Plain text"),
}
COLOURS = {"yellow": _l("Yellow"), "cream": _l("Cream"), "blue": _l("Blue")}
RATES = {"slow": _l("Slowly"), "fast": _l("Fast")}


def told(tenant: Tenant, language: str) -> tuple[Told, ...]:
    """What was given of name, addresses and needs, in the order of the form. ``language`` is that of the letters."""
    return (*_person(tenant), *needs_told(tenant.needs, language))


def _person(tenant: Tenant) -> Iterator[Told]:
    if tenant.is_anonymous:
        yield Told(_("Your name"), _("You did not want to give it."), False)
    elif tenant.name:
        yield Told(_("Your name"), tenant.name, True)
    if tenant.address or tenant.postcode:
        yield Told(_("Your address"), "\n".join(line for line in (*tenant.address, tenant.postcode) if line), True)
    if tenant.email:
        yield Told(_("Your email address"), facts.email(tenant.email), False)
    if tenant.phone:
        yield Told(_("Your phone number"), facts.phone(facts.phone_from(tenant.phone)), False)


def needs_told(needs: CommunicationNeeds, language: str) -> tuple[Told, ...]:
    """The needs alone. ``language`` is that of the letters."""
    return tuple(_needs(needs, language))


def _needs(needs: CommunicationNeeds, language: str) -> Iterator[Told]:
    if needs.safe_ways != []:  # an answer by no way at all is none
        yield Told(_("How we should answer you"), str(WAYS.get(needs.contact_channel, needs.contact_channel)), False)
    if needs.safe_ways is not None:
        ways = [str(WAYS[way]) for way in needs.safe_ways]
        yield Told(_("Safe ways to contact you"), listed(ways) or _("None"), False)
    if needs.may_leave_messages is not None:
        words = _("Yes") if needs.may_leave_messages else _("No")
        yield Told(_("If you do not answer, can we leave a message?"), words, False)
    if needs.safe_times:
        yield Told(_("When it is safe and easy to contact you"), needs.safe_times, True)
    if needs.interpreter_language:
        yield Told(_("Language of the interpreter"), needs.interpreter_language, True)
    if not (needs.is_safe("email") or needs.is_safe("letter")):
        return
    if language in LANGUAGES:
        yield Told(_("Language of our letters"), LANGUAGES[language].own_name, False)
    yield Told(_("How our letters should be made"), _format(needs), False)
    yield from _within_the_format(needs)


def _within_the_format(needs: CommunicationNeeds) -> Iterator[Told]:
    """Only what is other than usual."""
    if needs.letter_format in HAS_PAPER and needs.paper_colour in COLOURS:
        yield Told(_("Colour of the paper"), str(COLOURS[needs.paper_colour]), False)
    if needs.letter_format in HAS_RATE and needs.speaking_rate in RATES:
        yield Told(_("How fast our letters are read to you"), str(RATES[needs.speaking_rate]), False)
    page = (needs.braille_cells, needs.braille_lines)
    if needs.letter_format in HAS_GRADE and page != (Choice().cells, Choice().lines):
        words = _("%(cells)s cells in a line, %(lines)s lines on a page", cells=page[0], lines=page[1])
        yield Told(_("Page of braille"), words, False)


def _format(needs: CommunicationNeeds) -> str:
    words = str(FORMATS.get(needs.letter_format, needs.letter_format))
    if needs.letter_format == "large-print":
        return f"{words}: " + _("Print of %(points)s points", points=needs.point_size)
    if needs.letter_format == "braille":
        return f"{words}: " + (_("Grade 1") if needs.braille_grade == 1 else _("Grade 2"))
    return words
