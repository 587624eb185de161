"""Who was left out of a file, as a table to correct and choose again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from contacts.importing.people import FIELDS
from contacts.models import ContactImportEntry
from core.spreadsheets import harmless

HEADINGS = [
    "Number in the file", "Why it was left out", "Name", *FIELDS.values(), "More about them",
]  # fmt: skip


def table_of_left_out(entries: Iterable[ContactImportEntry]) -> str:
    """As CSV, with the mark that lets Excel read UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for entry in entries:
        cells = [
            " ".join(entry.remarks),
            entry.values.get("name", ""),
            *(entry.values.get(name, "") for name in FIELDS),
            "\n".join(entry.values.get("other_details", [])),
        ]
        writer.writerow([entry.number, *map(harmless, cells)])
    return out.getvalue()
