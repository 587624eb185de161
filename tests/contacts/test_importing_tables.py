"""Tables as LinkedIn, Google, Outlook and people write them (G42, G44)."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from alumni.importing.table import UnreadableFile
from contacts.importing import kinds
from contacts.importing.entries import Entry, make_entry
from contacts.importing.kinds import read_file

LINKEDIN = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position",
            "Connected On"]  # fmt: skip


def table(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def of(**cells: str) -> list[list[str]]:
    return [list(cells), list(cells.values())]


def read(content: bytes) -> tuple[str, list[Entry]]:
    file = read_file(content, file_name="people.csv")
    return file.kind, [make_entry(found) for found in file.found]


def test_googles_layout_since_2024():
    kind, [entry] = read(
        table(
            *of(
                **{
                    "First Name": "Imani", "Middle Name": "R.", "Last Name": "Brooks",
                    "Phonetic First Name": "", "Name Prefix": "Dr.", "Name Suffix": "",
                    "Nickname": "Immy", "File As": "", "Organization Name": "Valley Courier",
                    "Organization Title": "Editor", "Organization Department": "News",
                    "Birthday": "1980-03-22", "Notes": "Met at the fair", "Photo": "https://p/1",
                    "Labels": "* myContacts ::: Newspapers", "E-mail 1 - Label": "Home",
                    "E-mail 1 - Value": "imani@home.example", "E-mail 2 - Label": "* Work",
                    "E-mail 2 - Value": "imani@work.example ::: ib@work.example",
                    "Phone 1 - Label": "Work Fax", "Phone 1 - Value": "555-0109",
                    "Phone 2 - Label": "Mobile", "Phone 2 - Value": "555-0101 ::: 555-0102",
                    "Address 1 - Label": "Home", "Address 1 - Formatted": "1 Elm St\nDover, NH",
                    "Address 1 - Street": "1 Elm St", "Address 1 - City": "Dover",
                    "Address 1 - Region": "NH", "Website 1 - Label": "Profile",
                    "Website 1 - Value": "courier.example/imani",
                }
            )
        )
    )  # fmt: skip

    assert kind == "Google Contacts"
    assert entry.values == {
        "emails": ["imani@work.example", "ib@work.example", "imani@home.example"],
        "email": "imani@work.example",
        "employer": "Valley Courier",
        "name": "Dr. Imani R. Brooks",
        "job_title": "Editor",
        "phone": "555-0101",
        "address": "1 Elm St\nDover, NH",
        "website": "https://courier.example/imani",
        "other_details": [
            "Work e-mail: ib@work.example",
            "Home e-mail: imani@home.example",
            "Nickname: Immy",
            "Mobile phone: 555-0102",
            "Organization Department: News",
            "Birthday: 1980-03-22",
            "Groups: Newspapers",
            "Work Fax: 555-0109",
            "Note: Met at the fair",
        ],
    }
    assert entry.remarks == []


def test_outlooks_layout_takes_title_for_dr_and_puts_addresses_together():
    kind, [entry] = read(
        table(
            *of(
                **{
                    "Title": "Dr.", "First Name": "Imani", "Middle Name": "", "Last Name": "Brooks",
                    "Suffix": "Jr.", "Company": "Valley Courier", "Department": "News",
                    "Job Title": "Editor", "Business Street": "1 Elm St",
                    "Business Street 2": "Floor 2", "Business City": "Dover",
                    "Business State": "NH", "Business Postal Code": "03820",
                    "Business Country/Region": "USA", "Home Street": "9 Oak Ave",
                    "Home City": "Keene", "Business Phone": "555-0100", "Mobile Phone": "555-0101",
                    "Business Fax": "555-0109", "E-mail Address": "imani@work.example",
                    "E-mail 2 Address": "not an address", "Birthday": "6/23/1974",
                    "Priority": "Normal", "Sensitivity": "Normal", "Private": "False",
                    "Web Page": "",
                }
            )
        )
    )  # fmt: skip

    assert kind == "Outlook contacts"
    assert entry.values == {
        "emails": ["imani@work.example"],
        "email": "imani@work.example",
        "employer": "Valley Courier",
        "name": "Dr. Imani Brooks Jr.",
        "job_title": "Editor",
        "phone": "555-0101",
        "address": "1 Elm St\nFloor 2\nDover, NH 03820\nUSA",
        "other_details": [
            "E-mail: not an address",
            "Business phone: 555-0100",
            "Home address: 9 Oak Ave\nKeene",
            "Department: News",
            "Business Fax: 555-0109",
            "Birthday: 6/23/1974",
        ],
    }
    assert entry.remarks == [
        "An e-mail address is not written as one. It stands under “More about them”."
    ]


def test_outlook_in_windows_letters_is_read_with_a_word():
    cells = of(**{"First Name": "Zoë", "Last Name": "Müller", "Company": "Café Öl",
                  "Job Title": "Köchin", "E-mail Address": "zoe@example.org"})  # fmt: skip

    file = read_file(table(*cells).decode().encode("cp1252"), file_name="contacts.csv")

    assert make_entry(file.found[0]).name == "Zoë Müller"
    assert len(file.remarks) == 1
    assert "does not say how its letters are written" in file.remarks[0]


def test_a_linkedin_member_who_hides_is_left_out_and_the_row_below_is_not():
    kind, entries = read(
        table(
            LINKEDIN,
            ["", "", "", "", "", "", "12 Mar 2024"],
            ["Imani", "Brooks", "", "", "", "", "13 Mar 2024"],
        )
    )

    assert kind == "LinkedIn connections"
    assert entries[0].problem == "This member has hidden their name from LinkedIn’s file."
    assert entries[1].values["other_details"] == ["Connected on LinkedIn 13 Mar 2024"]
    assert [entry.number for entry in entries] == [2, 3]


def test_thunderbirds_birthday_is_put_together():
    _, [entry] = read(
        table(*of(**{"Display Name": "Ann Lee", "Primary Email": "ann@example.org",
                     "Secondary Email": "lee@example.org", "Birth Year": "1974",
                     "Birth Month": "6", "Birth Day": "23"}))
    )  # fmt: skip

    assert entry.values["other_details"] == [
        "Secondary e-mail: lee@example.org",
        "Birthday: June 23, 1974",
    ]


def test_a_table_of_ones_own_needs_only_headings():
    kind, [entry] = read(b"Name;Title;Company;Phone\nAnn Lee;Nurse;Dover Clinic;555-0100\n")

    assert kind == "Table of people"
    assert entry.values["job_title"] == "Nurse"
    assert entry.values["phone"] == "555-0100"


def test_a_row_with_a_cell_too_many_is_left_out_with_what_it_says():
    _, entries = read(b"Name,Company\nAnn Lee,Acme\nBo Kim,Acme,Dover,x\n")

    assert entries[0].problem == ""
    assert "This row has 4 cells" in entries[1].problem
    assert entries[1].values["other_details"] == ["Name: Bo Kim", "Company: Acme"]


def test_nothing_longer_than_its_field_is_cut_without_a_word():
    name, company, phone = "Ann " * 60, "C" * 201, "1" * 41
    _, [entry] = read(table(*of(Name=name, Company=company, Phone=phone)))

    assert len(entry.name) <= 200
    assert entry.name.endswith(" …")
    assert entry.values["other_details"] == [
        f"Company: {company}", f"Full name: {name.strip()}", f"Phone: {phone}",
    ]  # fmt: skip
    assert entry.remarks == [
        "The company is too long for its field. It stands under “More about them”.",
        "The name is too long for its field, and was cut there. It stands under “More about them”.",
        "The phone is too long for its field. It stands under “More about them”.",
    ]


def test_more_than_all_the_room_there_is_gets_cut_with_a_word():
    _, [entry] = read(table(*of(Name="Ann Lee", Hobby="chess", Notes="n" * 6000)))

    details = "\n".join(entry.values["other_details"])
    assert len(details) <= 5000
    assert details.startswith("Hobby: chess\nNote: nnn")
    assert details.endswith("(cut here)")
    assert "more about them than CareerHub can hold" in entry.remarks[0]


@pytest.mark.parametrize("page", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example/"])
def test_only_web_pages_become_links(page):
    _, [entry] = read(table(*of(Name="Ann Lee", Website=page)))

    assert "website" not in entry.values
    assert entry.values["other_details"] == [f"Web page: {page}"]


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Connections.csv", "First Name\n")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\0\0\0", "empty"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
        (zipped(), "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        (b"%PDF-1.7 nothing", "PDF"),
        (table(LINKEDIN), "“LinkedIn connections”, but it has no rows"),
        (b"Date,Amount\n2026-01-01,5\n", "no heading for names"),
        (b"12,15\n13,16\n", "no heading for names"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
    ids=["empty", "NUL", "HTML", "ZIP", "picture", "PDF", "headings", "no names", "numbers",
         "large"],
)  # fmt: skip
def test_what_is_no_address_book_gets_one_sentence(content, sentence):
    with pytest.raises(UnreadableFile) as problem:
        read(content)

    assert sentence in str(problem.value)


def test_too_many_entries_get_one_sentence(monkeypatch):
    monkeypatch.setattr(kinds, "ENTRIES_AT_MOST", 2)
    rows = [["Name"], ["Ann Lee"], ["Bo Kim"], ["Cy Poe"]]

    for content in (table(*rows), b"BEGIN:VCARD\nFN:X\nEND:VCARD\n" * 3):
        with pytest.raises(UnreadableFile) as problem:
            read(content)
        assert "This file has 3 entries. CareerHub takes 2 at a time" in str(problem.value)
