"""The bytes of an uploaded file to what each of its entries says, whatever program wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field

from alumni.importing import garbled
from alumni.importing.reader import UnreadableFile, read_table
from alumni.importing.table import Table
from alumni.importing.text import find_encoding
from alumni.importing.workbook import is_workbook
from contacts.importing.card_lines import looks_like_cards, split_cards
from contacts.importing.found import Found
from contacts.importing.tables import kind_of, read_rows
from contacts.importing.vcards import read_card

BYTES_AT_MOST = 10 * 1024 * 1024
ENTRIES_AT_MOST = 20_000
VCARDS = "vCards"
CERTAIN_ENCODINGS = {"", "utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"}


@dataclass(frozen=True)
class ReadFile:
    kind: str
    found: list[Found]
    remarks: list[str] = field(default_factory=list)


def read_file(content: bytes, *, file_name: str) -> ReadFile:
    """UnreadableFile, with a sentence, for what is no address book, or too large a one."""
    if len(content) > BYTES_AT_MOST:
        raise UnreadableFile("This file is larger than 10 MB. Export fewer people, or no photos.")
    _refuse_archives(content)
    read = _read_cards(content) if looks_like_cards(content) else _read_table(content, file_name)
    left_behind = sum(one.left_behind for one in read.found)
    if left_behind:
        what = "1 photo or key was" if left_behind == 1 else f"{left_behind:,} photos or keys were"
        read.remarks.append(f"{what} left out: CareerHub keeps words alone.")
    for one in read.found:
        _look_at_letters(one)
    return read


def _refuse_archives(content: bytes) -> None:
    if content.startswith(b"PK\x03\x04") and not is_workbook(content):
        raise UnreadableFile(
            "This is a ZIP archive. Open it on your device, and choose the file inside: "
            "Connections.csv from LinkedIn, or one that ends in .vcf or .csv."
        )


def _read_cards(content: bytes) -> ReadFile:
    cards, stray = split_cards(content)
    _refuse_too_many(len(cards))
    fallback = find_encoding(content)
    remarks = []
    if stray:
        lines = "1 line stands" if stray == 1 else f"{stray:,} lines stand"
        remarks.append(f"{lines} outside of any card and could not be read.")
    return ReadFile(VCARDS, [read_card(card, fallback=fallback) for card in cards], remarks)


def _read_table(content: bytes, file_name: str) -> ReadFile:
    table = read_table(content, file_name=file_name)
    kind = kind_of(table)
    if not table.records:
        raise UnreadableFile(
            f"This is a file of the kind “{kind}”, but it has no rows: only its headings. "
            "Export it again, and choose which people to put in."
        )
    _refuse_too_many(len(table.records))
    return ReadFile(kind, read_rows(table, kind), _remarks(table))


def _refuse_too_many(count: int) -> None:
    if count > ENTRIES_AT_MOST:
        raise UnreadableFile(
            f"This file has {count:,} entries. CareerHub takes {ENTRIES_AT_MOST:,} at a time: "
            "split it in two."
        )


def _remarks(table: Table) -> list[str]:
    remarks = []
    if table.encoding not in CERTAIN_ENCODINGS:
        remarks.append(
            f"The file does not say how its letters are written; we took {table.encoding}. If "
            "names look wrong, save it as “CSV UTF-8” and choose it again."
        )
    return remarks + table.remarks


def _look_at_letters(one: Found) -> None:
    """Letters that were wrong before: mended where that can be, and never without a word."""
    for items in (one.names, one.employers, one.titles, one.details):
        for place, item in enumerate(items):
            meant, said = garbled.look_at(item.value, is_name=items is one.names)
            items[place] = item._replace(value=meant)
            one.remarks += [remark for remark in said if remark not in one.remarks]
