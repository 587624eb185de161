"""Workbooks (.xlsx, .xls, .ods) to records, by a child process with limits."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from alumni.importing.delimited import make_record
from alumni.importing.table import Record, UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CHILD = Path(__file__).with_name("workbook_child.py")
SECONDS = 90
UNPACKED_AT_MOST = 1024**3

REFUSALS = {
    "password": (
        "The file is password-protected. Open it, take the password away, and upload it again."
    ),
    "damaged": (
        "This workbook cannot be read: it is damaged or of an unknown kind. Open it in your "
        "spreadsheet program, save it as .xlsx, and upload that."
    ),
    "large": (
        "This workbook is too large to read. Often a stray cell far below or far to the right is "
        "the cause: copy your list to a new sheet, or save it as CSV, and upload that."
    ),
}


class Workbook(NamedTuple):
    sheets: list[str]
    sheet: str
    records: Iterator[Record]


def is_workbook(content: bytes) -> bool:
    """By what is inside: names of files lie."""
    if content.startswith(OLE):
        return True
    return content.startswith(b"PK\x03\x04") and (
        b"[Content_Types].xml" in content or b"opendocument.spreadsheet" in content[:200]
    )


def read_workbook(content: bytes, *, sheet: str | None) -> Workbook:
    if content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(REFUSALS["password"])
    if _unpacked_bytes(content) > UNPACKED_AT_MOST:
        raise UnreadableFile(REFUSALS["large"])
    said = _ask_child(content, sheet or "")
    about: dict[str, Any] = json.loads(said[0]) if said else {"refused": "damaged"}
    # A refusal may come after some rows: half a list is no list.
    last = json.loads(said[-1]) if said else {}
    for answer in (about, last):
        if isinstance(answer, dict) and "refused" in answer:
            raise UnreadableFile(REFUSALS[answer["refused"]])
    if about["sheet"] is None:
        raise UnreadableFile("This workbook has no sheet with cells in it.")
    records = (make_record(number, json.loads(line)) for number, line in enumerate(said[1:], 1))
    return Workbook(about["sheets"], about["sheet"], records)


def _unpacked_bytes(content: bytes) -> int:
    """As the archive says of itself. If it lies, the child's own limits hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def _ask_child(content: bytes, sheet: str) -> list[bytes]:
    try:
        child = subprocess.run(  # noqa: S603 - our own program, and no shell
            [sys.executable, "-I", str(CHILD), sheet],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(REFUSALS["large"]) from error
    if child.returncode:
        # Out of memory or time, or the library gave up: it aborts in both cases.
        is_too_large = b"memory allocation" in child.stderr or child.returncode in (-9, -24)
        raise UnreadableFile(REFUSALS["large" if is_too_large else "damaged"])
    return child.stdout.splitlines()
