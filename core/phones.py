"""A phone number as it is dialed, whichever way it was typed."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

SHORTEST_NUMBER = 7
ONLY_DIGITS = re.compile(r"[\d\s().+/-]*\d[\d\s().+/-]*")


@lru_cache(maxsize=20_000)
def number_of(phone: str) -> str:
    """The digits that are dialed at home, however it was typed; empty for what is no number."""
    try:
        number = str(phonenumbers.parse(phone, "US").national_number)
    except phonenumbers.NumberParseException:
        return ""
    return number if len(number) >= SHORTEST_NUMBER else ""


def tel(phone: str) -> str:
    """The address that a phone dials; empty where there is nothing to dial.

    Of “413 555 0119, after 6 p.m.” the 6 is no part of the number.
    """
    try:
        found = [phonenumbers.parse(phone, "US")]
    except phonenumbers.NumberParseException:
        matches = PhoneNumberMatcher(phone, "US", leniency=Leniency.POSSIBLE)
        found = [match.number for match in matches]
    if found:
        return phonenumbers.format_number(found[0], PhoneNumberFormat.RFC3966)
    return f"tel:{re.sub(r'[^0-9+]', '', phone)}" if ONLY_DIGITS.fullmatch(phone) else ""
