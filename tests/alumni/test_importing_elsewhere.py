"""Places whose state is a country, too, or a state of another country."""

import pytest

from alumni.importing.proposal import propose_mapping
from alumni.importing.reader import read_table
from alumni.importing.rows import RowReader
from tests.alumni.test_importing_rows import clean

ASKS = "“{}” was read as a place in the United States. Look whether it is one in {}."
SAYS = "“{}” was read as a place in {}, where this person’s phone is. Look whether it is right."


def placed(place: str, phone: str = "") -> tuple[tuple, list[str]]:
    row = clean(f'Name,Location,Phone\nAnn Lee,"{place}",{phone}\n')
    return tuple(row.values.get(name, "") for name in ("city", "region", "country")), row.problems


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Tbilisi, Georgia", ("Tbilisi", "", "Georgia")),
        ("Berlin, DE", ("Berlin", "", "Germany")),
        ("Bogotá, CO", ("Bogotá", "", "Colombia")),
        ("Toronto, CA", ("Toronto", "", "Canada")),
        ("Sydney, NSW", ("Sydney", "New South Wales", "Australia")),
        ("Casablanca, MA", ("Casablanca", "", "Morocco")),
    ],
)
def test_city_that_is_known_lies_in_its_country(place, found):
    assert placed(place) == (found, [])


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Atlanta, Georgia", ("Atlanta", "Georgia", "")),
        ("Georgia", ("", "Georgia", "")),
        ("Athens, GA", ("Athens", "Georgia", "")),
        ("Dublin, CA", ("Dublin", "California", "")),
        ("Malta, MT", ("Malta", "Montana", "")),
        ("Melbourne, FL", ("Melbourne", "Florida", "")),
        ("Los Angeles, CA", ("Los Angeles", "California", "")),
        ("Vancouver, BC", ("Vancouver", "British Columbia", "")),
    ],
)
def test_state_is_meant_where_nothing_speaks_against_it(place, found):
    assert placed(place, "(413) 555-0142") == (found, [])


def test_state_of_another_country_in_which_the_city_lies_is_asked_for():
    assert placed("Perth, WA") == (
        ("Perth", "Washington", ""), [ASKS.format("Perth, WA", "Australia")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("place", "phone", "found"),
    [
        ("Batumi, Georgia", "+995 555 12 34 56", ("Batumi", "", "Georgia")),
        ("Batumi, Georgia", "00995 555 12 34 56", ("Batumi", "", "Georgia")),
        ("Mumbai, IN", "+91 98765 43210", ("Mumbai", "", "India")),
        ("Perth, WA", "+61 8 9321 1234", ("Perth", "Western Australia", "Australia")),
    ],
)
def test_phone_that_is_dialed_there_decides_with_a_word(place, phone, found):
    assert placed(place, phone) == (found, [SAYS.format(place, found[2])])


def test_phone_from_elsewhere_decides_nothing():
    assert placed("Hadley, MA", "+44 20 7946 0018") == (("Hadley", "Massachusetts", ""), [])


def test_country_that_has_a_cell_of_its_own_stays():
    row = clean('Name,Location,Country\nAnn Lee,"Tbilisi, Georgia",USA\n')

    assert (row.values["region"], row.values["country"]) == ("Georgia", "United States")


def test_office_in_australia_is_asked_nothing():
    table = read_table(b'Name,Location\nAnn Lee,"Perth, WA"\n', file_name="list.csv")
    reader = RowReader(table, propose_mapping(table), this_year=2026, country="AU")

    row = reader.read(table.records[0])

    assert (row.values["region"], row.problems) == ("Western Australia", [])
