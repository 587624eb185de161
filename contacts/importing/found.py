"""What one entry of an address book says, before anybody asked where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Labeled(NamedTuple):
    """A value as the file has it, and what the file calls it: “Home”, “Work fax”."""

    label: str
    value: str
    # The one that its owner likes best comes before the first.
    is_preferred: bool = False


@dataclass(slots=True)
class Found:
    """`number` is where it stands in the file, from 1: the row of a table, the number of a card."""

    number: int
    # In the order of trust: the first that holds anything is the name.
    names: list[Labeled] = field(default_factory=list)
    emails: list[Labeled] = field(default_factory=list)
    phones: list[Labeled] = field(default_factory=list)
    titles: list[Labeled] = field(default_factory=list)
    employers: list[Labeled] = field(default_factory=list)
    addresses: list[Labeled] = field(default_factory=list)
    websites: list[Labeled] = field(default_factory=list)
    details: list[Labeled] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    source: str = ""
    # Why nobody can be made of it. What could be read stands in the other lists all the same.
    problem: str = ""
    # Pictures, sounds and keys, which CareerHub does not keep.
    left_behind: int = 0
