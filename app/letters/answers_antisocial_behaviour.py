"""The words of a report of antisocial behaviour: each question in short, each answer of ours.

The form shows the same words: it takes them from here.
"""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

MOST_INCIDENTS = 5  # in the form itself; more can be added later, one at a time
PARTS = ("when", "where", "what", "seen_by")


def incident_key(part: str, number: int | None = None) -> str:
    """The key of one part of an incident: numbered in the form, without a number when it is added to the diary."""
    return f"incident_{part}" if number is None else f"incident_{number}_{part}"


# Before what happened.
QUESTIONS_FIRST: Mapping[str, str] = {
    "behaviour_kinds": _l("What is happening"),
    "done_by": _l("Who is doing it"),
    "done_by_details": _l("What you know about them"),
}
INCIDENT: Mapping[str, str] = {
    "when": _l("When it was"),
    "where": _l("Where it was"),
    "what": _l("What happened then"),
    "seen_by": _l("Who saw or heard it"),
}


def _numbered(number: int) -> dict[str, str]:
    words = (
        _l("Incident %(number)s: when it was", number=number),
        _l("Incident %(number)s: where it was", number=number),
        _l("Incident %(number)s: what happened", number=number),
        _l("Incident %(number)s: who saw or heard it", number=number),
    )
    return {incident_key(part, number): label for part, label in zip(PARTS, words, strict=True)}


INCIDENTS: Mapping[int, Mapping[str, str]] = {number: _numbered(number) for number in range(1, MOST_INCIDENTS + 1)}
QUESTIONS: Mapping[str, str] = {
    **{incident_key(part): label for part, label in INCIDENT.items()},
    **{key: label for numbered in INCIDENTS.values() for key, label in numbered.items()},
    "how_often": _l("How often it happens"),
    "happening_since": _l("Since when it happens"),
    "places": _l("Where it happens"),
    "place_details": _l("More about the place"),
    "place_address": _l("Address of the place"),
    "affected": _l("Who it affects"),
    "afraid": _l("Whether you are afraid"),
    "harmed": _l("What it did to you or to others"),
    "vulnerable": _l("Who needs more care"),
    "weapon": _l("Was there a weapon, or something used as one?"),
    "getting_worse": _l("Does it happen more often, or get worse?"),
    "targeted": _l("Is it meant for you, or for one person?"),
    "hate_because": _l("Whether it is because of who somebody is"),
    "others_know": _l("Who knows about it already"),
    "police_reference": _l("The number that the police gave you"),
    "council_reference": _l("The number that the council gave you"),
    "may_contact": _l("Whether we may contact you"),
}
HATE_STRANDS = ("disability", "race", "religion", "sexual-orientation", "transgender-identity")
_YES_OR_NO = {"yes": _l("Yes"), "no": _l("No")}
_YES_NO_OR_NOT_SURE = {**_YES_OR_NO, "not-sure": _l("I am not sure")}
CHOSEN: Mapping[str, Mapping[str, str]] = {
    "done_by": {
        "somebody-close": _l("Somebody I live with or used to live with, a partner, an ex-partner or family"),
        "neighbour": _l("A neighbour, or people who visit a neighbour"),
        "somebody-known": _l("Somebody else whom I know"),
        "not-known": _l("I do not know who"),
        "prefer-not-to-say": _l("I prefer not to say"),
    },
    "how_often": {
        "once": _l("It happened once"),
        "now-and-then": _l("Now and then"),
        "every-month": _l("Every month"),
        "every-week": _l("Every week"),
        "every-day": _l("Every day, or almost"),
    },
    "places": {
        "my-home": _l("In my home, or just outside"),
        "neighbours-home": _l("In a neighbour’s home or garden"),
        "shared-area": _l("In a shared area, such as stairs, a lift or a car park"),
        "street": _l("In the street, a park or a shop"),
        "online": _l("On the phone or online"),
        "other": _l("Somewhere else"),
    },
    "affected": {
        "me": _l("Me"),
        "children": _l("Children in my home"),
        "household": _l("Somebody else in my home"),
        "neighbours": _l("Neighbours"),
        "somebody-else": _l("Somebody else"),
    },
    "afraid": {"no": _l("No"), "a-little": _l("A little"), "very": _l("Very")},
    "harmed": {
        "injured": _l("Somebody was hurt"),
        "threatened": _l("Somebody was threatened"),
        "damage": _l("Something was broken or taken"),
        "health": _l("It makes somebody ill: sleep, body or mind"),
        "changed-life": _l("Somebody stays at home, stays away or wants to move because of it"),
    },
    "vulnerable": {
        "child": _l("A child"),
        "older": _l("An older person who needs help"),
        "disabled": _l("Somebody with a disability"),
        "ill": _l("Somebody who is ill, in body or mind"),
        "pregnant": _l("Somebody who is pregnant"),
        "alone": _l("Somebody who lives alone, or has nobody to help"),
        "before": _l("Somebody who went through this before"),
    },
    "weapon": _YES_NO_OR_NOT_SURE,
    "getting_worse": _YES_NO_OR_NOT_SURE,
    "targeted": _YES_NO_OR_NOT_SURE,
    "hate_because": {
        "disability": _l("A disability"),
        "race": _l("Race, skin colour or where somebody is from"),
        "religion": _l("Religion or belief"),
        "sexual-orientation": _l("Sexual orientation, such as being gay or lesbian"),
        "transgender-identity": _l("Being transgender"),
        "no": _l("No, none of these"),
        "prefer-not-to-say": _l("I prefer not to say"),
    },
    "others_know": {
        "police": _l("The police"),
        "council": _l("The council"),
        "health": _l("A doctor or nurse"),
        "support": _l("A social worker or support worker"),
        "school": _l("A school"),
        "nobody": _l("Nobody yet"),
    },
    "may_contact": {"yes": _l("Yes"), "no": _l("No, do not contact me")},
}
