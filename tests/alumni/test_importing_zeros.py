"""Zeros in front, which a workbook shows and does not keep: they stay."""

import io
import re
import zipfile

import pytest
import xlsxwriter

from alumni.importing.reader import read_table

ROWS = [(42, 1035, 7.5), (123456789, 90210, 3), (7, 2139, 12)]


def a_list(formats: dict[int, str], *, rows=ROWS) -> bytes:
    """Two sheets; the second is the list, with a format for some of its columns."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("Cover")
        sheet = book.add_worksheet("Class & friends")
        styles = {at: book.add_format({"num_format": code}) for at, code in formats.items()}
        sheet.write_row(0, 0, ["Student ID", "ZIP", "Requests", "First name", "Last name"])
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                sheet.write_number(number, at, value, styles.get(at))
            sheet.write_row(number, 3, ["Ann", "Lee"])
    return file.getvalue()


def read(content: bytes) -> list[list[str]]:
    return [record.cells[:3] for record in read_table(content, file_name="list.xlsx").records]


def test_numbers_are_read_as_the_workbook_shows_them():
    assert read(a_list({0: "00000000", 1: "00000"})) == [
        ["00000042", "01035", "7.5"], ["123456789", "90210", "3"], ["00000007", "02139", "12"],
    ]  # fmt: skip


def test_numbers_of_a_list_that_stands_apart_from_the_corner_keep_their_zeros():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(3, 2, ["Student ID", "ZIP", "Name"])
        for row in (4, 5):
            sheet.write_number(row, 2, 42, book.add_format({"num_format": "00000000"}))
            sheet.write_row(row, 3, [1035, "Ann Lee"])

    assert read(file.getvalue()) == [["00000042", "1035", "Ann Lee"]] * 2


@pytest.mark.parametrize("code", ["0", "0.00", "#,##0", "0000-0000", "General", "000%"])
def test_other_formats_bring_no_zeros(code):
    assert [row[0] for row in read(a_list({0: code}))] == ["42", "123456789", "7"]


def test_a_broken_number_and_a_negative_one_get_no_zeros():
    content = a_list({0: "0000"}, rows=[(1.5, 1, 1), (-3, 1, 1), (3, 1, 1)])

    assert [row[0] for row in read(content)] == ["1.5", "-3", "0003"]


def test_one_odd_cell_does_not_speak_for_its_column():
    content = changed(a_list({}), "xl/worksheets/sheet2.xml", '<c r="A2">', '<c r="A2" s="1">')
    content = changed(
        content, "xl/styles.xml", r"<cellXfs.*</cellXfs>",
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>',
    )  # fmt: skip
    content = changed(
        content, "xl/styles.xml", "<fonts",
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="0000"/></numFmts><fonts',
    )  # fmt: skip

    assert [row[0] for row in read(content)] == ["42", "123456789", "7"]


@pytest.mark.parametrize(
    ("part", "what", "becomes"),
    [
        ("xl/styles.xml", "<numFmts.*</numFmts>", ""),
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml", "/xl/worksheets/sheet2.xml"),
        ("xl/worksheets/sheet2.xml", ' r="[A-Z]+[0-9]+"', ""),
    ],
    ids=["no formats", "absolute address", "cells without their places"],
)
def test_workbooks_put_together_otherwise_are_read(part, what, becomes):
    rows = read(changed(a_list({0: "00000000"}), part, what, becomes))

    assert [row[0].lstrip("0") for row in rows] == ["42", "123456789", "7"]


def changed(content: bytes, part: str, what: str, becomes: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == part:
                text, count = re.subn(what, becomes, text, flags=re.DOTALL)
                assert count
            new.writestr(name, text)
    return file.getvalue()
