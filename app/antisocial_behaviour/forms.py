"""The questions of a report: what is happening, where, to whom, and how bad it is."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from app.journeys.fields import Choice, Choices, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.letters.answers import QUESTIONS as WORDS
from app.letters.answers_antisocial_behaviour import (
    CHOSEN,
    HATE_STRANDS,
    INCIDENT,
    INCIDENTS,
    MOST_INCIDENTS,
    incident_key,
)
from app.reception.person_forms import YES_OR_NO


def picks(question: str, hints: dict[str, Any] | None = None) -> Sequence[Pick]:
    """The answers to one question, in the words that the receipt has too."""
    return [Pick(key, words, hint=(hints or {}).get(key)) for key, words in CHOSEN[question].items()]


class Kinds(QuestionForm):
    behaviour_kinds = Choices(
        WORDS["behaviour_kinds"],
        hint=_l("Choose all that fit."),
        needed=_l("Choose what is happening. If nothing fits, choose “Something else”"),
    )

    def prepare(self) -> None:
        kinds = self.landlord.antisocial_behaviour_kinds
        self.behaviour_kinds.offer(
            [Pick(kind.key, _(kind.label), hint=_(kind.hint) if kind.hint else None) for kind in kinds]
        )


class DoneBy(QuestionForm):
    done_by = Choice(
        WORDS["done_by"],
        picks("done_by", {"not-known": _l("You can report it all the same.")}),
        needed=_l("Choose who is doing it, or that you do not know"),
    )
    done_by_details = Text(
        WORDS["done_by_details"],
        hint=_l("Their name, address, or what they look like. You can leave this empty."),
        longest=5_000,
        rows=3,
    )


class WhatHappened(QuestionForm):
    what_happened = Text(
        WORDS["what_happened"],
        hint=_l("Write in your own words, in any language. You do not need proof."),
        needed=_l("Enter what happened"),
        rows=10,
    )


class WantsDiary(QuestionForm):
    wants_diary = Choice(
        _l("Writing down each time it happened"),
        [
            Pick("yes", _l("Yes, I will tell you about one or more times")),
            Pick("no", _l("No, not now")),
        ],
        hint=_l(
            "It helps us to know what happened at which time. You can also do this later: when you have sent this "
            "form, you get a code to come back with."
        ),
        needed=_l("Choose whether you want to write down each time it happened"),
    )


def _parts(number: int | None) -> dict[str, Any]:
    """The fields of one incident, under their names."""
    labels = INCIDENT if number is None else {part: WORDS[incident_key(part, number)] for part in INCIDENT}
    fields = {
        "when": Line(
            labels["when"],
            hint=_l("For example: Friday 3 November, about 11 at night."),
            needed=_l("Enter when it was, as well as you remember"),
        ),
        "where": Line(labels["where"], hint=_l("You can leave this empty.")),
        "what": Text(labels["what"], needed=_l("Enter what happened"), longest=5_000, rows=5),
        "seen_by": Line(labels["seen_by"], hint=_l("Names, or how we can find them. You can leave this empty.")),
    }
    return {incident_key(part, number): field for part, field in fields.items()}


# One incident of a diary. It knows nothing of a report: it can be asked wherever somebody adds to one.
IncidentForm: type[QuestionForm] = type("IncidentForm", (QuestionForm,), _parts(None))


def incident_form(number: int) -> type[QuestionForm]:
    """The same for the incident of this number in the form, with the question whether there is another one."""
    fields = _parts(number)
    if number < MOST_INCIDENTS:
        fields[another_key(number)] = Choice(
            _l("Do you want to add another time?"),
            YES_OR_NO,
            needed=_l("Choose whether you want to add another time"),
        )
    return type(f"Incident{number}", (QuestionForm,), fields)


def another_key(number: int) -> str:
    """Says whether a further incident is told; it is no answer of the report."""
    return f"incident_{number}_another"


INCIDENT_FORMS = {number: incident_form(number) for number in INCIDENTS}


class HowOften(QuestionForm):
    how_often = Choice(WORDS["how_often"], picks("how_often"), needed=_l("Choose how often it happens"))
    happening_since = Line(
        WORDS["happening_since"], hint=_l("For example: since last summer. You can leave this empty."), longest=500
    )


class Places(QuestionForm):
    places = Choices(
        WORDS["places"],
        picks("places"),
        hint=_l("Choose all that fit."),
        needed=_l("Choose where it happens. If nothing fits, choose “Somewhere else”"),
    )
    place_details = Text(
        WORDS["place_details"],
        hint=_l("For example: the car park behind the shops. You can leave this empty."),
        longest=2_000,
        rows=3,
    )


class Affected(QuestionForm):
    affected = Choices(
        WORDS["affected"],
        picks("affected"),
        hint=_l("Choose all that fit."),
        needed=_l("Choose who it affects"),
    )


class Afraid(QuestionForm):
    afraid = Choice(WORDS["afraid"], picks("afraid"), needed=_l("Choose whether you are afraid"))


class Harmed(QuestionForm):
    harmed = Choices(
        WORDS["harmed"],
        picks("harmed"),
        hint=_l("Choose all that fit. If nothing fits, leave this empty and go on."),
    )


class Danger(QuestionForm):
    weapon = Choice(
        WORDS["weapon"],
        picks("weapon"),
        needed=_l("Choose whether there was a weapon"),
    )
    getting_worse = Choice(
        WORDS["getting_worse"],
        picks("getting_worse"),
        needed=_l("Choose whether it gets worse"),
    )
    targeted = Choice(
        WORDS["targeted"],
        picks("targeted"),
        hint=_l("Choose no if it disturbs everybody near it."),
        needed=_l("Choose whether it is meant for you, or for one person"),
    )


class Vulnerable(QuestionForm):
    vulnerable = Choices(
        WORDS["vulnerable"],
        picks("vulnerable"),
        hint=_l("Think of yourself, and of everybody whom it affects. If nobody fits, leave this empty and go on."),
    )


class Hate(QuestionForm):
    hate_because = Choices(
        WORDS["hate_because"],
        picks("hate_because"),
        hint=_l("What you think counts, and what anybody else thinks. You do not need proof. Choose all that fit."),
        needed=_l("Choose what it is because of. You can also choose no, or that you prefer not to say"),
    )

    def validate_hate_because(self, field: Field) -> None:
        if len(field.data) > 1 and not set(field.data) <= set(HATE_STRANDS):
            raise ValidationError(_("Choose what it is because of, or choose no, but not both"))


class OthersKnow(QuestionForm):
    others_know = Choices(
        WORDS["others_know"],
        picks("others_know"),
        hint=_l("Choose all that fit."),
        needed=_l("Choose who knows about it already. If nobody does, choose “Nobody yet”"),
        reveals={"police": "police_reference", "council": "council_reference"},
    )
    police_reference = Line(WORDS["police_reference"], hint=_l("You can leave this empty."), spellcheck=False)
    council_reference = Line(WORDS["council_reference"], hint=_l("You can leave this empty."), spellcheck=False)

    def validate_others_know(self, field: Field) -> None:
        if len(field.data) > 1 and "nobody" in field.data:
            raise ValidationError(_("Choose who knows about it already, or choose “Nobody yet”, but not both"))
