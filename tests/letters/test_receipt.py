"""The receipt: at once, by itself, and never taken for the acknowledgement."""

from flask import Flask

from app.extensions import start_writing
from app.tenants.actions import record_tenant
from tests.builders import answers, needs, person
from tests.letters.test_acknowledgement import NOW, facts, has, lines, written


def test_it_says_that_it_is_not_yet_the_acknowledgement(sqlite_app: Flask) -> None:
    letter = written("receipt")
    assert has(
        letter,
        "Our computer sent this letter by itself.",
        "It does not say yet who is dealing with your message.",
        f"Your reference is {letter.case.reference}.",
    )
    assert "Ada Byron" not in "\n".join(lines(letter))


def test_it_says_what_happens_next_and_when_to_the_minute_where_hours_were_promised(sqlite_app: Flask) -> None:
    letter = written("receipt")
    assert has(letter, "We will write to you to say who is dealing with this by 16:59 on Friday, 25 December 2026.")
    assert {("time", "2026-12-25T16:59"), ("time", "2027-01-12")} <= facts(letter)


def test_of_two_promises_of_the_same_only_the_earlier_day_is_told(sqlite_app: Flask) -> None:
    told = [line for line in lines(written("receipt", channel="web")) if "who is dealing with this by" in line]
    assert len(told) == 1
    assert "25 December" in told[0]


def test_it_repeats_every_answer_under_its_question(app: Flask) -> None:
    given = answers(service="repairs", how_long_ago="longer", raised_before="yes", raised_before_details="In May")
    plain = lines(written("receipt", answers=given))
    for question, answer in {
        "Who you are": "I am a tenant",
        "What happened": given["what_happened"],
        "When it happened": given["when_happened"],
        "How long ago it was": "More than 12 months ago",
        "Which service it is about": "Repairs to my home",
        "What would put it right": given["outcome_sought"],
        "Whether you told us before": "Yes",
        "What you told us before": "In May",
    }.items():
        assert plain[plain.index(question) + 1] == answer


def test_an_answer_that_was_left_empty_is_left_out(sqlite_app: Flask) -> None:
    assert "When it happened" not in lines(written("receipt", answers=answers(when_happened=None)))


def test_it_names_the_ombudsman(sqlite_app: Flask) -> None:
    assert ("phone", "+443001113000") in facts(written("receipt"))


def test_it_is_a_copy_of_how_to_reach_the_tenant_too(sqlite_app: Flask) -> None:
    letter = written("receipt")
    plain, tenant = lines(letter), letter.case.tenant
    assert plain[plain.index("Your name") + 1] == tenant.name
    assert plain[plain.index("Your address") + 1] == tenant.address[0]
    assert plain[plain.index("How our letters should be made") + 1] == "Printed, in the usual size"


def test_it_gives_the_return_code(sqlite_app: Flask) -> None:
    letter = written("receipt")
    assert letter.case.return_code
    assert has(letter, f"Your return code is {letter.case.return_code}.")


def test_addresses_and_numbers_in_it_are_facts_that_are_read_exactly(sqlite_app: Flask) -> None:
    somebody = person(email="harold.711@tenants.example", phone="07700 900123")
    start_writing()
    found = facts(written("receipt", tenant=record_tenant(somebody, needs(), "en", NOW, None)))
    assert ("email", "harold.711@tenants.example") in found
    assert ("phone", "+447700900123") in found
