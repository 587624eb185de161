"""A place in one cell to its parts: “Boston, Massachusetts, USA”, “Hadley MA 01035”."""

from __future__ import annotations

import re

from alumni.importing.cells import one_line
from alumni.importing.places import is_country, is_region

# Of no use beside a city, and no country.
ZIP_CODE = re.compile(r"(?<!\d)\d{5}(?:-\d{4})?(?!\d)")
BETWEEN = re.compile(r"[;,]|\s/\s")
# A state by its letters, or a country: “UK”.
CODE = re.compile("[A-Z]{2,3}")
# Cities as well.
BOTH = {"New York", "Washington", "LA", "Hong Kong", "Singapore", "Luxembourg", "Monaco", "Macau"}
# Behind these “AE” is no country: post of the armed forces.
MILITARY = {"APO", "FPO", "DPO"}


def split_place(cell: str) -> dict[str, str]:
    """City, region and country, as many as it says.

    Read from its end, because a street may stand in front; of two places the first counts.
    """
    parts = [one_line(ZIP_CODE.sub("", part)) for part in BETWEEN.split(cell)]
    parts = [piece for part in filter(None, parts) for piece in _state_apart(part)]
    if len(parts) < 2:
        return {_what_it_is(part): part for part in parts}
    country = parts.pop() if _ends_in_country(parts) else ""
    parts = _without_street(parts)
    known = [at for at, part in enumerate(parts) if at and is_region(part)]
    codes = [at for at in known if CODE.fullmatch(parts[at])]
    if at := codes[0] if codes else known[-1] if known else 0:
        parts = parts[at - 1 : at + 1]
    if country and len(parts) == 1 and is_region(parts[0]):
        found = {"region": parts[0]}
    else:
        found = dict(zip(("city", "region", "country"), parts, strict=False))
    return found | ({"country": country} if country else {})


def _what_it_is(part: str) -> str:
    """One word may be all that is said: “California”, “United States”, “NYC”."""
    if part in BOTH:
        return "city"
    return "region" if is_region(part) else "country" if is_country(part) else "city"


def _ends_in_country(parts: list[str]) -> bool:
    """“CA” is California, and Canada behind Ontario."""
    *_, before, last = parts
    if is_region(last):
        return is_country(last) and len(parts) > 2 and is_region(before)
    return is_country(last) and before not in MILITARY


def _without_street(parts: list[str]) -> list[str]:
    """“12 Elm St, Apt 4, Hadley”"""
    while len(parts) > 1 and any(map(str.isdigit, parts[0])):
        parts = parts[1:]
    return parts


def _state_apart(part: str) -> list[str]:
    """“Boston MA” and “OR USA” are two words of a place; “New York” is one."""
    words = part.split()
    if len(words) > 1 and len(words[-1]) == 2 and words[-1].isupper() and is_region(words[-1]):
        return [" ".join(words[:-1]), words[-1]]
    if len(words) > 1 and len(words[0]) == 2 and words[0].isupper() and is_region(words[0]):
        rest = " ".join(words[1:])
        return [words[0], rest] if is_country(rest) else [part]
    return [part]
