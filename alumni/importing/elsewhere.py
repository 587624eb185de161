"""“Tbilisi, Georgia” and “Berlin, DE”: letters and names that mean a state and a country, too.

Most lists are of Americans, so a state is meant unless something else in the row speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from alumni.importing.cells import shown
from alumni.importing.folding import folded
from alumni.importing.places import NANP, country_of, is_region, region_of

Place = dict[str, str]


def settled(place: Place, cell: str, *, phone: str) -> tuple[Place, list[str]]:
    """The place as it is meant, and in words where that is not sure.

    A city that gives a time zone its name is known to lie in its country; a phone that is dialed
    in a country makes it likely.
    """
    state = place.get("region", "")
    if not state or "country" in place:
        return place, []
    country, code = country_of(state)
    lies_in = countries_of(place.get("city", ""))
    if code in lies_in:
        return _abroad(place, country), []
    dialed = _dialed_in(phone)
    if dialed and dialed in (code, *_with_state(state, [dialed])):
        there, _ = country_of(dialed)
        found = _abroad(place, there) if dialed == code else place | {"country": there}
        return found, [
            f"{shown(cell)} was read as a place in {there}, where this person’s phone is. Look "
            "whether it is right."
        ]
    others = [] if lies_in & NANP else _with_state(state, sorted(lies_in))
    if others and not is_region(state):
        return place | {"country": country_of(others[0])[0]}, []
    return place, [
        f"{shown(cell)} was read as a place in the United States. Look whether it is one in "
        f"{country_of(other)[0]}."
        for other in others
    ]


def _abroad(place: Place, country: str) -> Place:
    return {name: text for name, text in place.items() if name != "region"} | {"country": country}


def _with_state(state: str, codes: list[str]) -> list[str]:
    """Of these countries those that have a state of this name: “WA” in Australia."""
    return [code for code in codes if region_of(state, code).casefold() != state.casefold()]


def _dialed_in(phone: str) -> str:
    """The letters of the country; nothing for numbers that say none, and for American ones."""
    number = phone.replace("00", "+", 1) if phone.startswith("00") else phone
    if not number.startswith("+") or number.startswith("+1"):
        return ""
    import phonenumbers  # Slow to load.

    try:
        return phonenumbers.region_code_for_country_code(
            phonenumbers.parse(number).country_code or 0
        )
    except phonenumbers.NumberParseException:
        return ""


@lru_cache(maxsize=5000)
def countries_of(city: str) -> frozenset[str]:
    return _by_city().get(folded(city), frozenset()) if city else frozenset()


@lru_cache(maxsize=1)
def _by_city() -> dict[str, frozenset[str]]:
    """Of the table of time zones: “AU  -3157+11551  Australia/Perth”.

    A city that has its country's name (Malta, Panama) tells nothing.
    """
    library = find_spec("tzdata")
    if library is None or library.origin is None:
        raise RuntimeError("tzdata is not there.")
    table = Path(library.origin).with_name("zoneinfo") / "zone.tab"
    found = defaultdict(set)
    for line in table.read_text().splitlines():
        if line and not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            city = folded(zone.rsplit("/", 1)[1].replace("_", " "))
            if city != folded(country_of(code)[0]):
                found[city].add(code)
    return {city: frozenset(codes) for city, codes in found.items()}
