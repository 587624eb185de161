"""Reads one workbook and writes it as JSON lines. Run as a program of its own: see workbook.py.

A damaged workbook can abort the whole process, and a small one can unpack to gigabytes; here it
takes nothing with it. Imports nothing of CareerHub.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

import python_calamine

MEMORY_BYTES = 1024**3
PROCESSOR_SECONDS = 60
CELLS_AT_MOST = 20_000_000


def main(sheet_name: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    try:
        book = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        sheets = visible_first(book.sheets_metadata)
        name = sheet_name if sheet_name in sheets else next(iter(sheets), None)
        say({"sheets": sheets, "sheet": name})
        if name is not None:
            write_rows(book.get_sheet_by_name(name))
    except python_calamine.PasswordError:
        say({"refused": "password"})
    except (python_calamine.CalamineError, OSError, ValueError):
        say({"refused": "damaged"})
    except MemoryError:
        say({"refused": "large"})


def visible_first(sheets) -> list[str]:
    """The names of the sheets that hold cells: charts have none."""
    tables = [sheet for sheet in sheets if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]
    visible = python_calamine.SheetVisibleEnum.Visible
    return [sheet.name for sheet in sorted(tables, key=lambda sheet: sheet.visible != visible)]


def write_rows(sheet) -> None:
    if sheet.start is None:
        return
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > CELLS_AT_MOST:
        raise MemoryError
    for row in sheet.iter_rows():  # blank rows at the top included, so that rows keep their numbers
        say([as_read(cell) for cell in row])


def as_read(cell) -> str:
    """The cell as a person reads it: a day without midnight, a number without ".0"."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            midnight = cell.time() == time(0)
            return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell)


def say(what) -> None:
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
