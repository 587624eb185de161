"""What programs leave in the cells of a list that they write: read right, or with a word."""

import pytest

from alumni.importing import cells
from alumni.importing.reader import read_table
from alumni.models import Consent
from tests.alumni.test_importing_rows import clean


@pytest.mark.parametrize("cell", ["NA", "NaN", "nan", "NaT", "<NA>", "(none)", "N / A", "[]"])
def test_what_programs_write_where_nothing_is_known_says_nothing(cell):
    headings = "Name,E-mail,Class year,Major,City,Employer,Phone,Note to students"

    row = clean(f"{headings}\nAnn Lee{f',{cell}' * 7}\n")

    assert (row.is_usable, row.problems) == (True, [])
    assert row.values.keys() == {"name", "given_name", "family_name", "consent"}


@pytest.mark.parametrize(
    "text",
    [
        "Name,City\nNA LI,Hadley\n",
        'Name,City\n"Fox, Nan",Hadley\n',
        "First name,Last name\nNA,LI\n",
    ],
)
def test_na_and_nan_are_names_of_people(text):
    row = clean(text)

    assert {row.values["given_name"], row.values["family_name"]} & {"Na", "Nan"}


def test_letters_of_namibia_that_may_say_nothing_are_said():
    row = clean("Name,State,Country\nAnn Lee,,NA\n")

    assert "country" not in row.values
    assert row.problems == [
        "“NA” may be Namibia, or say that no country is known, so it was left blank. Write it out."
    ]


def test_number_with_a_decimal_comma_is_whole():
    """As SPSS writes it where numbers have a comma."""
    row = clean("id;Name;consent\n10023,00;Ann Lee;1,00\n")

    assert (row.values["external_id"], row.values["consent"]) == ("10023", Consent.YES)


@pytest.mark.parametrize(
    ("cell", "majors"),
    [("['Art', 'Music']", ["Art", "Music"]), ('["Art","Film, TV"]', ["Art", "Film, TV"]),
     ('{Art,"Film, TV"}', ["Art", "Film, TV"]), ('"[Art,\nFilm]"', ["Art", "Film"])],
)  # fmt: skip
def test_list_of_a_program_is_taken_apart(cell, majors):
    row = clean(f"Name\tMajors\nAnn Lee\t{cell}\n")

    assert row.values["majors"] == majors


@pytest.mark.parametrize("sign", "\u00ad\u061c\u200b\u200e\u200f\u202a\u202c\u2060\u2066\ufeff")
def test_signs_that_nobody_sees_are_left_out(sign):
    row = clean(f"Na{sign}me,E-mail,Class year\nAnn L{sign}ee,a{sign}@x.edu,{sign}20{sign}01\n")

    assert (row.values["name"], row.values["email"], row.values["class_year"]) == (
        "Ann Lee", "a@x.edu", 2001,
    )  # fmt: skip


def test_address_in_turkish_capitals_is_in_ascii():
    assert clean("Name,E-mail\nAnn Lee,İREM@X.TR\n").values["email"] == "irem@x.tr"


def test_joiners_that_make_other_letters_stay():
    assert clean("Name,City\nمی\u200cنا رضا,Hadley\n").values["name"] == "می\u200cنا رضا"


@pytest.mark.parametrize(
    ("cell", "number"),
    [("4135550142;4135550143", "+14135550142"), ("4135550142;123", "+14135550142 x123")],
)
def test_second_number_is_no_extension(cell, number):
    assert clean(f"Name,Phone\nAnn Lee,{cell}\n").values["phone"] == number


@pytest.mark.parametrize("typed", ["SQL> spool off", "alumni=# \\q", "MySQL> quit"])
def test_what_was_typed_to_a_database_is_nobody(typed):
    rule, above = "---------- ---------- ----------", "ID         LAST_NAME  FIRST_NAME"
    text = f"{above}\n{rule}\n10023      Quill      Nora\n\n{typed}\n"

    *_, last = read_table(text.encode(), file_name="list.lst").records

    assert (last.cells, last.problem) == (
        [typed], "This line was typed to the program that printed the list, and is no row of it.",
    )  # fmt: skip


def test_list_in_brackets_that_is_longer_than_a_cell_of_csv_is_read_all_the_same():
    """Only a sheet brings one: the row of a CSV file would be refused."""
    (whole,) = cells.split_list("[" + "x" * 140_000 + "]")

    assert len(whole) == 140_002
