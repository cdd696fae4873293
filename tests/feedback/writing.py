"""Somebody who praises, suggests or asks: their answers, page by page, and how they go through the forms."""

from flask.testing import FlaskClient

from tests.complaints.complaining import ANSWERS as OF_A_COMPLAINT
from tests.journeys.reader import Reader

PRAISE = "Sam mended the lamp in the stairs on the same day.\nThank you."
IDEA = "Please put a bench by the bus stop.\nOlder neighbours have to stand."
QUESTION = "May I keep a small dog?\nMy tenancy papers do not say."

OF_A_COMPLIMENT: dict[str, dict[str, str]] = {
    "whom": {"thanked": "colleague", "colleague_name": "Sam Field"},
    "team": {"team_thanked": "repairs"},
    "what-happened": {"what_happened": PRAISE},
    "not-happy": {},
    "sharing": {"may_share": "publish"},
    "answer": {"wants_answer": "no"},
}
OF_A_SUGGESTION: dict[str, dict[str, str]] = {
    "about": {"service": "neighbourhood"},
    "idea": {"what_happened": IDEA},
    "not-happy": {},
    "publishing": {"may_publish": "yes"},
    "answer": {"wants_answer": "no"},
}
OF_AN_ENQUIRY: dict[str, dict[str, str]] = {
    "topic": {"topic": "something-else"},
    "help": {},
    "what-is-wrong": {"what_is_wrong": "none-of-these"},
    "call-now": {"emergency_call": "called"},
    "what-happened": {"what_happened": QUESTION},
    "dangerous": {"danger_at_home": "none-of-these"},
    "call-us-now": {"emergency_call": "called"},
    "people": {},
    "since-when": {"since_when": "Since last winter"},
    "not-happy": {},
}
ABOUT_THE_PERSON = {slug: OF_A_COMPLAINT[slug] for slug in OF_A_COMPLAINT if slug not in ("what-happened", "service")}
FORMS = {"compliment": OF_A_COMPLIMENT, "suggestion": OF_A_SUGGESTION, "enquiry": OF_AN_ENQUIRY}


def slug_of(reader: Reader) -> str:
    return reader.path.split("/")[3]


def go_on(reader: Reader, until: str = "check", **different: str) -> list[str]:
    """Answer page after page until the one named; gives the pages that were asked. ``different`` is by field."""
    form, asked = reader.path.split("/")[2], []
    answers_of_form = {**ABOUT_THE_PERSON, "files": {}, **FORMS[form]}
    while (slug := slug_of(reader)) != until:
        assert slug in answers_of_form, f"the way to {until} ended at {reader.path}: {reader.words}"
        assert slug not in asked, f"{slug} is asked twice: {reader.words}"
        here = reader.page.xpath("//form//*/@name")
        reader.answer(**{**answers_of_form[slug], **{name: said for name, said in different.items() if name in here}})
        asked.append(slug)
    return asked


def begin(client: FlaskClient, form: str, until: str = "check", language: str = "en", **different: str) -> Reader:
    """A reader who has answered everything before the page named."""
    reader = Reader(client).open(f"/{language}/{form}")
    go_on(reader, until, **different)
    return reader


def send(client: FlaskClient, form: str, language: str = "en", **different: str) -> Reader:
    """A reader who sees the received page."""
    return begin(client, form, language=language, **different).press()


def make_it_a_complaint(reader: Reader) -> Reader:
    """Press the button that carries everything over, on the page that has it."""
    (button,) = reader.page.xpath("//form[contains(@action, '/as-a-complaint')]")
    token = button.xpath(".//input[@name='csrf_token']/@value")[0]
    return reader._see(reader.client.post(button.get("action"), data={"csrf_token": token}, follow_redirects=True))
