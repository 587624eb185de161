"""What would become of each row, and who is in none: the same for the page and for the deed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Caseload
from alumni.importing.cells import shown
from alumni.importing.folding import folded
from roster.importing.people import Known, People
from roster.importing.rows import CleanRow
from roster.matching import Facts, Matcher
from roster.models import StudentListRow

Outcome = StudentListRow.Outcome
Source = Caseload.Source
# The registrar's word counts; the others are the student's, and a list only fills them.
FIRST_WORD = {"interests": "fields_of_interest", "phone": "phone"}
SAID = ("name", "email", "student_number", "class_year", "majors")


class RowOut(Exception):
    """The message says why a row is left out."""


@dataclass
class Planned:
    number: int | None
    outcome: str
    name: str = ""
    cells: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    student_id: int | None = None
    # Field to what it held and what it will hold; of somebody new, from nothing.
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    # To whom they go, and who says so.
    to: int | None = None
    source: str = ""
    # The names of both advisors, as the page says them.
    advisors: tuple[str, str] = ("", "")
    # Staff said so of somebody who is in no row.
    stays: bool = False
    # Once it was applied: which caseloads ended, began, or got another source.
    caseloads: dict[str, Any] = field(default_factory=dict)


def plan_rows(rows: Iterable[CleanRow], people: People, matcher: Matcher) -> list[Planned]:
    """Every row in one of four outcomes, in the order of the list."""
    planner = _Planner(people, matcher)
    return [planner.plan(row) for row in rows]


def plan_leaving(people: People, *, on: date, staying: Collection[int]) -> list[Planned]:
    """Students of today whom no row meant, not even one that was left out."""
    gone = [known for known in people.students.values() if known.is_present and known.row is None]
    return [
        Planned(
            None, Outcome.LEAVING, known.values["name"], student_id=known.pk,
            changes={"is_active": (True, False), "left_on": (None, on)},
            stays=known.pk in staying,
        )
        for known in gone
    ]  # fmt: skip


class _Planner:
    def __init__(self, people: People, matcher: Matcher) -> None:
        self.people = people
        self.matcher = matcher
        # Number and e-mail of those who are new, to the row that brings them.
        self.new: dict[str, int] = {}

    def plan(self, row: CleanRow) -> Planned:
        number, cells = row.record.number, row.record.cells
        name = row.values.get("name", "")
        planned = Planned(number, Outcome.REJECTED, name, cells, list(row.problems))
        try:
            known = self._who(row)
            if not row.is_usable:
                return planned
            if known is None:
                self._plan_new(planned, row)
            else:
                self._plan_known(planned, row, known)
        except RowOut as reason:
            planned.outcome = Outcome.REJECTED
            planned.problems.insert(0, str(reason))
            planned.changes, planned.to = {}, None
        return planned

    def _who(self, row: CleanRow) -> Known | None:
        """By number first, by e-mail else; both must not mean two people."""
        by_number = self.people.by_number.get(row.number)
        by_email = self.people.by_email.get(row.email)
        known = by_number or by_email
        for one in {one.pk: one for one in (by_number, by_email) if one}.values():
            before, one.row = one.row, one.row or row.record.number
            if before is not None and row.is_usable:
                raise RowOut(f"This is the same student as in row {before}.")
        if not row.is_usable:
            return None
        if by_number and by_email and by_number is not by_email:
            raise RowOut(
                f"The number is that of {by_number.values['name']}, and the e-mail that of "
                f"{by_email.values['name']}."
            )
        if known and row.number and known.values["student_number"] not in ("", row.number):
            raise RowOut(
                f"This e-mail belongs to number {known.values['student_number']}, "
                f"and the row says {shown(row.number)}."
            )
        return known

    def _plan_new(self, planned: Planned, row: CleanRow) -> None:
        values = row.values
        if "name" not in values:
            raise RowOut("There is no name in this row.")
        if "email" not in values:
            raise RowOut("There is no e-mail in this row, and nobody here has its number.")
        keys = [f"#{row.number}", row.email] if row.number else [row.email]
        for key in keys:
            if key in self.new:
                raise RowOut(f"This is the same student as in row {self.new[key]}.")
        self._refuse_address(values["email"])
        self.new |= dict.fromkeys(keys, row.record.number)
        planned.outcome = Outcome.CREATED
        for said, name in {**{one: one for one in SAID}, **FIRST_WORD}.items():
            if values.get(said):
                planned.changes[name] = (None, values[said])
        self._advise(planned, row, None)

    def _plan_known(self, planned: Planned, row: CleanRow, known: Known) -> None:
        planned.student_id, planned.name = known.pk, known.values["name"]
        held, values = known.values, row.values
        for name in SAID:
            if name in values and values[name] != held[name]:
                planned.changes[name] = (held[name], values[name])
        for said, name in FIRST_WORD.items():
            if values.get(said) and not held[name]:
                planned.changes[name] = (held[name], values[said])
        if "email" in planned.changes:
            self._refuse_address(values["email"])
            self.new[values["email"]] = row.record.number
        if held["left_on"] is not None:
            planned.changes["left_on"] = (held["left_on"], None)
            planned.changes["is_active"] = (held["is_active"], True)
        elif not held["is_active"]:
            planned.problems.append("An administrator closed this account, and it stays closed.")
        self._advise(planned, row, known)
        is_changed = bool(planned.changes) or planned.to is not None
        planned.outcome = Outcome.UPDATED if is_changed else Outcome.UNCHANGED

    def _refuse_address(self, email: str) -> None:
        if email in self.people.of_office:
            raise RowOut(f"{shown(email)} is the address of somebody who works here.")
        if email in self.people.by_email:
            raise RowOut(f"{shown(email)} belongs to somebody else already.")
        if email in self.new:
            raise RowOut(f"This is the e-mail of row {self.new[email]}, too.")

    def _advise(self, planned: Planned, row: CleanRow, known: Known | None) -> None:
        """The list's word counts, but for what was chosen by hand; new ones follow the rules."""
        if known is not None and (known.graduated_on or not _will_be_here(planned, known)):
            return
        said = row.values.get("advisor", "")
        advisor = self.people.advisors.get(said)
        if said and advisor is None:
            planned.problems.append(f"{shown(said)} is not the e-mail of an advisor here.")
        if advisor is None:
            self._advise_by_rule(planned, row, known)
        elif known is not None and known.source == Source.HAND:
            if known.advisor_id != advisor.pk:
                name = self.people.names.get(known.advisor_id or 0, "their advisor")
                planned.problems.append(f"Stays with {name}, who was chosen by hand.")
        elif known is None or (known.advisor_id, known.source) != (advisor.pk, Source.LIST):
            self._give(planned, known, advisor.pk, Source.LIST)

    def _give(self, planned: Planned, known: Known | None, to: int, source: str) -> None:
        names, before = self.people.names, known.advisor_id if known else None
        planned.to, planned.source = to, source
        planned.advisors = (names.get(before or 0, ""), names.get(to, ""))

    def _advise_by_rule(self, planned: Planned, row: CleanRow, known: Known | None) -> None:
        is_back = "left_on" in planned.changes
        if known is not None and (known.advisor_id is not None or not is_back):
            return
        held = known.values if known else {}
        majors = row.values.get("majors") or held.get("majors", [])
        interests = held.get("fields_of_interest") or row.values.get("interests", [])
        facts = Facts(
            known.pk if known else 0, planned.name,
            row.values.get("class_year") or held.get("class_year"),
            frozenset(map(folded, majors)), frozenset(map(folded, interests)),
        )  # fmt: skip
        if rule := self.matcher.first_for(facts):
            self._give(planned, known, rule.advisor_id, Source.RULE)


def _will_be_here(planned: Planned, known: Known) -> bool:
    return known.values["is_active"] or "is_active" in planned.changes
