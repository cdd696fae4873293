"""The words of a compliment, a suggestion and a question, as in their forms."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l

from app.landlords.shapes import Landlord, Option

# What the main words are called, where it is no "what happened".
MAIN_WORDS: Mapping[str, str] = {
    "compliment": _l("What was good"),
    "suggestion": _l("Your idea"),
    "enquiry": _l("Your question"),
}
# Before the main words.
QUESTIONS_FIRST: Mapping[str, str] = {
    "thanked": _l("Whom it is about"),
    "colleague_name": _l("The person’s name"),
    "team_thanked": _l("Which team"),
    "topic": _l("What your question is about"),
    "what_is_wrong": _l("What is wrong"),
    "page_wanted": _l("Which page"),
    "way_wanted": _l("How you want it"),
    "language_wanted": _l("In which language"),
    "page_more": _l("Anything else that we should know"),
}
QUESTIONS: Mapping[str, str] = {
    "danger_at_home": _l("What is dangerous or makes somebody ill"),
    "emergency_call": _l("Have you called?"),
    "people_at_risk": _l("Who lives in your home"),
    "since_when": _l("Since when it has been like this"),
    "complaint_offered": _l("Whether it should be a complaint"),
    "may_share": _l("Whether we may share it"),
    "may_publish": _l("Whether we may publish it"),
    "wants_answer": _l("Whether you would like an answer"),
}
_YES_OR_NO = {"yes": _l("Yes"), "no": _l("No")}
CHOSEN: Mapping[str, Mapping[str, str]] = {
    "thanked": {
        "colleague": _l("One person"),
        "team": _l("A team"),
        "not-sure": _l("I am not sure"),
    },
    "way_wanted": {
        "large-print": _l("Printed, in large print"),
        "braille": _l("Braille"),
        "audio-cd": _l("Audio CD"),
        "standard-print": _l("Printed, in the usual size"),
        "sign-language": _l("Explained to me in British Sign Language"),
        "read-to-me": _l("Read to me on the phone"),
        "other": _l("Something else"),
    },
    "emergency_call": {
        "called": _l("Yes, I have called"),
        "cannot-call": _l("No, I cannot use a phone now"),
        "not-emergency": _l("No, it is not an emergency now"),
    },
    "people_at_risk": {
        "young-child": _l("A baby or a young child"),
        "expecting": _l("Somebody who expects a baby"),
        "older-person": _l("Somebody who is 65 or older"),
        "ill-or-disabled": _l("Somebody who is ill or disabled"),
        "breathing": _l("Somebody who has asthma or other trouble with breathing"),
    },
    "complaint_offered": _YES_OR_NO,
    "may_share": {
        "publish": _l("Yes, with everybody, but without my name"),
        "colleagues": _l("Yes, but only with people who work here"),
        "no": _l("No"),
    },
    "may_publish": {"yes": _l("Yes, without my name"), "no": _l("No")},
    "wants_answer": _YES_OR_NO,
}


def options_of(landlord: Landlord) -> Mapping[str, Sequence[Option]]:
    """The answers that this landlord's policy offers, by question."""
    dangers = tuple(Option(danger.key, danger.label) for danger in landlord.dangers)
    return {
        "team_thanked": landlord.teams,
        "topic": tuple(Option(topic.key, topic.label) for topic in landlord.enquiry_topics),
        "what_is_wrong": dangers,
        "danger_at_home": dangers,
    }
