"""What stands in the cell of a name and is none, and cells that hold more than one thing."""

import pytest

from tests.alumni.test_importing_rows import clean


@pytest.mark.parametrize(
    ("cell", "name", "year"),
    [
        ("Ann Lee '03", "Ann Lee", 2003),
        ("Ann Lee ’03 MBA’07", "Ann Lee", 2003),
        ("\"Ann Lee '03, MA '07\"", "Ann Lee", 2003),
        ('"Lee, Ann BS \'99"', "Ann Lee", 1999),
        ("Ann Lee (’03)", "Ann Lee", 2003),
        ("Ann Lee (Class of 2003)", "Ann Lee", 2003),
        ("Ann Lee '98 P'28", "Ann Lee", 1998),
        ("Ann Lee P'28", "Ann Lee", None),
        ("Lou Ma '44", "Lou Ma", 1944),
        ("Kate O'Neil", "Kate O'Neil", None),
    ],
)
def test_class_beside_a_name_is_no_part_of_it(cell, name, year):
    row = clean(f"Name,City\n{cell},Hadley\n")

    assert (row.values["name"], row.values.get("class_year")) == (name, year)


def test_class_of_its_own_column_counts_before_the_one_beside_the_name():
    row = clean("First name,Last name,Class\nAnn,Lee '03,2005\n")

    assert (row.values["family_name"], row.values["class_year"]) == ("Lee", 2005)


@pytest.mark.parametrize("cell", ["Ann Lee <ann@x.edu>", '"""Lee, Ann"" <ann@x.edu>"'])
def test_email_beside_a_name_is_the_email(cell):
    row = clean(f"Name,Class\n{cell},2003\n")

    assert (row.values["name"], row.values["email"]) == ("Ann Lee", "ann@x.edu")


@pytest.mark.parametrize("name", ["Report total for Economics", "Total Alumni", "Sub, Total"])
def test_sum_is_no_person(name):
    row = clean(f'Name,E-mail,Gifts\n"{name}",,300\n')

    assert not row.is_usable


@pytest.mark.parametrize(
    ("cell", "email"),
    [
        ("ann@x.edu (work)", "ann@x.edu"),
        ("(home) ann@x.edu", "ann@x.edu"),
        ("ann@x.edu/lee@y.edu", "ann@x.edu"),
        ("ann@x.edu | lee@y.edu", "ann@x.edu"),
        ("\\N", None),
    ],
)
def test_of_what_stands_in_a_cell_the_first_email_counts(cell, email):
    assert clean(f"Name,E-mail\nAnn Lee,{cell}\n").values.get("email") == email


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("413-555-0123 (home)", "+14135550123"),
        ("(413) 555-0123 / (413) 555-0199", "+14135550123"),
        ("413-555-0123 413-555-0199", "+14135550123"),
        ("0044 20 7946 0958", "+442079460958"),
    ],
)
def test_of_what_stands_in_a_cell_the_first_phone_counts(cell, phone):
    row = clean(f"Name,Phone\nAnn Lee,{cell}\n")

    assert (row.values["phone"], row.problems) == (phone, [])


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("BA '05, MBA '07", 2005),
        ("MBA’07", 2007),
        ("Spring '05", 2005),
        ("Fall 98", 1998),
        ("2,001", 2001),
    ],
)
def test_class_year_is_found_in_what_offices_write(cell, year):
    assert clean(f'Name,Class\nAnn Lee,"{cell}"\n').values["class_year"] == year


@pytest.mark.parametrize(
    ("heading", "cell"), [("E-mail", " (" * 60_000 + ")x"), ("Phone", "1 " * 60_000)]
)
def test_cell_as_long_as_a_book_is_answered_at_once(heading, cell):
    assert clean(f"Name,{heading}\nAnn Lee,{cell}\n").problems


def test_a_family_may_be_called_total():
    """A sum stands in one cell; with a cell for each half it is somebody."""
    row = clean("First name,Last name,E-mail\nGita,Total,gita@x.edu\n")

    assert (row.problems, row.values["name"]) == ([], "Gita Total")


@pytest.mark.parametrize("halves", ["Grand,Total", ",Total", "Subtotal,"])
def test_a_sum_in_columns_of_halves_is_nobody(halves):
    row = clean(f"First name,Last name,E-mail\n{halves},x@x.edu\n")

    assert not row.is_usable


@pytest.mark.parametrize(
    "beside",
    ["gita@x.edu,,,", ",2003,IBM,", ",1999,,Film", ",,IBM,Film"],
    ids=["e-mail", "year and employer", "year and major", "employer and major"],
)
@pytest.mark.parametrize("cell", ["Gita Total", "Total\\, Gita"])
def test_a_full_name_may_end_in_total_where_the_rest_is_a_persons(cell, beside):
    cell = f'"{cell}"'.replace("\\", "")
    row = clean(f"Name,E-mail,Class,Employer,Major\n{cell},{beside}\n")

    assert (row.problems, row.values["name"]) == ([], "Gita Total")


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("Boston Total", ",,,"), ("Boston Total", ",42,,"), ("Boston Total", ",2003,17,"),
        ("Gita Total", "42,2003,17,5"), ("Economics Total", ",,,Economics"),
        ("Grand Total", "a@x.edu,2003,IBM,"), ("Report total for Film", "a@x.edu,2003,IBM,Film"),
        ("Sub Total", "a@x.edu,,,"),
    ],
)  # fmt: skip
def test_a_sum_has_numbers_or_nothing_beside_it(name, beside):
    assert not clean(f"Name,E-mail,Class,Employer,Major\n{name},{beside}\n").is_usable
