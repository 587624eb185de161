"""Names of people as networks, forms and other scripts write them."""

import pytest

from alumni.models import Consent
from tests.alumni.test_importing_rows import clean


@pytest.mark.parametrize(
    ("text", "name"),
    [("Name,City\n髙橋 花子,東京\n", ("髙橋 花子", "花子", "髙橋")),
     ("Name,City\n남궁 옥분,서울\n", ("남궁 옥분", "옥분", "남궁")),
     ("First name,Last name\n小明,王\n", ("王小明", "小明", "王")),
     ("First name,Last name\nMin,王\n", ("Min 王", "Min", "王"))],
)  # fmt: skip
def test_family_name_stands_first_where_it_is_written_so(text, name):
    values = clean(text).values

    assert (values["name"], values["given_name"], values["family_name"]) == name


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [("Nora", '"Quill, PhD"', ("Nora Quill PhD", "Nora", "Quill")),
     ("Nora", '"Quill, PhD, CPA"', ("Nora Quill PhD CPA", "Nora", "Quill")),
     ("Dr. Ann", "Lee", ("Ann Lee", "Ann", "Lee"))],
)  # fmt: skip
def test_title_and_degrees_beside_half_a_name_are_no_part_of_it(given, family, name):
    values = clean(f"First name,Last name\n{given},{family}\n").values

    assert (values["name"], values["given_name"], values["family_name"]) == name


@pytest.mark.parametrize("name", ["🌟 Ted Oakes", "Ted Oakes ✔", 'Flo Orr""', 'Cal "Cal Wu'])
def test_sign_that_is_in_no_name_is_said(name):
    row = clean(f"Name\tE-mail\n{name}\tx@x.edu\n")

    assert row.problems == [f"“{name}” holds a sign that is in no name. Look whether it is right."]


def test_the_late_are_dead():
    row = clean("First name,Last name\nThe Late Gus,Poe\n")

    assert (row.values["name"], row.values["consent"]) == ("Gus Poe", Consent.NO)
