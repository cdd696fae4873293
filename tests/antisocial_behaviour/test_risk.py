"""The published rule: each weight, each band, each lift; and what must never be true of it."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.antisocial_behaviour.risk import BANDS, FROM_POINTS, WEIGHTS, Judged, band_of, judge
from app.landlords.standards import load_landlord
from app.letters.answers_antisocial_behaviour import CHOSEN

DOCUMENT = Path(__file__).parents[2] / "docs" / "risk.md"
LISTS = {"behaviour_kinds", "harmed", "vulnerable", "hate_because"}  # several answers at once
PAIRS = [(weight.question, weight.answer) for weight in WEIGHTS]


def answers_of(pairs: set[tuple[str, str]]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for question, answer in sorted(pairs):
        if question in LISTS:
            answers.setdefault(question, []).append(answer)
        else:
            answers[question] = answer
    return answers


@pytest.mark.parametrize("weight", WEIGHTS, ids=lambda weight: f"{weight.question}={weight.answer}")
def test_each_answer_has_its_points_and_its_lift(weight: Any) -> None:
    judged = judge(answers_of({(weight.question, weight.answer)}))
    assert judged.points == weight.points
    assert judged.band == (weight.lifts_to or band_of(weight.points))


@pytest.mark.parametrize(
    ("points", "band"),
    [(0, "standard"), (5, "standard"), (6, "medium"), (13, "medium"), (14, "high"), (100, "high")],
)
def test_the_bands_begin_where_they_are_said_to(points: int, band: str) -> None:
    assert band_of(points) == band


@pytest.mark.parametrize(
    ("answers", "band"),
    [
        ({}, "standard"),
        ({"what_happened": "They shout"}, "standard"),
        ({"weapon": "yes"}, "high"),
        ({"behaviour_kinds": ["weapons"]}, "high"),
        ({"behaviour_kinds": ["domestic-abuse"]}, "high"),
        ({"done_by": "somebody-close"}, "high"),
        ({"hate_because": ["race"]}, "medium"),
        ({"hate_because": ["no"]}, "standard"),
        ({"hate_because": ["prefer-not-to-say"]}, "standard"),
        ({"harmed": ["injured"]}, "medium"),
        ({"behaviour_kinds": ["noise", "parking"], "weapon": "maybe", "afraid": None}, "standard"),
    ],
)
def test_what_lifts_the_band_and_what_does_not(answers: dict[str, Any], band: str) -> None:
    assert judge(answers).band == band


@given(st.sets(st.sampled_from(PAIRS)), st.sampled_from(PAIRS))
def test_another_yes_never_lowers_the_band(pairs: set[tuple[str, str]], more: tuple[str, str]) -> None:
    question, _answer = more
    # An answer of which only one can be chosen joins where there is none yet.
    if question not in LISTS and any(question == asked for asked, _given in pairs):
        return
    before, after = judge(answers_of(pairs)), judge(answers_of(pairs | {more}))
    assert after.points > before.points or more in pairs
    assert BANDS.index(after.band) >= BANDS.index(before.band)


@given(st.sets(st.sampled_from(PAIRS)))
def test_yes_is_never_below_not_sure_and_not_sure_never_below_no(pairs: set[tuple[str, str]]) -> None:
    for question in ("weapon", "getting_worse", "targeted"):
        bands = [BANDS.index(judge(answers_of(pairs) | {question: said}).band) for said in ("no", "not-sure", "yes")]
        assert bands == sorted(bands)


@given(st.dictionaries(st.sampled_from([*CHOSEN, "behaviour_kinds"]), st.text() | st.lists(st.text()) | st.none()))
def test_answers_that_are_not_known_are_no_risk_and_no_trouble(answers: dict[str, Any]) -> None:
    assert judge(answers) == Judged("standard", 0, judge(answers).working)


def test_the_working_names_what_counted_and_what_was_not_answered() -> None:
    judged = judge({"weapon": "yes", "afraid": "no"})
    rows = {row["question"]: (row["answer"], row["points"], row["lifts_to"]) for row in judged.working}
    assert rows["weapon"] == ("yes", 5, "high")
    assert "afraid" not in rows  # answered, and nothing to count
    assert rows["harmed"] == (None, 0, "")
    assert sum(row["points"] for row in judged.working) == judged.points


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_every_kind_that_counts_can_be_chosen(landlord: str) -> None:
    offered = {kind.key: kind for kind in load_landlord(landlord).antisocial_behaviour_kinds}
    for weight in WEIGHTS:
        known = offered if weight.question == "behaviour_kinds" else CHOSEN[weight.question]
        assert weight.answer in known, weight
    lifted = {weight.answer for weight in WEIGHTS if weight.question == "behaviour_kinds" and weight.lifts_to == "high"}
    assert {key for key, kind in offered.items() if kind.is_domestic_abuse} <= lifted


def test_the_published_rule_is_the_one_that_runs() -> None:
    """docs/risk.md has the same answers, points and lifts, and the same thresholds."""
    text = DOCUMENT.read_text()
    rows = re.findall(r"^\| `(\w+)` \| `([\w-]+)` \| (\d+) \| (\w*) ?\|$", text, re.M)
    assert [(q, a, int(p), lift) for q, a, p, lift in rows] == [
        (weight.question, weight.answer, weight.points, weight.lifts_to) for weight in WEIGHTS
    ]
    thresholds = re.findall(r"^\| \*\*(\w+)\*\* \| (\d+) ", text, re.M)
    assert {band: int(points) for band, points in thresholds} == FROM_POINTS
