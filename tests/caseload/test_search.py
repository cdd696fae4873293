"""Search: whatever somebody remembers of a case leads to it, and nobody finds what they may not see."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.cases import search, search_postgresql, search_sqlite
from app.cases.actions import add_contact
from app.cases.misread import references_meant
from app.cases.models import Case
from app.cases.references import ALPHABET, make_reference
from app.cases.search import Sight, find
from app.extensions import db
from app.languages.sorting import stored_key
from tests.builders import MONDAY_NOON, a_colleague, a_tenant, answers
from tests.caseload.desk import a_case_that_came_in
from tests.cases.test_opening import opened
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

EVERYTHING = Sight(0, sees_restricted=True)
NOTHING_RESTRICTED = Sight(0, sees_restricted=False)


def found(typed: str, sight: Sight = EVERYTHING) -> list[tuple[str, str]]:
    return [(hit.case.tenant.name, hit.kind) for hit in find(typed, sight).hits]


def a_few_cases() -> None:
    """Three people who differ in everything that can be searched for."""
    for name, postcode, phone, email, words in (
        ("Siân O’Brien-Łuk", "EX1 1AA", "07700 900123", "sian.o@tenants.example", "Mae'r lifft wedi torri ers mis."),
        ("فاطمة السيد", "EX11 1AB", "+44 7700 900456", None, "المصعد مكسور والدرج مظلم."),
        ("Tom Brown", "SW1A 1AA", "01392 555 789", "tom@tenants.example", "Repairs: the boiler, and the lift too."),
    ):
        tenant = a_tenant(name=name, postcode=postcode, phone=phone, email=email, address=["9 Mill Lane", "Exeter"])
        opened(tenant=tenant, answers=answers(what_happened=words))


def test_people_are_found_by_whatever_is_remembered_of_them(app: Flask) -> None:
    a_few_cases()
    sian, fatima, tom = "Siân O’Brien-Łuk", "فاطمة السيد", "Tom Brown"
    for typed, name, kind in (
        ("sian", sian, "name"),
        ("OBRIEN luk", sian, "name"),
        ("o'br", sian, "name"),
        ("O Brien", sian, "name"),
        ("ex11aa", sian, "postcode"),
        ("EX1", sian, "postcode"),
        ("ex11", fatima, "postcode"),
        ("sw1a", tom, "postcode"),
        ("+44 7700 900123", sian, "phone"),
        ("07700-900 456", fatima, "phone"),
        ("(01392) 555789", tom, "phone"),
        ("Tom@tenants.example", tom, "email"),
        ("sian.o@ten", sian, "email"),
        ("لسيد", None, ""),
        ("السيد", fatima, "name"),
        ("فاطمه", fatima, "name"),
        ("lifft torri", sian, "words"),
        ("boiler", tom, "words"),
        ("repair", tom, "words"),
        ("brown lift", tom, "words"),
        ("مكسور", fatima, "words"),
        ("boi ler", None, ""),
    ):
        assert found(typed)[:1] == ([(name, kind)] if name else []), typed
    assert [name for name, _kind in found("mill lane")] == [tom, fatima, sian], "the newest first"


def test_what_is_said_later_is_found_and_what_is_forgotten_is_not(sqlite_app: Flask) -> None:
    case = opened()
    add_contact(
        case,
        purpose="more",
        channel="phone",
        received_at=MONDAY_NOON,
        answers={"more": "A swan came in."},
        language="en",
    )
    db.session.commit()
    assert found("swan") == [("Anna Nowak", "words")]
    case.tenant.name = "Anna Kowalska"
    search.remember_all_of(case.tenant)
    db.session.commit()
    assert found("kowalska") == [("Anna Kowalska", "name")]
    assert found("nowak") == []
    search.forget(case)
    db.session.commit()
    assert found("swan") == found("kowalska") == []


def test_words_go_with_the_transaction_that_brought_them(sqlite_app: Flask) -> None:
    opened()
    db.session.rollback()
    known = {name for name, _kind in found("lift")}
    add_contact(
        opened(), purpose="more", channel="phone", received_at=MONDAY_NOON, answers={"more": "pelican"}, language="en"
    )
    db.session.rollback()
    assert found("pelican") == []
    assert {name for name, _kind in found("lift")} == known


def test_the_index_is_made_anew_for_cases_that_were_never_in_it(app: Flask) -> None:
    case = opened()
    search.forget(case)
    db.session.commit()
    assert found("nowak") == []
    answer = app.test_cli_runner().invoke(args=["cases", "index"])
    assert answer.exit_code == 0, answer.output
    assert "Indexed: 1 cases." in answer.output
    db.session.expire_all()
    assert found("nowak") == [("Anna Nowak", "name")]
    assert db.session.get_one(Case, case.id).sort_name == stored_key("Anna Nowak")


def test_a_restricted_case_is_found_only_by_those_who_may_see_it(app: Flask) -> None:
    case = opened(kind="antisocial-behaviour", answers={"what_happened": "Shouting about pelicans."})
    handler = a_colleague("pat@landlord.example")
    case.handler = handler
    db.session.commit()
    nearly = case.reference[:-1] + ("2" if case.reference[-1] != "2" else "3")
    for typed in ("pelicans", "nowak", "EX1 1AA", case.reference):
        assert found(typed, NOTHING_RESTRICTED) == [], typed
        assert len(found(typed)) == len(found(typed, Sight(handler.id, sees_restricted=False))) == 1, typed
    assert find(nearly, NOTHING_RESTRICTED).meant == ()
    assert find(nearly, EVERYTHING).meant == (case,)


def test_more_than_fifty_are_cut_off_and_it_says_so(sqlite_app: Flask) -> None:
    tenant = a_tenant()
    rows = []
    for _number in range(52):
        case = Case(reference=make_reference(), landlord="livewest", kind="enquiry", language="en",
                    received_at=MONDAY_NOON, tenant=tenant)  # fmt: skip
        db.session.add(case)
        db.session.flush()
        rows.append((case.id, "nnowak wlift"))
    search.keep(db.session.connection(), rows)
    db.session.commit()
    page = find("lift", EVERYTHING)
    assert len(page.hits) == 50
    assert page.is_more
    assert [hit.case.id for hit in page.hits] == sorted((hit.case.id for hit in page.hits), reverse=True)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_one_mistake_in_a_reference_leads_back_to_it(data: st.DataObject) -> None:
    right = make_reference().replace("-", "")
    place = data.draw(st.integers(0, 7))
    other = data.draw(st.sampled_from(ALPHABET + "0O1I5S8BUEA"))
    swapped = right[:place] + right[place + 1 : place + 2] + right[place] + right[place + 2 :]
    mistakes = (
        right[:place] + other + right[place + 1 :],  # one wrong
        right[:place] + right[place + 1 :],  # one missing
        right[:place] + other + right[place:],  # one too many
        swapped,
    )
    for typed in mistakes:
        written = f"{typed[:3].lower()} {typed[3:]}"
        meant = references_meant(written)
        assert typed == right or f"{right[:4]}-{right[4:]}" in meant, (right, typed)
        assert len(meant) <= 16, "few to look up"


def test_nothing_is_meant_by_what_is_no_reference() -> None:
    for typed in ("", "x", "kitchens", "K7M4-QX9T-22", "0O0O0O0O"):
        assert references_meant(typed) == ()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("\"' & | ! <-> ( ) * : ^ NEAR AND OR NOT -")
@example("a\x00b \ud800 ' OR 1=1 --")
@example("::: 'x':* \\ \\' {words} : x")
@example("half½ ﷺ 𝔘𝔫𝔦 İ ß ＡＢＣ ١٢٣ 投诉")
@given(st.text(max_size=60))
def test_no_text_breaks_a_search(app: Flask, typed: str) -> None:
    find(typed, NOTHING_RESTRICTED)
    keep = search.words_of(name=typed, postcode=typed, phone=typed, email=typed, answers=[{"x": typed}])
    search.keep(db.session.connection(), [])
    assert all(len(token) < 100 for token in keep.split())


def test_what_was_stored_is_found_by_the_same_words(app: Flask) -> None:
    for written in ("投诉 电梯坏了", "ﷺ Ñandú 𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "naïve-straße's", "a" * 300, "x\x00y"):
        case = opened(answers=answers(what_happened=written))
        assert [hit.case for hit in find(written, EVERYTHING).hits] == [case], written


def test_the_box_stands_on_every_staff_page_and_leads_to_the_case(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("advisor",))
    case = a_case_that_came_in()
    sign_in(client)
    assert 'id="staff-search"' in client.get("/staff/").get_data(as_text=True)
    answer = client.get(f"/staff/search?q={case.reference.lower().replace('-', ' ')}")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/staff/cases/{case.reference}")
    page = client.get("/staff/search?q=Nowak")
    assert_page_laws(page)
    assert "1 case found" in words_of(page)
    assert case.reference in words_of(page)
    swapped = case.reference[1] + case.reference[0] + case.reference[2:]
    if swapped != case.reference:
        assert "Did you mean one of these?" in words_of(client.get(f"/staff/search?q={swapped}"))
    for typed in ("%00", "%22%27*", "zzzz", "", "%F0%28"):
        assert client.get(f"/staff/search?q={typed}").status_code == 200
    assert "Nothing was found" in words_of(client.get("/staff/search?q=zzzz"))


def test_what_is_common_is_found_like_what_is_rare(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    a_few_cases()
    among_the_newest = [found(typed) for typed in ("lift", "mill lane", "brown", "pelican")]
    monkeypatch.setattr(search_postgresql, "NEWEST", 0)
    gathered = [found(typed) for typed in ("lift", "mill lane", "brown", "pelican")]
    monkeypatch.setattr(search_postgresql, "RARE", 0)
    walked = [found(typed) for typed in ("lift", "mill lane", "brown", "pelican")]
    assert among_the_newest == gathered == walked


def test_the_newest_are_found_first_however_old_the_others_are(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    tenant, numbers = a_tenant(), (1, 7, 262_143, 262_144, 900_000, 2_500_000, 2_500_001)
    for number in numbers:
        db.session.add(Case(id=number, reference=make_reference(), landlord="livewest", kind="enquiry", language="en",
                            received_at=MONDAY_NOON, tenant=tenant))  # fmt: skip
    db.session.flush()
    search.keep(db.session.connection(), [(number, "wlift") for number in numbers])
    db.session.commit()
    for most in (2, 3, 6, 50):
        monkeypatch.setattr(search, "MOST_FOUND", most)
        page = find("lift", EVERYTHING)
        assert [hit.case_id for hit in page.hits] == list(reversed(numbers))[:most]
        assert page.is_more == (most < len(numbers))


def test_long_words_are_found_among_those_that_only_begin_alike(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    told = ("neighbourly", "neighbourhood", "neighbours", "Neighbourhoods", "neighbourly", "communication")
    cases = [opened(answers=answers(what_happened=f"About the {word}.")) for word in told]
    for candidates in (500, 4, 1):
        monkeypatch.setattr(search_sqlite, "CANDIDATES", candidates)
        for typed, numbers in (
            ("neighbourhood", [3, 1]),
            ("neighbourly", [4, 0]),
            ("neighbourlier", []),
            ("neighbour", [4, 3, 2, 1, 0]),
            ("about neighbourhood", [3, 1]),
            ("communicatio", [5]),
        ):
            hits = [hit.case_id for hit in find(typed, EVERYTHING).hits]
            assert hits == [cases[number].id for number in numbers], (typed, candidates)


@given(st.integers(0, 5_000_000))
def test_the_parts_of_the_index_leave_no_case_out(end: int) -> None:
    ranges = list(search_postgresql.ranges_before(end))
    assert [begin for begin, _end in ranges] == [after for _begin, after in ranges[1:]] + [0] * bool(ranges)
    assert [after for _begin, after in ranges[:1]] == [end] * (end > 0)
    assert all(begin % search_postgresql.PART == 0 and begin < after for begin, after in ranges)
    assert len(ranges) <= 4, "few questions, however many cases there are"


def test_a_day_in_a_list_is_londons(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("advisor",))
    case = a_case_that_came_in()
    case.received_at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in London
    db.session.commit()
    sign_in(client)
    assert "Thu 2 Jul 2026" in words_of(client.get("/staff/search?q=nowak"))
