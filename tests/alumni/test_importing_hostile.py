"""Lists made to break whoever reads them: each ends in a sentence or costs its own row."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime

import pytest

from alumni import actions
from alumni.importing import header, layout
from alumni.importing.listing import Listing
from alumni.importing.mapping import Mapping
from alumni.importing.reader import Reading, UnreadableFile, read_table
from alumni.models import Alum, Import
from tests.alumni.test_importing_reader import SHEET, text_cell, workbook

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
PEOPLE = b"Name,E-mail\nAnn Lee,a@x.edu\n"
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    ) + "]>"
)  # fmt: skip
OUTSIDE = '<!DOCTYPE w [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return file.getvalue()


PLAIN_BOOK = workbook(
    f'<row r="1">{text_cell("A1", "Name")}</row><row r="2">{text_cell("A2", "Ann Lee")}</row>'
)


def with_sheet(before: str, cell: str) -> bytes:
    rows = f'<row r="1">{text_cell("A1", "Name")}</row><row r="2">{text_cell("A2", cell)}</row>'
    start = SHEET.format(rows=rows)
    return packed(parts_of(PLAIN_BOOK) | {"xl/worksheets/sheet1.xml": (before + start).encode()})


def with_lying_size() -> bytes:
    """The archive says of a part of 400 MB that it holds ten bytes."""
    bomb = bytearray(workbook(f'<row r="1">{text_cell("A1", "Name")}</row>', megabytes=400))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = bomb.find(signature)
        while place >= 0:
            bomb[place + at : place + at + 4] = struct.pack("<I", 10)
            place = bomb.find(signature, place + 4)
    return bytes(bomb)


WHOLE = {
    "a bomb": workbook(f'<row r="1">{text_cell("A1", "Name")}</row>', megabytes=150),
    "a bomb that lies of its size": with_lying_size(),
    "a billion laughs": with_sheet(LAUGHS, "&j;"),
    "a workbook cut in half": PLAIN_BOOK[: len(PLAIN_BOOK) // 2],
    "a workbook without its sheet": packed(
        {name: part for name, part in parts_of(PLAIN_BOOK).items() if "sheet1" not in name}
    ),
    "a workbook of noise": b"PK\x03\x04[Content_Types].xml" + zlib.compress(b"x" * 1000) * 9,
    "old workbook of zeros": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016,
    "a million columns": b",".join([b"Name"] + [b"x"] * 1_000_000) + b"\nAnn Lee\n",
    "one endless quote": b'"' + b"x" * 140_000 + (b'\n"' + b"x" * 140_000) * 110,
    "nothing but NUL": b"\0" * 5000,
}


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_file_that_cannot_be_a_list_ends_in_a_sentence(content):
    with pytest.raises(UnreadableFile, match=r"^[A-Z].*\.$"):
        actions.upload_list(by=None, file_name="list.xlsx", content=content, at=AT)

    assert not Import.objects.exists()


def test_workbook_that_was_cut_off_is_called_damaged():
    """Some write what they are at the end."""
    parts = parts_of(PLAIN_BOOK)
    kind = parts.pop("[Content_Types].xml")
    book = packed(parts | {"[Content_Types].xml": kind})

    with pytest.raises(UnreadableFile, match="damaged"):
        actions.upload_list(
            by=None, file_name="list.xlsx", content=book[: book.rindex(b"PK\x03\x04")], at=AT
        )


def test_row_of_a_million_columns_is_not_asked_for_its_headings(monkeypatch, tmp_path):
    asked = []
    for module in (header, layout):
        monkeypatch.setattr(module, "field_for", asked.append)
    (tmp_path / "list.csv").write_bytes(WHOLE["a million columns"])

    with pytest.raises(UnreadableFile, match="1,000,001 columns"):
        Listing(tmp_path / "list.csv", file_name="list.csv", reading=Reading())
    assert len(asked) < 10_000


@pytest.mark.parametrize("cell", ["x" * 200_000, '"' + "x" * 600], ids=["too long", "left open"])
def test_cell_of_a_row_left_out_that_is_kept_in_part_says_so(cell):
    content = b"Name,Note to students\nAnn Lee," + cell.encode() + b"\nBen Ray,Hello\n"
    table = read_table(content, file_name="list.csv")

    assert table.records[0].problem
    assert table.records[0].cells[1] == cell[:500] + "…"


ROWS = {
    "a cell of 200,000 letters": b"Ben Ray," + b"x" * 200_000,
    "a row of a million columns": b"Ben Ray" + b"," + b",".join([b"x"] * 1_000_000),
    "an unclosed quote": b'"Ben Ray,b@x.edu',
    "a NUL": b"Ben\0Ray,b@x.edu",
    "half a row": b"Ben Ray",
    "a unit separator": b"Ben Ray\x1f,b@",
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_hostile_row_costs_itself_and_no_other(row):
    content = PEOPLE + row + b"\nCal Wu,c@x.edu\n"

    uploaded = actions.upload_list(by=None, file_name="list.csv", content=content, at=AT)
    actions.set_mapping(uploaded, mapping=Mapping.from_json(uploaded.mapping))
    actions.check_import(uploaded.pk, at=AT)
    actions.run_import(uploaded.pk, at=AT)

    uploaded.refresh_from_db()
    assert uploaded.state == Import.State.DONE
    people = set(Alum.objects.values_list("name", "email"))
    assert people - {("Ben Ray", "")} == {("Ann Lee", "a@x.edu"), ("Cal Wu", "c@x.edu")}
    assert uploaded.row_count == 3
    assert [row.number for row in uploaded.rows.exclude(problems=[])] == (
        [] if row == b"Ben Ray" and len(people) == 3 else [3]
    )


def test_entity_from_outside_is_never_read():
    try:
        uploaded = actions.upload_list(
            by=None, file_name="list.xlsx", content=with_sheet(OUTSIDE, "&secret;"), at=AT
        )
    except UnreadableFile:
        return
    table = actions.look_again(uploaded, Reading())
    assert not any("root" in cell for record in table.records for cell in record.cells)


def test_macros_are_never_run_and_their_workbook_is_read():
    book = packed(parts_of(PLAIN_BOOK) | {"xl/vbaProject.bin": b"Sub Auto_Open()"})

    uploaded = actions.upload_list(by=None, file_name="list.xlsm", content=book, at=AT)

    assert uploaded.row_count == 1
