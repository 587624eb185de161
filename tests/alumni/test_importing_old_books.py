"""An .xls of Excel 97: what it hides, shows otherwise and could not work out, as of an .xlsx.

books/excel_97.xls was written with xlwt 1.3. All people are invented.
"""

from pathlib import Path
from random import Random

import pytest

from alumni.importing import old_book
from alumni.importing.markup import Markup
from alumni.importing.proposal import propose_mapping
from alumni.importing.reader import UnreadableFile, read_table
from alumni.importing.rows import RowReader

CONTENT = (Path(__file__).parent / "books" / "excel_97.xls").read_bytes()
SHEET = "Class & friends"


def test_zeros_in_front_of_numbers_are_read_as_the_workbook_shows_them():
    table = read_table(CONTENT, file_name="list.xls")

    assert [(record.cells[0], record.cells[3]) for record in table.records] == [
        ("00012345", "01035"), ("00012346", "02139"), ("00000007", "90210"),
        ("123456789", "01035"),
    ]  # fmt: skip


def test_what_is_hidden_and_what_was_not_found_is_said():
    assert read_table(CONTENT, file_name="list.xls").remarks == [
        "1 row is hidden in the sheet, by a filter or by hand; it is read, too.",
        "1 column is hidden in the sheet; it is read, too.",
        "1 cell says #N/A, which means that nothing was found; it is read as blank.",
    ]


def test_a_mistake_of_a_formula_stands_beside_its_row():
    table = read_table(CONTENT, file_name="list.xls")
    reader = RowReader(table, propose_mapping(table), this_year=2026)

    assert [reader.read(record).problems for record in table.records] == [
        [], ["A spreadsheet wrote “#REF!” in place of employer, so it was left blank."], [], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [CONTENT[:512], CONTENT[:2000], CONTENT[:8] + b"\xff" * 5000,
     CONTENT.replace(b"\x05\x02", b"\x00\x00"),
     CONTENT.replace("Workbook".encode("utf-16-le"), "Werkbook".encode("utf-16-le"))],
    ids=["header", "cut", "circles", "other records", "other stream"],
)  # fmt: skip
def test_of_a_damaged_book_nothing_is_said(content):
    said = old_book.markup_of(content, SHEET)

    assert isinstance(said, Markup)
    assert len(said.mistakes) <= 2


@pytest.mark.parametrize("seed", range(40))
def test_a_book_with_wrong_bytes_ends_in_a_sentence(seed):
    chance = Random(seed)
    content = bytearray(CONTENT)
    for _ in range(30):
        content[chance.randrange(8, len(content))] = chance.randrange(256)

    said = old_book.markup_of(bytes(content), SHEET)

    assert set(said.widths.values()) <= set(range(256))


def test_a_book_that_is_cut_ends_in_a_sentence():
    with pytest.raises(UnreadableFile, match=r"\.$"):
        read_table(CONTENT[:3000], file_name="list.xls")
