"""Whom of the people on a student's list an entry speaks of, and what it would add to them.

One e-mail is one person, unless the names say that two share it. One name is one person, unless
the employer or the e-mail says otherwise: two of a name can be merged later, one who swallowed
another is hard to tell apart again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from contacts.importing.entries import DETAILS_AT_MOST, in_words
from core.likeness import alike
from core.names import read_name

# In the order in which a page names them.
FIELDS = {
    "job_title": "Job title", "employer": "Company", "email": "E-mail", "phone": "Phone",
    "address": "Address", "website": "Web page",
}  # fmt: skip
KEPT = ("name", *FIELDS, "source", "other_details")
LEGAL_FORMS = {"inc", "llc", "ltd", "corp", "corporation", "co", "company", "gmbh", "plc", "the"}
LOOKED_AT = 50
EMAIL_IN_DETAILS = re.compile(r"(?im)^(?:.*? )?e-mail: (\S+@\S+)$")


@dataclass(slots=True, eq=False)
class Known:
    """Somebody on the list, or whom an earlier entry of the file brings."""

    values: dict[str, str]
    pk: int | None = None
    number: int | None = None

    @property
    def lines(self) -> str:
        return self.values["other_details"].replace("\r\n", "\n")


@dataclass(slots=True)
class Match:
    known: Known | None
    remark: str = ""


class People:
    """Looked up by all that can tell two people apart, so that a thousand of one name cost no
    more than one: only so many of them are looked at who share a name or an e-mail alone."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.index: dict[tuple[str, ...], dict[Known, None]] = defaultdict(dict)
        for one in known:
            self.add(one)

    def add(self, known: Known) -> None:
        """To be said again when something was added to them; a second time is no harm."""
        emails = [known.values["email"], *EMAIL_IN_DETAILS.findall(known.lines)]
        for key in _keys(known.values, [email.casefold() for email in emails if email]):
            self.index[key][known] = None

    def find(self, values: dict[str, Any]) -> Match:
        near = {
            key: self.index[key] for key in _keys(values, values["emails"]) if key in self.index
        }
        exact = [one for key, found in near.items() if len(key) == 3 for one in found]
        sharing = [one for one in _of(near, "email") if one not in exact]
        by_email = [one for one in sharing if could_be_one(one.values["name"], values["name"])]
        of_name = [one for one in _of(near, "name") if one not in exact]
        by_name = [one for one in of_name if not _contradicts(one.values, values)]
        for one in (*exact, *by_email, *by_name):
            if not additions(one, values)[0]:
                return Match(one)
        for certain in (exact, by_email, by_name if len(by_name) == 1 else []):
            if certain:
                return Match(certain[0])
        return Match(None, _remark(values, by_name or of_name, sharing))


def _keys(values: dict[str, Any], emails: list[str]) -> Iterator[tuple[str, ...]]:
    name = folded(values["name"])
    yield ("name", name)
    if employer := _plain("employer", values.get("employer", "")):
        yield ("work", name, employer)
    for email in dict.fromkeys(emails):
        yield ("email", email)
        yield ("email", email, name)


def _of(near: dict[tuple[str, ...], dict[Known, None]], what: str) -> Iterator[Known]:
    for key, found in near.items():
        if key[0] == what and len(key) == 2:
            yield from islice(found, LOOKED_AT)


def _remark(values: dict[str, Any], of_name: list[Known], sharing: list[Known]) -> str:
    if len(of_name) > 1:
        return (
            f"There are {len(of_name)} others called {values['name']}. Merge them if they are one."
        )
    if of_name:
        work = of_name[0].values["employer"]
        where = f" at {work}" if work else ""
        return f"There is another {values['name']}{where}. Merge them if they are one person."
    if sharing:
        return f"{sharing[0].values['name']} has the same e-mail. We take them for two people."
    return ""


def additions(known: Known, values: dict[str, Any]) -> tuple[dict[str, list[str]], int]:
    """For each field what it holds and what it would hold, and how many details find no room.

    A blank never erases, and what is filled stays: what differs from it goes to the details.
    """
    filled: dict[str, list[str]] = {}
    lines = []
    for name, label in FIELDS.items():
        value, there = values.get(name, ""), known.values[name]
        if value and not there:
            filled[name] = ["", value]
        elif value and _plain(name, value) != _plain(name, there):
            lines.append(f"{label}: {value}")
    if folded(values["name"]) != folded(known.values["name"]) and values["name"] not in (
        values.get("email"), values.get("employer"),
    ):  # fmt: skip
        lines.append(f"Name: {values['name']}")
    lines += [line for line in values["other_details"] if not _is_said(line, known)]
    there = f"\n{known.lines}\n"
    news = [line for line in dict.fromkeys(lines) if f"\n{line}\n" not in there]
    kept, left = _fitting(news, known)
    if kept:
        text = "\n".join(filter(None, (known.lines, *kept)))
        filled["other_details"] = [known.values["other_details"], text]
    return filled, left


def _is_said(line: str, known: Known) -> bool:
    """“Mobile phone: 555-0101” is no news of one whose phone that is."""
    label, _, value = line.partition(": ")
    for name in ("email", "phone", "website", "address"):
        if known.values[name] and label.lower().endswith(FIELDS[name].lower()):
            return _plain(name, value) == _plain(name, known.values[name])
    return False


def _fitting(lines: list[str], known: Known) -> tuple[list[str], int]:
    """Whole ones only: half a detail would be new again at the next look."""
    kept: list[str] = []
    room = DETAILS_AT_MOST - len(known.lines)
    for line in lines:
        if len(line) + 1 <= room:
            kept.append(line)
            room -= len(line) + 1
    return kept, len(lines) - len(kept)


def no_room(left: int) -> str:
    return f"“More about them” is full: {in_words(left)} left out."


def _contradicts(known: dict[str, str], values: dict[str, Any]) -> bool:
    """Nobody comes here who has the same e-mail or the same employer."""
    if known["phone"] and _plain("phone", known["phone"]) == _plain(
        "phone", values.get("phone", "")
    ):
        return False
    if known["employer"] and values.get("employer"):
        return True
    return bool(known["email"] and values["emails"])


@lru_cache(maxsize=50_000)
def _plain(name: str, value: str) -> str:
    """Written differently and the same: capitals, dashes in a phone, “Inc.” after a company."""
    if name == "phone":
        return "".join(sign for sign in value if sign.isdigit())[-10:] or value
    if name == "website":
        return re.sub(r"^https?://(www\.)?", "", value.casefold()).rstrip("/")
    words = re.findall(r"\w+", value.casefold())
    if name == "employer":
        words = [word for word in words if word not in LEGAL_FORMS] or words
    return " ".join(words) if name != "email" else value.casefold()


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """What two ways to write one name share. One word alone must be the same to the letter:
    Chris from the gym is not Chris from church."""
    name = read_name(text)
    if name is None or len(name.words) == 1:
        return " ".join(text.casefold().split())
    return " ".join(filter(None, (*name.words, name.generation)))


@lru_cache(maxsize=50_000)
def could_be_one(one: str, other: str) -> bool:
    """Whether two names behind one e-mail can be one person's: Bob Lee and Robert Lee can."""
    if "@" in one or "@" in other or folded(one) == folded(other):
        return True
    first, second = read_name(one), read_name(other)
    return bool(first and second and alike(first, second))
