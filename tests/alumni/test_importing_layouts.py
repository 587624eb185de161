"""Tables that are put together otherwise: by places, on their sides, two in one, side by side."""

import pytest

from alumni.importing.proposal import doubtful_columns, propose_mapping
from alumni.importing.reader import UnreadableFile, read_table
from alumni.importing.rows import RowReader

SQLPLUS = """
ID         FIRST_NAME   LAST_NAME    EMAIL
---------- ------------ ------------ ------------------------
A00012345  Nora         Quill        nora@x.edu
A00012347  Mary Ann     de la Cruz

ID         FIRST_NAME   LAST_NAME    EMAIL
---------- ------------ ------------ ------------------------
       348 Zoë          Ng           z@x.edu

3 rows selected.
"""
TABLES = {
    "SQL*Plus": SQLPLUS,
    "SQL Server": (
        "id          name                 email\r\n----------- -------------------- -----------\r\n"
        "1           Nora Quill           nora@x.edu\r\n\r\n(1 row affected)\r\n"
    ),
}


def read(text: str):
    return read_table(text.encode(), file_name="list.txt")


def people(table) -> dict[str, str]:
    reader = RowReader(table, propose_mapping(table), this_year=2026)
    rows = [reader.read(record) for record in table.records]
    assert all(row.problems for row in rows if not row.is_usable)
    return {row.values["name"]: row.values.get("email", "") for row in rows if row.is_usable}


def test_columns_are_places_where_dashes_say_so():
    assert people(read(SQLPLUS)) == {
        "Nora Quill": "nora@x.edu", "Mary Ann de la Cruz": "", "Zoë Ng": "z@x.edu",
    }  # fmt: skip
    assert people(read(TABLES["SQL Server"])) == {"Nora Quill": "nora@x.edu"}


def test_rows_whose_words_stand_across_places_are_left_out():
    table = read(SQLPLUS.replace("Nora         Quill ", "Nora-Maximiliane Qu"))

    assert table.records[0].number == 4
    assert "across the places" in table.records[0].problem
    # Downloaded and brought back, its pieces would be taken for cells.
    assert len(table.records[0].cells) == 1


@pytest.mark.parametrize(
    "text", ["Name,E-mail\n--- ---,x\nAnn Lee,a@x.edu\n", "Name\n----\nAnn Lee\n"]
)
def test_dashes_in_a_list_with_separators_are_none(text):
    assert "Ann Lee" in people(read(text))


@pytest.mark.parametrize(
    ("rows", "shifts"),
    [
        ("1,Ann,Lee,Mill\n2,Ben,Ray,\n", True),
        ("Ann,Lee,Mill\nBen,Ray,Co,\n", False),
        ("Ann,Lee,Mill,\nBen,Ray,Co,\n", False),
        ("Ann,Lee,Mill\nBen,Ray,,\nCy,Poe,Co,Inc.\n", False),
    ],
    ids=[
        "row numbers without a heading",
        "one blank too many",
        "blanks at each end",
        "a ragged row",
    ],
)
def test_a_blank_cell_at_the_end_is_trusted_unless_the_headings_lack_one(rows, shifts):
    """So R writes a table; “2 Ben” of the employer “Ray” came in."""
    table = read(f"First name,Last name,Employer\n{rows}")

    second = table.records[1]
    assert (second.problem is not None) is shifts
    assert shifts or second.cells[:2] == ["Ben", "Ray"]


def test_headings_of_which_none_is_known_may_be_somebody():
    said = "We know none of the headings in row 1. If somebody of the list stands there, choose 0"

    assert read("Ann Lee\nBen Ray\n").remarks[0].startswith(said)
    assert read("Name\nBen Ray\n").remarks == []


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_list_that_stands_on_its_side_is_refused_in_words(delimiter):
    rows = [["Name", "Ann Lee", "Ben Ray"], ["E-mail", "a@x.edu", "b@x.edu"], ["Class", "1998", ""],
            ["Remark", "x", "y"]]  # fmt: skip

    with pytest.raises(UnreadableFile, match="stands on its side"):
        read("\n".join(map(delimiter.join, rows)))


def test_words_of_headings_in_a_first_column_are_no_turned_list():
    text = "Name,E-mail,Class\nAnn Lee,a@x.edu,1998\nBen Major,b@x.edu,\nJob Title,c@x.edu,\n"

    assert len(people(read(text))) == 3


OTHER = (
    "This row belongs to another table, whose headings are in row 4. Upload that in a file of its "
    "own."
)


def test_another_table_below_is_left_out_in_words():
    table = read(
        "Name,Employer,Class\nAnn Lee,IBM,1998\n,,\nCompany,Contact,Phone\nHarbor Light,Una,413\n"
        ",,\nName,Employer,Class\nBen Ray,Dell,2001\n"
    )

    assert [record.problem for record in table.records] == [None, OTHER, OTHER, None, None]
    assert list(people(table)) == ["Ann Lee", "Ben Ray"]


@pytest.mark.parametrize(
    "row", ["Ann Major,IBM,1998", "Company,IBM,1998", "name,EMPLOYER,class", "Employer,Name,Class"]
)
def test_a_person_or_the_same_headings_after_a_blank_row_are_of_the_list(row):
    table = read(f"Name,Employer,Class\nCy Poe,IBM,1998\n,,\n{row}\nBen Ray,Dell,2001\n")

    assert [record.problem for record in table.records] == [None] * 3


def test_people_side_by_side_are_said_and_get_no_e_mail_of_another():
    table = read("Name,E-mail,Name,E-mail\nAnn Lee,,Ben Ray,b@x.edu\n")

    assert people(table) == {"Ann Lee": ""}
    assert doubtful_columns(table, propose_mapping(table)) == {2, 3}
    (remark,) = table.remarks
    assert remark.startswith("“Name” is the heading of 2 columns. Where people stand side by side")


@pytest.mark.parametrize("notes", [8, 15])
def test_headings_far_below_a_column_of_notes_are_found(notes):
    above = "".join(f"Note {number}: please do not share,,\n" for number in range(notes))
    table = read(f"{above}First name,Last name,Class\nAnn,Lee,1998\n")

    assert (table.header_row, list(people(table))) == (notes + 1, ["Ann Lee"])


@pytest.mark.parametrize("heading", ["ï»¿First Name", "\ufeff\ufeffFirst Name", 'ï»¿"First Name"'])
def test_a_byte_order_mark_is_no_part_of_the_first_heading(heading):
    table = read(f"{heading},Last Name\nAnn,Lee\n")

    assert list(people(table)) == ["Ann Lee"]


@pytest.mark.parametrize("heading", ["Год рождения", "出生年份", "سنة الميلاد", "Έτος"])
def test_a_heading_in_letters_we_do_not_read_is_looked_at_and_not_guessed(heading):
    table = read(f"Name,{heading},Почта\nAnn Lee,1970,a@x.edu\nBen Ray,1971,b@x.edu\n")
    mapping = propose_mapping(table)

    assert mapping.columns == {0: "full_name", 2: "email"}
    assert doubtful_columns(table, mapping) == {1}


def test_degree_years_in_columns_of_their_own_are_looked_at():
    table = read("First,Last,Year1,Degree2\nAnn,Lee,1998,MBA\n")

    assert doubtful_columns(table, propose_mapping(table)) == {2, 3}


@pytest.mark.parametrize(
    "text",
    ["Name: Ann Lee\nEmail: a@x.edu\nClass: 2001\n\nName: Ben Ray\nEmail: b@x.edu\n",
     "- name: Ann Lee\n  email: a@x.edu\n- name: Ben Ray\n  email: b@x.edu\n"],
)  # fmt: skip
def test_a_list_with_a_line_for_each_cell_is_refused(text):
    with pytest.raises(UnreadableFile, match="has a line for each cell"):
        read(text)


def test_labels_in_notes_above_a_list_are_none():
    text = "Name: Alumni of 1998\nEmail: office@x.edu\nName,Email\nAnn Lee,a@x.edu\n"

    assert people(read(text)) == {"Ann Lee": "a@x.edu"}


def test_the_same_label_in_each_row_is_none():
    below = "".join(f"Class: {year},Ann Lee\n" for year in range(1990, 1999))

    assert len(read(f"Chapter,Name\n{below}").records) == 9


@pytest.mark.parametrize("between", ["     ", ":", " & "])
def test_columns_that_no_sign_separates_are_said(between):
    rows = [["Name", "E-mail", "Class"], ["Ann Lee", "a@x.edu", "2001"]]
    table = read("\n".join(map(between.join, rows)) + "\n")

    assert table.remarks == [
        "No sign that we know separates the columns of this list. Split it in your spreadsheet "
        "program (“Text to columns”), and upload that."
    ]


def test_a_report_that_is_grouped_is_said():
    table = read("Class Year  ↑,Name,Email\n1998 (2),Ann Lee,a@x.edu\n,Ben Ray,b@x.edu\n")

    assert [remark for remark in table.remarks if "grouped by “Class Year”" in remark]


def test_headings_of_a_survey_stand_above_its_row_for_machines():
    machines = '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"'
    table = read(f"Q1,Q2\nYour department,Your office\n{machines}\nFilm,12\n")

    assert [column.heading for column in table.columns] == ["Your department", "Your office"]
