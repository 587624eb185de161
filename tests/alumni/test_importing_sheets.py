"""Cells over several rows, formulas nobody worked out, notes, other sheets: none in silence."""

import io

import pytest
import xlsxwriter

from alumni.importing.reader import read_table
from tests.alumni.test_importing_zeros import changed

SHEET = "xl/worksheets/sheet1.xml"
PEOPLE = [["Class", "Name", "E-mail"], [1998, "Ann Lee", "a@x.edu"], ["", "Ben Ray", "b@x.edu"],
          ["", "", ""], [2001, "Cy Poe", "c@x.edu"]]  # fmt: skip


def a_book(work=lambda book, sheet: None, *, at=(0, 0), people=PEOPLE) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("People")
        for number, row in enumerate(people):
            for place, cell in enumerate(row):
                sheet.write(at[0] + number, at[1] + place, cell)
        work(book, sheet)
    return file.getvalue()


def read(content: bytes):
    return read_table(content, file_name="list.xlsx")


@pytest.mark.parametrize("at", [(0, 0), (3, 2)], ids=["at the corner", "elsewhere"])
def test_a_cell_over_several_rows_is_said_of_each_that_has_something_else(at):
    content = a_book(
        lambda _, sheet: sheet.merge_range(at[0] + 1, at[1], at[0] + 3, at[1], 1998), at=at
    )

    table = read(content)

    assert [record.cells[:2] for record in table.records] == [
        ["1998", "Ann Lee"], ["1998", "Ben Ray"], ["2001", "Cy Poe"],
    ]  # fmt: skip
    assert table.blank_count == 1


def test_a_title_over_several_columns_is_said_of_its_row_alone():
    people = [["", "", ""], *PEOPLE[:3]]
    content = a_book(lambda _, sheet: sheet.merge_range(0, 0, 0, 2, "Alumni"), people=people)

    assert [record.cells for record in read(content).records] == [
        ["1998", "Ann Lee", "a@x.edu"], ["", "Ben Ray", "b@x.edu"],
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"])
def test_formulas_that_were_never_worked_out_are_said(value):
    content = a_book(lambda _, sheet: sheet.write_formula(2, 0, "=A2", value=7))
    content = changed(content, SHEET, "<f>A2</f><v>7</v>", f"<f>A2</f>{value}")

    assert read(content).remarks == [
        "1 cell holds a formula that was never worked out; it reads as blank. Open the workbook in "
        "your spreadsheet program, save it, and upload that."
    ]


@pytest.mark.parametrize("kind", [' t="str"', ' t="n"'])
def test_a_formula_that_came_to_something_or_to_no_text_is_worked_out(kind):
    content = a_book(lambda _, sheet: sheet.write_formula(2, 0, "=A2", value=7))
    content = changed(content, SHEET, '<c r="A3">', f'<c r="A3"{kind}>')

    assert read(content).remarks == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [(["B2"], "1 note stands beside cells of the sheet; it is not read."),
     (["B2", "C3"], "2 notes stand beside cells of the sheet; they are not read.")],
)  # fmt: skip
def test_notes_beside_cells_are_said(cells, said):
    content = a_book(lambda _, sheet: [sheet.write_comment(cell, "Died 2020") for cell in cells])

    assert read(content).remarks == [said]


@pytest.mark.parametrize(
    ("names", "said"),
    [(["B"], ["Only the sheet “People” is read; “B” is not."]),
     (["B", "C", "D", "E"],
      ["Only the sheet “People” is read; “B” and “C” and “D” and 1 more are not."])],
)  # fmt: skip
def test_other_sheets_with_rows_are_said(names, said):
    def work(book, _):
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, PEOPLE[0])
            sheet.write_row(1, 0, PEOPLE[1])
        book.add_worksheet("Empty")
        book.add_worksheet("Notes").write_column(0, 0, ["Please", "keep"])

    assert read(a_book(work)).remarks == said


@pytest.mark.parametrize(
    ("number", "shown"),
    [(123456789012345678, "1.23456789012346E+17"), (123456789012345, "123456789012345"),
     (-5, "-5"), (1e15, "1.00000000000000E+15")],
)  # fmt: skip
def test_a_number_longer_than_a_spreadsheet_keeps_is_shown_shortened(number, shown):
    content = a_book(lambda _, sheet: sheet.write_number(1, 0, number))

    assert read(content).records[0].cells[0] == shown
