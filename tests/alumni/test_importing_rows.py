"""One record to one person: what is understood, what is left blank, what leaves a row out."""

import json
import random
import subprocess
import sys
from collections import Counter

import pytest

from alumni.importing import fields, rows
from alumni.importing.mapping import BadMapping, Mapping
from alumni.importing.proposal import doubtful_columns, propose_mapping
from alumni.importing.reader import UnreadableFile, read_table
from alumni.importing.rows import RowReader
from alumni.importing.staged_line import COLUMNS, staged_line
from alumni.importing.table import Column, Record, Table
from alumni.models import Alum, AskBy, Consent

VOCABULARY = {
    "majors": {"economics": "Economics", "econ": "Economics", "film and media": "Film, and Media"},
    "employer": {"ibm": "IBM", "international business machines": "IBM"},
}


def clean(
    text: str, *, columns: dict[int, str] | None = None, consent: str = Consent.UNKNOWN,
    vocabulary: dict | None = None,
):  # fmt: skip
    """The last row of a small list, with columns matched by their headings."""
    table = read_table(text.encode(), file_name="list.csv")
    mapping = Mapping(columns or propose_mapping(table).columns, consent=consent)
    reader = RowReader(table, mapping, this_year=2026, vocabulary=vocabulary)
    return reader.read(table.records[-1])


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
    ("cell", "number"),
    [("(413) 555-0123", "+14135550123"), ("413.555.0123", "+14135550123"),
     ("4135550123", "+14135550123"), ("1-413-555-0123 ext. 12", "+14135550123 x12"),
     ("+44 20 7946 0018", "+442079460018"), ("+14135550123", "+14135550123")],
)  # fmt: skip
def test_phone_is_kept_as_machines_dial_it_and_as_it_was_written(cell, number):
    row = clean(f"Name,Phone\nAnn Lee,{cell}\n")

    assert row.values["phone"] == number
    assert row.originals == ({} if cell == number else {"phone": cell})


def test_phone_is_read_by_the_country_of_the_person():
    row = clean("Name,Phone,Country\nAnn Lee,030 901820,Germany\n")

    assert row.values["phone"] == "+4930901820"


def test_american_number_of_somebody_abroad_stays_american():
    row = clean("Name,Phone,Country\nAnn Lee,(413) 545-0123,Germany\n")

    assert row.values["phone"] == "+14135450123"


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("413-555-01", "too few digits"), ("555-0123", "too few digits"),
     ("call me", "not a phone number"), ("1" * 30, "phone number"),
     ("04 72 00 00 00", "cannot be a phone number"), ("1234567890", "cannot be a phone number")],
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
    [("Inglewood; CA", {"city": "Inglewood", "region": "California"}),
     ('"Boston, Massachusetts, USA"',
      {"city": "Boston", "region": "Massachusetts", "country": "United States"}),
     ('"Paris, France"', {"city": "Paris", "country": "France"}),
     ('"12 Elm St, Hadley, MA 01035"', {"city": "Hadley", "region": "Massachusetts"}),
     ('"12 Elm St, Apt 4, Hadley, MA, USA"',
      {"city": "Hadley", "region": "Massachusetts", "country": "United States"}),
     ('"12 High St, Leeds, Yorkshire, UK"',
      {"city": "Leeds", "region": "Yorkshire", "country": "United Kingdom"}),
     ('"12 Elm St, New York, New York"', {"city": "New York", "region": "New York"}),
     ('"Kansas City, MO; Olathe, KS"', {"city": "Kansas City", "region": "Missouri"}),
     ('"Portland, OR / Vancouver, WA"', {"city": "Portland", "region": "Oregon"}),
     ('"Cambridge, UK"', {"city": "Cambridge", "country": "United Kingdom"}),
     ('"Toronto, ON, CA"', {"city": "Toronto", "region": "Ontario", "country": "Canada"}),
     ('"Atlanta, Georgia"', {"city": "Atlanta", "region": "Georgia"}),
     ('"APO, AE 09012"', {"city": "APO", "region": "AE"}),
     ('"Cork, Munster"', {"city": "Cork", "region": "Munster"}),
     ('"California, USA"', {"region": "California", "country": "United States"}),
     ("United States", {"country": "United States"}), ("MA", {"region": "Massachusetts"}),
     ("LA", {"city": "LA"}), ("02138", {}), ("Hong Kong", {"city": "Hong Kong"})],
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
     ("Consent", "Opted in", Consent.YES), ("Consent", "opt-out", Consent.NO),
     ("Consent", "I do not agree", Consent.NO), ("Consent", "I agree", Consent.YES),
     ("Consent", "Please don’t", Consent.NO), ("Consent", "Can't now", Consent.NO),
     ("Consent", "DNC", Consent.NO), ("Consent", "Oui", Consent.YES),
     ("Do not contact", "yes", Consent.NO), ("Do not contact", "no", Consent.UNKNOWN),
     ("Do not contact", "0.0", Consent.UNKNOWN), ("Do not contact", "1.0", Consent.NO)],
)  # fmt: skip
def test_consent_column_speaks_for_itself(heading, cell, consent):
    """The word given for the whole list does not fill the gaps of a column."""
    row = clean(f'Name,{heading}\nAnn Lee,"{cell}"\n', consent=Consent.YES)

    assert row.values["consent"] == consent


@pytest.mark.parametrize(
    "cell",
    ["Do not contact", "DNC", "No calls", "Never", "2019-04-05", "Opted out", "per her family"],
)
def test_whatever_stands_under_do_not_contact_is_a_no_with_a_word(cell):
    """“Do not contact” was read as “do not”, and “No calls” as no."""
    row = clean(f"Name,May contact,Do not contact\nAnn Lee,yes,{cell}\n")

    assert row.values["consent"] == Consent.NO
    assert row.problems == [f"“{cell}” stands under “do not contact”, so nobody asks this person."]


def test_a_no_counts_beside_a_yes_that_cannot_be_read():
    row = clean("Name,May contact,Do not contact\nAnn Lee,perhaps,yes\n")

    assert row.values["consent"] == Consent.NO


def test_a_no_in_any_of_several_columns_counts():
    row = clean("Name,Do not contact,Do not e-mail,Deceased,Died on\nAnn Lee,no,yes,,\n")
    died = clean("Name,Deceased,Died on\nAnn Lee,,2019-03-02\n")

    assert (row.values["consent"], died.values["consent"]) == (Consent.NO, Consent.NO)


@pytest.mark.parametrize(
    ("cell", "is_said"),
    [("Yes, but only by phone", True), ("Yes - not before June", True), ("Yes, gladly", False)],
)
def test_a_yes_with_a_condition_is_said(cell, is_said):
    row = clean(f'Name,Consent\nAnn Lee,"{cell}"\n')

    assert row.values["consent"] == Consent.YES
    said = [f"“{cell}” was read as yes. Look whether students may ask."]
    assert row.problems == (said if is_said else [])


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


def test_rows_are_read_without_django():
    """The child process that reads a million rows is to start at once."""
    said = subprocess.run(
        [sys.executable, "-c", "import sys, alumni.importing.rows; print('django' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert said.stdout == "False\n"


def test_words_and_lengths_are_those_of_the_directory():
    lengths = {name: Alum._meta.get_field(name).max_length for name in fields.LENGTHS}

    assert lengths == fields.LENGTHS
    assert Alum._meta.get_field("majors").base_field.max_length == fields.LIST_ITEM_LENGTH
    assert {fields.Consent.UNKNOWN, fields.Consent.YES, fields.Consent.NO} == set(Consent.values)
    ours = {name: value for name, value in vars(fields.AskBy).items() if name.isupper()}
    assert ours == {one.name: one.value for one in AskBy}


@pytest.mark.parametrize(
    ("cell", "region"),
    [("MA", "Massachusetts"), ("Mass.", "Massachusetts"), ("massachusetts", "Massachusetts"),
     ("ON", "Ontario"), ("D.C.", "District of Columbia"), ("Middle Earth", "Middle Earth")],
)  # fmt: skip
def test_state_has_one_form(cell, region):
    row = clean(f"Name,State\nAnn Lee,{cell}\n")

    assert row.values["region"] == region
    assert row.originals == ({} if cell.lower() == region.lower() else {"region": cell})


def test_state_is_read_by_the_country_of_the_row():
    row = clean("Name,State,Country\nAnn Lee,WA,Australia\n")

    assert row.values["region"] == "Western Australia"


@pytest.mark.parametrize(
    ("cell", "country"),
    [("USA", "United States"), ("U.S.", "United States"), ("us", "United States"),
     ("United States of America", "United States"), ("UK", "United Kingdom"),
     ("Viet Nam", "Vietnam"), ("Korea, Republic of", "South Korea"), ("DEU", "Germany"),
     ("Narnia", "Narnia")],
)  # fmt: skip
def test_country_has_one_name(cell, country):
    assert clean(f'Name,Country\nAnn Lee,"{cell}"\n').values["country"] == country


@pytest.mark.parametrize(
    "cell", ["I.B.M. Corp.", "IBM Corporation", "ibm", "The International Business Machines Corp"]
)
def test_employer_is_spelled_as_the_office_spells_it(cell):
    row = clean(f"Name,Employer\nAnn Lee,{cell}\n", vocabulary=VOCABULARY)

    assert row.values["employer"] == "IBM"
    assert row.originals == ({} if cell == "ibm" else {"employer": cell})


def test_employer_that_the_office_does_not_name_stays_as_written():
    row = clean('Name,Employer\nAnn Lee,"Acme, Inc."\n', vocabulary=VOCABULARY)

    assert (row.values["employer"], row.originals) == ("Acme, Inc.", {})


def test_majors_become_the_words_of_the_office_and_others_are_noted():
    row = clean("Name,Major\nAnn Lee,Econ; Falconry\n", vocabulary=VOCABULARY)

    assert row.values["majors"] == ["Economics", "Falconry"]
    assert row.originals == {"majors": "Econ; Falconry"}
    assert row.unmatched == (("majors", "Falconry"),)


def test_major_with_a_comma_of_its_own_is_one_word_when_the_office_says_so():
    row = clean('Name,Major\nAnn Lee,"Film, and Media"\n', vocabulary=VOCABULARY)

    assert (row.values["majors"], row.unmatched) == (["Film, and Media"], ())


@pytest.mark.parametrize(
    ("text", "name", "original"),
    [('Name\n"SMITH, ANN"\n', "Ann Smith", {"name": "SMITH, ANN"}),
     ("Name\nANN SMITH\n", "Ann Smith", {}),
     ("First name,Last name\nAnn,SMITH\n", "Ann Smith", {}),
     ("First name,Last name,Preferred name\nRobert,Lee,Bob\n", "Bob Lee", {"name": "Robert Lee"})],
)  # fmt: skip
def test_name_is_put_in_order_and_kept_as_written(text, name, original):
    row = clean(text)

    assert (row.values["name"], row.originals) == (name, original)


def test_clear_empties_a_field():
    row = clean("Name,Employer,Major,Class year\nAnn Lee,[clear],[CLEAR],[clear]\n")

    assert row.cleared == {"employer", "majors", "class_year"}
    assert (row.values["employer"], row.values["majors"], row.values["class_year"]) == (
        "", [], None,
    )  # fmt: skip


def test_name_and_consent_cannot_be_cleared():
    no_name = clean("Name,City\n[clear],Hadley\n")
    no_word = clean("Name,Consent\nAnn Lee,[clear]\n")

    assert (no_name.is_usable, no_name.problems) == (
        False, ["A name cannot be cleared: write the name, or leave the cell blank."],
    )  # fmt: skip
    assert (no_word.values["consent"], no_word.problems) == (
        Consent.UNKNOWN, ["Consent cannot be cleared: write yes or no. It stays as it was."],
    )  # fmt: skip


def test_wishes_are_read_and_doubtful_ones_say_what_to_write():
    heading = "Name,How to ask,No questions before,Requests per month\n"
    row = clean(f"{heading}Ann Lee,by e-mail,1/31/2027,2\n")
    doubtful = clean(f"{heading}Ann Lee,by owl,soon,often\n")

    assert (row.values["ask_by"], str(row.values["paused_until"]),
            row.values["requests_per_month"]) == ("EMAIL", "2027-01-31", 2)  # fmt: skip
    assert [problem.split(":")[0] for problem in doubtful.problems] == [
        "“by owl” does not say how to ask",
        "“soon” is not a day",
        "“often” is not a number of requests a month",
    ]


def test_columns_without_a_telling_heading_speak_by_their_values():
    text = (
        "Name,Field1,Field2,Field3,Field4,Field5\n"
        "Ann Lee,2004,413-555-0123,MA,USA,yes\nCal Wu,1999,413-555-0124,NY,Canada,no\n"
    )
    table = read_table(text.encode(), file_name="list.csv")
    mapping = propose_mapping(table)

    assert mapping.columns == {
        0: "full_name", 1: "class_year", 2: "phone", 3: "region", 4: "country",
    }  # fmt: skip
    assert doubtful_columns(table, mapping) == {5}


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_rows_left_out_come_in_again_once_mended(delimiter):
    text = "Row,Problem,Name,City\n7,There is no name in this row.,Ann Lee,Hadley\n"
    table = read_table(
        b"\xef\xbb\xbf" + text.replace(",", delimiter).encode(), file_name="left.csv"
    )
    mapping = propose_mapping(table)
    row = RowReader(table, mapping, this_year=2026).read(table.records[0])

    assert mapping.columns == {2: "full_name", 3: "city"}
    assert doubtful_columns(table, mapping) == set()
    assert (row.values["name"], row.values["city"]) == ("Ann Lee", "Hadley")


@pytest.mark.parametrize("footer", ["Total: 42", "EOF", "42 alumni in all", "Page 1 of 1"])
def test_footer_is_nobody(footer):
    row = clean(f"Name,City,Country\n{footer},,\n")

    assert row.problems == [f"Nothing but “{footer}” stands in this row."]


def test_name_alone_in_its_row_is_somebody():
    assert clean("Name,City,Country\nAda Lovelace,,\n").values["name"] == "Ada Lovelace"


def test_footer_among_rows_left_out_is_still_a_footer():
    row = clean("Row,Problem,Name,City,Country\n7,x,Total1,,\n")

    assert row.problems == ["Nothing but “Total1” stands in this row."]


ODD = [
    "", " ", "\u00a0", "n/a", "-", "'=1+1", "=SUM(A1)", "[clear]", "É", "ñandú", "ﬁ", "😀", '"',
    "'",
    "x" * 201, "a@b.co", "A@B.CO", "Ann Lee", "LEE, ANN", "1999", "'16", "yes", "no", "perhaps",
    "(413) 555-0123", "+44 20 7946 0018", "MA", "Mass.", "USA", "Germany", "Econ; Film", "I.B.M.",
    "Grand", "Total", "name", "E-mail", "City", "Von", "\n", "a\tb", "2027-01-31", "1", "e-mail",
    "4135550123", "+14135550123", "none", "'=1; Econ", "\\N", "a\\", "Econ; econ", ";", "A.", "Ü.",
    "†", " (deceased)", "Deceased", "#REF!", "#####", "1.23457E+11", "12.0", "15-MAY-11", "alive",
    "JosÃ©", "Jos&eacute;", "Jos?", "Jos\ufffd", "Ren?e", "R&D; Sales",
    f"{'x' * 65}@b.co", f"a@{'b' * 260}.co", "a@b@c.co", "\u212aa@b.co", "\u0664135550123",
    "Ann Lee '03", "Lee, MA '07", "Ann Lee <a@b.co>", "(2003)", "Report total", "2,001", "201510",
    "a@b.co (work)", "413-555-0123 (home)", "0044 20 7946 0018", "Spring '05", "Opted out", "DNC",
    "No calls", "Yes, but by phone only", "NA", "nan", "1,00", "['Art', 'Film']", "[]", "{",
    "Lee, PhD", "Dr. Ann", "小明", "The Late Ann", 'Ann "Lee', "4135550123;4135550124",
]  # fmt: skip


def is_quick_as_exact(table, mapping) -> int:
    """How many rows the quick reader took; each as the exact one reads it."""
    reader = rows.RowReader(table, mapping, this_year=2026, vocabulary=VOCABULARY)
    quick = reader.quick.read(table.records)
    unmatched: Counter = Counter()
    for place, (record, line) in enumerate(zip(table.records, quick.lines, strict=True)):
        if place not in quick.odd:
            row = reader.exact.read(record)
            assert as_columns(line) == as_columns(staged_line(row))
            unmatched.update(row.unmatched)
    assert quick.unmatched == unmatched
    return len(quick.lines) - len(quick.odd)


def as_columns(line: str) -> dict:
    said = dict(zip(COLUMNS, line.split("\t"), strict=True))
    # What PostgreSQL reads as equal: the order of an object's entries says nothing.
    said["originals"] = {} if (o := said["originals"]) == "\\N" else json.loads(unescaped(o))
    return said


def unescaped(text: str) -> str:
    return text.replace("\\\\", "\\")


HEADING, PLAIN = (line.split(",") for line in (
    "First name,Last name,Name,E-mail,Alum email,Phone,Mobile,Class year,Major,Employer,Job title,"
    "City,State,Country,ID,Consent,Do not contact,How to ask,Message to students,Middle name,"
    "Preferred name,Suffix,Prefix,Major 2,Pause until,Requests a month,Deceased,Do not e-mail,"
    "Died on",
    "Ann,Lee,Ann Lee,ann@example.org,,(413) 555-0123,,1999,Econ,IBM Corp.,Editor,"
    "Hadley,MA,USA,001,yes,,e-mail,Ask me,M.,,,Dr.,,2027-01-31,2,no,no,",
))  # fmt: skip
# Of these columns some are left out, so that others have to do.
WITHOUT: list[set[str]] = [
    set(), {"First name", "Last name", "Middle name"}, {"Name"}, {"E-mail"},
    {"Alum email", "Country"},
    {"Name", "Middle name", "Preferred name", "Suffix", "Mobile", "State", "Country"},
    {"Last name"}, {"Consent", "Do not contact"}, {"Consent", "State", "Phone"}, {"Deceased"},
]  # fmt: skip


def taken_of(lines, leave_out) -> int:
    columns = [Column(index, heading, []) for index, heading in enumerate(HEADING)]
    records = [Record(number, line) for number, line in enumerate(lines, 2)]
    table = Table("csv", records, columns, 1)
    mapping = propose_mapping(table)
    mapped = {at: name for at, name in mapping.columns.items() if HEADING[at] not in leave_out}
    return is_quick_as_exact(table, Mapping(mapped))


@pytest.mark.parametrize("leave_out", WITHOUT, ids=lambda left: ", ".join(sorted(left)) or "none")
def test_quick_reader_is_the_exact_one_on_each_odd_cell_in_each_column(leave_out):
    lines = [
        [*PLAIN[:at], odd, *PLAIN[at + 1 :]]
        for at in range(len(PLAIN))
        for odd in (*ODD, HEADING[at].lower(), PLAIN[at].upper(), "")
    ]

    assert taken_of([PLAIN, *lines], leave_out) > len(lines) // 4


@pytest.mark.parametrize("seed", range(20))
def test_quick_reader_is_the_exact_one_on_odd_cells_together(seed):
    chance = random.Random(seed)
    lines = [list(PLAIN) for _ in range(300)]
    for line in lines:
        line[13] = chance.choice(["USA", "Germany", "", "Kenya"])
        line[5] = chance.choice(["(413) 555-0123", "4135550123", "413-555-0123", ""])
        for _ in range(chance.randint(0, 4)):
            at, odd = chance.randrange(len(line)), chance.choice(ODD)
            line[at] = chance.choice(
                [odd, line[at] + odd, odd + line[at], line[at].upper(), HEADING[at], ""]
            )
        if chance.random() < 0.1:
            line[0], line[1] = chance.choice([("Grand", "Total"), ("Full", "Name"), ("A.", "B.")])
        if chance.random() < 0.1:
            line[6], line[22] = HEADING[6], HEADING[22]

    assert taken_of(lines, chance.choice(WITHOUT)) > 10


def test_quick_reader_is_the_exact_one_on_every_real_list(real_data):
    taken = 0
    for path in sorted([*real_data.glob("csv/*"), *real_data.glob("xlsx/*")]):
        try:
            table = read_table(path.read_bytes(), file_name=path.name)
        except UnreadableFile:
            continue
        taken += is_quick_as_exact(table, propose_mapping(table))

    assert taken > 0


def test_a_name_alone_in_a_wide_row_is_kept_with_a_word():
    lines = ["Name,E-mail,Employer", "Economics Majors,,", "Ann Lee,ann@x.edu,IBM", "Ben Ray,,"]
    table = read_table("\n".join(lines).encode(), file_name="list.csv")
    reader = RowReader(table, propose_mapping(table), this_year=2026)

    block = reader.read_block(table.records)

    assert [(row.record.number, row.is_usable) for row in block.troubled] == [(2, True), (4, True)]
    assert block.troubled[0].problems == [
        "Nothing but a name stands in this row. If “Economics Majors” is a heading of the rows "
        "below and no person, leave it out."
    ]
    assert [reader.read(record).problems for record in table.records] == [
        block.troubled[0].problems, [], block.troubled[1].problems,
    ]  # fmt: skip


SECTIONS = [
    "--- Engineering ---", "=== Fine Arts ===", "***Boston***", "Class of 1998", "class of '98",
    "West Coast chapter", "Boston Chapter", "Economics Department", "Alumni of Maine",
]  # fmt: skip


@pytest.mark.parametrize(
    "headings", ["Name,E-mail", "Name,E-mail,Employer", "First name,Last name,E-mail"]
)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_heading_between_rows_is_left_out_with_a_word(section, headings):
    blanks = "," * headings.count(",")
    table = read_table(
        f"{headings}\n{section}{blanks}\nAnn Lee,{blanks[1:]}a@x.edu\n".encode(), file_name="a.csv"
    )
    reader = RowReader(table, propose_mapping(table), this_year=2026)

    (left_out,) = [
        row for row in reader.read_block(table.records).troubled if row.record.number == 2
    ]

    assert left_out.problems == [f"“{section}” is a heading of the rows below and no person."]
    assert not left_out.is_usable


@pytest.mark.parametrize("name", ["Ann Lee", "Lee Majors", "O’Neil, Ann", "Anna-Lena Groß"])
@pytest.mark.parametrize("headings", ["Name,E-mail", "Name,E-mail,Employer"])
def test_a_name_alone_is_no_heading(name, headings):
    row = clean(f'{headings}\n"{name}"{"," * headings.count(",")}\n')

    assert row.is_usable


def test_words_of_a_heading_are_a_name_where_more_stands_in_the_row():
    assert clean("Name,E-mail,City\nRegion Chapter,r@x.edu,\n").values["name"] == "Region Chapter"
