"""Small lists as other programs write them: who comes in, who does not, and what is said.

All people are invented.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from alumni import actions
from alumni.importing.proposal import propose_mapping
from alumni.importing.reader import UnreadableFile, read_table
from alumni.importing.rows import RowReader
from alumni.models import Alum, Import

LINKEDIN = (
    'Notes:\n"Some addresses are missing, see https://www.example.org/psettings."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    'Nora,Quill,https://example.org/in/nora,,"Mill, Stone & Co",Owner,11 Jan 2023\n'
    ",,,,,,01 Jan 2020\n"
)
SALESFORCE = (
    '"Contact ID","First Name","Last Name","Email","Account Name","Class Year"\n'
    '"0035g00000AbCdEAAV","Nora","Quill","nora@x.edu","Harbor Light","1998"\n\n'
    '"Alumni by class"\n"Confidential Information - Do Not Distribute"\n"Example College"\n'
)
RAISERS_EDGE = (
    "Constituent ID,Name,Class of,Preferred E-mail Number,Deceased?\n"
    '10023,"Quill, Nora B.",1998,nora@x.edu,No\n10024,"Oakes, Ted, Jr.",2001,ted@x.edu,Yes\n'
    "Record count: 2,,,,\n"
)
BANNER = (
    "SPRIDEN_ID|SPRIDEN_LAST_NAME|SPRIDEN_FIRST_NAME|GOREMAL_EMAIL_ADDRESS|SHRDGMR_GRAD_DATE\n"
    "A00012345|Quill|Nora|nora@x.edu|15-MAY-98\n\n1 rows selected.\n"
)
PEOPLESOFT = (
    "Alumni List\nRun date,11/02/2026\n\nEmplid,Name,Acad Plan,Email ID,City\n"
    '0012345,"Quill,Nora B",ENGL-BA,nora@x.edu,Hadley\n'
)
CLEARINGHOUSE = (
    "Last Name,First Name,Record Found Y/N,Graduated?,Graduation Date,Major\n"
    "QUILL,NORA,Y,Y,19980521,ENGLISH\nOAKES,TED,N,,,\n"
)
TWO_HEADINGS = (
    "Person,,Contact,\nFirst,Last,E-mail,Phone\nNora,Quill,nora@x.edu,413-555-0111\n"
    "Ted,Oakes,ted@x.edu,413-555-0112\n"
)
PSQL = (
    " id | name       | email\n----+------------+-----------\n  1 | Nora Quill | nora@x.edu\n"
    "(1 row)\n"
)
SURVEY = (
    "StartDate,EndDate,Progress,Finished,ResponseId,UserLanguage,Q1_1,Q1_2,Q2,Q3\n"
    "Start Date,End Date,Progress,Finished,Response ID,User Language,Your name - First name,"
    "Your name - Last name,What is your e-mail address?,What year did you graduate?\n"
    + ",".join('"{""ImportId"":""QID' + str(at) + '""}"' for at in range(10))
    + "\n2026-03-04,2026-03-04,100,True,R_1,EN,Nora,Quill,nora@x.edu,1998\n"
)
MONKEY = (
    "Respondent ID,What is your name?,What did you study?,\n,Open-Ended Response,English,Film\n"
    "114,Nora Quill,English,Film\n"
)
MEXICO = (
    "Nombre,Apellido paterno,Apellido materno,Correo electrónico,Fallecida\n"
    "María José,García,Núñez,mj@x.mx,no\nAna,PEÑA,,,sí\n"
)
MIXED_ENDS = "First name,Last name,E-mail\r\nNora,Quill,n@x.edu\nTed,Oakes,t@x.edu\rUna,Reed,\r\n"
CAPITALS = "LAST NAME,FIRST NAME,CLASS\nMACDONALD,TED,01\nO'HARA,UNA,1977\nVAN DER BERG,PIM,80\n"
LAST_FIRST = (
    'Full Name,Grad Date\n"Quill, Nora B. III",05/21/1998\n"Oakes Jr., Ted Alan",2001-05-20\n'
    '"de la Cruz, Ana María",May 2003\n"Fox, Ben, M.D.",6/1/04\n'
)
TABS = 'Name\tEmployer\tE-mail\nNora Quill\tHarbor "Light" Inc\tn@x.edu\nTed Oakes\t"Mill\tCo"\t\n'
COUPLES = (
    "Name,E-mail,Class\nNora and Ted Quill,nq@x.edu,1998\nMr. & Mrs. Ben Fox,bf@x.edu,1970\n"
    "The Oakes Family,oak@x.edu,\nEstate of Una Reed,,1950\nReed Family Foundation,r@x.edu,\n"
)
TESTERS = "Name,E-mail\nTest Test,t@x.edu\nUnknown Unknown,u@x.edu\nTesta Unger,t@x.edu\n"
LISTS = {
    "LinkedIn": (LINKEDIN.encode(), {"Nora Quill": None}, 1),
    "Salesforce": (SALESFORCE.encode(), {"Nora Quill": 1998}, 3),
    "Raiser's Edge": (RAISERS_EDGE.encode(), {"Nora B. Quill": 1998, "Ted Oakes Jr.": 2001}, 1),
    "Banner": (BANNER.encode(), {"Nora Quill": 1998}, 1),
    "PeopleSoft": (PEOPLESOFT.encode(), {"Nora B Quill": None}, 0),
    "clearinghouse": (CLEARINGHOUSE.encode(), {"Nora Quill": 1998, "Ted Oakes": None}, 0),
    "two rows of headings": (TWO_HEADINGS.encode(), {"Nora Quill": None, "Ted Oakes": None}, 0),
    "a survey of Qualtrics": (SURVEY.encode(), {"Nora Quill": 1998}, 1),
    "a survey of SurveyMonkey": (MONKEY.encode(), {"Nora Quill": None}, 1),
    "two family names": (
        MEXICO.encode(), {"María José García Núñez": None, "Ana PEÑA": None}, 0,
    ),
    "psql": (PSQL.encode(), {"Nora Quill": None}, 2),
    "mixed line ends": (
        MIXED_ENDS.encode(), {"Nora Quill": None, "Ted Oakes": None, "Una Reed": None}, 0,
    ),
    "capitals": (
        CAPITALS.encode(), {"Ted MacDonald": 2001, "Una O'Hara": 1977, "Pim van der Berg": 1980}, 0,
    ),
    "last name first": (
        LAST_FIRST.encode("cp1252"),
        {"Nora B. Quill III": 1998, "Ted Alan Oakes Jr.": 2001, "Ana María de la Cruz": 2003,
         "Ben Fox M.D.": 2004}, 0,
    ),
    "tabs and quotation marks": (TABS.encode(), {"Nora Quill": None, "Ted Oakes": None}, 0),
    "UTF-16 without a mark": (
        TWO_HEADINGS.replace("Nora", "Noé").encode("utf-16-le"),
        {"Noé Quill": None, "Ted Oakes": None}, 0,
    ),
    "UTF-16, big end first": (
        TABS.replace("Nora", "Noé").encode("utf-16"), {"Noé Quill": None, "Ted Oakes": None}, 0,
    ),
    "couples and families": (
        COUPLES.encode(), {"Nora and Ted Quill": 1998, "Ben Fox": 1970}, 3,
    ),
    "testers": (TESTERS.encode(), {"Testa Unger": None}, 2),
}  # fmt: skip
ALL = pytest.mark.parametrize(("content", "people", "left_out"), LISTS.values(), ids=LISTS)


def read(content: bytes):
    table = read_table(content, file_name="list.csv")
    reader = RowReader(table, propose_mapping(table), this_year=2026)
    rows = [reader.read(record) for record in table.records]
    return rows, reader.read_block(table.records)


@ALL
def test_who_comes_in_and_who_is_left_out_with_a_word(content, people, left_out):
    rows, block = read(content)

    found = {row.values["name"]: row.values.get("class_year") for row in rows if row.is_usable}
    assert found == people
    assert sum(not row.is_usable for row in rows) == left_out
    assert all(row.problems for row in rows if not row.is_usable)
    assert [row.record.number for row in block.troubled] == [
        row.record.number for row in rows if row.problems
    ]


@ALL
def test_staff_take_it_from_upload_to_the_directory(client, staff, content, people, left_out):
    client.force_login(staff)
    file = SimpleUploadedFile("list.csv", content)
    client.post(reverse("alumni:import_upload"), {"list_file": file, "consent": "UNKNOWN"})
    of_import = Import.objects.get()
    match, check, start = (
        reverse(f"alumni:import_{name}", args=[of_import.pk])
        for name in ("match", "check", "start")
    )
    form = client.get(match).context["form"]
    assert client.post(match, {one.html_name: one.value() for one in form}).status_code == 302

    page = client.get(check)

    assert page.status_code == 200
    assert not Alum.objects.exists()
    client.post(start)
    actions.run_import(of_import.pk, at=timezone.now())
    assert set(Alum.objects.values_list("name", flat=True)) == set(people)


@pytest.mark.parametrize("couple", ["Nora and Ted Quill", "Mr. & Mrs. Ben Fox"])
def test_two_people_in_one_cell_are_said(couple):
    ((row,), _) = read(f"Name,E-mail\n{couple},x@x.edu\n".encode())

    assert row.problems == [f"“{couple}” may be two people: we read one."]


@pytest.mark.parametrize("halves", ["Nora & Ted,Quill", "Nora AND Ted,Quill"])
def test_two_people_in_columns_of_halves_are_said(halves):
    ((row,), block) = read(f"First name,Last name,E-mail\n{halves},x@x.edu\n".encode())

    assert row.problems == block.troubled[0].problems
    assert "may be two people" in row.problems[0]


@pytest.mark.parametrize("name", ["Anders Sand", "Andy Landand", "Thea Familia", "Theo Estate"])
def test_letters_of_such_words_in_a_name_mean_nothing(name):
    ((row,), _) = read(f"Name,E-mail\n{name},x@x.edu\n".encode())

    assert (row.is_usable, row.problems) == (True, [])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('ID;PWXL;N;E\nC;Y1;X1;K"Name"\nE\n', "SYLK"),
        ("ID;PSCALC3\nC;Y1;X1;K\n", "SYLK"),
        ("dn: cn=Nora Quill,dc=x,dc=edu\ncn: Nora Quill\n", "LDIF"),
        ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nora Quill\r\nEND:VCARD\r\n", "vCard"),
        ('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>', "XML file"),
        ('<html xmlns:o="urn:x"><table><tr><td>Name</td></tr></table></html>', "web page"),
        ("<font face=Arial><b>Alumni</b></font><table><tr><td>Name", "web page"),
        ("<alumni>\n  <person><name>Nora Quill</name></person></alumni>", "XML file"),
        ('[\n  {\n    "name": "Nora Quill"}]', "JSON"),
        ('{ "people": []}', "JSON"),
        ('["vcard",[["version",{},"text","4.0"]]]', "JSON"),
        ('{"url": "https://docs.example.org", "doc_id": "1ab"}', "link to a Google sheet"),
        ("[InternetShortcut]\r\nURL=https://docs.example.org\r\n", "link"),
        ('TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,2\r\n""\r\n', "DIF"),
        ("From: <x@x.edu>\r\nSubject: Alumni\r\nContent-Type: text/html\r\n\r\n", "mail"),
        ("version: 1\n\ndn: cn=Nora Quill,dc=x\n", "LDIF"),
        (
            "-- MySQL dump 10.13\n--\n/*!40101 SET NAMES utf8 */;\nINSERT INTO alumni VALUES (1);",
            "SQL",
        ),
        ("\nbegin:vcard\nversion:4.0\n", "vCard"),
        ("$FL2@(#) IBM SPSS", "statistics"),
        ("PAR1x", "Parquet"),
    ],
)
def test_what_is_no_list_is_named(content, kind):
    with pytest.raises(UnreadableFile, match=kind):
        read(content.encode())


@pytest.mark.parametrize(
    "above",
    ["Date: 11/2/2026\nSubject: Alumni\n", "From: the office,,\n", "-- Alumni --\n", "Table\n",
     "[Alumni 2026]\n", "Create table of names,\n"],
)  # fmt: skip
def test_a_note_above_a_list_makes_it_nothing_else(above):
    rows, _ = read(f"{above}Name,E-mail,Class\nNora Quill,n@x.edu,1998\n".encode())

    assert rows[-1].values["name"] == "Nora Quill"


def test_a_heading_that_begins_as_an_old_workbook_does_is_a_heading():
    rows, _ = read(b"ID;Phone;Name\n7;413-555-0111;Nora Quill\n")

    assert rows[0].values["name"] == "Nora Quill"
