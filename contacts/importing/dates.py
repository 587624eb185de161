"""A birthday as vCards write it, as people say it."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format

WITH_YEAR = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(T.*)?")
# Apple keeps a birthday without its year in 1604.
NO_YEAR = re.compile(r"(?:--|1604-)(\d\d)-?(\d\d)(T.*)?")
LEAP_YEAR = 2000


def day_in_words(value: str) -> str:
    """“March 22, 1980”, “February 3”; what is not written so stays as it is."""
    try:
        if found := NO_YEAR.fullmatch(value):
            return date_format(date(LEAP_YEAR, int(found[1]), int(found[2])), "F j")
        if found := WITH_YEAR.fullmatch(value):
            return date_format(date(int(found[1]), int(found[2]), int(found[3])), "F j, Y")
    except ValueError:
        pass
    return value
