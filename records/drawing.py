"""A branch of the network as boxes and lines, in pixels: data for an SVG, with no style in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from records import tree
from records.network import Branch, Network, Person

WIDTH, HEIGHT = 176, 64
ACROSS, DOWN = WIDTH + 30, HEIGHT + 12
LETTERS_OF_NAME, LETTERS_OF_WORK = 20, 25
# Stands for the source itself, which is nobody.
SOURCE = 0


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    person: Person
    name: str
    work: str
    # How many more they led to than are drawn.
    hidden: int


@dataclass(frozen=True)
class Drawing:
    source: str
    boxes: list[Box]
    lines: list[str]
    width: int
    height: int
    source_y: int
    branches: list[Branch]

    @property
    def shown(self) -> list[int]:
        return [box.person.pk for box in self.boxes]


def draw(network: Network, source: str, branches: Sequence[Branch]) -> Drawing:
    """One source and its branches, below each other."""
    kept = {SOURCE} | {pk for branch in branches for pk in branch.shown}
    children = {**network.children, SOURCE: [branch.root for branch in branches]}
    found = tree.layout(SOURCE, children, kept)
    points = {
        pk: (place.depth * ACROSS, round(place.row * DOWN)) for pk, place in found.places.items()
    }
    return Drawing(
        source=source,
        boxes=[_box(network, pk, *points[pk], kept) for pk in found.places if pk != SOURCE],
        lines=[_line(points[one], points[other]) for one, other in found.edges],
        width=(found.depth - 1) * ACROSS + WIDTH + 2,
        height=(found.rows - 1) * DOWN + HEIGHT + 2,
        source_y=points[SOURCE][1],
        branches=list(branches),
    )


def _box(network: Network, pk: int, x: int, y: int, kept: set[int]) -> Box:
    person = network.people[pk]
    hidden = sum(child.pk not in kept for child in network.led_to(pk))
    name, work = shortened(person.name, LETTERS_OF_NAME), shortened(person.work, LETTERS_OF_WORK)
    return Box(x, y, person, name, work, hidden)


def _line(one: tuple[int, int], other: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = one, other
    start, end, middle = x + WIDTH, to_x, (x + WIDTH + to_x) // 2
    y, to_y = y + HEIGHT // 2, to_y + HEIGHT // 2
    return f"M{start} {y}C{middle} {y} {middle} {to_y} {end} {to_y}"


def shortened(words: str, most: int) -> str:
    """As much as fits into a box; letters that are as wide as two count twice."""
    widths = (2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)
    fits = sum(width <= most for width in accumulate(widths))
    return words if fits == len(words) else f"{words[: fits - 1].rstrip()}…"
