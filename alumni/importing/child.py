"""Reads one list in a process of its own, with limits; see sandbox.py. Knows nothing of Django.

Rows go to standard output; what is to be said about them goes as JSON lines to the descriptor
that the job names. A job that ends without "end" or "refused" was killed by its limits.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from alumni.importing.halves import BLOCK, LONG_BYTES, WHOLE, Half, Other
from alumni.importing.listing import Listing
from alumni.importing.table import Reading, Record, UnreadableFile
from alumni.importing.workbook import LARGE

MEMORY_BYTES = 1024**3
PROCESSOR_SECONDS = 900
# So many problems are told at once, before the whole list is read.
EARLY_PROBLEMS = 25
MOST_UNKNOWN = 2000


class Child:
    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        # Words that the office's vocabulary has not, and how many rows have them.
        self.unknown: Counter[tuple[str, str]] = Counter()
        self.half = WHOLE
        self.out = os.fdopen(job["messages"], "w", buffering=1)

    def work(self) -> None:
        try:
            path = Path(self.job["path"])
            listing = self._listing(WHOLE)
            self.say(table=listing.table.to_json())
            if "mapping" not in self.job:
                rows, blank = self._show(listing), listing.blank_count
            elif listing.table.kind == "csv" and path.stat().st_size >= LONG_BYTES:
                rows, blank = self._stage_in_halves(path)
            else:
                rows, blank = self._stage(listing, WHOLE)
            unknown = [[*word, count] for word, count in self.unknown.most_common(MOST_UNKNOWN)]
            self.say(end={"rows": rows, "blank": blank, "unknown": unknown})
        except UnreadableFile as problem:
            self.say(refused=str(problem))
        except MemoryError:
            self.say(refused=LARGE)

    def _listing(self, half: Half) -> Listing:
        return Listing(
            Path(self.job["path"]),
            file_name=self.job["file_name"],
            reading=Reading.from_job(self.job),
            half=half,
        )

    def _show(self, listing: Listing) -> int:
        """Records as JSON lines."""
        shown = list(islice(listing, self.job["at_most"]))
        sys.stdout.writelines(json.dumps(record) + "\n" for record in shown)
        return len(shown)

    def _stage_in_halves(self, path: Path) -> tuple[int, int]:
        def stage(half: Half) -> tuple[int, int]:
            self.half = half
            half.lock_by(path)
            return self._stage(self._listing(half), half)

        def stage_second(half: Half) -> Any:
            return stage(half), [[*word, count] for word, count in self.unknown.items()]

        other = Other(stage_second)
        rows, blank = stage(Half(0))
        (more_rows, more_blank), unknown = other.heard()
        for *word, count in unknown:
            self.unknown[tuple(word)] += count
        return rows + more_rows, blank + more_blank

    def _stage(self, listing: Listing, half: Half) -> tuple[int, int]:
        """Clean rows as lines for COPY; how many there were, and how many blank ones."""
        # Phone numbers and names of people take a third of a second to load: not for a look.
        from alumni.importing.mapping import Mapping
        from alumni.importing.rows import RowReader
        from alumni.importing.staged_line import staged_line

        reader = RowReader(
            listing.table,
            Mapping.from_json(self.job["mapping"]),
            this_year=self.job["this_year"],
            vocabulary=self.job["vocabulary"],
        )
        corrections = {int(number): cells for number, cells in self.job["corrections"].items()}
        rows, told, lines = 0, 0, []
        for rows, record in enumerate(listing, 1):
            if record.number in corrections:
                record = _corrected(record, corrections[record.number])
            row = reader.read(record)
            lines.append(staged_line(row))
            if row.unmatched:
                self.unknown.update(row.unmatched)
            if row.problems and told < EARLY_PROBLEMS:
                told += 1
                self.say(problem=[record.number, row.is_usable, record.cells, row.problems])
            if rows % BLOCK == 0:
                self._write(lines)
                if not half.which:
                    self.say(rows=rows * half.of)
        self._write(lines)
        return rows, listing.blank_count

    def _write(self, lines: list[str]) -> None:
        with self.half.alone():
            sys.stdout.writelines(lines)
            sys.stdout.flush()
        lines.clear()

    def say(self, **what: Any) -> None:
        with self.half.alone():
            self.out.write(json.dumps(what) + "\n")


def _corrected(record: Record, cells: dict[str, str] | None) -> Record:
    """As somebody corrected it on the page; None leaves the row out."""
    if cells is None:
        return record._replace(problem="You left this row out.")
    return record._replace(
        cells=[cells.get(str(index), cell) for index, cell in enumerate(record.cells)]
    )


def main() -> None:
    # Nothing here makes circles, and looking for some costs as much as the work.
    gc.disable()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    Child(json.loads(sys.stdin.buffer.readline())).work()


if __name__ == "__main__":
    main()
