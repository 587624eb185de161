"""Where a page begins, as a part of its address.

A page is found by the last person of the one before, and not by its number: the thousandth is as
quick as the first, and who joins or leaves meanwhile pushes nobody across the edge. Signed, so that
what comes back is what was given out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core import signing

from alumni.searching.built import Slot

SALT = "alumni.page"


class Place(NamedTuple):
    """A person's place in an order: the number that the order begins with, then the name."""

    number: float
    family_name: str
    given_name: str
    id: int


class Turn(NamedTuple):
    """Which page is wanted: `length` people in `order` after `start`, or before it."""

    order: str
    length: int
    start: Place | None = None
    backward: bool = False
    # Students neither find by what an alum hides nor see people put in its order.
    sees_hidden: bool = True

    def shape(self) -> Turn:
        """The same with a slot for each part of the start."""
        return self._replace(start=self.start and Place(*map(Slot, STARTS)))  # type: ignore[arg-type]

    def values(self) -> dict[str, Any]:
        return dict(zip(STARTS, self.start, strict=True)) if self.start else {}


STARTS = ("start_number", "start_family", "start_given", "start_id")


def written(place: Place) -> str:
    return signing.dumps(list(place), salt=SALT, compress=True)


def read(text: str) -> Place | None:
    """None for what was not given out here: such a page is the first."""
    try:
        return Place(*signing.loads(text, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
