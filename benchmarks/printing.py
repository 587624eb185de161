"""The figures of one benchmark as a table for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks.measuring import Figure


def say(outcome: dict[str, Any], figures: Sequence[Figure]) -> None:
    rows = outcome["rows"]
    print(f"\n{outcome['benchmark']}: {rows:,} rows, {outcome['runs']} runs")
    print(f"before: {outcome['before']}; after: {outcome['after']}")
    print(f"PostgreSQL's memory in {'huge' if outcome['huge_pages'] else 'ordinary'} pages")
    print(f"  {'':48} {'median':>9} {'min':>9} {'max':>9} {'processor':>10}  goal")
    for figure in figures:
        print("  " + _line(figure, rows=rows))
        if figure.seconds:
            print("      " + ", ".join(_spent(*side) for side in figure.seconds.items()))


def _line(figure: Figure, *, rows: int) -> str:
    values = (figure.value, min(figure.wall), max(figure.wall))
    columns = " ".join(f"{_short(value):>9}" for value in values)
    processor = _short(median(figure.processor)) if figure.processor else ""
    return (
        f"{figure.name + ', ' + figure.unit:48} {columns} {processor:>10}  {_bounds(figure, rows)}"
    )


def _bounds(figure: Figure, rows: int) -> str:
    if figure.goal is None:
        return ""
    sign = "≤" if figure.less_is_better else "≥"
    meets = figure.reaches(figure.goal, rows=rows)
    verdict = f"from {figure.from_rows:,} rows" if meets is None else "met" if meets else "not met"
    if figure.reaches(figure.floor, rows=rows) is False:
        verdict += f", BELOW ITS FLOOR of {_short(figure.floor or 0)}"
    return f"{sign} {_short(figure.goal)}: {verdict}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def _spent(side: str, seconds: float) -> str:
    return f"{side} {seconds:.2f} s" if seconds >= 1 else f"{side} {seconds * 1000:.2f} ms"
