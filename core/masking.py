"""No log holds a link that opens something without a password."""

from __future__ import annotations

import re
from typing import Any

# The desk of an alum, the key of a password reset, and a student's calendar.
SECRET_PATHS = re.compile(
    r"(/desk/|/accounts/password/reset/key/|(?<!today)/calendar/)(?!(?:sent|removed)/)[^/\s\"'?]+"
)


def masked(text: str) -> str:
    return SECRET_PATHS.sub(r"\1…", text)


# What somebody looked for stands in it.
QUERY = re.compile(r"\?[^\s\"']*")


def masked_atoms(atoms: dict[str, Any]) -> dict[str, Any]:
    """What an access log says of a request, in whichever of its parts the address stands."""
    return {
        key: "" if key == "q" else QUERY.sub("?…", masked(text)) if isinstance(text, str) else text
        for key, text in atoms.items()
    }
