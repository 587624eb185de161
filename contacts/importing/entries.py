"""What an entry says to the fields of a contact; what fits into none is kept in words.

Nothing is cut or dropped without a remark, and nothing is made up: an entry without a name is
called by its e-mail or its company, and left out when it has neither.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from contacts.importing.found import Found, Labeled
from contacts.models import Contact

# A longer value would be cut there: it goes to the details as a whole instead.
LONGEST = {
    field.name: field.max_length or 0
    for field in Contact._meta.concrete_fields
    if field.name
    in {"name", "job_title", "employer", "email", "phone", "address", "website", "other_details"}
}
DETAILS_AT_MOST = LONGEST["other_details"]
CUT = " … (cut here)"
LEAST_OF_A_CUT = 100
LONGEST_LABEL = 80
CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Put before a phone with + by what writes tables for spreadsheets, CareerHub among them.
SPREADSHEET_APOSTROPHE = re.compile(r"^'(?=\s*[=+\-@])")
BARE_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+([/?#]\S*)?")
is_web_page = URLValidator(schemes=["http", "https"])
NOBODY = "There is no name, no e-mail and no company in it, so we do not know who this is."
NUL = "It holds NUL bytes, which are no text."


@dataclass(slots=True)
class Entry:
    number: int
    name: str = ""
    # By the field of Contact; other_details as a list of lines, emails for finding the person.
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    # Why it is left out.
    problem: str = ""


def make_entry(found: Found) -> Entry:
    return _Sorting(found).entry()


class _Sorting:
    def __init__(self, found: Found) -> None:
        self.found = found
        self.remarks = list(dict.fromkeys(found.remarks))
        self.values: dict[str, Any] = {}
        self.details: list[str] = []
        self.problem = found.problem

    def entry(self) -> Entry:
        self._take_emails()
        self._take_one("employer", self.found.employers, "Company")
        self._take_name()
        self._take_one("job_title", self.found.titles, "Job title")
        self._take_phones()
        self._take_one("address", self.found.addresses, "Address", lines=True)
        self._take_websites()
        for label, value, _ in sorted(self.found.details, key=lambda one: one.label == "Note"):
            self._keep(label, value)
        if self.found.source:
            self.values["source"] = self.found.source
        self.values["other_details"] = self._fitted_details()
        return Entry(
            self.found.number, self.values.get("name", ""), self.values, self.remarks, self.problem
        )

    def _keep(self, label: str, value: str) -> None:
        text = self._tidy(value, lines=True)
        if text:
            label = self._tidy(label)[:LONGEST_LABEL]
            line = f"{label}: {text}" if label else text
            if line not in self.details:
                self.details.append(line)

    def _tidy(self, value: str, *, lines: bool = False) -> str:
        if "\0" in value:
            self.problem = self.problem or NUL
            value = value.replace("\0", "\ufffd")
        value = SPREADSHEET_APOSTROPHE.sub("", value)
        value = CONTROLS.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))
        if not lines:
            return " ".join(value.split())
        return "\n".join(filter(None, (line.strip() for line in value.split("\n"))))

    def _take_one(
        self, name: str, values: list[Labeled], label: str, *, lines: bool = False
    ) -> None:
        """The best one goes to the field, the others to the details."""
        for one in _best_first(values):
            text = self._tidy(one.value, lines=lines)
            if text and name not in self.values and len(text) <= LONGEST[name]:
                self.values[name] = text
            elif text and text != self.values.get(name):
                if len(text) > LONGEST[name]:
                    self._remark_kept(f"The {label.lower()} is too long for its field")
                self._keep(_called(one.label, label), text)

    def _remark_kept(self, what: str) -> None:
        self.remarks.append(f"{what}. It stands under “More about them”.")

    def _take_name(self) -> None:
        spoken = [one for one in self.found.names if is_spoken(self._tidy(one.value))]
        name = self._tidy(spoken[0].value) if spoken else ""
        if not name:
            name = self.values.get("email") or self.values.get("employer", "")
            if name:
                what = "e-mail" if "email" in self.values else "company"
                self.remarks.append(f"It has no name in the file, so it is called by its {what}.")
            else:
                self.problem = self.problem or NOBODY
        if len(name) > LONGEST["name"]:
            self._keep("Full name", name)
            self._remark_kept("The name is too long for its field, and was cut there")
            name = f"{name[: (LONGEST['name'] or 0) - 2].rsplit(' ', 1)[0]} …"
        self.values["name"] = name
        words = _words(name)
        for one in spoken[1:]:
            if not _words(one.value) <= words:
                self._keep(one.label, one.value)

    def _take_emails(self) -> None:
        emails: list[str] = []
        for one in _best_first(self.found.emails):
            text = self._tidy(one.value).strip("<>")
            if not text:
                continue
            if not _is_email(text):
                self._keep(_called(one.label, "E-mail"), text)
                self._remark_kept("An e-mail address is not written as one")
                continue
            if not emails:
                self.values["email"] = text
            elif text.casefold() not in emails:
                self._keep(_called(one.label, "E-mail"), text)
            emails.append(text.casefold())
        self.values["emails"] = list(dict.fromkeys(emails))

    def _take_phones(self) -> None:
        """The preferred one, or the mobile one, or the first."""
        phones = [
            one._replace(is_preferred=one.is_preferred or "mobile" in one.label.lower())
            for one in sorted(self.found.phones, key=lambda one: not one.is_preferred)
        ]
        self._take_one("phone", phones, "Phone")

    def _take_websites(self) -> None:
        pages = []
        for one in _best_first(self.found.websites):
            text = self._tidy(one.value)
            if BARE_DOMAIN.fullmatch(text):
                text = f"https://{text}"
            if _is_link(text):
                pages.append(one._replace(value=text))
            else:
                self._keep(_called(one.label, "Web page"), text)
        self._take_one("website", pages, "Web page")

    def _fitted_details(self) -> list[str]:
        kept, left = fitted(self.details, room=DETAILS_AT_MOST)
        if left:
            self.remarks.append(
                f"There is more about them than CareerHub can hold: {in_words(left)} cut or left "
                "out. It is still in your file."
            )
        return kept


def fitted(lines: list[str], *, room: int) -> tuple[list[str], int]:
    """As many as there is room for, and how many were cut or left out."""
    kept: list[str] = []
    left = 0
    for line in lines:
        if len(line) + 1 <= room:
            kept.append(line)
        else:
            left += 1
            if room < LEAST_OF_A_CUT + len(CUT) or left > 1:
                continue
            kept.append(line[: room - len(CUT) - 1] + CUT)
        room -= len(kept[-1]) + 1
    return kept, left


def in_words(count: int) -> str:
    return "one detail was" if count == 1 else f"{count} details were"


def is_spoken(name: str) -> bool:
    """Not only hyphens and dots. A pizza is a name, if somebody wants it to be."""
    return any(unicodedata.category(sign)[0] not in "PZC" for sign in name)


def _best_first(values: list[Labeled]) -> list[Labeled]:
    return sorted(values, key=lambda one: not one.is_preferred)


def _called(label: str, what: str) -> str:
    """“Home e-mail”, “Assistant phone”, “Phone”."""
    if not label:
        return what
    return label if what.lower() in label.lower() else f"{label} {what.lower()}"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST["email"]


def _is_link(text: str) -> bool:
    try:
        is_web_page(text)
    except ValidationError:
        return False
    return True
