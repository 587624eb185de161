"""Who led to whom, as a tidy tree: leaves take rows, parents sit at the middle of their children.

Numbers in, places out; the same people give the same drawing. Nothing here is recursive, so a
chain may be as long as it likes, and a circle in the data is opened at the first of its people.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Children = Mapping[int | None, Sequence[int]]


class Place(NamedTuple):
    depth: int
    row: float


@dataclass(frozen=True)
class Layout:
    places: dict[int, Place]
    edges: list[tuple[int, int]]
    depth: int
    rows: int


def children_of(parents: Mapping[int, int | None]) -> dict[int | None, list[int]]:
    """The children of each, in the order given; those of None are the roots."""
    roots = {key for key, parent in parents.items() if parent not in parents}
    seen: set[int] = set()
    for key in parents:
        path: dict[int, None] = {}
        here: int | None = key
        while here is not None and here in parents and here not in seen and here not in path:
            path[here] = None
            here = parents[here]
        if here is not None and here in path:
            circle = list(path)[list(path).index(here) :]
            roots.add(min(circle, key=list(parents).index))
        seen.update(path)
    children: dict[int | None, list[int]] = {}
    for key, parent in parents.items():
        children.setdefault(None if key in roots else parent, []).append(key)
    return children


def downward(root: int, children: Children) -> Iterator[int]:
    """The root and all below it, generation by generation."""
    waiting = deque([root])
    while waiting:
        key = waiting.popleft()
        yield key
        waiting.extend(children.get(key, ()))


def longest_chain(children: Children) -> list[int]:
    """From a root down, each led to by the one before; the first one found of the longest."""
    before: dict[int, int | None] = {}
    depth: dict[int, int] = {}
    for root in children.get(None, ()):
        before[root], depth[root] = None, 1
        for key in downward(root, children):
            for child in children.get(key, ()):
                before[child], depth[child] = key, depth[key] + 1
    here: int | None = max(depth, key=lambda key: depth[key], default=None)
    chain: list[int] = []
    while here is not None:
        chain.append(here)
        here = before[here]
    return chain[::-1]


def layout(root: int, children: Children, kept: set[int]) -> Layout:
    """Places for those of `kept` below `root`; `kept` holds the parent of each of its people."""
    inside = {
        key: [child for child in children.get(key, ()) if child in kept]
        for key in downward(root, children)
        if key in kept
    }
    depths = {root: 0}
    for key, below in inside.items():
        depths.update((child, depths[key] + 1) for child in below)
    rows: dict[int, float] = {}
    leaves = 0
    for key in _from_the_leaves(root, inside):
        below = inside[key]
        rows[key] = (rows[below[0]] + rows[below[-1]]) / 2 if below else leaves
        leaves += not below
    places = {key: Place(depths[key], rows[key]) for key in inside}
    edges = [(key, child) for key, below in inside.items() for child in below]
    return Layout(places, edges, max(depths.values()) + 1, leaves)


def _from_the_leaves(root: int, children: Mapping[int, Sequence[int]]) -> Iterator[int]:
    """Everybody after all of those below them, from the first child to the last."""
    waiting = [(root, False)]
    while waiting:
        key, is_ready = waiting.pop()
        if is_ready or not children[key]:
            yield key
        else:
            waiting.append((key, True))
            waiting.extend((child, False) for child in reversed(children[key]))
