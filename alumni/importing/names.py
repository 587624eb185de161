"""A person's name from one cell or from several."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from alumni.importing.cells import BadCell, shown

_LATIN = [chr(code) for code in range(0xC0, 0x250)]
_UP = "A-Z" + "".join(sign for sign in _LATIN if sign.isupper())
_LOW = "a-z" + "".join(sign for sign in _LATIN if sign.islower())
# Lee, García, O'Neil, McBride, Mary-Jane
_ONE = f"(?:[{_UP}]['’]|Ma?c)?[{_UP}][{_LOW}]+"
_WORD = f"{_ONE}(?:[-'’]{_ONE})*"
# Nameparser takes a quarter of a millisecond; two plain words need none.
PLAIN = re.compile(f"({_WORD}) (?:[{_UP}]\\.? )?({_ONE}[{_LOW}](?:-{_ONE})*)")
PLAIN_PART = re.compile(_WORD)
# “Oakes Family”, “Harbor Light, Inc.”, “Class of 1970 Fund”: rarely a person.
OF_GROUPS = {
    "family", "families", "household", "inc", "llc", "ltd", "corp", "corporation", "foundation",
    "fund", "trust", "friends",
}  # fmt: skip
NOT_PLAIN = {
    "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "rev", "sir", "sister", "father",
    "brother", "captain", "judge", "jr", "sr", "iii", "phd", "esq", "cpa", "mba", "von", "van",
    "de", "deceased", "dec'd", "dec’d", "total",
    "totals", "subtotal",
    *OF_GROUPS,
}  # fmt: skip
NOT_PEOPLE = {
    "grand total", "sum", "average", "count", "mean", "anonymous", "name", "full name", "notes",
    "note", "test test", "test user", "unknown unknown", "open-ended response",
}  # fmt: skip
# “Estate of Una Reed”, “The Oakes Family”, “Reed Family Foundation”.
SEVERAL = re.compile(
    r"(?:the )?estate of\b.*|the\b.* family|.*\bfamily (?:foundation|trust|fund)", re.IGNORECASE
)
GROUP = re.compile(
    rf"\b(?:{'|'.join(sorted(OF_GROUPS - {'friends'}))}|friends of)\b", re.IGNORECASE
)
# In front of a name (“#Ann”, “1. Ann”, “+Ann”), or anywhere in it (“Ann*”, “Ann/Ben”, “Ann Lee
# 2011”, “Ann Lee - retired”).
IN_NO_NAME = re.compile(
    r"^[-\d]|(?<!of )\b(?:19|20)\d\d\b|\s[-–—]\s|[#*=+/\\|;<>\[\]~^$%]"
    # A mark twice, or one without its other; a picture.
    r"|\"\"|^[^\"]*\"[^\"]*$|[\u2600-\u27bf\U0001f000-\U0001faff]"
)
# “imani@x.edu”, “imani_brooks”, “{"ImportId":"QID1"}”
IN_NOBODY = re.compile("[@_{}]")
# A given name in quotation marks is one; elsewhere in a cell it is a nickname.
MARKED_FIRST = tuple("\"“'‘(")
# “Smith, Jr., John”
SUFFIX_WITHIN = re.compile(r"([^,]+), ?((?:[JS]r|I{2,3}|IV|M\.?D|Ph\.?D)\.?), ?([^,]+)")
# In columns of their own: “Quill, PhD, CPA” under the family name, “Dr. Ann” under the given one.
_AFTER = r"(?:[JS]r|I{2,3}|IV|M\.?D|Ph\.?D|Ed\.?D|J\.?D|MBA|MPH|CPA|CFA|PMP|RN|Esq)\.?"
FAMILY_AND_SUFFIX = re.compile(rf"([^,]+), ?({_AFTER}(?:,? {_AFTER})*)")
BEFORE_GIVEN = re.compile(r"(?:Dr|Prof|Mrs?|Ms)\.? +(?=\w)")
# Han, kana and Hangul: there the family name stands first, and most write no blank behind it.
FAMILY_FIRST = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff ]+")
COUPLE = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
# In no name of one cell: “Report total for Economics”. With a cell for each half it is a family.
OF_SUMS = {"total", "totals", "subtotal"}
# “Gita Total” and “Total, Gita”: a family, where the rest of the row is a person's.
LIKE_A_FAMILY = re.compile(f"(?!(?:Grand|Sub|Report) )[{_UP}]\\S+ Total|Total, (?!Sub)[{_UP}]\\S+")


class Name(NamedTuple):
    name: str
    given_name: str
    family_name: str


def from_full(cell: str, *, is_person: bool = False) -> Name:
    """“Bluford, Guion S. Jr.” and “Guion S. Bluford Jr. ” are one name: Guion S. Bluford Jr.

    `is_person` says that nobody takes the rest of the row for a sum's.
    """
    _refuse_what_is_no_name(cell, may_be_sum=not (is_person and LIKE_A_FAMILY.fullmatch(cell)))
    if (plain := PLAIN.fullmatch(cell)) and NOT_PLAIN.isdisjoint(cell.lower().split()):
        return Name(cell, plain[1], plain[2])
    from nameparser import HumanName

    parsed = HumanName(SUFFIX_WITHIN.sub(r"\1, \3, \2", cell))
    if cell.isupper() or cell.islower():
        parsed.capitalize(force=True)
    parts = (parsed.first, parsed.middle, parsed.last, parsed.suffix.replace(",", ""))
    name = " ".join(filter(None, parts)) or cell
    if not (parsed.first and parsed.last) and parsed.nickname and cell.startswith(MARKED_FIRST):
        return Name(f"{parsed.nickname} {name}", parsed.nickname, parsed.last or parsed.first)
    if not (parsed.first and parsed.last):
        return Name(name, "", parsed.last or parsed.first or name)
    # “김민수” is one word, whatever its halves are, and “髙橋 花子” stands in its order.
    is_in_order = FAMILY_FIRST.fullmatch(cell) or not (" " in cell or "," in cell)
    return Name(cell if is_in_order else name, parsed.first, parsed.last)


def from_parts(parts: dict[str, str]) -> Name:
    """From columns of their own. A preferred first name is the one that students are to use."""
    if found := FAMILY_AND_SUFFIX.fullmatch(parts.get("family_name", "")):
        suffix = parts.get("suffix") or found[2].replace(",", "")
        parts = parts | {"family_name": found[1], "suffix": suffix}
    given = BEFORE_GIVEN.sub("", parts.get("preferred_name") or parts.get("given_name", ""))
    middle = "" if parts.get("preferred_name") else parts.get("middle_name", "")
    halves = (parts.get("family_name"), parts.get("second_family_name"))
    family = " ".join(filter(None, halves))
    name = " ".join(filter(None, (given, middle, family, parts.get("suffix", ""))))
    _refuse_what_is_no_name(name, may_be_sum=not (given and family))
    if name.isupper() and name.isascii() and len(name) > 3:
        return from_full(name)
    if family.isupper() and family.isascii() and len(family) > 3 and not given.isupper():
        # “Ann SMITH”: how universities elsewhere tell the family name.
        in_case = {"family_name": _in_case(family), "second_family_name": ""}
        return from_parts(parts | in_case)
    if given and family and FAMILY_FIRST.fullmatch(given + family):
        name = family + given
    return Name(name, given if family else "", family or given)


def as_written(parts: dict[str, str]) -> str:
    """The name that the columns say, a preferred first name apart."""
    order = ("given_name", "middle_name", "family_name", "second_family_name", "suffix")
    return " ".join(parts[part] for part in order if part in parts)


def _in_case(family: str) -> str:
    from nameparser import HumanName

    parsed = HumanName(first="Ann", last=family)
    parsed.capitalize(force=True)
    return parsed.last if not parsed.last.isupper() else family.title()


def doubts_about(written: str) -> list[str]:
    """What is to be said about a name that was read all the same."""
    said = []
    if COUPLE.search(written):
        said.append(f"{shown(written)} may be two people: we read one.")
    if GROUP.search(written):
        said.append(f"{shown(written)} may be no person: we read one.")
    if IN_NO_NAME.search(written):
        said.append(f"{shown(written)} holds a sign that is in no name. Look whether it is right.")
    return said


def words_of(name: str) -> set[str]:
    """For asking whether two names could be one person's: no case, no accents, no initials."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return {word for word in re.findall(r"[a-z]+", plain) if len(word) > 1} or {name.casefold()}


def _refuse_what_is_no_name(cell: str, *, may_be_sum: bool = True) -> None:
    if not any(map(str.isalpha, cell)):
        raise BadCell("There is no name in this row." if not cell else f"{shown(cell)} is no name.")
    words = cell.lower().replace(":", " ").split()
    is_sum = may_be_sum and not OF_SUMS.isdisjoint(words)
    is_nobody = " ".join(words) in NOT_PEOPLE or SEVERAL.fullmatch(cell)
    if IN_NOBODY.search(cell) or is_nobody or is_sum:
        raise BadCell(f"{shown(cell)} is not the name of a person.")
