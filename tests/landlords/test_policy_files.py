"""A slip in a policy stops the start, and says in which file and at which key. Dated entries take over on their day."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app.config import PROJECT
from app.landlords.tables import WrongPolicy
from tests.landlords.conftest import Policies

HOURS = "opens = 08:00:00\ncloses = 17:00:00"
FIVE_DAYS = 'working_days = 5\ncounted_from = "received"\nlabel = "Acknowledge the complaint"'
OFFERED = 'languages = ["en", "cy", "pl", "ro", "uk", "ar", "ur", "pt"]'


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ('theme = "plum"', "", "theme", "is missing"),
        ('theme = "plum"', 'theme = "pink"', "theme", "teal, plum"),
        ('theme = "plum"', 'theme = "plum"\ncolour = "plum"', "colour", "is not known"),
        ('theme = "plum"', "theme = 3", "theme", "words in quotation marks"),
        ('name = "Livv Housing Group"', 'name = " "', "name", "is empty"),
        ('key = "livv"', 'key = "live"', "key", "livv"),
        ('nation = "england-and-wales"', 'nation = "wales"', "nation", "england-and-wales, scotland"),
        (
            OFFERED,
            'languages = ["en", "xx"]',
            "languages",
            "'xx'",
        ),
        (
            OFFERED,
            'languages = ["en", "en"]',
            "languages",
            "twice",
        ),
        (OFFERED, "languages = []", "languages", "empty"),
        (HOURS, "opens = 08:00:00\ncloses = 08:00:00", "hours.closes", "not after opens"),
        (HOURS, 'opens = "8am"\ncloses = 17:00:00', "hours.opens", "a time of day"),
        (HOURS, "opens = 08:00:00", "hours.closes", "is missing"),
        (HOURS, HOURS + "\nlunch = true", "hours.lunch", "is not known"),
        ('"monday", "tuesday"', '"montag", "tuesday"', "hours.days", "'montag'"),
        (
            'dialled = "+441512907000"\nrow = "V04"',
            'dialled = "+441512907001"\nrow = "V04"',
            "phone.dialled",
            "another number",
        ),
        (
            'dialled = "+441512907000"\nrow = "V04"',
            'dialled = "01512907000"\nrow = "V04"',
            "phone.dialled",
            "+44 and the number",
        ),
        ('postcode = "L34 1PJ"', 'postcode = "L341PJ"', "address.postcode", "a postcode"),
        ("feedback@livvhousinggroup.com", "feedback", "email.address", "an email address"),
        ("https://livvhousinggroup.com", "livvhousinggroup.com", "website.address", "https://"),
        ('colour = "#5a2363"', 'colour = "plum"', "mark.colour", "a colour such as"),
        ("M24 0A24 24", "<script>M24 0A24 24", "mark.paths", "an SVG path"),
        ("call_back = true", 'call_back = "no"', "calls.call_back", "true or false"),
        ("call_back = true", "call_back = false", "call_backs", "is not known"),
        ("slot_minutes = 60", "slot_minutes = 600", "call_backs.slot_minutes", "from 5 to"),
        ("calls_per_slot = 4", "calls_per_slot = 0", "call_backs.calls_per_slot", "from 1 to"),
        ("soonest_minutes = 60", "", "call_backs.soonest_minutes", "is missing"),
        ("calendar_days = 28", "calendar_days = 0", "escalation.calendar_days", "from 1 to 366"),
        ("calendar_days = 28", "calendar_days = true", "escalation.calendar_days", "a whole number"),
        ('"policy-followed", "law-followed"', '"too-busy"', "escalation.refusal_grounds", "'too-busy'"),
        ('key = "at-court"', 'key = "banding"', "exclusions[banding].key", "second time"),
        (
            "needs_permission = true",
            'needs_permission = "yes"',
            "who_may_complain[representative].needs_perm",
            "true or",
        ),
        ("number = 2", "number = 1", "stages[2].number", "stage 2"),
        ('key = "call-back"\nyears = 1', 'key = "call"\nyears = 1', "retention[call].key", "call-back"),
        ('key = "call-back"\nyears = 1', 'key = "call-back"\nyears = 0', "retention[call-back].years", "from 1 to"),
        (FIVE_DAYS, FIVE_DAYS.replace("working_days = 5", "weeks = 1"), "complaint.acknowledge[1]", "exactly one of"),
        (FIVE_DAYS, "hours = 5\n" + FIVE_DAYS, "complaint.acknowledge[1].working_days or hours", "exactly one of"),
        (FIVE_DAYS, FIVE_DAYS.replace("= 5", "= 0"), "complaint.acknowledge[1].working_days", "from 1 to 366"),
        (FIVE_DAYS, FIVE_DAYS.replace("= 5", "= 5.0"), "complaint.acknowledge[1].working_days", "a whole number"),
        (
            FIVE_DAYS,
            FIVE_DAYS.replace("received", "lunch"),
            "complaint.acknowledge[1].counted_from",
            "stage_2_requested",
        ),
        (FIVE_DAYS, FIVE_DAYS + '\nchannels = ["fax"]', "complaint.acknowledge[1].channels", "'fax'"),
        (FIVE_DAYS, FIVE_DAYS + "\nuntil = 2023-01-01", "complaint.acknowledge[1].until", "before from"),
        (
            'source = "Livv customer feedback policy, What will happen next"\n\n# The',
            'source = "Hearsay"\n\n# The',
            "complaint.acknowledge",
            "[[sources]]",
        ),
        ('about = "contact"', 'about = "weather"', "undertakings[ways_to_complain].about", "repairs"),
        ('key = "feedback_welcome"', 'key = "feedback_recorded"', "undertakings[feedback_recorded].key", "second time"),
        ("read_on = 2026-11-22", "read_on = 2026-11-22T10:00:00", "sources[1].read_on", "a date"),
        ("read_on = 2026-11-22", 'read_on = "yesterday"', "sources[1].read_on", "a date"),
        ('theme = "plum"', 'theme = "plum', "", "is not TOML"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(policies: Policies, old: str, new: str, key: str, says: str) -> None:
    policies.change("livv.toml", old, new)
    with pytest.raises(WrongPolicy) as refused:
        policies.read("livv")
    assert str(refused.value).startswith(f"livv.toml: {key}")
    assert says in str(refused.value)


def test_a_kind_of_contact_that_nobody_knows_is_refused(policies: Policies) -> None:
    policies.add("livv.toml", "[[complain.acknowledge]]\nhours = 1")
    with pytest.raises(WrongPolicy, match=r"livv\.toml: complain: is not known"):
        policies.read("livv")


def test_a_table_where_a_list_belongs_is_refused(policies: Policies) -> None:
    policies.add("livv.toml", "[compliment.thank]\nhours = 1")
    with pytest.raises(WrongPolicy, match=r"livv.toml: compliment.thank: .* write tables \[\[compliment.thank\]\]"):
        policies.read("livv")


def test_a_slip_in_the_codes_own_file_is_named_too(policies: Policies) -> None:
    policies.change("_code.toml", 'row = "6.11"', 'row = "6.11"\nworking_day = 5')
    with pytest.raises(WrongPolicy, match=r"_code.toml: complaint.stage_2_acknowledge\[1\].working_day: is not known"):
        policies.read("livv")


def test_a_landlord_without_a_file_is_refused(policies: Policies) -> None:
    with pytest.raises(WrongPolicy, match=r"nobody.toml: there is no such file"):
        policies.read("nobody")


def test_two_entries_of_one_day_for_the_same_contact_are_refused(policies: Policies) -> None:
    policies.add(
        "livewest.toml",
        """
[[contact.answer_web_form]]
from = 2024-04-01
working_days = 2
counted_from = "received"
channels = ["web", "chat"]
label = "Answer the web form"
row = "L17"
source = "Service standards when contacting LiveWest, Our digital service"
""",
    )
    with pytest.raises(WrongPolicy, match=r"contact.answer_web_form\[2\].from: is 2024-04-01"):
        policies.read("livewest")


BY_CHAT = """
[[contact.answer_web_form]]
from = 2024-04-01
working_days = 2
counted_from = "received"
channels = ["chat"]
label = "Answer the chat"
row = "L17"
source = "Service standards when contacting LiveWest, Our digital service"
"""


def test_one_promise_may_differ_by_the_way_of_contact(policies: Policies) -> None:
    policies.add("livewest.toml", BY_CHAT)
    landlord = policies.read("livewest")
    for channel, days in (("web", 1), ("chat", 2)):
        (entry,) = landlord.standards_for("enquiry", channel, date(2026, 11, 23))
        assert entry.amount == days


LATER = """
[[complaint.acknowledge]]
from = 2027-01-01
hours = 12
counted_from = "received"
label = "Acknowledge the complaint"
row = "L32"
source = "Service standards when contacting LiveWest, Feedback"
"""


def acknowledgement(policies: Policies, on: date) -> list[tuple[int, str]]:
    return [
        (entry.amount, entry.unit)
        for entry in policies.read("livewest").standards_for("complaint", "phone", on)
        if entry.key == "complaint.acknowledge" and entry.regime == "landlord"
    ]


def test_the_entry_in_force_on_the_day_wins(policies: Policies) -> None:
    policies.add("livewest.toml", LATER)
    assert acknowledgement(policies, date(2026, 12, 31)) == [(24, "hours")]
    assert acknowledgement(policies, date(2027, 1, 1)) == [(12, "hours")]


def test_a_promise_withdrawn_is_no_longer_made(policies: Policies) -> None:
    policies.change("livewest.toml", 'label = "Acknowledge the complaint"', 'label = "Acknowledge"\nuntil = 2026-12-31')
    assert acknowledgement(policies, date(2026, 12, 31)) == [(24, "hours")]
    assert acknowledgement(policies, date(2027, 1, 1)) == []


def test_a_holiday_proclaimed_late_is_added_in_the_policy(policies: Policies) -> None:
    day = date(2027, 6, 16)
    assert policies.read("livewest").calendar.is_working_day(day)
    policies.add(
        "livewest.toml",
        '[[extra_holidays]]\non = 2027-06-16\nlabel = "Day of thanks"\nfrom = 2027-05-01\nsource = "Proclamation"',
    )
    assert policies.read("livewest").calendar.reason_closed(day) == "Day of thanks"


NOT_A_NUMBER = 'hours = "24"\ncounted_from = "received"\nlabel = "Acknowledge'


def test_the_start_stops_at_a_wrong_policy(tmp_path: Path) -> None:
    """The real start, of a copy of the real thing with one slip."""
    shutil.copytree(PROJECT / "app", tmp_path / "app")  # with what Python compiled: that took most of the start
    shutil.copy(PROJECT / "wsgi.py", tmp_path)
    policies = Policies(tmp_path / "app" / "landlords" / "policies")
    policies.change("livewest.toml", NOT_A_NUMBER.replace('"24"', "24"), NOT_A_NUMBER)
    environment = os.environ | {"INSTANCE_PATH": str(tmp_path / "instance"), "LANDLORD": "livewest"}
    start = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert start.returncode != 0
    assert "livewest.toml: complaint.acknowledge[1].hours: is '24'" in start.stderr


def test_a_list_of_behaviour_without_abuse_at_home_is_refused(policies: Policies) -> None:
    policies.change("livv.toml", "is_domestic_abuse = true\n", "")
    with pytest.raises(WrongPolicy, match=r"livv.toml: antisocial_behaviour_kinds: .*is_domestic_abuse"):
        policies.read("livv")


def test_a_way_out_that_is_no_web_address_is_refused(policies: Policies) -> None:
    policies.change("livv.toml", "https://www.bbc.co.uk/weather", "http://elsewhere.example")
    with pytest.raises(WrongPolicy, match=r"livv.toml: exit.address"):
        policies.read("livv")


def test_a_policy_says_how_long_every_kind_is_kept_and_that_nobody_has_confirmed_it(policies: Policies) -> None:
    for key in ("livewest", "livv"):
        landlord = policies.read(key)
        assert {f"retention[{one.key}]" for one in landlord.retention} <= set(landlord.unchecked)
        assert landlord.years_kept("complaint") == 6
    text = (policies.folder / "livv.toml").read_text(encoding="utf-8")
    found = text[text.index('[[retention]]\nkey = "suggestion"') :]
    policies.change("livv.toml", found[: found.index("[[", 5)], "")
    with pytest.raises(WrongPolicy, match="lacks suggestion"):
        policies.read("livv")
