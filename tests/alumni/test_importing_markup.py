"""What a sheet hides and what its formulas ended in is said, and never lost in silence."""

import io
import json

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from alumni.importing.proposal import propose_mapping
from alumni.importing.reader import read_table
from alumni.importing.rows import RowReader
from alumni.models import Import
from tests.alumni.test_importing_zeros import changed

HEADINGS = ["First name", "Last name", "E-mail", "Employer"]
SHEET = "xl/worksheets/sheet1.xml"


def a_workbook(*, at: tuple[int, int] = (0, 0), people: int = 6, work=lambda sheet: None) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(*at, HEADINGS)
        for number in range(1, people + 1):
            sheet.write_row(
                at[0] + number, at[1], ["Ann", f"Lee{number}", f"a{number}@example.org", "IBM"]
            )
        work(sheet)
    return file.getvalue()


def read(content: bytes):
    return read_table(content, file_name="list.xlsx")


def hide_rows(sheet):
    sheet.autofilter(0, 0, 6, 3)
    for row in (2, 3, 5, 40):
        sheet.set_row(row, None, None, {"hidden": True})


def test_hidden_rows_are_read_and_said():
    table = read(a_workbook(work=hide_rows))

    assert [record.cells[1] for record in table.records] == [f"Lee{n}" for n in range(1, 7)]
    assert table.remarks == [
        "3 rows are hidden in the sheet, by a filter or by hand; they are read, too."
    ]


@pytest.mark.parametrize(
    ("columns", "said"),
    [("B:B", "1 column is hidden in the sheet; it is read, too."),
     ("C:XFD", "2 columns are hidden in the sheet; they are read, too.")],
)  # fmt: skip
def test_hidden_columns_are_read_and_said(columns, said):
    content = a_workbook(work=lambda sheet: sheet.set_column(columns, 9, None, {"hidden": True}))
    table = read(content)

    assert table.remarks == [said]
    assert table.records[0].cells == ["Ann", "Lee1", "a1@example.org", "IBM"]


def test_nothing_is_said_of_a_sheet_that_hides_nothing_of_the_list():
    content = a_workbook(
        work=lambda sheet: [sheet.set_column("F:XFD", 9, None, {"hidden": True}),
                            sheet.set_row(50, None, None, {"hidden": True}),
                            sheet.set_row(2, 30, None, {"hidden": False})]
    )  # fmt: skip

    assert read(content).remarks == []


@pytest.mark.parametrize("mistake", ["#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!"])
@pytest.mark.parametrize("at", [(0, 0), (3, 2)], ids=["at the corner", "elsewhere"])
def test_a_mistake_of_a_formula_stands_beside_its_row(mistake, at):
    content = a_workbook(
        at=at,
        work=lambda sheet: sheet.write_formula(at[0] + 2, at[1] + 3, "=Z9", value=mistake),
    )  # fmt: skip
    table = read(content)
    rows = [
        RowReader(table, propose_mapping(table), this_year=2026).read(record)
        for record in table.records
    ]

    assert [row.problems for row in rows[:3]] == [
        [],
        [f"A spreadsheet wrote “{mistake}” in place of employer, so it was left blank."],
        [],
    ]
    assert "employer" not in rows[1].values


def test_nobody_is_known_by_a_mistake_of_a_formula():
    table = read(a_workbook(work=lambda sheet: sheet.write_formula(2, 2, "=Z9", value="#REF!")))
    row = RowReader(table, propose_mapping(table), this_year=2026).read(table.records[1])

    assert not row.is_usable


def test_what_was_not_found_is_blank_and_said_once():
    def work(sheet):
        for row in (1, 2, 3):
            sheet.write_formula(row, 3, "=VLOOKUP(A1,Z:Z,1)", value="#N/A")

    table = read(a_workbook(work=work))
    row = RowReader(table, propose_mapping(table), this_year=2026).read(table.records[0])

    assert table.remarks == [
        "3 cells say #N/A, which means that nothing was found; they are read as blank."
    ]
    assert (row.problems, "employer" in row.values) == ([], False)


def test_a_long_sheet_is_looked_through_to_its_end():
    def work(sheet):
        sheet.write_formula(19_999, 3, "=Z9", value="#REF!")
        sheet.set_row(19_998, None, None, {"hidden": True})

    table = read(a_workbook(people=20_000, work=work))

    assert table.remarks[0].startswith("1 row is hidden")
    assert [r.number for r in table.records if "#REF!" in r.cells] == [20_000]


def test_a_sheet_written_in_another_way_is_read_the_same():
    content = a_workbook(work=hide_rows)
    content = changed(content, SHEET, "<(/?)(row|c|v|sheetData)(?=[ >/])", r"<\1x:\2")
    content = changed(content, SHEET, "<worksheet ", '<worksheet xmlns:x="http://schemas.'
                      'openxmlformats.org/spreadsheetml/2006/main" ')  # fmt: skip

    assert read(content).remarks[0].startswith("3 rows are hidden")


@pytest.mark.parametrize("odd", [' hidden="1" r="x"', ' hidden="2"', " hidden="])
def test_odd_marks_do_no_harm(odd):
    table = read(changed(a_workbook(), SHEET, '<row r="3"', f'<row r="3"{odd}'))

    assert len(table.records) == 6


SAID = "3 rows are hidden in the sheet, by a filter or by hand; they are read, too."


@pytest.mark.django_db
def test_match_and_check_pages_say_what_is_hidden(client, staff):
    client.force_login(staff)
    file = SimpleUploadedFile("list.xlsx", a_workbook(work=hide_rows))
    client.post(reverse("alumni:import_upload"), {"list_file": file, "consent": "YES"})
    of_import = Import.objects.get()

    match = client.get(reverse("alumni:import_match", args=[of_import.pk]))
    fields = {field.html_name: field.value() for field in match.context["form"]}
    check = client.post(reverse("alumni:import_match", args=[of_import.pk]), fields, follow=True)

    assert SAID in match.content.decode()
    assert SAID in check.content.decode()
    assert check.context["of_import"].row_count == 6


@pytest.mark.django_db
def test_shell_says_what_is_hidden_in_the_sheet_that_is_read(tmp_path, capsys):
    path, mapping = tmp_path / "list.xlsx", tmp_path / "mapping.json"
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name in ("One", "Two"):
            sheet = book.add_worksheet(name)
            for row in range(3):
                sheet.write_row(row, 0, HEADINGS if not row else ["Ann", f"Lee{row}"])
        sheet.set_row(1, None, None, {"hidden": True})
    path.write_bytes(file.getvalue())
    mapping.write_text(json.dumps(
        {"sheet": "Two", "header_row": 1, "columns": {"0": "given_name", "1": "family_name"}}
    ))  # fmt: skip

    call_command("import_alumni", str(path), "--json", "--dry-run")
    call_command("import_alumni", str(path), "--json", "--dry-run", "--mapping", str(mapping))
    call_command("import_alumni", str(path), "--dry-run", "--mapping", str(mapping))
    first, second, words = capsys.readouterr().out.split("\n", 2)

    assert json.loads(first)["remarks"] == ["Only the sheet “One” is read; “Two” is not."]
    hidden = "1 row is hidden in the sheet, by a filter or by hand; it is read, too."
    assert json.loads(second)["remarks"] == [
        hidden, "Only the sheet “Two” is read; “One” is not.",
    ]  # fmt: skip
    assert hidden in words
