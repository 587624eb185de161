"""Which hidden groups of one slice could stand for each other, whatever the other slices show.

Take a person of a hidden major in law away and put one of English there; take that one from English
in film, and put one of another hidden major there: every number that is shown is what it was.
So two hidden groups are company for each other if the third slice links them through shown
groups, within one group of the second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reports.counting import College
from reports.measures import SLICES

Groups = frozenset[str]
KEYS = [slice.key for slice in SLICES]


def is_told_by_others(college: College, shown: Mapping[str, Groups]) -> bool:
    """Whether a hidden group could be worked out from what the other slices show."""
    for place, key in enumerate(KEYS):
        hidden = college.groups(key) - shown[key]
        if hidden - _in_company(college, shown, place):
            return any(shown.values())
    return False


def _in_company(college: College, shown: Mapping[str, Groups], place: int) -> set[str]:
    """The hidden groups that have another one to stand for them."""
    found: set[str] = set()
    second, third = (other for other in range(len(KEYS)) if other != place)
    for fixed, partner in ((second, third), (third, second)):
        links = _Links()
        standing = []
        for one in college.combinations:
            within = _seen(one, fixed, shown)
            node = (within, "partner", _seen(one, partner, shown))
            if one[place] in shown[KEYS[place]]:
                links.join(node, (within, "own", one[place]))
            else:
                standing.append((node, one[place]))
        together: dict[tuple, set[str]] = defaultdict(set)
        for node, group in standing:
            together[links.root(node)].add(group)
        found |= _of_two_and_more(together.values())
    return found


def _seen(one: Sequence[str], place: int, shown: Mapping[str, Groups]) -> str | None:
    """Hidden groups of another slice look like one."""
    return one[place] if one[place] in shown[KEYS[place]] else None


def _of_two_and_more(groups: Iterable[set[str]]) -> set[str]:
    return {group for some in groups if len(some) > 1 for group in some}


class _Links:
    """Which nodes hang together."""

    def __init__(self) -> None:
        self.above: dict[tuple, tuple] = {}

    def root(self, node: tuple) -> tuple:
        while node in self.above:
            node = self.above[node]
        return node

    def join(self, one: tuple, other: tuple) -> None:
        one, other = self.root(one), self.root(other)
        if one != other:
            self.above[one] = other
