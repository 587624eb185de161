"""Words beside an address or a number that take it back: “a@x.edu (bounced)”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alumni.importing.cells import shown

ADDRESS = re.compile(r"\S+@\S+")
WORDS = re.compile(
    r"\b(?:old|former|not|never|don['’]?t|no (?:calls?|longer)|bad|bounce[sd]?|invalid|wrong"
    r"|inactive|disconnected|unlisted|private|wife|husband|spouse|partner|parents?|mother|father|son"
    r"|daughter|assistant)\b",
    re.IGNORECASE,
)


def remarks_on(cell: str, value: str) -> Iterator[str]:
    """`value` is what was read of the cell all the same."""
    if WORDS.search(ADDRESS.sub(" ", cell)):
        yield f"{shown(cell)} was read as {value}. Look whether it is meant to be used."
