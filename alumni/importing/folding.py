"""One key for the many spellings of one word: case, accents, points and legal forms fall away."""

from __future__ import annotations

import re
import unicodedata

# The kinds of words that the office keeps: the names of the fields that they stand in.
MAJORS, FIELDS_OF_WORK, EMPLOYER = "majors", "fields_of_work", "employer"
# For each kind: folded spelling to the term that the office chose.
Vocabulary = dict[str, dict[str, str]]

LEGAL_FORMS = {
    "inc", "incorporated", "corp", "corporation", "co", "company", "companies", "llc", "llp", "lp",
    "ltd", "limited", "plc", "pllc", "pc", "gmbh", "ag", "sa", "sas", "spa", "srl", "nv", "bv",
    "ab", "oy", "pty", "kg", "kk", "pte",
}  # fmt: skip


def folded(text: str) -> str:
    """“Économie & Droit” → “economie and droit”, “Ph.D.” → “phd”."""
    apart = unicodedata.normalize("NFKD", text).replace("&", " and ")
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’.]", "", plain.casefold())))


def employer_key(text: str) -> str:
    """“I.B.M. Corp.”, “IBM Corporation” and “I B M” → “ibm”. A name of legal forms alone stays."""
    letters_joined = re.sub(r"\b(\w) (?=\w\b)", r"\1", folded(text))
    words = letters_joined.removeprefix("the ").split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    if len(words) > 1 and words[-1] == "and":
        words.pop()
    return " ".join(words)


def key_of(kind: str, text: str) -> str:
    return employer_key(text) if kind == EMPLOYER else folded(text)
