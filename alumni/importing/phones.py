"""A telephone number as machines dial it: +14135550123, with its extension behind it."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, ValidationResult

from alumni.importing.cells import BadCell, shown
from alumni.importing.fields import LENGTHS
from alumni.importing.places import NANP, country_of

# As it is written where the country code is 1; [0-9], because \d is also the digits of Bengal.
PLAIN_PHONE = re.compile(
    r"(?:\+?1[ .-]?)?(?:\(([2-9][0-9][0-9])\) ?|([2-9][0-9][0-9])[ .-]?)"
    r"([2-9][0-9][0-9])[ .-]?([0-9]{4})"
)
LONGEST = 200
# As most of the world dials abroad.
INTERNATIONAL = re.compile("^00(?=[1-9])")
# What a number that Americans dial is written with, also by those who live elsewhere.
LOOKS_AMERICAN = re.compile(r"[-(.]|^\+1")


def clean_phone(cell: str, *, country: str, office: str) -> str:
    """By the country of the person, or the office's own where the number makes no sense there."""
    text = INTERNATIONAL.sub("+", cell.split(":::")[0].strip()).removesuffix(".0")
    if plain := plain_phone(text, country=country, office=office):
        return plain
    found = None
    codes = list(dict.fromkeys((country, office)))
    for code in codes:
        try:
            number = phonenumbers.parse(text, code)
        except phonenumbers.NumberParseException:
            continue
        found = found or number
        if phonenumbers.is_valid_number(number):
            return _written(number)
    # “413-555-0123 (home)”, or two of them: the first.
    for code in codes if len(text) <= LONGEST else ():
        if match := next(iter(phonenumbers.PhoneNumberMatcher(text, code)), None):
            return _written(match.number)
    if found is None:
        raise BadCell(f"{shown(cell)} is not a phone number.")
    _refuse_impossible(found, cell)
    return _written(found)


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


def _refuse_impossible(number: PhoneNumber, cell: str) -> None:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        raise BadCell(f"The phone number {shown(cell)} has too few digits.")
    if reason != ValidationResult.IS_POSSIBLE:
        raise BadCell(f"{shown(cell)} cannot be a phone number.")


def _written(number: PhoneNumber) -> str:
    dialed = phonenumbers.format_number(
        PhoneNumber(
            country_code=number.country_code,
            national_number=number.national_number,
            italian_leading_zero=number.italian_leading_zero,
            number_of_leading_zeros=number.number_of_leading_zeros,
        ),
        PhoneNumberFormat.E164,
    )
    return f"{dialed} x{number.extension}" if number.extension else dialed


def phone_or_blank(cell: str, *, country: str, office: str) -> str:
    """Of a list; BadCell where it cannot be dialed, with what becomes of it."""
    try:
        number = clean_phone(cell, country=country, office=office)
    except BadCell as problem:
        raise BadCell(f"{problem} It was left blank.") from problem
    if len(number) > LENGTHS["phone"]:
        raise BadCell(f"{shown(cell)} cannot be a phone number. It was left blank.")
    return number
