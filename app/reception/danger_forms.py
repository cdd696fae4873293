"""The questions about a danger at home, for every form whose words may name one."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Choices, Line, Pick
from app.journeys.forms import QuestionForm
from app.landlords.enquiry_shapes import Danger
from app.letters.answers_feedback_enquiry import CHOSEN


def picks_of(dangers: Iterable[Danger]) -> list[Pick]:
    return [Pick(danger.key, _(danger.label)) for danger in dangers]


class DangerAtHome(QuestionForm):
    danger_at_home = Choice(
        _l("What is dangerous or makes somebody ill"),
        hint=_l("We ask because of something that you wrote. Choose the first that fits."),
        needed=_l("Choose what is dangerous, or the last answer if nothing is"),
    )

    def prepare(self) -> None:
        self.danger_at_home.offer(picks_of(self.landlord.dangers))


class Called(QuestionForm):
    emergency_call = Choice(
        _l("Have you called?"),
        [
            Pick(key, words, hint=_l("We read what you send here when our office is open, and not at night."))
            if key == "cannot-call"
            else Pick(key, words)
            for key, words in CHOSEN["emergency_call"].items()
        ],
        needed=_l("Choose whether you have called"),
    )


class PeopleAtRisk(QuestionForm):
    people_at_risk = Choices(
        _l("Who lives in your home"),
        [Pick(key, words) for key, words in CHOSEN["people_at_risk"].items()],
        hint=_l("Choose all that are right. Leave it empty if none is. We ask so that we know how fast to come."),
    )


class SinceWhen(QuestionForm):
    since_when = Line(
        _l("Since when it has been like this"),
        hint=_l("For example: since last winter, or for three days. You can leave this empty."),
    )
