"""A phone number as it is dialed at home, whichever way it was typed."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers

SHORTEST_NUMBER = 7


@lru_cache(maxsize=20_000)
def number_of(phone: str) -> str:
    """The digits that are dialed at home, however it was typed; empty for what is no number."""
    try:
        number = str(phonenumbers.parse(phone, "US").national_number)
    except phonenumbers.NumberParseException:
        return ""
    return number if len(number) >= SHORTEST_NUMBER else ""
