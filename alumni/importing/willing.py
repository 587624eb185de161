"""Whether students may ask somebody: a column says yes, another “do not”, or that they have died.

Lists of alumni offices name their dead beside the living, in a column or behind the name. They
stay in the directory, so that the next list does not bring them back; nobody asks them.
"""

from __future__ import annotations

import re
from collections.abc import Set

from alumni.importing import cells
from alumni.importing.fields import Consent

COLUMNS = frozenset({"consent", "do_not_contact", "deceased"})
LIVING = {"living", "alive", "active"}
MARK = re.compile(
    r"\s*(?:[†✝‡]|[(\[]\s*(?:deceased|dec['’]?d?\.?|died|late|d\.?\s*\d{4}|†)[^)\]]*[)\]]"
    r"|[,;-]?\s*\b(?:deceased|dec['’]d)\b)\s*",
    re.IGNORECASE,
)
HAS_DIED = "This person is marked as having died, so nobody asks them."


def has_died(cell: str) -> bool:
    """By a column that says yes or no, or the day on which it was."""
    word = re.split(r"[\s,;.:!(]+", cell.lower())[0]
    return word not in cells.NO | LIVING


def is_marked(name: str) -> bool:
    return MARK.search(name) is not None


def without_marks(given: dict[str, list[str]], names: Set[str]) -> bool:
    """Take what stands behind a name of the dead out of it; returned whether something did."""
    found = False
    for name in names & given.keys():
        plain = [MARK.sub(" ", cell).strip() for cell in given[name]]
        if plain != given[name]:
            found = True
            given[name] = plain
            if not any(plain):
                del given[name]
    return found


def consent_of(given: dict[str, list[str]], *, otherwise: str) -> str:
    """What a row says, and `otherwise` where it says nothing; BadCell where that is unclear."""
    if any(map(has_died, given.get("deceased", []))):
        return Consent.NO
    said = [cells.clean_consent(cell) for cell in given.get("consent", [])]
    refusals = [cells.clean_consent(cell) for cell in given.get("do_not_contact", [])]
    if Consent.NO in said or Consent.YES in refusals:
        return Consent.NO
    return Consent.YES if said else otherwise
