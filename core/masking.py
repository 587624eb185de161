"""No log holds a link that opens something without a password."""

from __future__ import annotations

import logging
import re
from typing import Any

# The desk of an alum, the key of a password reset, and a student's calendar.
SECRET_PATHS = re.compile(
    r"(/desk/|/accounts/password/reset/key/|(?<!today)/calendar/)(?!(?:sent|removed)/)[^/\s\"'?]+"
)


def masked(text: str) -> str:
    return SECRET_PATHS.sub(r"\1…", text)


class MaskingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


def masked_atoms(atoms: dict[str, Any]) -> dict[str, Any]:
    """What an access log says of a request, in whichever of its parts the path stands."""
    return {key: masked(text) if isinstance(text, str) else text for key, text in atoms.items()}
