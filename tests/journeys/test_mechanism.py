"""Which questions are asked, in which order, and what is sent: pure, without a page."""

import pytest

from app.complaints.journey import COMPLAINT
from app.journeys.forms import QuestionForm
from app.journeys.questions import Journey, Path, Question
from app.landlords.standards import Landlord, load_landlord
from tests.complaints.complaining import ANSWERS


@pytest.fixture(scope="module")
def livewest() -> Landlord:
    return load_landlord("livewest")


def path(landlord: Landlord, **answers: dict[str, str]) -> Path:
    return COMPLAINT.path({slug.replace("_", "-"): given for slug, given in answers.items()}, landlord)


def slugs(path: Path) -> list[str]:
    return [step.slug for step in path.steps]


def test_a_tenant_is_not_asked_who_they_speak_for(livewest: Landlord) -> None:
    assert "who-for" not in slugs(path(livewest, who_you_are={"who": "customer"}))


def test_a_representative_is_asked_for_whom_right_after_who_they_are(livewest: Landlord) -> None:
    assert slugs(path(livewest, who_you_are={"who": "representative"}))[:4] == [
        "who-you-are",
        "who-for",
        "permission",
        "what-happened",
    ]


def test_nothing_is_asked_after_an_ending(livewest: Landlord) -> None:
    ended = path(livewest, who_you_are={"who": "housing-applicant"}, banding={"about_banding": "yes"})
    assert slugs(ended) == ["who-you-are", "banding", "the-council"]
    assert len(ended.questions) == 2


def test_an_answer_that_no_longer_applies_is_kept_but_not_sent(livewest: Landlord) -> None:
    given = path(livewest, who_you_are={"who": "customer"}, permission={"representing_permission": "yes"})
    assert given.answers == {"who": "customer"}
    again = path(livewest, who_you_are={"who": "representative"}, permission={"representing_permission": "yes"})
    assert again.answers["representing_permission"] == "yes"


def test_an_answer_that_no_longer_applies_makes_no_question_apply(livewest: Landlord) -> None:
    """Letters in large print, then braille: the size that was given once must not be asked or sent."""
    given = path(livewest, letters={"format": "braille"}, print_size={"point_size": "24"})
    assert "print-size" not in slugs(given)
    assert "braille-grade" in slugs(given)


def test_a_question_sees_only_the_answers_before_it(livewest: Landlord) -> None:
    given = path(livewest, who_you_are={"who": "customer"}, name={"name": "Anna"}, service={"service": "repairs"})
    assert given.answers_before(COMPLAINT.by_slug["service"]) == {"who": "customer"}


@pytest.mark.parametrize("slug", ["check", "received", "delete", "deleted"])
def test_a_question_cannot_take_the_address_of_another_page(slug: str) -> None:
    with pytest.raises(ValueError, match=slug):
        Journey("complaint", (Question(slug, "What?", QuestionForm),))


def test_two_questions_cannot_share_an_address() -> None:
    with pytest.raises(ValueError, match="name"):
        Journey("complaint", (Question("name", "What?", QuestionForm), Question("name", "Who?", QuestionForm)))


def test_every_question_of_the_complaint_has_an_example_here() -> None:
    assert {step.slug for step in COMPLAINT.questions} == {*ANSWERS, "the-council"}
