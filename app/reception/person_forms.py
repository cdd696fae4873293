"""The questions about the person who writes: who they are, and how to answer them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.journeys.checks import is_phone_number
from app.journeys.fields import Choice, EmailLine, Line, Pick
from app.journeys.forms import QuestionForm

LONGEST_PHONE = 50
LONGEST_POSTCODE = 30
YES_OR_NO = (Pick("yes", _l("Yes")), Pick("no", _l("No")))


class Who(QuestionForm):
    who = Choice(
        _l("Who you are"),
        hint=_l("Choose the one that fits best."),
        needed=_l("Choose who you are"),
    )

    def prepare(self) -> None:
        self.who.offer([Pick(option.key, _(option.label)) for option in self.landlord.who_may_complain])


class Name(QuestionForm):
    name = Line(
        _l("Your name"),
        hint=_l("Write it as it should stand on our letters."),
        needed=_l("Enter your name"),
        autocomplete="name",
        spellcheck=False,
    )


class Address(QuestionForm):
    """Any country's. A postcode is asked for where every address has one, and never judged."""

    address_line_1 = Line(
        _l("House number or name, and street"),
        needed=_l("Enter your house number or name, and your street"),
        autocomplete="address-line1",
        spellcheck=False,
    )
    address_line_2 = Line(
        _l("More of the address (you can leave this empty)"), autocomplete="address-line2", spellcheck=False
    )
    town = Line(
        _l("Town or city"), needed=_l("Enter your town or city"), autocomplete="address-level2", spellcheck=False
    )
    postcode = Line(
        _l("Postcode"),
        longest=LONGEST_POSTCODE,
        classes="govuk-input--width-10",
        autocomplete="postal-code",
        spellcheck=False,
    )
    country = Line(
        _l("Country, if you do not live in the United Kingdom"), autocomplete="country-name", spellcheck=False
    )

    def prepare(self) -> None:
        if not self.country.data:
            self.postcode.needed = _l("Enter your postcode. If your address has none, enter your country")


class AnswerBy(QuestionForm):
    contact_channel = Choice(
        _l("How we should answer you"),
        [Pick("email", _l("Email")), Pick("phone", _l("Phone")), Pick("letter", _l("Letter"))],
        needed=_l("Choose how we should answer you"),
    )


class Email(QuestionForm):
    email = EmailLine(needed=_l("Enter your email address"))


class PhoneNumber(QuestionForm):
    phone = Line(
        _l("Your phone number"),
        hint=_l("If it is not a number in the United Kingdom, begin with + and the number of the country."),
        needed=_l("Enter your phone number"),
        longest=LONGEST_PHONE,
        checks=[is_phone_number],
        classes="govuk-input--width-20",
        autocomplete="tel",
        inputmode="tel",
        spellcheck=False,
        direction="ltr",
    )
    may_leave_messages = Choice(
        _l("If you do not answer, can we leave a message?"),
        [
            Pick("yes", _l("Yes")),
            Pick("no", _l("No"), hint=_l("Choose this if somebody else could hear it and that is not safe for you.")),
        ],
        needed=_l("Choose whether we can leave a message"),
    )
