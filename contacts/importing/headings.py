"""What each column of an address book holds, by the headings that the programs write."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    NAME = "name"  # a whole one
    PREFIX = "prefix"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    SUFFIX = "suffix"
    OTHER_NAME = "other name"  # used when there is no better one
    EMPLOYER = "employer"
    TITLE = "title"
    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"
    ADDRESS = "address"  # a part of one, or the whole
    KIND = "kind"  # what the value beside it is: “Home”
    CONNECTED = "connected"
    BIRTH = "birth"  # year, month or day
    GROUPS = "groups"
    PICTURE = "picture"
    DETAIL = "detail"
    OURS = "ours"  # what CareerHub itself wrote beside those it left out


class Meaning(NamedTuple):
    role: Role
    # What stands before the value when it goes to the details: “Home”, “Business fax”.
    label: str = ""
    # Columns of one address, of one e-mail and its kind, belong together.
    group: str = ""
    part: str = ""


NAMES = {
    "name": Role.NAME, "full name": Role.NAME,
    "name prefix": Role.PREFIX, "salutation": Role.PREFIX, "prefix": Role.PREFIX,
    "first name": Role.GIVEN, "given name": Role.GIVEN, "first": Role.GIVEN,
    "middle name": Role.MIDDLE, "additional name": Role.MIDDLE, "middle": Role.MIDDLE,
    "last name": Role.FAMILY, "family name": Role.FAMILY, "surname": Role.FAMILY,
    "last": Role.FAMILY,
    "name suffix": Role.SUFFIX, "suffix": Role.SUFFIX,
    "display name": Role.OTHER_NAME, "file as": Role.OTHER_NAME, "nickname": Role.OTHER_NAME,
    "company": Role.EMPLOYER, "organization": Role.EMPLOYER, "organization name": Role.EMPLOYER,
    "organization 1 name": Role.EMPLOYER, "organisation": Role.EMPLOYER, "employer": Role.EMPLOYER,
    "where they work": Role.EMPLOYER, "account1 name": Role.EMPLOYER,
    "job title": Role.TITLE, "position": Role.TITLE, "organization title": Role.TITLE,
    "organization 1 title": Role.TITLE, "title": Role.TITLE, "what they do": Role.TITLE,
    "number in the file": Role.OURS, "why it was left out": Role.OURS,
    "connected on": Role.CONNECTED, "photo": Role.PICTURE,
    "labels": Role.GROUPS, "group membership": Role.GROUPS, "categories": Role.GROUPS,
    "birth year": Role.BIRTH, "birth month": Role.BIRTH, "birth day": Role.BIRTH,
}  # fmt: skip
EMAIL = re.compile(r"(?:(.+?) )?email(?: (\d+))?(?: address)?(?: (value|type|label|rel))?")
PHONE = re.compile(
    r"(?:(.+?) )?(phone|mobile|fax|pager)(?: number)?(?: (\d+))?(?: (value|type|label|rel))?"
)
WEBSITE = re.compile(
    r"(?:(.+?) )?(?:website|web page|url|home page)(?: (\d+))?(?: (value|type|label|rel|.+))?"
)
ADDRESS = re.compile(
    r"(?:(.+?) )?(?:address(?: (\d))? )?(street(?: \d)?|address(?: \d)?|city|state|state province|"
    r"region|province|postal code|zip|zip code|zipcode|zip postal code|country|country region|"
    r"po box|formatted|extended address)"
)
ADDRESS_KIND = re.compile(r"address (\d+) (?:type|label)")
ADDRESS_PARTS = {
    "state": "region", "state province": "region", "province": "region", "postal code": "code",
    "zip": "code", "zip code": "code", "zipcode": "code", "zip postal code": "code",
    "country region": "country", "po box": "box", "extended address": "extended",
    "formatted": "whole",
}  # fmt: skip
SILENT = {"fax", "pager"}
KINDS = ("type", "label", "rel")


def normal(heading: str) -> str:
    """“E-mail 1 - Value” → “email 1 value”."""
    text = heading.casefold().replace("e-mail", "email").replace("’", "'")
    return " ".join(re.findall(r"[\w']+", text))


def meanings(headings: list[str]) -> list[Meaning]:
    """What each column holds. “Title” stands for “Dr.” where another column has the job."""
    plain = [normal(heading).removeprefix("contact1 ") for heading in headings]
    has_job_title = "job title" in plain
    found = []
    for heading, key in zip(headings, plain, strict=True):
        if key == "title" and has_job_title:
            found.append(Meaning(Role.PREFIX))
        elif key.endswith(" address") and key.replace("address", "street") in plain:
            # Outlook: “Home Address” is the whole of what the columns beside it say in parts.
            found.append(_meaning(heading, key)._replace(part="whole"))
        else:
            found.append(_meaning(heading, key))
    return found


def _meaning(heading: str, key: str) -> Meaning:
    if key in NAMES:
        return Meaning(NAMES[key], heading, part=key)
    # The other one of a household, and somebody else's telephone, are details.
    if not key.startswith(("contact2 ", "assistant")):
        for pattern, read in READERS:
            if found := pattern.fullmatch(key):
                return read(heading, *found.groups())
    return Meaning(Role.DETAIL, heading)


def _email(heading: str, before: str | None, number: str | None, kind: str | None) -> Meaning:
    role = Role.KIND if kind in KINDS else Role.EMAIL
    return Meaning(role, _capital(before), f"email {before} {number}")


def _phone(
    heading: str, before: str | None, what: str, number: str | None, kind: str | None
) -> Meaning:
    if what in SILENT:
        return Meaning(Role.DETAIL, heading)
    role = Role.KIND if kind in KINDS else Role.PHONE
    label = "Mobile" if what == "mobile" else _capital(before)
    return Meaning(role, label, f"phone {before} {number}")


def _website(heading: str, before: str | None, number: str | None, kind: str | None) -> Meaning:
    role = Role.KIND if kind in KINDS else Role.WEBSITE
    label = _capital(before or (None if kind in (*KINDS, "value") else kind))
    return Meaning(role, label, f"website {before} {number}")


def _address_kind(heading: str, number: str) -> Meaning:
    return Meaning(Role.KIND, group=f"address None {number}")


def _address(heading: str, before: str | None, number: str | None, part: str) -> Meaning:
    # Google: “Address 1 - Street”; Thunderbird: “Home Address 2” is the second line of the street.
    if before and (google := re.fullmatch(r"address (\d+)", before)):
        before, number = None, google[1]
    part = ADDRESS_PARTS.get(part, part.replace("address", "street"))
    return Meaning(Role.ADDRESS, _capital(before), f"address {before} {number}", part)


def _capital(words: str | None) -> str:
    text = words or ""
    return "" if text == "primary" else text.capitalize()


READERS: list[tuple[re.Pattern[str], Callable[..., Meaning]]] = [
    (EMAIL, _email),
    (PHONE, _phone),
    (WEBSITE, _website),
    (ADDRESS_KIND, _address_kind),
    (ADDRESS, _address),
]
