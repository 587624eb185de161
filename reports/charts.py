"""Charts as the page draws them: bars of so many per cent, beside the table that says the same.

Widths are shares of the picture and heights are pixels, so that its letters keep their size on a
phone. What a chart shows is said in one sentence for whoever does not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.measures import BY_KEY, Column
from reports.reading import Row

ROW_HEIGHT = 46
STEPS = ("asked", "replied", "held", "thanked", "kept")
STEP_LABELS = {
    "asked": "People asked",
    "replied": "Answered",
    "held": "Talks",
    "thanked": "Thanked on time",
    "kept": "Kept in touch",
}
INTEREST = (1, 5)


@dataclass(frozen=True)
class Bar:
    label: str
    said: str
    # In per cent of the width.
    width: float
    # Where the bar begins, for a span such as “before … after”.
    start: float = 0
    place: int = 0

    @property
    def end(self) -> float:
        return round(self.start + self.width, 1)

    @property
    def top(self) -> int:
        return self.place * ROW_HEIGHT

    @property
    def words_at(self) -> int:
        return self.top + 16

    @property
    def bar_at(self) -> int:
        return self.top + 23

    @property
    def middle(self) -> int:
        return self.top + 29


@dataclass(frozen=True)
class Chart:
    title: str
    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        return len(self.bars) * ROW_HEIGHT

    @property
    def in_words(self) -> str:
        return "; ".join(f"{bar.label}: {bar.said}" for bar in self.bars) + "."


def steps(total: Row) -> Chart:
    """How many people each step of the guide was taken with."""
    counts = [(key, total.numbers[key]) for key in STEPS if key in total.numbers]
    most = max((number for _, number in counts), default=0)
    bars = [
        Bar(STEP_LABELS[key], f"{number:,}", _share(number, most), place=place)
        for place, (key, number) in enumerate(counts)
    ]
    return Chart("From asking to keeping in touch", bars)


def by_group(rows: Iterable[Row], column: Column, of: str) -> Chart:
    cells = [(row.name, row.cell(column)) for row in rows]
    seen = [(name, cell) for name, cell in cells if cell.value is not None]
    most = 100 if column.is_share else max((cell.value or 0 for _, cell in seen), default=0)
    bars = [
        Bar(name, cell.said, _share(cell.value or 0, most), place=place)
        for place, (name, cell) in enumerate(seen)
    ]
    return Chart(f"{column.label} by {of.lower()}", bars)


def interest(rows: Iterable[Row]) -> Chart:
    """From the interest before the talks to that after them, on a scale from 1 to 5."""
    found = []
    for row in rows:
        before, after = (row.cell(BY_KEY[key]) for key in ("before", "after"))
        if before.value is not None and after.value is not None:
            found.append((row.name, before, after))
    low, high = INTEREST
    bars = []
    for place, (name, before, after) in enumerate(found):
        ends = [100 * ((cell.value or low) - low) / (high - low) for cell in (before, after)]
        start, width = round(min(ends), 1), round(abs(ends[1] - ends[0]), 1)
        said = f"{before.said} before, {after.said} after"
        bars.append(Bar(name, said, width, start, place))
    return Chart("Interest before and after, from 1 to 5", bars)


def _share(value: float, most: float) -> float:
    return round(100 * value / most, 1) if most else 0
