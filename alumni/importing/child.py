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

from alumni.importing.listing import Listing
from alumni.importing.table import Reading, Record, UnreadableFile
from alumni.importing.workbook import LARGE

MEMORY_BYTES = 1024**3
PROCESSOR_SECONDS = 900
# So many problems are told at once, before the whole list is read.
EARLY_PROBLEMS = 25
MOST_UNKNOWN = 2000
# So many rows are read together: fewer than fill the pipe.
BLOCK = 2_000


class Child:
    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        # Words that the office's vocabulary has not, and how many rows have them.
        self.unknown: Counter[tuple[str, str]] = Counter()
        self.corrections = {
            int(number): cells for number, cells in job.get("corrections", {}).items()
        }
        self.out = os.fdopen(job["messages"], "w", buffering=1)

    def work(self) -> None:
        try:
            listing = Listing(
                Path(self.job["path"]),
                file_name=self.job["file_name"],
                reading=Reading.from_job(self.job),
            )
            self.say(table=listing.table.to_json())
            rows = self._stage(listing) if "mapping" in self.job else self._show(listing)
            unknown = [[*word, count] for word, count in self.unknown.most_common(MOST_UNKNOWN)]
            self.say(end={"rows": rows, "blank": listing.blank_count, "unknown": unknown})
        except UnreadableFile as problem:
            self.say(refused=str(problem))
        except MemoryError:
            self.say(refused=LARGE)

    def _show(self, listing: Listing) -> int:
        """Records as JSON lines."""
        shown = list(islice(listing, self.job["at_most"]))
        sys.stdout.writelines(json.dumps(record) + "\n" for record in shown)
        return len(shown)

    def _stage(self, listing: Listing) -> int:
        """Clean rows as lines for COPY; how many there were."""
        # Phone numbers and names of people take a third of a second to load: not for a look.
        from alumni.importing.mapping import Mapping
        from alumni.importing.rows import RowReader

        reader = RowReader(
            listing.table,
            Mapping.from_json(self.job["mapping"]),
            this_year=self.job["this_year"],
            vocabulary=self.job["vocabulary"],
        )
        rows, told, records = 0, 0, iter(listing)
        while some := list(islice(records, BLOCK)):
            if self.corrections:
                width = len(listing.table.columns)
                some = [self._corrected(record, width) for record in some]
            block = reader.read_block(some)
            sys.stdout.write("\n".join([*block.lines, ""]))
            self.unknown.update(block.unmatched)
            for row in block.troubled[: EARLY_PROBLEMS - told]:
                told += 1
                self.say(problem=[row.record.number, row.is_usable, row.record.cells, row.problems])
            rows += len(some)
            self.say(rows=rows)
        sys.stdout.flush()
        return rows

    def _corrected(self, record: Record, width: int) -> Record:
        """As somebody corrected it on the page; None leaves the row out.

        Cells that could not be trusted are once a person has written where they belong, and not
        where they were saved as they stand.
        """
        if record.number not in self.corrections:
            return record
        said = self.corrections[record.number]
        if said is None:
            return record._replace(problem="You left this row out.")
        cells = [*record.cells, *[""] * width][:width]
        meant = [said.get(str(index), cell) for index, cell in enumerate(cells)]
        return record if meant == cells else Record(record.number, meant)

    def say(self, **what: Any) -> None:
        self.out.write(json.dumps(what) + "\n")


def main() -> None:
    # Nothing here makes circles, and looking for some costs as much as the work.
    gc.disable()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    Child(json.loads(sys.stdin.buffer.readline())).work()


if __name__ == "__main__":
    main()
