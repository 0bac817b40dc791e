"""Racing pieces of work against each other in one run: interleaved, medians, an interval for the ratio."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from statistics import median


@dataclass(frozen=True, slots=True)
class Times:
    """What one racer took, in milliseconds."""

    all: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.all)

    def percentile(self, share: float) -> float:
        return sorted(self.all)[min(int(len(self.all) * share), len(self.all) - 1)]


def race(racers: Mapping[str, Callable[[int], object]], rounds: int, *, warm_up: int = 2) -> dict[str, Times]:
    """Run every racer once a round, in an order shuffled by the round; each is told the number of its run."""
    took: dict[str, list[float]] = {name: [] for name in racers}
    chance = random.Random(rounds)
    for number in range(-warm_up, rounds):
        order = list(racers)
        chance.shuffle(order)
        for name in order:
            began = time.perf_counter()
            racers[name](number + warm_up)
            spent = (time.perf_counter() - began) * 1000
            if number >= 0:
                took[name].append(spent)
    return {name: Times(tuple(times)) for name, times in took.items()}


def ratio(ours: Times, theirs: Times) -> tuple[float, float, float]:
    """(ours / theirs, low, high): the ratio of the medians and its bootstrap interval of 95 %."""
    chance, found = random.Random(7), []
    for _ in range(400):
        one = median(chance.choices(ours.all, k=len(ours.all)))
        other = median(chance.choices(theirs.all, k=len(theirs.all)))
        found.append(one / other)
    found.sort()
    return ours.median / theirs.median, found[10], found[389]


def exponent(sizes: Mapping[int, float]) -> float | None:
    """How the time grows with the size: 0 flat, 1 linear; from the smallest to the largest measured."""
    if len(sizes) < 2:
        return None
    small, large = min(sizes), max(sizes)
    return log(sizes[large] / sizes[small]) / log(large / small)
