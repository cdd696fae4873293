"""Cases that may be the same are found by who wrote, what kind it is, where and when; and nothing else is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from app.cases.duplicates import NEAR, Traits, dialled, folded, likeness, possible_duplicates
from app.cases.models import Trait
from app.extensions import db
from tests.builders import MONDAY_NOON, a_tenant, an_opened_case, answers

ANNA = Traits(
    kind="complaint",
    received_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    email="anna@tenants.example",
    phone="+447700900123",
    name="annanowak",
    home="1highstreet ex11aa",
    postcode="ex11aa",
    words="thelifthasbeenbrokenforthreeweeks",
)
NOBODY = {"email": None, "phone": None, "name": None, "home": None, "postcode": None, "words": None}


@pytest.mark.parametrize(
    ("common", "points", "is_likely"),
    [
        (("email",), 3, True),
        (("phone",), 3, True),
        (("words", "postcode"), 3, True),
        (("words",), 2, False),  # a letter that somebody handed round
        (("name", "postcode"), 3, True),
        (("name", "home", "postcode"), 4, True),
        (("name",), 2, False),  # there are two John Smiths
        (("home", "postcode"), 2, False),  # people who live together
        (("postcode",), 1, False),  # neighbours
        ((), 0, False),
        (("email", "phone", "name", "home", "postcode", "words"), 12, True),
    ],
)
def test_how_much_two_cases_have_in_common(common: tuple[str, ...], points: int, is_likely: bool) -> None:
    other = replace(ANNA, **{**NOBODY, **{key: getattr(ANNA, key) for key in common}})
    found = likeness(ANNA, other)
    assert (found.points, found.is_likely) == (points, is_likely)
    assert found == likeness(other, ANNA)


@pytest.mark.parametrize(
    ("different", "is_likely"),
    [
        ({"kind": "enquiry"}, False),
        ({"received_at": ANNA.received_at + NEAR}, True),
        ({"received_at": ANNA.received_at - NEAR}, True),
        ({"received_at": ANNA.received_at + NEAR + timedelta(seconds=1)}, False),
    ],
)
def test_another_kind_or_another_month_is_another_case(different: dict[str, object], is_likely: bool) -> None:
    assert likeness(ANNA, replace(ANNA, **different)).is_likely is is_likely  # type: ignore[arg-type]


def test_what_nobody_gave_is_nothing_in_common() -> None:
    assert likeness(replace(ANNA, **NOBODY), replace(ANNA, **NOBODY)).points == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Siân  Ó Brien", "sian o'brien"), ("EX1 1AA", "ex11aa"), ("St. Anne’s Court", "St Annes Court"), ("ﬁ", "FI")],
)
def test_spelling_makes_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other) is not None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("00 48 22 123 45 67", "+48221234567"),
        ("ask at the shop", "askattheshop"),
        ("", None),
        (None, None),
    ],
)
def test_numbers_are_compared_as_they_are_dialled(typed: str | None, number: str | None) -> None:
    assert dialled(typed) == number


def test_another_script_folds_to_itself() -> None:
    assert folded("فاطمة السيد") == folded("فاطمة  السيد") is not None
    assert folded("…!") is None


def test_the_same_person_is_found_and_neighbours_are_not(app: Flask) -> None:
    first = an_opened_case()
    again = an_opened_case(
        tenant=a_tenant(name="ANNA NOWAK", phone="+447700900123", address=["Flat 2"], postcode="PL1 1AA"),
        received_at=MONDAY_NOON + timedelta(days=3),
        answers=answers(what_happened="As I wrote on Monday: nobody has come."),
    )
    neighbour = an_opened_case(
        tenant=a_tenant(name="Owen Jenkins", phone="07700 900999"), answers=answers(what_happened="My tap drips.")
    )
    late = an_opened_case(received_at=MONDAY_NOON + timedelta(days=20))
    assert [(case.reference, found.common) for case, found in possible_duplicates(first)] == [
        (again.reference, ("phone", "name"))
    ]
    assert [case.reference for case, _found in possible_duplicates(again)] == [first.reference]
    assert possible_duplicates(neighbour) == []
    assert possible_duplicates(late) == []


def test_nothing_that_was_typed_can_be_read_where_cases_are_looked_up(sqlite_app: Flask) -> None:
    an_opened_case()
    values = db.session.scalars(db.select(Trait.value)).all()
    assert len(values) == 3  # phone, words and name
    assert all(len(value) == 32 and int(value, 16) for value in values)


def test_they_are_looked_up_by_an_index(sqlite_app: Flask) -> None:
    asked = (
        "SELECT case_id FROM trait WHERE value IN ('a', 'b') AND received_at BETWEEN '2026' AND '2027'"
        " ORDER BY received_at DESC LIMIT 100"
    )
    plan = " ".join(str(row) for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}")))
    assert "ix_trait_near" in plan
    assert "SCAN trait" not in plan
