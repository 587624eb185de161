"""One cell to one clean value, or BadCell with the sentence that stands beside its row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from unicodedata import normalize

from alumni.importing.fields import AskBy, Consent
from core.spreadsheets import is_formula

# Written where nothing is known.
NOTHING = {
    "n/a", "#n/a", "n.a.", "n.a", "n / a", "null", "nil", "none", "unknown", "(blank)", "(none)",
    "not applicable", "-", "--", "—", ".", "?", "??", "tbd", "tba", "\\n", "[]", "{}", "<na>",
}  # fmt: skip
# As statistics programs say the same (R, pandas); “Na”, “NA” and “Nan” are names of people.
MISSING = {"NA", "NaN", "nan", "NaT"}
# What a spreadsheet writes where a formula failed, or a column was too narrow for its number.
BROKEN = re.compile(
    r"#(?:REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|FIELD)[!?]|#{3,}|Err:[0-9]{3}", re.IGNORECASE
)
# “1.23457E+11” was a number of twelve digits.
SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
# In place of an e-mail.
NO_ADDRESS = {"no email", "no e-mail", "no email address", "none on file", "not available"}
LONGEST_NOTHING = max(map(len, NOTHING))
LONGEST_SHOWN = 60
# The csv module refuses a cell that is far longer.
LONGEST_LIST = 10_000
FIRST_YEAR = 1800
YEARS_AHEAD = 10

WITH_A_POINT = re.compile(r"([0-9]+)(?:\.0+|,00?)")
# “4.135550111E9”, as programs in Java write a number whole; with a plus it may have been rounded.
WITH_EXPONENT = re.compile(r"([1-9])\.([0-9]{1,15})E(\+?)0?([0-9]{1,2})", re.IGNORECASE)
IN_THOUSANDS = re.compile("[1-9][0-9]{0,2}(?:,[0-9]{3})+")
KEPT_AS_TEXT = re.compile("['’][0-9]+")
PLAIN_LOCAL = re.compile(r"[a-z0-9_+%-]+(?:\.[a-z0-9_+%-]+)*")
PLAIN_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}")
# “ann@example.edu (work)”, and what stands between two.
BESIDE_EMAIL = re.compile(r"^\(.*\)\s|\s\(.*\)$")
LONGEST_ADDRESSES = 1000
BETWEEN_EMAILS = re.compile(r"[\s;,<>()\[\]/|#\"]+|:::|mailto:")
PLAIN_EMAIL = re.compile(f"{PLAIN_LOCAL.pattern}@{PLAIN_DOMAIN.pattern}")
YEAR = re.compile(r"(?<!\d)(\d{4})(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_DAY_MONTH = r"(?:\d{1,2}[-/. ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[-/ ]"
_DAY = rf"(?:{_DAY_MONTH}|\d{{1,2}}(?P<between>[-/.])\d{{1,2}}(?P=between))"
_TERM = "class of |(?:spring|summer|fall|autumn|winter|sp|su|fa|fl|au|wi)[ -]?"
SHORT_YEAR = re.compile(rf"(?:{_TERM})?{_DAY}?['’‘]?(?P<year>\d\d)", re.IGNORECASE)
# Years at college, and the year of a college: the class is that of the end.
YEARS = re.compile(r"((?:19|20)\d\d) ?[-–—/] ?((?:19|20)?\d\d)")
MOST_YEARS, MONTHS = 12, 12
# “BA '05, MBA '07”
MARKED_YEAR = re.compile(r"['’‘`´](?P<year>\d\d)(?!\w)")
# As a spreadsheet writes a number.
YEAR_AS_NUMBER = re.compile(r"([12]),(\d{3})")
PLAIN_YES = {"y", "yes", "true", "1", "x", "✓", "✔", "oui", "sí", "si", "ja", "sim"}
PLAIN_NO = {"n", "no", "false", "0", "non", "nein", "nee", "não", "nao"}
YES = PLAIN_YES | {"ok", "okay", "sure", "willing", "agreed", "agree", "agrees", "opt in"}
NO = PLAIN_NO | {
    "not", "never", "unwilling", "declined", "opt out", "don't", "do", "cannot", "can't", "won't",
    "dnc", "unsubscribed",
}  # fmt: skip
# “I agree”, “Please don't”
PREFACES = {"i", "i'm", "am", "please"}
# What makes a comma part of a major's own name: "Agriculture, General", "Physics, BA".
QUALIFIERS = re.compile(
    r"and |& |or |(general|other|applied|theoretical|minor|major|[bm]\.?[as]c?\.?|ph\.?d\.?)\b",
    re.IGNORECASE,
)
# A cell that says this empties the field.
CLEAR = "[clear]"


class BadCell(ValueError):
    """The message says what is wrong with the cell, to the person who can correct it."""


def without_guard(cell: str) -> str:
    """Without the apostrophe that core.spreadsheets.harmless() puts before a formula."""
    return cell[1:] if cell[:1] == "'" and is_formula(cell[1:]) else cell


def one_line(cell: str) -> str:
    """Blanks collapsed; nothing where somebody wrote that nothing is known."""
    text = " ".join(without_guard(cell).split())
    return "" if len(text) <= LONGEST_NOTHING and text.lower() in NOTHING else text


def said(cell: str) -> str:
    """The same for a cell that is no name."""
    text = one_line(cell)
    return "" if text in MISSING else text


def shown(text: str) -> str:
    """The cell in a sentence: quoted, and not longer than a sentence bears."""
    return f"“{text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + '…'}”"


def is_broken(cell: str) -> bool:
    return BROKEN.fullmatch(cell) is not None


def clean_number(cell: str) -> str:
    """The office's number for somebody, as text; without the “.0” that programs add to one."""
    if SHORTENED.fullmatch(cell) and written_out(cell) == cell:
        raise BadCell(
            f"{shown(cell)} is a number that a spreadsheet has shortened: its last digits are "
            "lost. Make its column one of text, and export the list again."
        )
    if KEPT_AS_TEXT.fullmatch(cell):
        return cell[1:]
    return written_out(cell.replace(",", "") if IN_THOUSANDS.fullmatch(cell) else cell)


def written_out(cell: str) -> str:
    """A whole number as people write it; what is none, or was rounded, as it stands."""
    if found := WITH_A_POINT.fullmatch(cell):
        return found[1]
    if found := WITH_EXPONENT.fullmatch(cell):
        first, rest, plus, places = found[1], found[2], found[3], int(found[4])
        if len(rest) == places or (not plus and len(rest) < places):
            return first + rest.ljust(places, "0")
    return cell


def clean_email(cell: str) -> str:
    """In lower case, because people are matched by it. Of several addresses the first."""
    if len(cell) > LONGEST_ADDRESSES:
        raise BadCell(f"{shown(cell)} is not an e-mail address.")
    # Turkish capitals: Python makes two signs of a small “İ”.
    text = normalize("NFKC", cell).replace("İ", "i").lower().strip("<>'\"")
    text = text.removeprefix("mailto:").partition("?subject=")[0].rstrip(".,;")
    if text.count("@") > 1 or "<" in text or BESIDE_EMAIL.search(text):
        text = next((part for part in BETWEEN_EMAILS.split(text) if "@" in part), text)
    if len(text) <= 254 and text.find("@") <= 64 and PLAIN_EMAIL.fullmatch(text):
        return text
    # A tenth of a second that most lists do not need.
    from email_validator import EmailNotValidError, validate_email

    try:
        address = validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise BadCell(f"{shown(cell)} is not an e-mail address.") from error
    return address


def clean_class_year(cell: str, *, this_year: int) -> int:
    """From a year, a date (15-MAY-11, 20110515) or '16. Of two degrees the first."""
    last = this_year + YEARS_AHEAD
    if (found := YEARS.fullmatch(cell)) and (ended := _end_of(found[1], found[2], cell)):
        year = ended
    elif found := YEAR.search(cell):
        year = int(found[1])
    elif found := YEAR_AS_NUMBER.fullmatch(cell):
        year = int(found[1] + found[2])
    elif found := SHORT_YEAR.fullmatch(cell) or MARKED_YEAR.search(cell):
        year = 2000 + int(found["year"])
        year -= 100 if year > last else 0
    else:
        raise BadCell(f"{shown(cell)} is not a class year: it needs four digits, such as 2011.")
    if not FIRST_YEAR <= year <= last:
        raise BadCell(f"The class year {year} is not between {FIRST_YEAR} and {last}.")
    return year


def _end_of(begun: str, ended: str, cell: str) -> int:
    """0 where it may be a month (“1998-05”), or the years of two degrees (“1998/2005”)."""
    if len(ended) == 2 and int(ended) <= MONTHS:
        return 0
    end = int(ended) if len(ended) == 4 else int(begun[:2] + ended)
    most = 1 if "/" in cell else MOST_YEARS
    return end if 0 <= end - int(begun) <= most else 0


def words_of(cell: str) -> list[str]:
    """Of a cell that says yes or no, from the one that decides on."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)?|[✓✔]", written_out(cell.lower().replace("’", "'")))
    while len(words) > 1 and words[0] in PREFACES:
        del words[0]
    if len(words) > 1 and words[0] in ("opt", "opted"):
        words[:2] = [f"opt {words[1]}"]
    return words


def clean_consent(cell: str) -> str:
    word = next(iter(words_of(cell)), "")
    if word in NO:
        return Consent.NO
    if word in YES:
        return Consent.YES
    raise BadCell(f"{shown(cell)} is neither yes nor no, so this person counts as not asked yet.")


@lru_cache(maxsize=10_000)  # A list of 100,000 people names a few hundred majors.
def split_list(cell: str) -> tuple[str, ...]:
    """Majors and fields in one cell. A comma splits only where it cannot belong to a name."""
    if cell[:1] + cell[-1:] in ("[]", "{}") and len(cell) <= LONGEST_LIST:
        return _each_once(_in_brackets(cell))
    parts = re.split(r"\s*(?:;|\|+|:::|\n| / )\s*", cell.strip())
    if len(parts) == 1:
        by_comma = re.split(r"\s*,\s*", parts[0])
        if all(part[:1].isupper() and not QUALIFIERS.match(part) for part in by_comma):
            parts = by_comma
    return _each_once(parts)


def _in_brackets(cell: str) -> list[str]:
    """“['Art', 'Music']”, as Python writes a list, “{Art,"Film, TV"}” as PostgreSQL does."""
    quote, line = "'" if cell[1] == "'" else '"', " ".join(cell[1:-1].split())
    return next(csv.reader([line], quotechar=quote, skipinitialspace=True), [])


def _each_once(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(one_line, parts))))


ASKED_BY = {
    AskBy.CAREERHUB: {"careerhub", "system", "platform", "site"},
    AskBy.EMAIL: {"email", "e-mail", "mail"},
    AskBy.PHONE: {"phone", "call", "telephone", "mobile", "cell", "text"},
    AskBy.ANY: {"any", "anything", "either", "all", "both"},
}
DAYS = ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y")
MOST_REQUESTS = 100


def clean_ask_by(cell: str) -> str:
    words = set(re.findall(r"[a-z-]+", cell.lower()))
    said = [way for way, spellings in ASKED_BY.items() if words & spellings]
    if len(said) == 1:
        return said[0]
    raise BadCell(
        f"{shown(cell)} does not say how to ask: write CareerHub, e-mail, phone or any. "
        "It was left blank."
    )


def clean_day(cell: str, *, month_first: bool) -> date:
    slashed = ("%m/%d/%Y", "%d/%m/%Y") if month_first else ("%d/%m/%Y", "%m/%d/%Y")
    text = cell.removesuffix(" 00:00:00").removesuffix("T00:00:00")
    for pattern in (*DAYS, *slashed):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise BadCell(f"{shown(cell)} is not a day: write it like 2027-01-31. It was left blank.")


def clean_requests(cell: str) -> int:
    number = cell.removesuffix(".0")
    if re.fullmatch("[0-9]{1,3}", number) and 1 <= int(number) <= MOST_REQUESTS:
        return int(number)
    raise BadCell(
        f"{shown(cell)} is not a number of requests a month: write 1 to {MOST_REQUESTS}, and say "
        "no in the consent column for none at all. It was left blank."
    )


def is_clear(cell: str) -> bool:
    return cell.lower() == CLEAR
