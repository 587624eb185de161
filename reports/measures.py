"""What a report counts. docs/reports.md says it in words; facts.py counts it for one student."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Added up over students and days. A fact holds one number for each.
SUMS = (
    "asked", "replied", "reply_days", "held", "thanked", "kept", "named", "rated",
    "interest_before", "interest_after", "reviews", "answered", "review_seconds",
)  # fmt: skip

# Whom a number is about: the students of whom this holds, as a condition on a fact.
CELLS = {
    "active": "is_active",
    "asked": "asked > 0",
    "replied": "replied > 0",
    "not_replied": "replied < asked",
    "held": "held > 0",
    "thanked": "thanked > 0",
    "not_thanked": "thanked < held",
    "kept": "kept > 0",
    "not_kept": "kept < held",
    "named": "named > 0",
    "rated": "rated > 0",
    "reviews": "reviews > 0",
    "answered": "answered > 0",
}


@dataclass(frozen=True)
class Family:
    """Numbers that are shown or hidden together, because one tells of the other.

    Each of `cells` needs people enough: of a share both sides do. Where the family that it is
    `within` is hidden, so is this one.
    """

    key: str
    cells: tuple[str, ...]
    sums: tuple[str, ...] = ()
    within: str = ""


FAMILIES = (
    Family("active", ("active",)),
    Family("asked", ("asked",), ("asked",)),
    Family("replied", ("replied", "not_replied"), ("replied", "reply_days"), within="asked"),
    Family("held", ("held",), ("held",)),
    Family("thanked", ("thanked", "not_thanked"), ("thanked",), within="held"),
    Family("kept", ("kept", "not_kept"), ("kept",), within="held"),
    Family("named", ("named",), ("named",)),
    Family("rated", ("rated",), ("rated", "interest_before", "interest_after")),
    Family("reviews", ("reviews",), ("reviews",)),
    Family("answered", ("answered",), ("answered", "review_seconds")),
)

Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Column:
    """How a number is shown: a count, or `over` divided by `under`."""

    key: str
    label: str
    family: str
    over: str
    under: str = ""
    scale: float = 1
    unit: str = ""
    # One sentence, for whoever reads the number the first time.
    meaning: str = ""

    def value(self, numbers: Numbers) -> float | None:
        """None where it is hidden, or where there is nothing to divide by."""
        if self.over not in numbers:
            return None
        if not self.under:
            return numbers[self.over]
        below = numbers.get(self.under)
        return self.scale * numbers[self.over] / below if below else None

    def said(self, value: float | None) -> str:
        if value is None:
            return ""
        if not self.under:
            return f"{value:,.0f}"
        return f"{value:.0f}%" if self.unit == "%" else f"{value:.1f}"

    @property
    def is_share(self) -> bool:
        return self.unit == "%"


COLUMNS = (
    Column("active", "Active students", "active", "active",
           meaning="Students who wrote down a person, an exchange, a talk or a letter of thanks."),
    Column("asked", "People asked", "asked", "asked",
           meaning="People whom a student asked to meet for the first time."),
    Column("replied", "Answered", "replied", "replied", "asked", 100, "%",
           meaning="Of the people asked, those who have answered by now."),
    Column("reply_days", "Days to the answer", "replied", "reply_days", "replied",
           meaning="From the first asking to the first answer, on average."),
    Column("held", "Talks", "held", "held",
           meaning="Informational interviews that took place."),
    Column("thanked", "Thanked on time", "thanked", "thanked", "held", 100, "%",
           meaning="Of the talks, those whose thank-you went out by its last day."),
    Column("kept", "Kept in touch", "kept", "kept", "held", 100, "%",
           meaning="Of the talks, those after which the student has written again by now."),
    Column("named", "Names gained", "named", "named",
           meaning="People whom somebody else had named to the student."),
    Column("before", "Interest before", "rated", "interest_before", "rated",
           meaning="From 1 to 5, where the student rated it before and after the talk."),
    Column("after", "Interest after", "rated", "interest_after", "rated",
           meaning="From 1 to 5, of the same talks."),
    Column("reviews", "Letters to advisors", "reviews", "reviews",
           meaning="Letters that students sent to their advisor to read."),
    Column("turnaround", "Days until read", "answered", "review_seconds", "answered", 1 / 86400,
           meaning="From the sending to the advisor’s answer, on average."),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True)
class Slice:
    key: str
    label: str
    # What a group is called that has no name of its own.
    nameless: str


SLICES = (
    Slice("class", "Class", "No class year"),
    Slice("major", "Major", "No major"),
    Slice("field", "Field", "No field"),
)
SLICE_BY_KEY = {slice.key: slice for slice in SLICES}
