"""One record to one person: what is understood, what is left blank, what leaves a row out."""

import subprocess
import sys

import pytest

from alumni.importing import cells as words
from alumni.importing.listing import Listing
from alumni.importing.mapping import BadMapping, Mapping, doubtful_columns, propose_mapping
from alumni.importing.ordinary import RowReader
from alumni.importing.reader import read_table
from alumni.importing.rows import LENGTHS, ExactReader
from alumni.importing.sandbox import kept_as_file
from alumni.models import Alum, Consent
from tests.conftest import REPOSITORY


def clean(text: str, *, columns: dict[int, str] | None = None, consent: str = Consent.UNKNOWN):
    """The last row of a small list, with columns matched by their headings."""
    with kept_as_file([text.encode()]) as path:
        listing = Listing(path, file_name="list.csv", sheet=None, header_row=None)
        *_, last = listing
    mapping = Mapping(columns or propose_mapping(listing.table).columns, consent=consent)
    return RowReader(ExactReader(listing.table, mapping, this_year=2026)).read(last)


@pytest.mark.parametrize(
    ("cell", "name", "given", "family"),
    [
        ("Guion S. Bluford Jr. ", "Guion S. Bluford Jr.", "Guion", "Bluford"),
        ('"Bluford, Guion S. Jr."', "Guion S. Bluford Jr.", "Guion", "Bluford"),
        ('"Bluford Jr., Guion S."', "Guion S. Bluford Jr.", "Guion", "Bluford"),
        ("Vincent van Gogh", "Vincent van Gogh", "Vincent", "van Gogh"),
        ("Dr. Ann Lee", "Ann Lee", "Ann", "Lee"),
        ("JOHN SMITH", "John Smith", "John", "Smith"),
        ("Mary-Jane  O'Neil", "Mary-Jane O'Neil", "Mary-Jane", "O'Neil"),
        ("\u00a0凯\u00a0", "凯", "", "凯"),
        ("Prince", "Prince", "", "Prince"),
    ],
)
def test_full_name_is_understood(cell, name, given, family):
    row = clean(f"Name,City\n{cell},Hadley\n")

    assert (row.values["name"], row.values["given_name"], row.values["family_name"]) == (
        name, given, family,
    )  # fmt: skip


def test_name_in_parts_uses_the_preferred_first_name():
    row = clean("First name,Last name,Preferred name\nRobert,Lee,Bob\n")

    assert row.values["name"] == "Bob Lee"


@pytest.mark.parametrize("name", ["", "TOTAL", "n/a", "12345", "ann@example.edu", "FIRST_NAME"])
def test_row_without_a_usable_name_is_left_out(name):
    row = clean(f"Name,City,Country\n{name},Hadley,USA\n")

    assert not row.is_usable
    assert row.problems[0].endswith(".")


def test_one_word_alone_in_a_wide_row_is_a_footer():
    assert not clean("Name,City,Country\nAnn Lee,Hadley,USA\nSome,,\n").is_usable
    assert clean("Name,City,Country\nAnn Lee,Hadley,USA\nCal Wu,,\n").is_usable


def test_repeated_headings_are_no_person():
    row = clean("Name,City\nAnn Lee,Hadley\nName,City\n")

    assert row.problems == ["This row repeats the headings of the list."]


@pytest.mark.parametrize(
    ("cell", "year"),
    [("2011", 2011), ("2011.0", 2011), ("'16", 2016), ("’87", 1987), ("Class of 99", 1999),
     ("5/17/1967", 1967), ("May 2011", 2011), ("1800", 1800), ("2036", 2036), ("36", 2036),
     ("37", 1937)],
)  # fmt: skip
def test_class_year_is_understood(cell, year):
    assert clean(f"Name,Class year\nAnn Lee,{cell}\n").values["class_year"] == year


@pytest.mark.parametrize("cell", ["189", "1799", "2037", "soon", "20111", "0"])
def test_impossible_class_year_leaves_the_row_out(cell):
    row = clean(f"Name,Class year\nAnn Lee,{cell}\n")

    assert not row.is_usable
    assert "class year" in row.problems[0]


@pytest.mark.parametrize(
    ("cell", "email"),
    [("Ann@Example.EDU", "ann@example.edu"), ("mailto:ann@x.edu", "ann@x.edu"),
     ("Ann Lee <ann@x.edu>", "ann@x.edu"), ("ann@x.edu; lee@y.edu", "ann@x.edu"),
     ("john@doe.invalid", "john@doe.invalid")],
)  # fmt: skip
def test_email_is_understood(cell, email):
    assert clean(f"Name,E-mail\nAnn Lee,{cell}\n").values["email"] == email


@pytest.mark.parametrize("cell", ["ann", "ann@", "ann@x", "a b@x.edu", "@x.edu", "a@" + "x" * 300])
def test_wrong_email_leaves_the_row_out(cell):
    row = clean(f"Name,E-mail\nAnn Lee,{cell}\n")

    assert not row.is_usable
    assert row.problems[0].endswith("is not an e-mail address.")


def test_second_email_is_used_when_the_first_is_blank():
    assert clean("Name,E-mail,Alum email\nAnn Lee,,ann@x.edu\n").values["email"] == "ann@x.edu"


@pytest.mark.parametrize(
    ("cells", "number"),
    [("(413) 555-0123,", "+14135550123"), ("413.555.0123,", "+14135550123"),
     ("4135550123,", "+14135550123"), ("+1 413 555 0123,", "+14135550123"),
     ("413-555-0123 x 45,", "+14135550123 x45"), ("+44 20 7946 0018,", "+442079460018"),
     ("020 7946 0018,UK", "+442079460018"), ("(413) 555-0123,USA", "+14135550123"),
     ("+1 413 555 0123,France", "+14135550123"), ("(413) 555-0123,Atlantis", "+14135550123")],
)  # fmt: skip
def test_phone_is_kept_as_any_telephone_dials_it(cells, number):
    assert clean(f"Name,Phone,Country\nAnn Lee,{cells}\n").values["phone"] == number


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("413-555-01", "too few digits"), ("555-0123", "too few digits"),
     ("call me", "not a phone number"), ("1" * 30, "phone number")],
)  # fmt: skip
def test_doubtful_phone_is_left_blank_with_a_warning(cell, problem):
    row = clean(f"Name,Phone\nAnn Lee,{cell}\n")

    assert row.is_usable
    assert "phone" not in row.values
    assert problem in row.problems[0]


@pytest.mark.parametrize(
    ("cell", "majors"),
    [("Physics; Mathematics", ["Physics", "Mathematics"]),
     ("Physics|||Mathematics", ["Physics", "Mathematics"]),
     ("Physics / Mathematics", ["Physics", "Mathematics"]),
     ('"Economics, Spanish"', ["Economics", "Spanish"]),
     ('"Agriculture, General"', ["Agriculture, General"]),
     ('"Communication, Culture, and Media"', ["Communication, Culture, and Media"]),
     ("Film/Video", ["Film/Video"])],
)  # fmt: skip
def test_majors_are_split_where_they_end(cell, majors):
    assert clean(f"Name,Major\nAnn Lee,{cell}\n").values["majors"] == majors


@pytest.mark.parametrize(
    ("cell", "place"),
    [("Inglewood; CA", {"city": "Inglewood", "region": "CA"}),
     ('"Boston, Massachusetts, USA"',
      {"city": "Boston", "region": "MA", "country": "United States"}),
     ('"Paris, France"', {"city": "Paris", "country": "France"}),
     ("Hong Kong", {"city": "Hong Kong"})],
)  # fmt: skip
def test_place_in_one_cell_is_split(cell, place):
    values = clean(f"Name,Location\nAnn Lee,{cell}\n").values

    assert {part: values[part] for part in ("city", "region", "country") if part in values} == place


@pytest.mark.parametrize(
    ("heading", "cell", "consent"),
    [("Consent", "Y", Consent.YES), ("Consent", "Yes, by e-mail", Consent.YES),
     ("Consent", "no", Consent.NO), ("Consent", "Not now", Consent.NO),
     ("Willing to talk with students", "willing", Consent.YES),
     ("Consent", "", Consent.UNKNOWN), ("Consent", "perhaps", Consent.UNKNOWN),
     ("Do not contact", "yes", Consent.NO), ("Do not contact", "no", Consent.UNKNOWN)],
)  # fmt: skip
def test_consent_column_speaks_for_itself(heading, cell, consent):
    """The word given for the whole list does not fill the gaps of a column."""
    row = clean(f'Name,{heading}\nAnn Lee,"{cell}"\n', consent=Consent.YES)

    assert row.values["consent"] == consent


def test_list_without_consent_column_has_the_word_given_for_it():
    assert clean("Name\nAnn Lee\n", consent=Consent.YES).values["consent"] == Consent.YES


def test_too_long_values_get_their_sentence():
    row = clean(f"Name,Employer\nAnn Lee,{'x' * 201}\n")
    assert row.is_usable
    assert "employer" not in row.values
    assert "longer than 200 letters" in row.problems[0]
    assert not clean(f"Name\n{'Ann ' * 60}Lee\n").is_usable


def test_blank_cells_and_words_for_nothing_say_nothing():
    values = clean("Name,City,Employer\nAnn Lee,n/a,-\n").values

    assert "city" not in values
    assert "employer" not in values


def test_bare_year_is_left_out_and_shown_to_be_looked_at():
    table = read_table(b"Name,Year,City\nAnn Lee,2004,Hadley\n", file_name="list.csv")

    mapping = propose_mapping(table)

    assert mapping.columns == {0: "full_name", 2: "city"}
    assert doubtful_columns(table, mapping) == {1}


def test_email_among_raisers_edge_phones_is_found_by_what_stands_there():
    heading = "CnBio_First_Name,CnBio_Last_Name,CnAdrPrfPh_1_01_Phone_number"
    table = read_table(f"{heading}\nAnn,Lee,ann@x.edu\n".encode(), file_name="re.csv")

    assert propose_mapping(table).columns[2] == "email"


@pytest.mark.parametrize(("sample", "field"), [("Dr.", "prefix"), ("Engineer", "job_title")])
def test_title_is_what_stands_under_it(sample, field):
    table = read_table(f"Title,Name\n{sample},Ann Lee\n".encode(), file_name="list.csv")

    assert propose_mapping(table).columns[0] == field


def test_mapping_survives_json():
    mapping = Mapping({0: "full_name", 3: "majors"}, "Sheet1", 2, Consent.YES)

    assert Mapping.from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {"columns": []}, {"columns": {"x": "email"}}, {"columns": {"-1": "email"}},
     {"columns": {"0": "shoe_size"}}, {"columns": {"0": ["email"]}}, {"sheet": 3},
     {"header_row": -1}, {"header_row": "1"}, {"header_row": True}, {"consent": "NO"},
     {"consent": {}}],
)  # fmt: skip
def test_mapping_from_garbage_says_what_is_wrong(data):
    with pytest.raises(BadMapping, match=r"\.$"):
        Mapping.from_json(data)


def test_rules_for_rows_are_the_models_own():
    """The child that cleans rows knows no models, so it has their lengths and words itself."""
    assert {name: Alum._meta.get_field(name).max_length for name in LENGTHS} == LENGTHS
    assert {words.YES, words.NO, words.UNKNOWN} == set(Consent.values)


@pytest.mark.parametrize(
    ("cells", "place"),
    [("Massachusetts,", ("MA", None)), ("Mass.,USA", ("MA", "United States")),
     ("ma,u.s.", ("MA", "United States")), ("Ontario,Canada", ("ON", "Canada")),
     ("Bavaria,Germany", ("Bavaria", "Germany")), ("England,UK", ("England", "United Kingdom")),
     ("North,Atlantis", ("North", "Atlantis"))],
)  # fmt: skip
def test_states_and_countries_have_one_form(cells, place):
    values = clean(f"Name,State,Country\nAnn Lee,{cells}\n").values

    assert (values["region"], values.get("country")) == place


def test_clear_empties_a_field_where_a_blank_says_nothing():
    row = clean(
        "Name,City,Class year,Majors,Consent,Employer\nAnn Lee,[clear],[CLEAR],[clear],[clear],\n"
    )

    emptied = {name: row.values[name] for name in ("city", "class_year", "majors")}
    assert emptied == {"city": "", "class_year": 0, "majors": []}
    assert "employer" not in row.values
    assert row.values["consent"] == Consent.UNKNOWN
    assert row.problems == ["Students may ask (yes or no) cannot be emptied, so it stays as it is."]


@pytest.mark.parametrize(
    ("samples", "field"),
    [("413-555-0123", "phone"), ("ann@x.edu", "email"), ("1998", "class_year"), ("12", None)],
)
def test_column_without_a_heading_is_known_by_what_stands_there(samples, field):
    table = read_table(f"Name,City,\nAnn Lee,Hadley,{samples}\n".encode(), file_name="list.csv")

    assert propose_mapping(table).columns.get(2) == field


def test_child_that_cleans_rows_knows_nothing_of_django():
    modules = "alumni.importing.child, alumni.importing.ordinary, alumni.importing.staged_line"
    program = f"import sys, {modules}; print('django' in sys.modules)"

    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=REPOSITORY, check=True
    )

    assert said.stdout == "False\n"
