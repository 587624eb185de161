"""What a figure is: the same work done by ours and by a yardstick, in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from benchmarks.machine import processor_seconds

# What the kernel counts a processor's time in: less was not measured.
TICK = 0.01
# How often a look of a millisecond or two is taken, which a busy machine would drown.
LOOKS = 20


class Wrong(Exception):
    """The two sides did not do the same: their times say nothing."""


class Scale(NamedTuple):
    rows: int
    runs: int


class Spent(NamedTuple):
    wall: float
    processor: float

    def for_one_of(self, many: int) -> Spent:
        return Spent(self.wall / many, self.processor / many)


def spent_on(work: Callable[[], object]) -> Spent:
    processor, wall = processor_seconds(), perf_counter()
    work()
    return Spent(perf_counter() - wall, max(processor_seconds() - processor, TICK))


@dataclass(frozen=True)
class Figure:
    """One line of the outcome: ratios of pairs, or one value in a unit.

    `floor` holds what was reached, and below it the command fails; `goal` is what is wanted. Both
    are meant for `from_rows` rows and more: a small run proves nothing of a large one.
    """

    name: str
    wall: Sequence[float]
    processor: Sequence[float] = ()
    unit: str = "×"
    goal: float | None = None
    floor: float | None = None
    less_is_better: bool = False
    from_rows: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def value(self) -> float:
        return median(self.wall)

    def reaches(self, bound: float | None, *, rows: int) -> bool | None:
        """None where the bound says nothing about a run of this size."""
        if bound is None or rows < self.from_rows:
            return None
        return self.value <= bound if self.less_is_better else self.value >= bound

    def to_json(self, *, rows: int) -> dict[str, Any]:
        return {
            "name": self.name,
            "unit": self.unit,
            "wall": _spread(self.wall),
            "processor": _spread(self.processor) if self.processor else None,
            "goal": self.goal,
            "meets_goal": self.reaches(self.goal, rows=rows),
            "floor": self.floor,
            "holds_floor": self.reaches(self.floor, rows=rows),
            "less_is_better": self.less_is_better,
            "seconds": {side: round(seconds, 6) for side, seconds in self.seconds.items()},
        }


def speed(name: str, ours: Sequence[Spent], yardstick: Sequence[Spent], **bounds: Any) -> Figure:
    """How many times as fast as the yardstick ours was, pair by pair."""
    pairs = list(zip(ours, yardstick, strict=True))
    return Figure(
        name,
        wall=[theirs.wall / our.wall for our, theirs in pairs],
        processor=[theirs.processor / our.processor for our, theirs in pairs],
        seconds={
            "ours": median(our.wall for our in ours),
            "yardstick": median(theirs.wall for theirs in yardstick),
        },
        **bounds,
    )


def in_turn(
    runs: int, ours: Callable[[], object], yardstick: Callable[[], object]
) -> tuple[list[Spent], list[Spent]]:
    pairs = [(spent_on(ours), spent_on(yardstick)) for _ in range(runs)]
    return [our for our, _ in pairs], [theirs for _, theirs in pairs]


def many_in_turn(
    runs: int, ours: Callable[[], object], yardstick: Callable[[], object]
) -> tuple[list[Spent], list[Spent]]:
    """Ours is the mean of many looks."""
    many, one = in_turn(runs, lambda: often(ours), yardstick)
    return [spent.for_one_of(LOOKS) for spent in many], one


def often(work: Callable[[], object]) -> None:
    for _ in range(LOOKS):
        work()


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(median(values), 3),
        "min": round(min(values), 3),
        "max": round(max(values), 3),
    }
