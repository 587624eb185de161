"""What spreadsheets write in place of values is no value, and what they lose is told."""

import pytest

from alumni.importing.cells import BadCell, clean_class_year
from tests.alumni.test_importing_rows import clean


@pytest.mark.parametrize("cell", ["#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "########"])
def test_a_mistake_of_a_formula_is_left_blank_with_a_word(cell):
    row = clean(f"Name,Employer,Phone\nAnn Lee,{cell},{cell}\n")

    assert not {"employer", "phone"} & row.values.keys()
    assert row.problems == [
        f"A spreadsheet wrote “{cell}” in place of {what}, so it was left blank."
        for what in ("employer", "phone")
    ]


@pytest.mark.parametrize(
    "line",
    ["Ann,#REF!,1,a@b.co,2011", "Ann,Lee,#REF!,a@b.co,2011", "Ann,Lee,1,#REF!,2011",
     "Ann,Lee,1,a@b.co,#REF!"],
)  # fmt: skip
def test_nobody_is_told_apart_by_a_mistake_of_a_formula(line):
    row = clean(f"First name,Last name,ID,E-mail,Class year\n{line}\n")

    assert not row.is_usable
    assert "A spreadsheet wrote “#REF!” in place of" in row.problems[0]


@pytest.mark.parametrize("cell", ["1.23457E+11", "1E+05", "9.1e+15"])
def test_a_number_whose_digits_are_lost_leaves_its_row_out(cell):
    row = clean(f"Name,ID\nAnn Lee,{cell}\n")

    assert not row.is_usable
    assert row.problems[0].startswith(f"“{cell}” is a number that a spreadsheet has shortened")


def test_a_point_and_a_zero_behind_a_number_are_no_part_of_it():
    row = clean("Name,ID,Phone\nAnn Lee,00123.0,4135550101.0\n")

    assert (row.values["external_id"], row.values["phone"]) == ("00123", "+14135550101")
    assert row.originals["external_id"] == "00123.0"


@pytest.mark.parametrize("number", ["1E5", "E12", "A.0", "12.50", "1.2.0"])
def test_numbers_that_only_look_like_it_stay_as_they_are(number):
    assert clean(f"Name,ID\nAnn Lee,{number}\n").values["external_id"] == number


@pytest.mark.parametrize(
    ("cell", "year"),
    [("15-MAY-11", 2011), ("15-May-98", 1998), ("May-11", 2011), ("5/15/11", 2011),
     ("15.5.99", 1999), ("20110515", 2011), ("May '11", 2011), ("2011-05-15", 2011)],
)  # fmt: skip
def test_class_year_is_read_from_days_as_systems_export_them(cell, year):
    assert clean_class_year(cell, this_year=2026) == year


@pytest.mark.parametrize("cell", ["5/11", "10-11", "201105", "20111505", "40544", "5/15-11"])
def test_what_may_mean_two_years_is_left_to_a_person(cell):
    with pytest.raises(BadCell):
        clean_class_year(cell, this_year=2026)


@pytest.mark.parametrize("cell", ["ann@example.edu.", "ann@example.edu,", "ann@example.edu;"])
def test_a_mark_behind_an_address_is_no_part_of_it(cell):
    assert clean(f'Name,E-mail\nAnn Lee,"{cell}"\n').values["email"] == "ann@example.edu"
