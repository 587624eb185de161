"""Step 3: records to the clean values of people, and their problems in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from alumni.importing.clean_row import CleanRow
from alumni.importing.exact import ExactReader
from alumni.importing.folding import Vocabulary
from alumni.importing.mapping import Mapping
from alumni.importing.quick import QuickReader
from alumni.importing.staged_line import staged_line
from alumni.importing.table import Column, Record, Table

__all__ = ["CleanRow", "RowReader"]


class Block(NamedTuple):
    """Some rows as lines for COPY, those with a problem, and words that the office has not."""

    lines: list[str]
    troubled: list[CleanRow]
    unmatched: Counter[tuple[str, str]]


class RowReader:
    """Knows the list's columns.

    `vocabulary` is alumni.vocabulary.as_dict(), `country` the two letters of the office's own:
    where a person lives who names no country.
    """

    def __init__(
        self, table: Table | Iterable[Column], mapping: Mapping, *, this_year: int,
        vocabulary: Vocabulary | None = None, country: str = "US",
    ) -> None:  # fmt: skip
        self.exact = ExactReader(
            table, mapping, this_year=this_year, vocabulary=vocabulary, country=country
        )
        self.quick = QuickReader(self.exact)

    def read(self, record: Record) -> CleanRow:
        return self.exact.read(record)

    def read_block(self, records: Sequence[Record]) -> Block:
        plain = self.quick.read(records)
        block = Block(plain.lines, [], plain.unmatched)
        odd = set(plain.odd)
        lone = {place for place, record in enumerate(records) if self.exact.is_lone(record)}
        for place in sorted(odd | lone):
            row = self.exact.read(records[place])
            block.lines[place] = staged_line(row)
            # Of a plain row they are counted already.
            if place in odd:
                block.unmatched.update(row.unmatched)
            if row.problems:
                block.troubled.append(row)
        return block
