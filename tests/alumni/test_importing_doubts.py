"""What people and programs write into the cells of a list: read right, or with a word."""

import unicodedata

import pytest

from alumni.importing.cells import clean_class_year
from alumni.importing.proposal import doubtful_columns, propose_mapping
from alumni.importing.reader import read_table
from alumni.importing.rows import RowReader
from alumni.importing.whereabouts import split_place
from tests.alumni.test_importing_rows import clean


@pytest.mark.parametrize(
    "name",
    ["Oakes Family", "Reed Household", "Harbor Light, Inc.", "Class of 1970 Fund",
     "Friends of the Library", "Reed Trust"],
)  # fmt: skip
def test_what_may_be_no_person_is_said(name):
    row = clean(f'Name,E-mail\n"{name}",x@x.edu\n')

    assert (row.is_usable, row.problems) == (True, [f"“{name}” may be no person: we read one."])


@pytest.mark.parametrize("halves", ["Oakes,Family", "Reed,Household", "Bay,Fund"])
@pytest.mark.parametrize("headings", ["First name,Last name,E-mail", "Name,,E-mail"])
def test_it_is_said_of_many_rows_as_of_one(halves, headings):
    name = halves.replace(",", " ")
    cells = halves if headings.startswith("First") else f"{name},"
    table = read_table(f"{headings}\n{cells},x@x.edu\n".encode(), file_name="list.csv")

    block = RowReader(table, propose_mapping(table), this_year=2026).read_block(table.records)

    assert [row.problems for row in block.troubled] == [
        [f"“{name}” may be no person: we read one."]
    ]


@pytest.mark.parametrize(
    "name",
    ["Ann Lee*", "#Ann Lee", "+Ann Lee", "-Ann Lee", "1. Ann Lee", "Ann Lee; Ben Lee",
     "Ann Lee/Ben Lee", "=B2&C2", "[Ann] Lee", "Ann Lee 2011", "Ann Lee - retired"],
)  # fmt: skip
def test_a_sign_that_is_in_no_name_is_said(name):
    row = clean(f"Name,E-mail\n{name},x@x.edu\n")

    sentence = f"“{name}” holds a sign that is in no name. Look whether it is right."
    assert (row.is_usable, row.problems) == (True, [sentence])


@pytest.mark.parametrize(
    "name",
    ["Thea Familia", "Ann Lee 2", "Ann-Marie O'Neil", "Jo Trustworthy", "Núria Col·lell",
     "Ann Lee (Nan)",
     "สมชาย ใจดี", "J. R. R. Lee, Jr.", "Ann “Nan” Lee"],
)  # fmt: skip
def test_of_names_nothing_is_said(name):
    assert clean(f'Name,E-mail\n"{name.replace(chr(34), chr(34) * 2)}",x@x.edu\n').problems == []


@pytest.mark.parametrize("marks", ["(she/her)", "[she/they]", "(They)", "(he/him/his)"])
@pytest.mark.parametrize(
    "line", ["Name,City\nAnn Lee {},Ede\n", "First name,Last name\nAnn,Lee {}\n"]
)
def test_pronouns_are_no_part_of_a_name(line, marks):
    row = clean(line.format(marks))

    assert (row.values["name"], row.values["family_name"], row.problems) == ("Ann Lee", "Lee", [])


@pytest.mark.parametrize("name", ["“Ann” Lee", "(Ann) Lee", '"Ann" Lee'])
def test_a_given_name_in_marks_is_one(name):
    row = clean(f"Name\tCity\n{name}\tEde\n")

    assert [row.values[key] for key in ("name", "given_name", "family_name")] == [
        "Ann Lee", "Ann", "Lee",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "number"),
    [("'00012345", "00012345"), ("12,345", "12345"), ("1,234,567", "1234567"), ("12345.00",
     "12345"),
     ("1.2345678E7", "12345678"), ("1.2E7", "12000000"), ("4.13555E+05", "413555")],
)  # fmt: skip
def test_a_number_is_read_whole(cell, number):
    assert clean(f"Name\tID\nAnn Lee\t{cell}\n").values["external_id"] == number


@pytest.mark.parametrize("cell", ["12,34", "1,2345", "'A12", "12.50", "1.25E1"])
def test_what_is_no_whole_number_stays(cell):
    assert clean(f"Name\tID\nAnn Lee\t{cell}\n").values["external_id"] == cell


@pytest.mark.parametrize("cell", ["4.135550123E9", "4.135550123E+09", "4135550123.00"])
def test_a_phone_is_read_whole(cell):
    assert clean(f"Name,Phone\nAnn Lee,{cell}\n").values["phone"] == "+14135550123"


@pytest.mark.parametrize(
    ("cell", "year"),
    [("1994-1998", 1998), ("1994 – 1998", 1998), ("1994-98", 1998), ("2019/20", 2020),
     ("2019-2020", 2020), ("2019/2020", 2020), ("1998-05", 1998), ("1998/2005", 1998),
     ("1998-05-21", 1998), ("1998, 2005", 1998), ("1998-2026", 1998), ("FA19", 2019), ("Su 21",
     2021),
     ("SP-20", 2020), ("Fall19", 2019), ("SP2020", 2020)],
)  # fmt: skip
def test_class_is_that_of_the_end(cell, year):
    assert clean_class_year(cell, this_year=2026) == year


@pytest.mark.parametrize(
    "cell",
    ["MAILTO:a@x.edu", "mailto:a@x.edu?subject=hi", "a@x.edu#mailto:a@x.edu#",
     "[a@x.edu](mailto:a@x.edu)",
     '=HYPERLINK("mailto:a@x.edu","a@x.edu")'],
)  # fmt: skip
def test_an_address_that_a_program_made_a_link_is_read(cell):
    assert clean(f"Name\tE-mail\nAnn Lee\t{cell}\n").values["email"] == "a@x.edu"


@pytest.mark.parametrize("cell", ["No email", "no e-mail", "None on file"])
def test_who_has_no_address_comes_in_without_one(cell):
    row = clean(f"Name,E-mail,Second e-mail\nAnn Lee,{cell},b@x.edu\n")

    assert row.is_usable
    assert clean(f"Name,E-mail\nAnn Lee,{cell}\n").is_usable


@pytest.mark.parametrize(
    ("cell", "place"),
    [("Boston MA", ["Boston", "MA"]), ("Boston, MA 02110", ["Boston", "MA"]),
     ("Boston, MA, 02110-1234", ["Boston", "MA"]), ("Portland, OR 97201 USA", ["Portland", "OR",
     "USA"]),
     ("New York", ["New York"]), ("Washington DC", ["Washington", "DC"]), ("LA", ["LA"])],
)  # fmt: skip
def test_state_and_zip_in_one_cell(cell, place):
    assert list(split_place(cell).values()) == place


@pytest.mark.parametrize(
    ("cell", "name", "family"),
    [
        ("Smith, Jr., John", "John Smith Jr.", "Smith"),
        ("Smith, III, John", "John Smith III", "Smith"),
        ("김민수", "김민수", "김"),
    ],
)
def test_parts_of_a_name_stay_where_people_read_them(cell, name, family):
    row = clean(f'Name,E-mail\n"{cell}",x@x.edu\n')

    assert (row.values["name"], row.values["family_name"]) == (name, family)


@pytest.mark.parametrize("cell", ["'a@x.edu", "'a@x.edu'", "<'a@x.edu'>"])
def test_marks_around_an_address_are_no_part_of_it(cell):
    assert clean(f"Name,E-mail\nAnn Lee,{cell}\n").values["email"] == "a@x.edu"


def test_columns_of_further_addresses_are_looked_at():
    table = read_table(b"Ann <a@x.edu>;Ben <b@x.edu>\nCy <c@x.edu>;\n", file_name="list.csv")

    assert doubtful_columns(table, propose_mapping(table)) == {1}


def test_letters_in_two_pieces_become_one():
    """As a Mac writes them; nobody was found by such a name, or known again."""
    pieces = unicodedata.normalize("NFD", "Name,City\nJosé Núñez,Málaga\n")

    row = clean(pieces)

    assert (row.values["name"], row.values["city"]) == ("José Núñez", "Málaga")
    assert row.problems == []


def test_wide_letters_of_an_address_are_the_narrow_ones():
    assert clean("Name,E-mail\nAnn Lee,ａｎｎ＠x.edu\n").values["email"] == "ann@x.edu"


def test_the_end_of_a_file_as_dos_wrote_it_is_no_row():
    table = read_table(b"Name,E-mail\r\nAnn Lee,a@x.edu\r\n\x1a", file_name="list.csv")

    assert [record.cells for record in table.records] == [["Ann Lee", "a@x.edu"]]
