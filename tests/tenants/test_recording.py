"""Who wrote to us, kept as they wrote it, with how they can read our answer."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.tenants.actions import record_tenant
from app.tenants.models import Tenant
from app.tenants.words import typed, typed_line
from tests.builders import needs, person

NOW = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)


def saved(person: dict[str, object], needs: dict[str, object], recorded_by: str | None = None) -> Tenant:
    tenant = record_tenant(person, needs, "cy", NOW, recorded_by)
    db.session.commit()
    db.session.expire_all()
    return tenant


def test_person_and_needs_come_back_as_they_were_told(app: Flask) -> None:
    tenant = saved(
        person(name="  Zoë\tŁuczak ", email="zoe@example.org"),
        needs(format="braille", braille_grade=1, safe_times="after six\r\nnot Fridays", interpreter_language="BSL"),
    )
    assert (tenant.name, tenant.email, tenant.language) == ("Zoë Łuczak", "zoe@example.org", "cy")
    assert (tenant.address, tenant.postcode) == (["1 High Street", "Exeter"], "EX1 1AA")
    kept = tenant.needs
    assert (kept.letter_format, kept.braille_grade, kept.has_consent) == ("braille", 1, True)
    assert (kept.safe_times, kept.interpreter_language) == ("after six\nnot Fridays", "BSL")


def test_it_is_kept_who_told_us_and_when_it_is_asked_again(app: Flask) -> None:
    assert saved(person(), needs()).needs.recorded_by == "tenant"
    kept = saved(person(), needs(), "sam@landlord.example").needs
    assert (kept.recorded_by, kept.recorded_at, kept.review_on) == ("sam@landlord.example", NOW, date(2027, 12, 31))


def test_what_was_not_told_has_its_usual_value(app: Flask) -> None:
    kept = saved({"name": "Jo"}, {}).needs
    assert (kept.letter_format, kept.point_size, kept.braille_grade) == ("standard-print", 18, 2)
    assert (kept.contact_channel, kept.has_consent, kept.may_leave_messages) == ("letter", False, None)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"point_size": 29}, "large_print_is_16_to_28_points"),
        ({"braille_grade": 3}, "braille_is_grade_1_or_2"),
        ({"format": "papyrus"}, "letter_format_is_known"),
    ],
)
def test_the_database_refuses_impossible_needs_by_name(app: Flask, wrong: dict[str, object], rule: str) -> None:
    record_tenant(person(), needs(**wrong), "en", NOW, None)
    with pytest.raises(IntegrityError, match=rule):
        db.session.commit()
    db.session.rollback()


@settings(deadline=None)
@given(st.text())
def test_whatever_is_typed_can_be_stored_and_is_left_alone_the_second_time(text: str) -> None:
    once = typed(text)
    assert once is None or (typed(once) == once and once.strip())
    if once:
        assert "\x00" not in once
        once.encode()
    line = typed_line(text)
    assert line is None or "\n" not in line


@pytest.mark.parametrize("odd", ["a\x00b", "a\ud800b", "a\x07\x1bb"])
def test_both_databases_hold_what_cannot_be_written_elsewhere(app: Flask, odd: str) -> None:
    assert saved(person(name=odd), needs()).name == "ab"


@pytest.mark.parametrize("name", ["شيرين عبد الله", "李小龍", "O’Neill-Łuczak", "𝕬𝖓𝖓𝖆 👩‍👧", "नेहा"])
def test_names_of_every_script_come_back(app: Flask, name: str) -> None:
    assert saved(person(name=name), needs()).name == name
