"""Ideas: where they belong, and whether they may be published."""

import pytest
from flask import Flask

from tests.conftest import MakeApp
from tests.feedback.test_compliments import case_of, letter
from tests.feedback.writing import IDEA, send


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_an_idea_arrives_with_every_word(make_app: MakeApp, landlord: str) -> None:
    app = make_app(landlord=landlord)
    with app.app_context():
        reader = send(app.test_client(), "suggestion")
        case = case_of(reader)
        assert case.kind == "suggestion"
        assert case.contacts[0].answers == {
            "service": "neighbourhood",
            "what_happened": IDEA,
            "may_publish": "yes",
            "wants_answer": "no",
        }
        assert reader.heading == "Thank you for your idea"


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_an_idea_in_another_language_is_kept_as_it_was_written(sqlite_app: Flask, language: str) -> None:
    said = "Beth am fainc?" if language == "cy" else "ماذا عن مقعد؟"
    contact = case_of(send(sqlite_app.test_client(), "suggestion", language=language, what_happened=said)).contacts[0]
    assert (contact.language, contact.answers["what_happened"]) == (language, said)


def test_letters_call_it_an_idea_and_repeat_what_may_be_published(sqlite_app: Flask) -> None:
    case = case_of(send(sqlite_app.test_client(), "suggestion", may_publish="no"))
    assert "Your idea" in letter(case, "receipt")
    assert "What happened</h3>" not in letter(case, "receipt")
    assert "You asked us not to publish your idea" in letter(case, "acknowledgement")
