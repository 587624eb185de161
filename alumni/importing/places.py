"""Countries and their states, one form for each, whatever a list calls them."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from alumni.importing.folding import folded

# What people write and ISO 3166 does not: folded, to the code.
COUNTRY_WORDS = {
    "usa": "US", "us of a": "US", "america": "US", "estados unidos": "US", "uk": "GB",
    "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "russia": "RU", "turkey": "TR", "holland": "NL", "ivory coast": "CI",
    "czech republic": "CZ", "deutschland": "DE", "espana": "ES", "uae": "AE", "prc": "CN",
    "peoples republic of china": "CN", "republic of korea": "KR", "korea": "KR", "burma": "MM",
    "north korea": "KP", "drc": "CD", "dr congo": "CD", "cape verde": "CV", "swaziland": "SZ",
    "macedonia": "MK", "republic of ireland": "IE", "brasil": "BR", "mexico df": "MX",
    "viet nam": "VN", "hong kong sar": "HK", "macau": "MO", "palestine": "PS", "vatican": "VA",
}  # fmt: skip
# Where ISO's own name is not what anybody says.
SAID = {
    "RU": "Russia", "KP": "North Korea", "CD": "DR Congo", "LA": "Laos", "BN": "Brunei",
    "FM": "Micronesia", "PS": "Palestine", "VA": "Vatican City", "FK": "Falkland Islands",
    "VI": "U.S. Virgin Islands", "VG": "British Virgin Islands", "SY": "Syria",
}  # fmt: skip
# Elsewhere the letters of a state are rarely written, and may mean a city.
CODES_WRITTEN_IN = {"US", "CA", "AU", "BR", "IN"}
# How newspapers and envelopes shorten states.
SHORT = {
    "US": {
        "ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "cal": "CA", "colo": "CO",
        "conn": "CT", "del": "DE", "fla": "FL", "ill": "IL", "ind": "IN", "kan": "KS",
        "kans": "KS", "mass": "MA", "mich": "MI", "minn": "MN", "miss": "MS", "mont": "MT",
        "neb": "NE", "nebr": "NE", "nev": "NV", "n mex": "NM", "n dak": "ND", "okla": "OK",
        "ore": "OR", "oreg": "OR", "penn": "PA", "penna": "PA", "s dak": "SD", "tenn": "TN",
        "tex": "TX", "wash": "WA", "w va": "WV", "wva": "WV", "wis": "WI", "wisc": "WI",
        "wyo": "WY", "washington dc": "DC", "wash dc": "DC",
    },
    "CA": {"ont": "ON", "que": "QC", "pq": "QC", "alta": "AB", "sask": "SK", "man": "MB"},
}  # fmt: skip
# The two letters of a country, and what R writes where it knows none.
NAMIBIA = "NA"
MAY_BE_NAMIBIA = (
    "“NA” may be Namibia, or say that no country is known, so it was left blank. Write it out."
)
NANP = {"US", "CA", "PR", "JM", "BS", "BB", "DO", "TT", "BM", "GU", "VI", "KY"}


@lru_cache(maxsize=5000)
def country_of(text: str) -> tuple[str, str]:
    """The country's name in one form, and its code; (text, "") for what is none that we know."""
    key = folded(text)
    return _countries().get(key) or (text, "")


@lru_cache(maxsize=20_000)
def region_of(text: str, country: str) -> str:
    """“Mass.” and “MA” → “Massachusetts” in the country with this code, else what was written."""
    key = folded(text)
    found = _regions(country).get(key)
    if found is None and country == "US":
        # A list of Americans writes ON for Ontario as well, and leaves Canada out.
        found = _regions("CA").get(key)
    return found or text


def is_region(text: str) -> bool:
    """Whether this is a state of the United States or a province of Canada."""
    key = folded(text)
    return key in _regions("US") or key in _regions("CA")


def is_country(text: str) -> bool:
    return bool(country_of(text)[1])


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, str]]:
    by_word = {}
    for country in _standard("3166-1"):
        code, name = country["alpha_2"], country.get("common_name", country["name"])
        said = SAID.get(code) or " ".join(reversed(name.split(", ", 1)))
        official = country.get("official_name", name)
        for word in (code, country["alpha_3"], country["name"], name, official, said):
            by_word[folded(word)] = (said, code)
            by_word[folded(word).removeprefix("the ")] = (said, code)
    by_code = {code: (said, code) for said, code in by_word.values()}
    by_word |= {word: by_code[code] for word, code in COUNTRY_WORDS.items()}
    by_word |= {f"the {key}": found for key, found in by_word.items() if len(key) > 3}
    return by_word


@lru_cache(maxsize=300)
def _regions(country: str) -> dict[str, str]:
    by_word, by_code = {}, {}
    for region in _standard("3166-2"):
        if region["code"].startswith(f"{country}-"):
            name = re.sub(r" \[.*|, U\.S\.", "", region["name"])
            by_word[folded(name)] = by_code[region["code"].split("-", 1)[1]] = name
    if country in CODES_WRITTEN_IN:
        by_word |= {code.lower(): name for code, name in by_code.items()}
    return by_word | {word: by_code[code] for word, code in SHORT.get(country, {}).items()}


@lru_cache(maxsize=2)
def _standard(number: str) -> list[dict[str, str]]:
    """As it lies in the library, in its order: to make objects of it all takes the library a
    twentieth of a second, for which a short list waits."""
    library = find_spec("pycountry")
    if library is None or library.origin is None:
        raise RuntimeError("pycountry is not there.")
    path = Path(library.origin).with_name("databases") / f"iso{number}.json"
    return json.loads(path.read_bytes())[number]
