"""What one row says of one person, once its cells were read."""

from __future__ import annotations

from typing import Any, NamedTuple

from alumni.importing.table import Record


class CleanRow(NamedTuple):
    """`values` holds what the row says, blank cells left out: they erase nothing.

    `originals` has the cell as written where its value differs by more than blanks and case;
    `cleared` the fields that the row empties; `unmatched` (kind, word) for each major and field
    of work that the office's vocabulary does not know.
    """

    record: Record
    values: dict[str, Any]
    problems: list[str]
    is_usable: bool
    originals: dict[str, str] = {}
    cleared: frozenset[str] = frozenset()
    unmatched: tuple[tuple[str, str], ...] = ()


class RowOut(Exception):
    """This row cannot become a person; the message says why."""


def is_same(value: Any, written: str) -> bool:
    """But for blanks and case."""
    return str(value).casefold() == " ".join(written.split()).casefold()


def keep_original(row: CleanRow, name: str, written: str) -> None:
    if not is_same(row.values[name], written):
        row.originals[name] = written
