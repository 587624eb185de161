"""Quotation marks as some programs write them: around whole rows, single ones, with backslashes."""

import pytest

from alumni.importing.reader import read_table

ROWS = [["First name", "Last name", "Employer", "E-mail"],
        ["Ann", "Lee", 'The "Big" Co, Inc.', "ann@x.edu"],
        ["Ben", "O'Neil", "12 Main\nSt", "ben@x.edu"],
        ["Cy", "Ray", "", "cy@x.edu"],
        ["Di", "Poe", "C:\\", "di@x.edu"]]  # fmt: skip


def cells(text: str, encoding: str = "utf-8") -> list[list[str]]:
    table = read_table(text.encode(encoding), file_name="list.csv")
    assert [record.problem for record in table.records] == [None] * len(table.records)
    return [[column.heading for column in table.columns], *(r.cells for r in table.records)]


def in_marks(row: list[str], mark: str = '"', inner: str = '""', only_if_needed=False) -> list[str]:
    return [
        f"{mark}{cell.replace(mark, inner)}{mark}"
        if not only_if_needed or any(sign in cell for sign in ',"\n')
        else cell
        for cell in row
    ]


def written(rows, **how) -> str:
    return "\n".join(",".join(in_marks(row, **how)) for row in rows) + "\n"


def as_one_cell(line: str) -> str:
    doubled = line.replace('"', '""')
    return f'"{doubled}"'


@pytest.mark.parametrize("header_too", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_row_that_stands_in_one_cell_is_taken_out_of_it(header_too, end):
    rows = [",".join(in_marks(row, only_if_needed=True)) for row in ROWS]
    lines = [line if at == 0 and not header_too else as_one_cell(line)
             for at, line in enumerate(rows)]  # fmt: skip

    assert cells(end.join(lines) + end) == ROWS


@pytest.mark.parametrize(
    "text",
    ['Name\n"Lee, Ann"\n"Ray, Ben"\n', '"Name"\n"Lee, Ann"\n"Ray, Ben"\n"Poe, Cy"\n',
     'Name\n"Lee, Ann, PhD"\n"Ray, Ben, MD"\n'],
)  # fmt: skip
def test_a_list_of_one_column_stays_one(text):
    assert cells(text)[0] == ["Name"]
    assert {len(row) for row in cells(text)} == {1}


@pytest.mark.parametrize("how", [{}, {"only_if_needed": True}])
def test_marks_after_a_backslash_are_marks_within_a_cell(how):
    rows = [[cell.replace("C:\\", "Dow") for cell in row] for row in ROWS]

    assert cells(written(rows, inner='\\"', **how)) == rows


def test_a_backslash_at_the_end_of_a_cell_is_one():
    assert cells(written(ROWS)) == ROWS


@pytest.mark.parametrize("inner", ["''", "\\'"])
def test_single_marks_around_every_cell_are_marks(inner):
    rows = [[cell.replace('"', "") for cell in row] for row in ROWS if "12 Main\nSt" not in row]
    rows.append(["Eve", "O'Neil", "A, B", "eve@x.edu"])
    rows = [[cell.replace("C:\\", "Dow") for cell in row] for row in rows]

    assert cells(written(rows, mark="'", inner=inner)) == rows


@pytest.mark.parametrize(
    "rows",
    [[["Name", "Town"], ["'t Hooft", "'s-Hertogenbosch"], ["'t Veld", "Ede"]],
     [["Name", "Town"], ["Ann", "O'Fallon"], ["Ben 'Benny' Ray", "Ede"]]],
)  # fmt: skip
def test_an_apostrophe_in_front_of_a_name_is_one(rows):
    assert cells("\n".join(map(",".join, rows)) + "\n") == rows
