"""A telephone number that does not stand as Americans write it, by the rules of its country."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, ValidationResult

from alumni.importing.cells import BadCell, shown

LONGEST = 200
# “4135550142;4135550143” has a second number and no extension of ten digits.
LONGEST_EXTENSION = 6
# Where the country code is 1, neither area nor exchange begins with 0 or 1: “04 72 00 00 00” is a
# number of another country.
NORTH_AMERICA, OF_NORTH_AMERICA = 1, re.compile("[2-9][0-9]{2}[2-9][0-9]{6}")


def parsed(text: str, cell: str, *, codes: list[str]) -> str:
    """In the first of these countries in which it makes sense; BadCell of `cell` where in none."""
    found = None
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


def _refuse_impossible(number: PhoneNumber, cell: str) -> None:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        raise BadCell(f"The phone number {shown(cell)} has too few digits.")
    is_elsewhere = number.country_code == NORTH_AMERICA and not OF_NORTH_AMERICA.fullmatch(
        phonenumbers.national_significant_number(number)
    )
    if reason != ValidationResult.IS_POSSIBLE or is_elsewhere:
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
    extension = number.extension or ""
    return f"{dialed} x{extension}" if 0 < len(extension) <= LONGEST_EXTENSION else dialed
