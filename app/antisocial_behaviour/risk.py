"""How great the risk is, by a rule that anybody can read (docs/risk.md) and check by hand. Pure.

Each answer that speaks of harm has points. The points together give the band; a few answers lift the band whatever the
points are. An answer that was not given has no points: it is listed, so that a colleague can ask. The rule is this
service's own and says who is looked at first; a colleague judges again with the person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

STANDARD, MEDIUM, HIGH = BANDS = ("standard", "medium", "high")  # the lowest first
FROM_POINTS = {HIGH: 14, MEDIUM: 6, STANDARD: 0}  # the band begins with this number of points


@dataclass(frozen=True)
class Weight:
    """``answer`` to ``question`` has so many points; with ``lifts_to`` the band is that one or a higher."""

    question: str
    answer: str
    points: int
    lifts_to: str = ""


WEIGHTS: tuple[Weight, ...] = (
    # What is happening.
    Weight("behaviour_kinds", "domestic-abuse", 6, HIGH),
    Weight("behaviour_kinds", "weapons", 5, HIGH),
    Weight("behaviour_kinds", "threats-or-violence", 4),
    Weight("behaviour_kinds", "cuckooing", 4, MEDIUM),
    Weight("behaviour_kinds", "hate", 3, MEDIUM),
    Weight("behaviour_kinds", "harassment", 2),
    Weight("behaviour_kinds", "groups", 1),
    Weight("behaviour_kinds", "drugs", 1),
    Weight("behaviour_kinds", "damage", 1),
    # Who is doing it.
    Weight("done_by", "somebody-close", 6, HIGH),
    # How often.
    Weight("how_often", "every-day", 3),
    Weight("how_often", "every-week", 2),
    Weight("how_often", "every-month", 1),
    # Harm.
    Weight("afraid", "very", 3),
    Weight("afraid", "a-little", 1),
    Weight("harmed", "injured", 5, MEDIUM),
    Weight("harmed", "threatened", 3),
    Weight("harmed", "health", 2),
    Weight("harmed", "damage", 1),
    Weight("harmed", "changed-life", 1),
    Weight("weapon", "yes", 5, HIGH),
    Weight("weapon", "not-sure", 2),
    Weight("getting_worse", "yes", 2),
    Weight("getting_worse", "not-sure", 1),
    Weight("targeted", "yes", 2),
    Weight("targeted", "not-sure", 1),
    # Who needs more care: each of them.
    Weight("vulnerable", "child", 1),
    Weight("vulnerable", "older", 2),
    Weight("vulnerable", "disabled", 2),
    Weight("vulnerable", "ill", 2),
    Weight("vulnerable", "pregnant", 2),
    Weight("vulnerable", "alone", 2),
    Weight("vulnerable", "before", 2),
    # Hate, as anybody perceives it.
    Weight("hate_because", "disability", 3, MEDIUM),
    Weight("hate_because", "race", 3, MEDIUM),
    Weight("hate_because", "religion", 3, MEDIUM),
    Weight("hate_because", "sexual-orientation", 3, MEDIUM),
    Weight("hate_because", "transgender-identity", 3, MEDIUM),
)
QUESTIONS = tuple(dict.fromkeys(weight.question for weight in WEIGHTS))


@dataclass(frozen=True)
class Judged:
    """``working`` has a row for each answer that counted, and one without an answer for each that is missing."""

    band: str
    points: int
    working: tuple[dict[str, Any], ...]


def judge(answers: Mapping[str, Any]) -> Judged:
    """From a report's answers, by question. What is not known raises nothing."""
    working = tuple(_working(answers))
    points = sum(row["points"] for row in working)
    lifts = [row["lifts_to"] for row in working if row["lifts_to"]]
    return Judged(max([band_of(points), *lifts], key=BANDS.index), points, working)


def band_of(points: int) -> str:
    """The band by points alone."""
    return next(band for band, least in FROM_POINTS.items() if points >= least)


def _working(answers: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for question in QUESTIONS:
        answer = answers.get(question)
        given = answer if isinstance(answer, list | tuple) else [answer]
        if answer in (None, "", [], ()):
            yield {"question": question, "answer": None, "points": 0, "lifts_to": ""}
        for weight in WEIGHTS:
            if weight.question == question and weight.answer in given:
                yield {
                    "question": question,
                    "answer": weight.answer,
                    "points": weight.points,
                    "lifts_to": weight.lifts_to,
                }
