"""Each row of both landlords' promises with a clock, of the Code and of the law: its standard, and when it falls due."""

import pytest

from app.cases.clock import due
from app.landlords.standards import load_landlord
from tests.cases.moments import london, written

LANDLORDS = {key: load_landlord(key) for key in ("livewest", "livv")}
THURSDAY = "Thu 2026-12-24 16:59"  # Christmas Eve, a minute before closing time
EVENING = "Thu 2026-12-24 17:01"  # after it: received on Tuesday 29
LW, LV, BOTH = ("livewest",), ("livv",), ("livewest", "livv")
# ruff: noqa: E501  a row a line
ROWS = [
    # row, landlords, kind, channel, addressee, event, happened, standard, regime, due
    ("L04", LW, "enquiry", "email", "team", "received", THURSDAY, "enquiry.answer_email", "landlord", "Tue 2026-12-29 17:00"),
    ("L05", LW, "enquiry", "social", "team", "received", THURSDAY, "contact.answer_social_media", "landlord", "Tue 2026-12-29 17:00"),
    ("L05", LW, "compliment", "social", "team", "received", EVENING, "contact.answer_social_media", "landlord", "Wed 2026-12-30 17:00"),
    ("L11", LW, "enquiry", "voicemail", "colleague", "received", THURSDAY, "contact.answer_colleague_voicemail", "landlord", "Tue 2026-12-29 17:00"),
    ("L11", LW, "enquiry", "social", "colleague", "received", THURSDAY, "contact.answer_colleague_social_media", "landlord", "Tue 2026-12-29 17:00"),
    ("L11", LW, "enquiry", "email", "colleague", "received", THURSDAY, "contact.answer_colleague_email", "landlord", "Wed 2026-12-30 17:00"),
    ("L17", LW, "enquiry", "web", "team", "received", THURSDAY, "contact.answer_web_form", "landlord", "Tue 2026-12-29 17:00"),
    ("L17", LW, "suggestion", "web", "team", "received", EVENING, "contact.answer_web_form", "landlord", "Wed 2026-12-30 17:00"),
    ("L32", LW, "complaint", "phone", "team", "received", THURSDAY, "complaint.acknowledge", "landlord", "Fri 2026-12-25 16:59"),
    ("L34", LW, "complaint", "phone", "team", "received", THURSDAY, "complaint.stage_1_response", "landlord", "Tue 2027-01-12 17:00"),
    ("L41", LW, "repair", "phone", "team", "received", THURSDAY, "repair.make_safe", "landlord", "Fri 2026-12-25 16:59"),
    ("L09", LW, "repair", "", "team", "made_safe", "Fri 2026-12-25 12:00", "repair.arrange_appointment", "landlord", "Thu 2026-12-31 17:00"),
    ("V07", LV, "complaint", "email", "team", "received", THURSDAY, "complaint.acknowledge", "landlord", "Tue 2027-01-05 17:00"),
    ("V09", LV, "complaint", "email", "team", "received", THURSDAY, "complaint.stage_1_contact", "landlord", "Tue 2027-01-05 17:00"),
    ("V09", LV, "complaint", "email", "team", "received", THURSDAY, "complaint.stage_1_response", "landlord", "Tue 2027-01-12 17:00"),
    ("V11", LV, "complaint", "", "team", "stage_2_requested", THURSDAY, "complaint.stage_2_response", "landlord", "Tue 2027-01-26 17:00"),
    ("6.2", BOTH, "complaint", "letter", "team", "received", THURSDAY, "complaint.acknowledge", "code", "Tue 2027-01-05 17:00"),
    ("6.3", BOTH, "complaint", "", "team", "acknowledged", "Tue 2027-01-05 11:00", "complaint.stage_1_response", "code", "Tue 2027-01-19 17:00"),
    ("6.4", BOTH, "complaint", "", "team", "stage_1_response_due", "Tue 2027-01-19 17:00", "complaint.stage_1_extension", "code", "Tue 2027-02-02 17:00"),
    ("6.11", BOTH, "complaint", "", "team", "stage_2_requested", THURSDAY, "complaint.stage_2_acknowledge", "code", "Tue 2027-01-05 17:00"),
    ("6.14", BOTH, "complaint", "", "team", "stage_2_acknowledged", "Tue 2027-01-05 11:00", "complaint.stage_2_response", "code", "Tue 2027-02-02 17:00"),
    ("6.15", BOTH, "complaint", "", "team", "stage_2_response_due", "Tue 2027-02-02 17:00", "complaint.stage_2_extension", "code", "Tue 2027-03-02 17:00"),
    ("emergency hazard", BOTH, "hazard", "", "team", "received", EVENING, "hazard.emergency_make_safe", "law", "Fri 2026-12-25 17:01"),
    ("significant hazard: investigation", BOTH, "hazard", "", "team", "received", THURSDAY, "hazard.investigate", "law", "Tue 2027-01-12 17:00"),
    ("written summary", BOTH, "hazard", "", "team", "investigated", "Tue 2027-01-12 15:00", "hazard.summary", "law", "Fri 2027-01-15 17:00"),
    ("safety work", BOTH, "hazard", "", "team", "investigated", "Tue 2027-01-12 15:00", "hazard.make_safe", "law", "Tue 2027-01-19 17:00"),
    ("further work: steps", BOTH, "hazard", "", "team", "investigated", "Tue 2027-01-12 15:00", "hazard.begin_further_work", "law", "Tue 2027-01-19 17:00"),
    ("further work: physical start", BOTH, "hazard", "", "team", "investigated", "Tue 2027-01-12 15:00", "hazard.start_further_work", "law", "Tue 2027-04-06 23:59:59"),
]  # fmt: skip
CASES = [pytest.param(key, *row, id=f"{row[0]}-{key}-{row[7]}") for row in ROWS for key in row[1]]


@pytest.mark.parametrize(
    ("key", "row", "_keys", "kind", "channel", "addressee", "event", "happened", "standard", "regime", "wanted"), CASES
)
def test_each_promise_falls_due_when_its_row_says(
    key: str,
    row: str,
    _keys: tuple[str, ...],
    kind: str,
    channel: str,
    addressee: str,
    event: str,
    happened: str,
    standard: str,
    regime: str,
    wanted: str,
) -> None:
    landlord, at = LANDLORDS[key], london(happened)
    if event == "received":
        begun = landlord.standards_for(kind, channel, at.date(), addressee)
    else:
        begun = landlord.standards_after(kind, event, at.date())
    found = next(one for one in begun if (one.key, one.regime) == (standard, regime))
    assert found.row == row
    assert written(due(at, found, landlord.calendar, landlord.hours).at) == wanted


@pytest.mark.parametrize("key", BOTH)
def test_no_promise_of_a_policy_is_missing_from_the_table(key: str) -> None:
    told = {(row[7], row[8]) for row in ROWS if key in row[1]}
    assert {(one.key, one.regime) for one in LANDLORDS[key].standards} == told
