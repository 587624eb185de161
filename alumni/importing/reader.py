"""What a list holds, as a person is shown it: the child reads, this asks."""

from __future__ import annotations

import json
from typing import Any

from alumni.importing.sandbox import Child, child_with
from alumni.importing.table import Column, Reading, Record, Table, UnreadableFile

__all__ = ["Column", "Reading", "Record", "Table", "UnreadableFile", "look_at", "read_table"]


def read_table(content: bytes, *, file_name: str, **how: Any) -> Table:
    """A whole list, with all its records: for lists that a person keeps by hand.

    `how` has the fields of a Reading. The kind is found from the content; `file_name` only helps
    to word what went wrong.
    """
    with child_with([content]) as child:
        return look_at(child, file_name=file_name, reading=Reading(**how), at_most=None)


def look_at(child: Child, *, file_name: str, reading: Reading, at_most: int | None) -> Table:
    """The list's headings and, in bounded memory, its first records: `at_most` of them."""
    job = {"file_name": file_name, "at_most": at_most, **reading._asdict()}
    rows, table, blank = bytearray(), None, 0
    for kind, what in child.read(job):
        if kind == "rows":
            rows += what
        elif "table" in what:
            table = Table.from_json(what["table"])
        elif "end" in what:
            blank = what["end"]["blank"]
    if table is None:
        raise RuntimeError("The child ended without a word of its list.")
    records = [Record(*json.loads(line)) for line in bytes(rows).splitlines()]
    return table._replace(records=records, blank_count=blank)
