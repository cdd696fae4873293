"""The questions about who reports it, and which ways of reaching them are safe."""

from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Choices, Pick, Text
from app.journeys.forms import QuestionForm
from app.letters.answers import QUESTIONS as WORDS
from app.letters.answers_antisocial_behaviour import CHOSEN
from app.reception import needs_forms
from app.tenants.models import FORMATS_BY_EMAIL

WAYS = (
    Pick("email", _l("Email"), hint=_l("Choose this only if nobody else reads your email.")),
    Pick("phone", _l("Phone"), hint=_l("We ask next whether we may leave a message.")),
    Pick("letter", _l("Letter"), hint=_l("A letter with our name on it may come to your door.")),
)


class StayAnonymous(QuestionForm):
    stay_anonymous = Choice(
        _l("Whether you give your name"),
        [
            Pick("no", _l("I give my name"), hint=_l("We never tell the people you report who you are.")),
            Pick(
                "yes",
                _l("I do not give my name"),
                hint=_l(
                    "Then we ask for no name and no way to reach you. You get a code to come back with: write it "
                    "down, it is the only way to hear from us. We may be able to do less."
                ),
            ),
        ],
        needed=_l("Choose whether you give your name"),
    )


class PlaceAddress(QuestionForm):
    place_address = Text(
        WORDS["place_address"],
        hint=_l("A street and a town are enough. We only use it to know where to look."),
        needed=_l("Enter the address of the place, as well as you know it"),
        longest=1_000,
        rows=3,
    )


class MayContact(QuestionForm):
    may_contact = Choice(
        WORDS["may_contact"],
        [
            Pick("yes", CHOSEN["may_contact"]["yes"], hint=_l("You choose next which ways are safe.")),
            Pick(
                "no",
                CHOSEN["may_contact"]["no"],
                hint=_l("You can come back with your code to see how far we are."),
            ),
        ],
        needed=_l("Choose whether we may contact you"),
    )


class SafeWays(QuestionForm):
    safe_ways = Choices(
        _l("Safe ways to contact you"),
        WAYS,
        hint=_l("Choose all that are safe for you. We use no other way."),
        needed=_l("Choose at least one way. If no way is safe, go back and choose that we do not contact you"),
    )


class BestWay(QuestionForm):
    """Asked where several ways are safe."""

    contact_channel = Choice(_l("How we should answer you"), needed=_l("Choose how we should answer you"))

    def prepare(self) -> None:
        safe = self.answers_so_far.get("safe_ways") or ()
        self.contact_channel.offer([Pick(way.key, way.words) for way in WAYS if way.key in safe])


PRINTED = ("standard-print", "large-print")  # on paper, or as a file
FORMATS_OF_WAYS = {"email": {*PRINTED, *FORMATS_BY_EMAIL}, "letter": {*PRINTED, "braille", "audio-cd"}, "phone": set()}


class SafeLetterFormat(needs_forms.LetterFormat):
    """Only what can come by a way that is safe."""

    def prepare(self) -> None:
        safe = self.answers_so_far.get("safe_ways") or ()
        possible = set().union(*(FORMATS_OF_WAYS[way] for way in safe))
        self.format.offer([pick for pick in self.format.picks if pick.key in possible])
