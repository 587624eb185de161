"""A telephone number as machines dial it: +14135550123, with its extension behind it."""

from __future__ import annotations

import re

from alumni.importing.cells import BadCell, shown, written_out
from alumni.importing.fields import LENGTHS
from alumni.importing.places import NANP, country_of

# As it is written where the country code is 1; [0-9], because \d is also the digits of Bengal.
PLAIN_PHONE = re.compile(
    r"(?:\+?1[ .-]?)?(?:\(([2-9][0-9][0-9])\) ?|([2-9][0-9][0-9])[ .-]?)"
    r"([2-9][0-9][0-9])[ .-]?([0-9]{4})"
)
# As most of the world dials abroad.
INTERNATIONAL = re.compile("^00(?=[1-9])")
# What a number that Americans dial is written with, also by those who live elsewhere.
LOOKS_AMERICAN = re.compile(r"[-(.]|^\+1")


def clean_phone(cell: str, *, country: str, office: str) -> str:
    """By the country of the person, or the office's own where the number makes no sense there."""
    text = INTERNATIONAL.sub("+", written_out(cell.split(":::")[0].strip()))
    if plain := plain_phone(text, country=country, office=office):
        return plain
    from alumni.importing.parsed_phones import parsed  # Its library is slow to load.

    return parsed(text, cell, codes=list(dict.fromkeys((country, office))))


def as_dialed(typed: str, *, country: str, office: str = "US") -> str:
    """What somebody typed into a form, as a list would bring it; as it is where that is no number.

    `country` is how the record names it.
    """
    _, code = country_of(country) if country else ("", office)
    try:
        return clean_phone(typed, country=code, office=office) if typed else ""
    except BadCell:
        return typed


def plain_phone(text: str, *, country: str, office: str) -> str:
    """The number when it stands as Americans write it and means theirs; else nothing."""
    if not (country in NANP or (office in NANP and LOOKS_AMERICAN.search(text))):
        return ""
    plain = PLAIN_PHONE.fullmatch(text)
    return f"+1{plain[1] or plain[2]}{plain[3]}{plain[4]}" if plain else ""


def phone_or_blank(cell: str, *, country: str, office: str) -> str:
    """Of a list; BadCell where it cannot be dialed, with what becomes of it."""
    try:
        number = clean_phone(cell, country=country, office=office)
    except BadCell as problem:
        raise BadCell(f"{problem} It was left blank.") from problem
    if len(number) > LENGTHS["phone"]:
        raise BadCell(f"{shown(cell)} cannot be a phone number. It was left blank.")
    return number
