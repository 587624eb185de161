"""People who have died stay in the directory, and nobody asks them."""

import pytest

from alumni.importing.fields import field_for
from alumni.importing.willing import HAS_DIED
from alumni.models import Consent
from tests.alumni.test_importing_rows import clean


@pytest.mark.parametrize(
    "cell", ["Yes", "y", "X", "TRUE", "1", "2019-03-02", "3/2/2019", "Deceased"]
)
def test_a_column_that_names_the_dead_outweighs_a_yes(cell):
    row = clean(f"Name,May contact,Deceased\nAnn Lee,yes,{cell}\n")

    assert (row.values["consent"], row.problems, row.is_usable) == (Consent.NO, [HAS_DIED], True)


@pytest.mark.parametrize("cell", ["No", "n", "FALSE", "0", "", "N/A", "Living", "-"])
def test_the_living_are_asked_as_they_say(cell):
    row = clean(f"Name,May contact,Deceased\nAnn Lee,yes,{cell}\n")

    assert (row.values["consent"], row.problems) == (Consent.YES, [])


@pytest.mark.parametrize(
    "name",
    ["Ann Lee †", "Ann Lee (deceased)", "Ann Lee [Deceased 2019]", "Ann Lee (d. 2010)", "† Ann Lee",
     "Ann Lee - deceased", "Ann Lee, DECEASED", "Ann Lee (dec'd)"],
)  # fmt: skip
def test_a_mark_behind_the_name_is_read_and_is_no_part_of_it(name):
    row = clean(f'Name,City\n"{name}",Hadley\n', consent=Consent.YES)

    assert (row.values["name"], row.values["family_name"]) == ("Ann Lee", "Lee")
    assert (row.values["consent"], row.problems) == (Consent.NO, [HAS_DIED])


@pytest.mark.parametrize("suffix", ["†", "(deceased)", "Deceased"])
def test_a_mark_among_the_parts_of_a_name_is_read(suffix):
    row = clean(f"First name,Last name,Suffix\nAnn,Lee,{suffix}\n", consent=Consent.YES)

    assert (row.values["name"], row.values["consent"]) == ("Ann Lee", Consent.NO)


@pytest.mark.parametrize("name", ["Ann Lee (née Ray)", "Ann Latelee", "Dede Decker", "Ann Diehl"])
def test_other_names_are_of_the_living(name):
    row = clean(f"Name,City\n{name},Hadley\n", consent=Consent.YES)

    assert (row.values["consent"], row.problems) == (Consent.YES, [])


@pytest.mark.parametrize(
    "heading",
    ["Deceased", "Deceased?", "Is Deceased", "Date of Death", "Death date", "Deceased Date", "Died",
     "CnBio_Deceased", "SPBPERS_DEAD_IND", "Deceased (Y/N)"],
)  # fmt: skip
def test_headings_of_the_dead_are_known(heading):
    assert field_for(heading) == "deceased"
