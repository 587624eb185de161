"""Countries and states as lists write them, in one form each. Pure.

Names and codes are pycountry's; here is only what people write besides.
"""

from __future__ import annotations

from functools import cache

import pycountry

# Countries whose states and provinces are written as codes.
WITH_CODES = ("US", "CA")
OTHER_COUNTRIES = {
    "uk": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "korea": "KR", "russia": "RU", "turkey": "TR",
    "deutschland": "DE", "holland": "NL", "the netherlands": "NL", "ivory coast": "CI",
    "uae": "AE", "america": "US", "united states america": "US", "the united states": "US",
    "republic of korea": "KR", "peoples republic of china": "CN", "prc": "CN", "espana": "ES",
    "españa": "ES", "italia": "IT", "brasil": "BR", "mexico": "MX", "méxico": "MX",
}  # fmt: skip
SHORT_FORMS = {
    "mass": "MA", "calif": "CA", "penn": "PA", "penna": "PA", "conn": "CT", "wash": "WA",
    "ore": "OR", "ariz": "AZ", "colo": "CO", "fla": "FL", "ill": "IL", "ind": "IN", "mich": "MI",
    "minn": "MN", "tenn": "TN", "tex": "TX", "wis": "WI", "wisc": "WI", "okla": "OK", "ont": "ON",
    "que": "QC", "québec": "QC", "washington dc": "DC",
}  # fmt: skip


@cache
def code_of(country: str) -> str:
    """The two letters of a country, or nothing for what is none."""
    plain = " ".join(country.replace(".", "").replace(",", " ").split())
    if other := OTHER_COUNTRIES.get(plain.lower()):
        return other
    if not plain:
        return ""
    try:
        return pycountry.countries.lookup(plain).alpha_2
    except LookupError:
        return ""


@cache
def clean_country(cell: str) -> str:
    """“U.S.A.” and “us” are the United States; what no list of countries knows stays as it is."""
    code = code_of(cell)
    if not code:
        return cell
    country = pycountry.countries.get(alpha_2=code)
    return getattr(country, "common_name", "") or getattr(country, "name", cell)


@cache
def clean_region(cell: str, country: str = "") -> str:
    """“Massachusetts” and “Mass.” are MA, in the United States, Canada or where none is said."""
    if country and code_of(country) not in WITH_CODES:
        return cell
    return _code_of_region(cell) or cell


def is_region(cell: str) -> bool:
    return bool(_code_of_region(cell))


def _code_of_region(cell: str) -> str:
    plain = " ".join(cell.replace(".", "").split()).lower()
    return SHORT_FORMS.get(plain) or _regions().get(plain, "")


@cache
def _regions() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in WITH_CODES:
        for region in pycountry.subdivisions.get(country_code=country):
            code = region.code.split("-")[1]
            found |= {region.name.lower(): code, code.lower(): code}
    return found
