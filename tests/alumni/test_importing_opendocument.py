"""An .ods says what it hides and where its formulas failed, as an .xlsx does."""

import io
import zipfile

import pytest

from alumni.importing.proposal import propose_mapping
from alumni.importing.reader import read_table
from alumni.importing.rows import RowReader

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
MANIFEST = """<manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry
 manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""
BLANKS = '<table:table-cell table:number-columns-repeated="4"/>'


def cell(text: str) -> str:
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def failed(text: str, *, formula: str = "of:=1/0") -> str:
    return (
        f'<table:table-cell table:formula="{formula}" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><office:annotation><text:p>A note'
        f"</text:p></office:annotation><text:p>{text}</text:p></table:table-cell>"
    )


def row(*cells: str, said: str = "") -> str:
    return f"<table:table-row {said}>{''.join(cells)}</table:table-row>"


def person(number: int, *, employer: str = cell("IBM"), said: str = "") -> str:
    return row(cell("Ann"), cell(f"Lee{number}"), cell(f"a{number}@x.edu"), employer, said=said)


HEADINGS = row(*map(cell, ("First name", "Last name", "E-mail", "Employer")))


def a_sheet(*rows: str, columns: str = "", name: str = "List") -> str:
    return f'<table:table table:name="{name}">{columns}{"".join(rows)}</table:table>'


def read(*sheets: str):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = zipfile.ZipInfo("mimetype")
        archive.writestr(kind, "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr(
            "content.xml",
            f'<office:document-content {NAMES} xmlns:calcext="urn:org:documentfoundation:names:'
            'experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet>'
            f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>",
        )
    return read_table(file.getvalue(), file_name="list.ods")


@pytest.mark.parametrize("way", ["collapse", "filter"])
def test_hidden_rows_are_read_and_said(way):
    hidden = f'table:visibility="{way}"'
    below = row(BLANKS, said=f'{hidden} table:number-rows-repeated="1048000"')
    two = person(4, said=f'{hidden} table:number-rows-repeated="2"')
    table = read(a_sheet(HEADINGS, person(1), person(2, said=hidden), person(3), two, below))

    assert [record.cells[1] for record in table.records] == ["Lee1", "Lee2", "Lee3", "Lee4", "Lee4"]
    assert table.remarks == [
        "3 rows are hidden in the sheet, by a filter or by hand; they are read, too."
    ]


def test_hidden_columns_are_read_and_said():
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:number-columns-repeated="9" table:visibility="collapse"/>'
    )
    table = read(a_sheet(HEADINGS, person(1), columns=columns))

    assert table.remarks == ["2 columns are hidden in the sheet; they are read, too."]


def test_another_sheet_of_the_book_has_no_say():
    hidden = a_sheet(
        person(1, said='table:visibility="collapse"', employer=failed("#REF!")), name="Other"
    )
    table = read(hidden, a_sheet(HEADINGS, person(1)), hidden.replace("Other", "Third"))

    assert (table.sheet, table.remarks) == ("List", [])
    assert table.records[0].cells[3] == "IBM"


@pytest.mark.parametrize("mistake", ["#REF!", "#VALUE!", "#DIV/0!", "Err:502"])
def test_a_mistake_of_a_formula_stands_beside_its_row(mistake):
    wrong = failed(mistake, formula="of:=IF([.A1]>0;1;2)")
    table = read(a_sheet(HEADINGS, person(1), person(2, employer=wrong), person(3)))
    reader = RowReader(table, propose_mapping(table), this_year=2026)
    rows = [reader.read(record) for record in table.records]

    assert [row.problems for row in rows] == [
        [],
        [f"A spreadsheet wrote “{mistake}” in place of employer, so it was left blank."],
        [],
    ]
    assert [row.record.number for row in reader.read_block(table.records).troubled] == [3]


def test_what_was_not_found_is_blank_and_said_once():
    table = read(a_sheet(HEADINGS, *(person(n, employer=failed("#N/A")) for n in range(3))))

    assert table.remarks == [
        "3 cells say #N/A, which means that nothing was found; they are read as blank."
    ]


def test_a_long_sheet_is_looked_through_to_its_end():
    """In pieces: a mistake stands across no border of two."""
    rows = [person(n, employer=failed("#REF!")) for n in range(20_000)]
    table = read(a_sheet(HEADINGS, *rows))

    assert {record.cells[3] for record in table.records} == {"#REF!"}
