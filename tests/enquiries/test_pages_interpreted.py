"""Who wants a page of the website signed, or read out in their language, has an interpreter asked for."""

import pytest
from flask import Flask

from app.enquiries.format_routes import make_request
from app.extensions import start_writing
from app.interpreters.lists import of_case
from app.landlords.standards import current_landlord
from app.reception.actions import Arrival
from tests.builders import MONDAY_NOON, needs, person


@pytest.mark.parametrize(
    ("way", "language", "asked"),
    [
        ("sign-language", "English", ["British Sign Language"]),
        ("read-to-me", "Українська", ["Українська"]),
        ("read-to-me", "English", []),
        ("read-to-me", "angielski", []),
        ("braille", "Polski", []),
    ],
)
def test_an_interpreter_is_asked_for_where_the_page_has_to_be_told(
    sqlite_app: Flask, way: str, language: str, asked: list[str]
) -> None:
    said = {"page_wanted": "Repairs", "way_wanted": way, "language_wanted": language}
    start_writing()
    case = make_request(current_landlord(), Arrival(said, person(), needs(), "en", MONDAY_NOON))
    assert [one.language for one in of_case(case)] == asked
