"""Step 3: one record to the clean values of one person, and its problems in words."""

from __future__ import annotations

from collections.abc import Iterable

from alumni.importing.clean_row import CleanRow
from alumni.importing.exact import ExactReader
from alumni.importing.folding import Vocabulary
from alumni.importing.mapping import Mapping
from alumni.importing.quick import QuickReader
from alumni.importing.table import Column, Record, Table

__all__ = ["CleanRow", "RowReader"]


class RowReader:
    """Knows the list's columns; asked once for each record.

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
        return self.quick.read(record) or self.exact.read(record)
