"""Which record holds the headings: not the notes above them, and not a person."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median_high, median_low

from alumni.importing.fields import field_for
from alumni.importing.table import Record

CLASS_YEAR = re.compile("['’][0-9]{2}|(19|20)[0-9]{2}")
LOOKED_AT = 40
FOLLOWERS = 10
FURTHER = 5
# As many known headings no row of a person has.
SURELY = 4
# Surveys of Qualtrics have this below what the questions were.
OF_MACHINES = '{"ImportId":'


def propose_header_row(records: list[Record]) -> int:
    """The number of the record with the headings; 0 when the list begins with a person."""
    first = [record for record in records[: LOOKED_AT * 2] if any(record.cells)][:LOOKED_AT]
    for record, below in pairwise(first):
        if sum(cell.startswith(OF_MACHINES) for cell in below.cells) * 2 > fullness(below):
            return record.number
    for position, record in enumerate(first):
        if _is_as_full_as_what_follows(record, first[position + 1 : position + 1 + FOLLOWERS]):
            header = _known_one_below(position, first) or _fuller_one_below(position, first)
            below = next((record for record in first if record.number > header.number), header)
            return header.number if _could_be_headings(header, below) else 0
    return 0


def fullness(record: Record) -> int:
    return sum(1 for cell in record.cells if cell)


def _is_as_full_as_what_follows(record: Record, followers: list[Record]) -> bool:
    """Titles, notes and comments fill one cell or two of a wide table."""
    if not followers:
        return True
    widths = [fullness(follower) for follower in followers]
    # One row of a hundred cells makes no wide table; one cell is a title if any row below is wide.
    usual = median_low(widths) if fullness(record) > 1 else median_high(widths)
    return fullness(record) >= max(min(2, usual), usual / 2)


def _known_one_below(position: int, first: list[Record]) -> Record | None:
    """“Report; 2026” above “First name; Class year”: the office's systems use the second."""
    if _known(first[position]):
        return None
    # Under a column of notes they may be anywhere.
    reach = FURTHER if fullness(first[position]) > 1 else LOOKED_AT
    below = first[position + 1 : position + reach]
    at_least = [0] * (FURTHER - 1) + [2] * LOOKED_AT
    return next(
        (
            record
            for record, least in zip(below, at_least, strict=False)
            if _known(record) >= least
            and (_known(record) >= SURELY or _known(record) * 2 >= fullness(record))
        ),
        None,
    )


def _known(record: Record) -> int:
    return sum(1 for cell in record.cells if cell and field_for(cell))


def _fuller_one_below(position: int, first: list[Record]) -> Record:
    """A note may be wide as well: words above rows with numbers, and fuller than it, win."""
    best = position
    for below in range(position + 1, min(position + FURTHER, len(first) - 1)):
        is_fuller = fullness(first[below]) > fullness(first[best])
        if is_fuller and _is_all_words(first[below]) and not _is_all_words(first[below + 1]):
            best = below
    return first[best]


def _is_all_words(record: Record) -> bool:
    return all(_is_wordy(cell) for cell in record.cells if cell)


def _could_be_headings(record: Record, below: Record) -> bool:
    return (
        any(map(_is_wordy, record.cells))
        and not any("@" in cell for cell in record.cells)
        and (_known(record) > 0 or not _have_years(record, below))
    )


def _have_years(record: Record, below: Record) -> bool:
    """“Ann; Lee; 2001” above “Ben; Ray; 2002” is a person."""
    return any(
        CLASS_YEAR.fullmatch(cell) and CLASS_YEAR.fullmatch(under)
        for cell, under in zip(record.cells, below.cells, strict=False)
        if below is not record
    )


def _is_wordy(cell: str) -> bool:
    return (
        not cell.startswith(("http", "#"))
        and any(map(str.isalpha, cell))
        and cell
        not in (
            "TRUE",
            "FALSE",
        )
    )
