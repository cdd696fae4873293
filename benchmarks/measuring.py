"""Times, and what is told of them."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Milliseconds, sorted."""

    all: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.all)

    @property
    def p95(self) -> float:
        return self.all[int(len(self.all) * 0.95)]


@dataclass(frozen=True)
class Row:
    """One line of the results: what was measured, the figure, what it is held against."""

    what: str
    figure: str
    against: str = ""
    ratio: str = ""


def measure_in_turn(acts: dict[str, Callable[[], object]], rounds: int, warm_up: int) -> dict[str, Times]:
    """Time each act ``rounds`` times, turn about, so that whatever else the machine does falls on all alike."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(warm_up + rounds):
        for name, act in acts.items():
            began = time.perf_counter()
            act()
            if number >= warm_up:
                found[name].append((time.perf_counter() - began) * 1000)
    return {name: Times(tuple(sorted(times))) for name, times in found.items()}
