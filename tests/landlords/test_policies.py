"""Both landlords' policies: nothing of their documents is missing, and every figure is theirs."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from app.config import POLICIES
from app.formats import FORMATS
from app.landlords.shapes import CallBackTimes, Landlord, Standard
from app.landlords.standards import load_landlord
from app.languages import LANGUAGES

# The rows of the two documents, as docs and the tests of other rooms name them.
LIVEWEST_ROWS = {f"L{number:02}" for number in range(1, 50)}
LIVV_ROWS = {f"V{number:02}" for number in range(1, 13)}
ROWS = {"livewest": LIVEWEST_ROWS, "livv": LIVV_ROWS}
ON = date(2026, 11, 23)


@pytest.fixture(scope="module", params=["livewest", "livv"])
def landlord(request: pytest.FixtureRequest) -> Landlord:
    return load_landlord(request.param)


@pytest.fixture(scope="module")
def livewest() -> Landlord:
    return load_landlord("livewest")


@pytest.fixture(scope="module")
def livv() -> Landlord:
    return load_landlord("livv")


def tables(value: Any) -> Iterator[dict[str, Any]]:
    """Every table of a policy file, however deep."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from tables(inner)


def written(key: str) -> list[dict[str, Any]]:
    return [table for table in tables(tomllib.loads((POLICIES / f"{key}.toml").read_text())) if "source" in table]


@pytest.mark.parametrize("key", ["livewest", "livv"])
def test_every_row_of_the_landlords_document_is_in_its_policy_and_no_other(key: str) -> None:
    assert {table["row"] for table in written(key) if "row" in table} == ROWS[key]


@pytest.mark.parametrize("key", ["livewest", "livv"])
def test_every_fact_is_dated_and_one_from_elsewhere_says_that_it_is_unchecked(key: str) -> None:
    for table in written(key):
        assert isinstance(table["from"], date), table
        assert "row" in table or table.get("checked") is False, table


def one(landlord: Landlord, key: str, **where: Any) -> Standard:
    found = [
        standard
        for standard in landlord.standards
        if standard.key == key
        and standard.regime == "landlord"
        and all(getattr(standard, name) == value for name, value in where.items())
    ]
    assert len(found) == 1, f"{len(found)} entries for {key}"
    return found[0]


def promise(standard: Standard) -> tuple[int, str, str, str]:
    return standard.amount, standard.unit, standard.counted_from, standard.row


@pytest.mark.parametrize(
    ("key", "where", "promised"),
    [
        ("complaint.acknowledge", {}, (24, "hours", "received", "L32")),
        ("complaint.stage_1_response", {}, (10, "working_days", "received", "L34")),
        ("enquiry.answer_email", {"channels": ("email",), "addressee": "team"}, (1, "working_days", "received", "L04")),
        ("contact.answer_social_media", {"channels": ("social",)}, (1, "working_days", "received", "L05")),
        ("contact.answer_web_form", {"channels": ("web",)}, (1, "working_days", "received", "L17")),
        ("contact.answer_colleague_voicemail", {"addressee": "colleague"}, (1, "working_days", "received", "L11")),
        ("contact.answer_colleague_social_media", {"addressee": "colleague"}, (1, "working_days", "received", "L11")),
        ("contact.answer_colleague_email", {"addressee": "colleague"}, (2, "working_days", "received", "L11")),
        ("repair.make_safe", {}, (24, "hours", "received", "L41")),
        ("repair.arrange_appointment", {}, (2, "working_days", "made_safe", "L09")),
    ],
)
def test_livewests_clocks(
    livewest: Landlord, key: str, where: dict[str, Any], promised: tuple[int, str, str, str]
) -> None:
    assert promise(one(livewest, key, **where)) == promised


@pytest.mark.parametrize(
    ("key", "promised"),
    [
        ("complaint.acknowledge", (5, "working_days", "received", "V07")),
        ("complaint.stage_1_contact", (5, "working_days", "received", "V09")),
        ("complaint.stage_1_response", (10, "working_days", "received", "V09")),
        ("complaint.stage_2_response", (20, "working_days", "stage_2_requested", "V11")),
    ],
)
def test_livvs_clocks(livv: Landlord, key: str, promised: tuple[int, str, str, str]) -> None:
    assert promise(one(livv, key)) == promised


def test_neither_landlord_has_a_clock_that_its_document_does_not_give(livewest: Landlord, livv: Landlord) -> None:
    own = [[entry.key for entry in landlord.standards if entry.regime == "landlord"] for landlord in (livewest, livv)]
    assert [len(keys) for keys in own] == [10, 4]


def test_livewest_is_open_on_working_days_from_8_to_5(livewest: Landlord) -> None:
    assert livewest.hours.days == (1, 2, 3, 4, 5)
    assert (livewest.hours.opens, livewest.hours.closes) == (time(8), time(17))
    assert livewest.nation == "england-and-wales"


def test_livewest_answers_calls_in_5_minutes_calls_back_and_records(livewest: Landlord) -> None:
    calls = livewest.calls
    assert (calls.answered_within_minutes, calls.has_call_back, calls.are_recorded) == (5, True, True)


def test_both_call_back_within_their_hours_and_nobody_has_confirmed_how_the_day_is_cut(
    livewest: Landlord, livv: Landlord
) -> None:
    for landlord in (livewest, livv):
        assert landlord.call_backs == CallBackTimes(slot_minutes=60, calls_per_slot=4, days_ahead=5, soonest_minutes=60)
        assert "call_backs" in landlord.unchecked


def test_livewest_announces_planned_work_two_working_days_ahead(livewest: Landlord) -> None:
    (lead,) = livewest.lead_times
    assert (lead.key, lead.working_days, lead.row) == ("planned_downtime", 2, "L21")


def test_livewest_names_its_services_for_sign_language_and_interpreting(livewest: Landlord) -> None:
    assert (livewest.relay_service, livewest.interpreting_service) == ("SignVideo", "Language Line")


def test_livewests_portal_does_six_things(livewest: Landlord) -> None:
    assert [function.key for function in livewest.portal_functions] == [
        "report_repair",
        "track_repair",
        "rent_balance",
        "housing_officer",
        "safety_advice",
        "update_details",
    ]


def test_livv_is_reached_as_its_policy_says(livv: Landlord) -> None:
    assert livv.phone.shown == "0151 290 7000"
    assert livv.phone.dialled == "+441512907000"
    assert livv.email == "feedback@livvhousinggroup.com"
    assert livv.address == ("Lakeview", "Kings Business Park", "Prescot", "L34 1PJ")
    assert livv.team == "Complex Queries and Complaints Team"
    assert {"phone", "email", "chat", "letter"} <= {channel.key for channel in livv.channels}


def test_livvs_escalation_is_28_calendar_days_and_may_be_extended(livv: Landlord) -> None:
    rule = livv.escalation
    assert (rule.calendar_days, rule.may_be_extended, rule.reasons_required) == (28, True, True)
    assert rule.refusal_grounds == ("policy-followed", "law-followed")


def test_livewest_publishes_no_limit_for_escalation(livewest: Landlord) -> None:
    assert livewest.escalation.calendar_days is None


def test_the_ombudsman_is_reached_as_the_policy_says(landlord: Landlord) -> None:
    ombudsman = landlord.ombudsman
    assert ombudsman.phone.shown == "0300 111 3000"
    assert ombudsman.address == ("PO Box 152", "Liverpool")
    assert ombudsman.postcode == "L33 7WQ"
    assert ombudsman.website == "https://www.housing-ombudsman.org.uk"


def test_everybody_who_may_complain_can_say_so(landlord: Landlord) -> None:
    who = {complainant.key: complainant for complainant in landlord.who_may_complain}
    assert list(who) == [
        "customer",
        "shared-owner",
        "leaseholder",
        "representative",
        "councillor",
        "mp",
        "elected-representative",
        "residents-group",
        "former-customer",
        "housing-applicant",
    ]
    assert [key for key, complainant in who.items() if complainant.needs_permission] == ["representative"]
    assert [key for key, complainant in who.items() if complainant.may_ask_about_banding] == ["housing-applicant"]


def test_livv_sends_banding_complaints_to_the_council(livv: Landlord) -> None:
    (banding,) = (exclusion for exclusion in livv.exclusions if exclusion.key == "banding")
    assert "council" in banding.instead
    assert banding.row == "V03"


def test_every_exclusion_says_what_to_do_instead(landlord: Landlord) -> None:
    assert {"older-than-12-months", "at-court", "already-considered"} <= {item.key for item in landlord.exclusions}
    assert all(item.instead for item in landlord.exclusions)


def test_the_four_kinds_of_complaint_stand_first(landlord: Landlord) -> None:
    kinds = [kind.key for kind in landlord.complaint_kinds]
    assert kinds == ["service-not-given", "poor-service", "mistake", "standard-or-policy-not-kept", "other"]


def test_stage_2_is_for_somebody_who_had_no_part_in_stage_1(landlord: Landlord) -> None:
    assert [stage.number for stage in landlord.stages] == [1, 2]
    assert landlord.stages[1].is_independent


def test_what_the_landlord_has_still_to_confirm_is_known(livewest: Landlord, livv: Landlord) -> None:
    assert {"phone", "emergency_phone", "address", "email"} <= set(livewest.unchecked)
    assert {"hours", "emergency_phone"} <= set(livv.unchecked)
    assert not {"phone", "address", "email", "ombudsman"} & set(livv.unchecked)


def test_both_landlords_offer_the_languages_that_are_complete(landlord: Landlord) -> None:
    assert landlord.languages == ("en", "cy", "pl", "ro", "uk", "ar", "ur", "pt")
    assert set(landlord.languages) <= set(LANGUAGES)


def test_the_formats_that_livewest_promises_are_made_here(livewest: Landlord) -> None:
    promised = {undertaking.key.replace("_", "-") for undertaking in livewest.undertakings}
    assert {"braille", "large-print", "audio-cd"} <= promised & set(FORMATS)


def test_a_promise_is_put_in_short_sentences(landlord: Landlord) -> None:
    """A reading age of 9 to 11: sentences of at most 32 words, and none of the document's stock phrases."""
    for undertaking in landlord.undertakings:
        for sentence in re.split(r"[.:]\s", undertaking.words):
            assert len(sentence.split()) <= 32, sentence
        assert not re.search(r"committed|ensure|utilis|facilitat|regarding|appropriate", undertaking.words), undertaking


@pytest.mark.parametrize(
    ("key", "amount", "unit", "counted_from"),
    [
        ("complaint.acknowledge", 5, "working_days", "received"),
        ("complaint.stage_1_response", 10, "working_days", "acknowledged"),
        ("complaint.stage_1_extension", 10, "working_days", "stage_1_response_due"),
        ("complaint.stage_2_acknowledge", 5, "working_days", "stage_2_requested"),
        ("complaint.stage_2_response", 20, "working_days", "stage_2_acknowledged"),
        ("complaint.stage_2_extension", 20, "working_days", "stage_2_response_due"),
    ],
)
def test_the_codes_clocks(landlord: Landlord, key: str, amount: int, unit: str, counted_from: str) -> None:
    (code,) = (entry for entry in landlord.standards if entry.key == key and entry.regime == "code")
    assert (code.amount, code.unit, code.counted_from) == (amount, unit, counted_from)
    assert code.since == date(2024, 4, 1)


def test_awaabs_law_runs_from_27_october_2025(landlord: Landlord) -> None:
    law = {entry.key: (entry.amount, entry.unit) for entry in landlord.standards if entry.regime == "law"}
    assert law == {
        "hazard.emergency_make_safe": (24, "hours"),
        "hazard.investigate": (10, "working_days"),
        "hazard.summary": (3, "working_days"),
        "hazard.make_safe": (5, "working_days"),
        "hazard.begin_further_work": (5, "working_days"),
        "hazard.start_further_work": (84, "calendar_days"),
    }
    assert landlord.standards_for("hazard", "phone", date(2025, 10, 26)) == ()
    assert len(landlord.standards_for("hazard", "phone", date(2025, 10, 27))) == 2
    assert len(landlord.standards_after("hazard", "investigated", date(2025, 10, 27))) == 4


def test_what_is_not_antisocial_behaviour_says_who_deals_with_it(landlord: Landlord) -> None:
    listed = {each.key: each for each in landlord.not_antisocial_behaviour}
    assert {"everyday-noise", "parking", "fly-tipping", "benefit-fraud", "dog-fouling"} <= set(listed)
    assert all(each.label and each.instead for each in listed.values())
    assert "council" in listed["parking"].instead


def test_every_kind_of_antisocial_behaviour_can_be_chosen_and_abuse_at_home_is_marked(landlord: Landlord) -> None:
    kinds = {kind.key: kind for kind in landlord.antisocial_behaviour_kinds}
    assert {"noise", "threats-or-violence", "harassment", "drugs", "hate", "damage", "animals", "rubbish"} <= set(kinds)
    assert {"groups", "cuckooing", "weapons", "other"} <= set(kinds)
    assert [key for key, kind in kinds.items() if kind.is_domestic_abuse] == ["domestic-abuse"]


def test_help_against_abuse_is_the_same_for_every_landlord_and_still_to_be_confirmed(landlord: Landlord) -> None:
    assert [(line.key, line.phone.shown) for line in landlord.helplines] == [
        ("national-domestic-abuse", "0808 2000 247"),
        ("live-fear-free", "0808 80 10 800"),
        ("mens-advice-line", "0808 801 0327"),
        ("galop", "0800 999 5428"),
    ]
    assert {f"helplines[{line.key}]" for line in landlord.helplines} <= set(landlord.unchecked)


def test_the_way_out_leads_to_a_site_of_somebody_else(landlord: Landlord) -> None:
    assert landlord.exit_address.startswith("https://")
    assert landlord.website not in landlord.exit_address
    assert "exit" in landlord.unchecked
