"""Whether students may ask somebody: a column says yes, another “do not”, or that they have died.

Lists of alumni offices name their dead beside the living, in a column or behind the name. They
stay in the directory, so that the next list does not bring them back; nobody asks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from alumni.importing import cells
from alumni.importing.fields import Consent

COLUMNS = frozenset({"consent", "do_not_contact", "deceased"})
LIVING = {"living", "alive", "active"}
MARK = re.compile(
    r"\s*(?:[†✝‡]|[(\[]\s*(?:deceased|dec['’]?d?\.?|died|late|d\.?\s*\d{4}|†)[^)\]]*[)\]]"
    r"|[,;-]?\s*\b(?:deceased|dec['’]d|the late)\b)\s*",
    re.IGNORECASE,
)
HAS_DIED = "This person is marked as having died, so nobody asks them."
# “Yes, but by phone only”
WITH_A_CONDITION = {
    "but", "only", "not", "no", "don't", "except", "unless", "until", "before", "after", "if",
}  # fmt: skip


def has_died(cell: str) -> bool:
    """By a column that says yes or no, or the day on which it was."""
    word = next(iter(cells.words_of(cell)), "")
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


def refuses(cell: str) -> bool:
    """In a column that says “do not”: whatever is no plain no. “No calls”, a day, “DNC”."""
    return not _is_plainly(cells.PLAIN_NO, cell)


def _is_plainly(said: Set[str], cell: str) -> bool:
    words = cells.words_of(cell)
    return len(words) == 1 and words[0] in said


def consent_of(given: dict[str, list[str]], *, otherwise: str) -> str:
    """What a row says, and `otherwise` where it says nothing; BadCell where that is unclear."""
    if any(map(has_died, given.get("deceased", []))):
        return Consent.NO
    if any(map(refuses, given.get("do_not_contact", []))):
        return Consent.NO
    said = [cells.clean_consent(cell) for cell in given.get("consent", [])]
    if Consent.NO in said:
        return Consent.NO
    return Consent.YES if said else otherwise


def remarks_on(given: dict[str, list[str]]) -> Iterator[str]:
    """What a person is to hear of how a row was taken, for it says more than yes or no."""
    if any(map(has_died, given.get("deceased", []))):
        yield HAS_DIED
        return
    for cell in given.get("do_not_contact", []):
        if refuses(cell) and not _is_plainly(cells.PLAIN_YES, cell):
            yield f"{cells.shown(cell)} stands under “do not contact”, so nobody asks this person."
    for cell in given.get("consent", []):
        word, *more = cells.words_of(cell) or [""]
        if word in cells.YES and not WITH_A_CONDITION.isdisjoint(more):
            yield f"{cells.shown(cell)} was read as yes. Look whether students may ask."
