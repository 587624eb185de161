"""The reader against lists that nobody here made for it, and against damage."""

import csv
import io
import random
import re
import zipfile

import pytest
import xlsxwriter

from alumni.importing.delimited import clean_cell, read_delimited
from alumni.importing.reader import UnreadableFile, read_table

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"/></Relationships>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>'
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{rows}</sheetData></worksheet>"
)


def workbook(rows: str, *, megabytes: int = 0) -> bytes:
    """The least that is a workbook; its last cell can be long, and packs well."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        parts.writestr("[Content_Types].xml", CONTENT_TYPES)
        parts.writestr(
            "_rels/.rels", RELATIONS.format(kind="officeDocument", target="xl/workbook.xml")
        )
        parts.writestr("xl/workbook.xml", BOOK)
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"),
        )
        with parts.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            start, end = SHEET.format(rows=rows + "|").split("|")
            sheet.write(start.encode())
            if megabytes:
                sheet.write(b'<row r="9"><c r="A9" t="inlineStr"><is><t>')
                for _ in range(megabytes):
                    sheet.write(b"x" * 1_000_000)
                sheet.write(b"</t></is></c></row>")
            sheet.write(end.encode())
    return file.getvalue()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def read(content: bytes, **choices):
    return read_table(content, file_name="list.csv", **choices)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\r\n \r\n", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "This is a picture"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"PK\x03\x04" + b"\0" * 40 + b"word.txt", "a ZIP archive"),
        (b"<html><table><tr><td>Name", "a web page"),
        (b"BEGIN:VCARD\r\nVERSION:3.0", "contact cards"),
        (b"\xef\xbb\xbfBEGIN:VCARD\r\nVERSION:3.0", "contact cards"),
        (b'[{"name": "Ann Lee"},\n{"name": "Ben Ray"}]', "JSON"),
        (b"\x1f\x8b\x08\x08abcdlist.csv\0" + bytes(range(1, 200)), "compressed"),
        (b"PK\x03\x04" + b"\0" * 40 + b"[Content_Types].xml word/document.xml", "a document"),
        (b"<!-- made by X -->\n<table><tr><td>Name", "a web page"),
        ("<html><table><tr><td>Name".encode("utf-16"), "a web page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a web page or a mail"),
        (bytes(range(256)) * 4, "encoded"),
        ("Name,Email\nAnn Lee,ann@example.edu\n".encode("cp037"), "encoded"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016, "cannot be read"),
        (b"\xff\xfe\x00\xd8A\x00", "encoded"),
    ],
    ids=["empty", "blank lines", "png", "jpeg", "pdf", "zip", "web page", "vcard",
         "vcard with a mark", "json", "gzip", "docx", "commented page", "page in utf-16", "mhtml",
         "binary",
         "ebcdic", "1,024-byte xls", "half a surrogate"],
)  # fmt: skip
def test_read_table_refuses_what_is_no_list(content, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read(content)


def test_read_table_shows_a_file_of_headings_without_rows():
    table = read(b"Name,E-mail\n")

    assert (table.header_row, table.records) == (1, [])
    assert [column.heading for column in table.columns] == ["Name", "E-mail"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Name,City\nZoë Ångström,São Paulo\n"),
        ("utf-8-sig", "Name,City\nZoë Ångström,São Paulo\n"),
        ("utf-16", "Name,City\nZoë Ångström,São Paulo\n"),
        ("utf-16-le", "Name,City\nZoë Ångström,São Paulo\n"),
        ("utf-16-be", "Name,City\nZoë Ångström,São Paulo\n"),
        ("cp1252", "Name,City\nZoë Ångström,São Paulo\n"),
        ("cp1251", "Имя,Город\nИван Петров,Москва\nОльга Иванова,Казань\n"),
        ("shift_jis", "Name,Major\n山田太郎,経済学部の学生\n鈴木一郎,法学\n"),
    ],
)
def test_read_table_finds_the_encoding(encoding, text):
    table = read(text.encode(encoding))

    assert [record.cells for record in table.records] == [
        line.split(",") for line in text.splitlines()[1:]
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_read_table_finds_the_delimiter(delimiter):
    rows = [["Name", "Note"], ["Ann Lee", "a, b; c"], ["Ben Ray", "one | two"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    table = read(text.encode())

    assert table.delimiter == delimiter
    assert [record.cells for record in table.records] == rows[1:]


def test_open_quote_costs_its_own_row_and_no_other():
    table = read(b'Name,City\nAnn Lee,Hadley\n"Ben Ray,Boston\nCal Wu,Amherst\n')

    assert [record.number for record in table.records] == [2, 3, 4]
    assert [bool(record.problem) for record in table.records] == [False, True, False]
    assert "quotation mark" in table.records[1].problem
    assert table.records[2].cells == ["Cal Wu", "Amherst"]


def test_too_long_cell_costs_its_own_row():
    table = read(b"Name,City\nAnn Lee," + b"x" * 200_000 + b"\nCal Wu,Amherst\n")

    assert table.records[0].problem == "This row has a cell of more than 131,072 characters."
    assert table.records[1].cells == ["Cal Wu", "Amherst"]


def test_open_quote_does_not_take_the_rows_up_to_another_rows_quote():
    rows = [
        "Ann Lee,a@x.edu,Acme",
        'Ben Ray,b@x.edu,"Dell',
        'Cal Wu,c@x.edu,"IBM"',
        "Dan Poe,d@x.edu,",
    ]
    table = read("\n".join(["Name,E-mail,Employer", *rows]).encode())

    assert [record.cells[0] for record in table.records] == [
        "Ann Lee",
        "Ben Ray",
        "Cal Wu",
        "Dan Poe",
    ]
    assert [bool(record.problem) for record in table.records] == [False, True, False, False]


def test_cell_of_several_lines_is_one_cell():
    table = read(b'Name,Note\nAnn Lee,"He said ""hi"",\nand left"\nBen Ray,x\n')

    assert [record.cells for record in table.records] == [
        ["Ann Lee", 'He said "hi",\nand left'], ["Ben Ray", "x"],
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ['="00123"', '"=""00123"""', '=" 00123"'])
def test_number_that_a_program_kept_as_text_is_the_number(cell):
    table = read(f'Name,Student ID\nAnn Lee,{cell}\nBen Ray,=SUM("1")\n'.encode())

    assert [record.cells[1] for record in table.records] == ["00123", '=SUM("1")']


def test_hundreds_of_open_quotes_are_refused_as_a_whole():
    row = b'"' + b"x" * 131_100 + b"\n"

    with pytest.raises(UnreadableFile, match="More than 100 rows"):
        read(b"Name\n" + row * 102)


def test_nul_bytes_cost_their_own_row():
    table = read(b"Name,City\nAn\0n Lee,Hadley\nCal Wu,Amherst\n")

    assert "NUL" in table.records[0].problem
    assert table.records[0].cells == ["An\ufffdn Lee", "Hadley"]
    assert table.records[1].problem is None


def test_hundred_column_row_is_ragged_and_moves_nothing():
    table = read(b"Name,City\n" + b",".join([b"x"] * 100) + b"\nCal Wu,Amherst\n")

    assert "100 cells, but the list has 2 columns" in table.records[0].problem
    assert table.records[1].cells == ["Cal Wu", "Amherst"]


def test_empty_cells_too_many_or_missing_under_no_heading_shift_nothing():
    table = read(b"Name,City,\nAnn Lee,Hadley,,,\nCal Wu,Amherst\n")

    assert [record.cells for record in table.records] == [
        ["Ann Lee", "Hadley", ""],
        ["Cal Wu", "Amherst", ""],
    ]


@pytest.mark.parametrize(
    "above",
    [
        "Report,generated 2026\n",
        "Report,2026,,\n",
        "Alumni export,,,\n",
        "Alumni export\n\nSecret,,,\n",
    ],
)
def test_notes_as_wide_as_a_narrow_list_are_no_headings(above):
    table = read(f"{above}First Name,Last Name,,\nAnn,Lee,,\nBen,Ray,,\n".encode())

    assert [column.heading for column in table.columns[:2]] == ["First Name", "Last Name"]
    assert [record.cells[:2] for record in table.records] == [["Ann", "Lee"], ["Ben", "Ray"]]


@pytest.mark.parametrize(
    ("first", "header_row"),
    [("Ann,Lee,2001", 0), ("Ann,Lee,'01", 0), ("Name,2001,2002", 1), ("Who,What,When", 1)],
)
def test_person_with_a_class_year_is_no_heading(first, header_row):
    assert read(f"{first}\nBen,Ray,2002\nCal,Wu,2003\n".encode()).header_row == header_row


def test_chosen_header_row_counts_as_the_file_does():
    content = b"List,of 2026\n\nName,City\nAnn Lee,Hadley\n"

    assert [c.heading for c in read(content, header_row=3).columns] == ["Name", "City"]
    assert [r.number for r in read(content, header_row=0).records] == [1, 3, 4]
    with pytest.raises(UnreadableFile, match="no row 9"):
        read(content, header_row=9)


def test_sheet_with_a_cell_at_its_far_corner_is_refused_in_words():
    rows = f'<row r="1">{text_cell("A1", "Name")}</row>'
    rows += f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'

    with pytest.raises(UnreadableFile, match="too large"):
        read(workbook(rows))


def test_workbook_that_unpacks_a_hundredfold_is_refused_in_words():
    bomb = workbook(f'<row r="1">{text_cell("A1", "Name")}</row>', megabytes=120)
    assert len(bomb) < 1_000_000

    with pytest.raises(UnreadableFile, match="too large"):
        read(bomb)


def test_workbook_rows_keep_the_numbers_of_the_sheet():
    rows = f'<row r="3">{text_cell("C3", "Name")}{text_cell("D3", "City")}</row>'
    rows += f'<row r="5">{text_cell("C5", "Ann Lee")}{text_cell("D5", "Hadley")}</row>'

    table = read(workbook(rows))

    assert (table.header_row, table.records[0].number) == (3, 5)
    assert table.records[0].cells == ["Ann Lee", "Hadley"]


def a_book(*sheets: tuple[str, list[list[str]]], hidden: str = "") -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
            if name == hidden:
                sheet.hide()
    return file.getvalue()


COVER = [["This workbook lists our alumni."], ["Please keep it private."]]
PEOPLE = [["First Name", "Last Name"], ["Ann", "Lee"]]
OWN_WORDS = [["Who", "Where"], ["Ann Lee", "Hadley"]]


@pytest.mark.parametrize(
    ("sheets", "hidden", "read_from"),
    [
        ([("Cover", []), ("People", PEOPLE)], "", "People"),
        ([("Read me", COVER), ("People", PEOPLE)], "", "People"),
        ([("Cover", []), ("Ours", OWN_WORDS)], "", "Ours"),
        ([("Ours", OWN_WORDS), ("Old", PEOPLE)], "Old", "Ours"),
        ([("Cover", []), ("Last", [])], "", "Cover"),
    ],
    ids=["empty first", "notes first", "headings unknown", "better one hidden", "all empty"],
)
def test_sheet_with_the_list_is_found(sheets, hidden, read_from):
    content = a_book(*sheets, hidden=hidden)
    if read_from == "Cover":
        with pytest.raises(UnreadableFile, match=r"“Cover” of .* holds no rows"):
            read(content)
    else:
        assert read(content).sheet == read_from


def test_sheet_that_a_person_chose_is_read():
    content = a_book(("Read me", COVER), ("People", PEOPLE))

    assert read(content, sheet="Read me").columns[0].heading == COVER[0][0]


NASTY = ["a", "b c", " ", ",", ",", "\n", "\r\n", "\r", '"', '""', '","', "\t", "\0", "é", "\u00a0",
         "\x1f", ";", "'", "\\N", "\u2028", "\x0b"]  # fmt: skip


def rows_of(text: str, *, strict: bool = False) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), skipinitialspace=True, strict=strict))


def is_well_quoted(text: str) -> bool:
    """Within a line marks may stand anywhere; those that join lines must be where they belong."""
    try:
        rows_of(text, strict=any(end in text for end in "\r\n"))
    except csv.Error:
        return False
    return rows_of(f"{text}\nend")[-1] == ["end"]


@pytest.mark.parametrize("seed", range(60))
def test_lines_are_split_as_the_csv_module_splits_them(seed):
    """Those without a quotation mark never come to it, which takes a quarter of the time."""
    chance = random.Random(seed)
    text = "".join(chance.choices(NASTY, k=chance.randint(1, 400)))
    if seed % 2:
        text = re.sub("[\r\n]", "", text)
    if not is_well_quoted(text):
        text = text.replace('"', "")  # One that is never closed is a matter of its own.

    _, records = read_delimited(io.StringIO(text, newline=""), delimiter=",")

    assert [(record.number, record.cells) for record in records] == [
        (number, [clean_cell(cell) for cell in row]) for number, row in enumerate(rows_of(text), 1)
    ]
