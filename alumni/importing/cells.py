"""One cell to one clean value, or BadCell with the sentence that stands beside its row."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import ValidationResult

from alumni.importing import places
from core.spreadsheets import is_formula

# As alumni.models.Consent has them; the child that cleans rows knows nothing of models.
YES, NO, UNKNOWN = "YES", "NO", "UNKNOWN"
# A cell with this empties the field, where a blank one would leave it as it is.
CLEAR = "[clear]"
# Written where nothing is known.
NOTHING = {"n/a", "#n/a", "null", "none", "unknown", "-", "--", ".", "?", "tbd"}
LONGEST_SHOWN = 60
HOME = "US"
FIRST_YEAR = 1800
YEARS_AHEAD = 10

PLAIN_EMAIL = re.compile(
    r"[a-z0-9_+%-]+(\.[a-z0-9_+%-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}"
)
PLAIN_PHONE = re.compile(r"(\+?1[ .-]?)?(\([2-9]\d\d\) ?|[2-9]\d\d[ .-]?)[2-9]\d\d[ .-]?\d{4}")
SAYS_YES = {
    "y",
    "yes",
    "true",
    "1",
    "x",
    "✓",
    "✔",
    "ok",
    "okay",
    "willing",
    "agreed",
    "agree",
    "agrees",
}
SAYS_NO = {
    "n",
    "no",
    "false",
    "0",
    "not",
    "never",
    "unwilling",
    "declined",
    "opt-out",
    "don't",
    "do",
}
# What makes a comma part of a major's own name: "Agriculture, General", "Physics, BA".
QUALIFIERS = re.compile(
    r"and |& |or |(general|other|applied|theoretical|minor|major|[bm]\.?[as]c?\.?|ph\.?d\.?)\b",
    re.IGNORECASE,
)


class BadCell(ValueError):
    """The message says what is wrong with the cell, to the person who can correct it."""


def one_line(cell: str) -> str:
    """Blanks collapsed; nothing where somebody wrote that nothing is known."""
    text = " ".join(cell.split())
    # As core.spreadsheets.harmless() writes it.
    if text[:1] == "'" and is_formula(text[1:]):
        text = text[1:]
    return "" if len(text) <= 7 and text.lower() in NOTHING else text


def shown(text: str) -> str:
    """The cell in a sentence: quoted, and not longer than a sentence bears."""
    return f"“{text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + '…'}”"


def clean_email(cell: str) -> str:
    """In lower case, because people are matched by it. Of several addresses the first."""
    text = cell.strip("<>").removeprefix("mailto:").lower()
    if text.count("@") > 1 or "<" in text:
        text = next((part for part in re.split(r"[\s;,<>]+|:::", text) if "@" in part), text)
    if len(text) <= 254 and text.find("@") <= 64 and PLAIN_EMAIL.fullmatch(text):
        return text
    try:
        address = validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise BadCell(f"{shown(cell)} is not an e-mail address.") from error
    return address


def clean_phone(cell: str, *, country: str = "") -> str:
    """In the form that any telephone can dial: +14135550123, with its extension behind it.

    A number without a country's own prefix is taken for one of the row's country, or else of the
    United States. The part before ":::" counts, as Salesforce and Google join several.
    """
    text = cell.split(":::")[0].strip()
    region = places.code_of(country) or HOME
    if region == HOME and PLAIN_PHONE.fullmatch(text):
        return "+1" + re.sub(r"\D", "", text)[-10:]
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise BadCell(f"{shown(cell)} is not a phone number.") from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        raise BadCell(f"The phone number {shown(cell)} has too few digits.")
    if reason != ValidationResult.IS_POSSIBLE:
        raise BadCell(f"{shown(cell)} cannot be a phone number.")
    dialed = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{dialed} x{number.extension}" if number.extension else dialed


def clean_class_year(cell: str, *, this_year: int) -> int:
    """From a year, a date or '16. Of two degrees the first."""
    last = this_year + YEARS_AHEAD
    if found := re.search(r"(?<!\d)\d{4}(?!\d)", cell):
        year = int(found[0])
    elif found := re.fullmatch(r"(?:class of )?['’‘]?(\d\d)", cell, re.IGNORECASE):
        year = 2000 + int(found[1])
        year -= 100 if year > last else 0
    else:
        raise BadCell(f"{shown(cell)} is not a class year: it needs four digits, such as 2011.")
    if not FIRST_YEAR <= year <= last:
        raise BadCell(f"The class year {year} is not between {FIRST_YEAR} and {last}.")
    return year


def clean_consent(cell: str) -> str:
    word = re.split(r"[\s,;.:!(]+", cell.lower().replace("’", "'"))[0]
    if word in SAYS_NO:
        return NO
    if word in SAYS_YES:
        return YES
    raise BadCell(f"{shown(cell)} is neither yes nor no, so this person counts as not asked yet.")


@lru_cache(maxsize=10_000)  # A list of 100,000 people names a few hundred majors.
def split_list(cell: str) -> tuple[str, ...]:
    """Majors and fields in one cell. A comma splits only where it cannot belong to a name."""
    parts = re.split(r"\s*(?:;|\|+|:::|\n| / )\s*", cell.strip())
    if len(parts) == 1:
        by_comma = re.split(r"\s*,\s*", parts[0])
        if all(part[:1].isupper() and not QUALIFIERS.match(part) for part in by_comma):
            parts = by_comma
    return tuple(dict.fromkeys(filter(None, map(one_line, parts))))


def split_place(cell: str) -> dict[str, str]:
    """“Inglewood; CA”, “Boston, Massachusetts, USA”, “Paris, France”, “Hong Kong”."""
    parts = [part for part in (one_line(part) for part in re.split("[;,]", cell)) if part]
    if len(parts) == 2 and not (re.fullmatch("[A-Z]{2,3}", parts[1]) or places.is_region(parts[1])):
        return {"city": parts[0], "country": parts[1]}
    return dict(zip(("city", "region", "country"), parts, strict=False))
