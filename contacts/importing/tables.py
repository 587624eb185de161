"""A row of an exported table to what it says. Which program wrote it, its headings tell."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from alumni.importing.table import Record, Table, UnreadableFile
from contacts.importing.found import Found, Labeled
from contacts.importing.headings import Meaning, Role, meanings, normal
from contacts.importing.vcards import address_in_lines

# The first whose headings are all there is the one.
PROGRAMS = [
    ("LinkedIn connections", {"first name", "last name", "connected on"}),
    ("LinkedIn connections", {"first name", "last name", "url", "company", "position"}),
    ("Google Contacts", {"email 1 value"}),
    ("Google Contacts", {"given name", "group membership"}),
    ("Google Contacts", {"first name", "organization name", "labels"}),
    ("Google Contacts (shared)", {"name", "contacttype", "apiid"}),
    ("Thunderbird address book", {"display name", "primary email"}),
    ("Outlook contacts", {"first name", "company", "job title", "email address"}),
    ("Outlook contacts", {"first name", "business street", "home street"}),
    ("Salesforce contacts", {"contact1 first name", "contact1 last name"}),
]
ANY_TABLE = "Table of people"
LINKEDIN = "LinkedIn connections"
NAMING = {Role.NAME, Role.GIVEN, Role.FAMILY, Role.OTHER_NAME}
# Several values in one cell of Google's.
SEVERAL = " ::: "
SYSTEM_GROUP = re.compile(r"\* ?my ?contacts|\* ?starred", re.IGNORECASE)
FIELD_CODE = re.compile(r"[A-Z0-9]+(_+[A-Z0-9]+)+")
# What a program writes into every row says nothing of the person.
IDLE = {
    ("sensitivity", "normal"), ("priority", "normal"), ("private", "false"), ("private", "0"),
    ("private", "off"), ("gender", "unspecified"),
}  # fmt: skip
PARTS_OF_NAME = (Role.PREFIX, Role.GIVEN, Role.MIDDLE, Role.FAMILY, Role.SUFFIX)
BIRTH = {"birth year": 0, "birth month": 1, "birth day": 2}
MONTHS = "January February March April May June July August September October November December"


def kind_of(table: Table) -> str:
    """In words; UnreadableFile when no column could hold a name."""
    headings = {normal(column.heading) for column in table.columns}
    for kind, wanted in PROGRAMS:
        if wanted <= headings:
            return kind
    roles = {meaning.role for meaning in meanings([one.heading for one in table.columns])}
    if not table.header_row or not roles & NAMING:
        raise UnreadableFile(
            "We found no heading for names in this list, such as “Name” or “First Name”. "
            "Write headings into its first row, and choose it again."
        )
    return ANY_TABLE


def read_rows(table: Table, kind: str) -> list[Found]:
    columns = meanings([column.heading for column in table.columns])
    headings = [column.heading for column in table.columns]
    return [_Row(record, columns, headings, kind).read() for record in table.records]


@dataclass
class _Row:
    """What is gathered from the cells of one row before it can be put together."""

    record: Record
    columns: list[Meaning]
    headings: list[str]
    kind: str
    name_parts: dict[Role, str] = field(default_factory=dict)
    other_names: list[Labeled] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    birth: list[str] = field(default_factory=lambda: ["", "", ""])

    def read(self) -> Found:
        found = Found(self.record.number, problem=self.record.problem or "")
        if found.problem:
            pairs = zip(self.headings, self.record.cells, strict=False)
            found.details = [Labeled(heading, cell) for heading, cell in pairs if cell]
            return found
        found.source = "ONLINE" if self.kind == LINKEDIN else ""
        filled = [pair for pair in zip(self.columns, self.record.cells, strict=True) if pair[1]]
        self.kinds = {one.group: cell for one, cell in filled if one.role is Role.KIND}
        for meaning, cell in filled:
            self._take(found, meaning, cell)
        self._put_together(found)
        return found

    def _take(self, found: Found, meaning: Meaning, cell: str) -> None:
        lists = {
            Role.NAME: found.names,
            Role.EMPLOYER: found.employers,
            Role.TITLE: found.titles,
            Role.EMAIL: found.emails,
            Role.WEBSITE: found.websites,
        }
        if meaning.role in (Role.EMAIL, Role.WEBSITE):
            lists[meaning.role] += self._values(meaning, cell)
        elif meaning.role in lists:
            lists[meaning.role].append(
                Labeled(meaning.label if meaning.role is Role.NAME else "", cell)
            )
        elif meaning.role is Role.PHONE:
            self._take_phones(found, meaning, cell)
        elif meaning.role in PARTS_OF_NAME:
            self.name_parts[meaning.role] = cell
        else:
            self._take_rarer(found, meaning, cell)

    def _take_rarer(self, found: Found, meaning: Meaning, cell: str) -> None:
        match meaning.role:
            case Role.OTHER_NAME:
                self.other_names.append(Labeled(meaning.label, cell))
            case Role.ADDRESS:
                self.addresses[meaning.group][meaning.part] = cell
            case Role.CONNECTED:
                found.details.append(Labeled("", f"Connected on LinkedIn {cell}"))
            case Role.GROUPS:
                found.details.append(Labeled("Groups", _groups(cell)))
            case Role.PICTURE:
                found.left_behind += 1
            case Role.BIRTH:
                self.birth[BIRTH[meaning.part]] = cell
            case Role.DETAIL if (normal(meaning.label), cell.lower()) not in IDLE:
                found.details.append(Labeled(_singular(meaning.label), cell))

    def _values(self, meaning: Meaning, cell: str) -> list[Labeled]:
        kind = self.kinds.get(meaning.group, "")
        label = kind.lstrip("* ") or meaning.label
        return [
            Labeled(label, value.strip(), kind.startswith("*"))
            for value in cell.split(SEVERAL)
            if value.strip()
        ]

    def _take_phones(self, found: Found, meaning: Meaning, cell: str) -> None:
        for value in self._values(meaning, cell):
            is_fax = re.search(r"fax|pager", value.label, re.IGNORECASE)
            (found.details if is_fax else found.phones).append(value)

    def _put_together(self, found: Found) -> None:
        parts = [self.name_parts.get(role, "") for role in PARTS_OF_NAME]
        if FIELD_CODE.fullmatch(self.name_parts.get(Role.GIVEN, "")):
            found.problem = "This row holds the names of fields, not a person."
        found.names.append(Labeled("Full name", " ".join(filter(None, parts))))
        found.names += self.other_names
        for group, known in self.addresses.items():
            found.addresses.append(self._address(group, known))
        found.details.append(Labeled("Birthday", self._birthday()))
        is_hidden = not (self.name_parts or found.names[0].value or found.emails)
        if self.kind == LINKEDIN and is_hidden and not found.employers:
            found.problem = "This member has hidden their name from LinkedIn’s file."

    def _address(self, group: str, known: dict[str, str]) -> Labeled:
        streets = [known[part] for part in ("street", "street 2", "street 3") if part in known]
        lines = address_in_lines({**known, "street": "\n".join(streets)})
        whole = known.get("whole", "")
        if set(re.findall(r"\w+", lines)) <= set(re.findall(r"\w+", whole)):
            lines = whole
        elif whole:
            lines = f"{whole}\n{lines}"
        kind = self.kinds.get(group, "")
        own = next(meaning.label for meaning in self.columns if meaning.group == group)
        return Labeled(kind.lstrip("* ") or own, lines, kind.startswith("*"))

    def _birthday(self) -> str:
        year, month, day = self.birth
        if month.isdigit() and 1 <= int(month) <= 12:
            month = MONTHS.split()[int(month) - 1]
        return ", ".join(filter(None, (" ".join(filter(None, (month, day))), year)))


def _groups(cell: str) -> str:
    groups = [part.strip() for part in re.split(r" ::: |;", cell)]
    kept = [part.lstrip("* ") for part in groups if not SYSTEM_GROUP.fullmatch(part)]
    return ", ".join(filter(None, kept))


def _singular(heading: str) -> str:
    return "Note" if heading == "Notes" else heading
