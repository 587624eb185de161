"""Every address book that other people's programs wrote ends as MANIFEST.tsv says (G42, G44).

Skipped where the folder of real files is not beside the project.
"""

from __future__ import annotations

import csv

import pytest

from alumni.importing.table import UnreadableFile
from contacts.importing.entries import Entry, make_entry
from contacts.importing.kinds import read_file
from tests.conftest import REAL_DATA


def manifest() -> dict[str, dict[str, str]]:
    path = REAL_DATA / "MANIFEST.tsv"
    if not path.is_file():
        return {}
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    wanted = ("vcf/", "csv/linkedin_", "csv/google_", "csv/thunderbird_", "csv/salesforce_")
    return {row["file"]: row for row in rows if row["file"].startswith(wanted)}


FILES = manifest()
HEADER_ONLY = "csv/google_contacts_old_header_only.csv"
READ = [name for name in FILES if name != HEADER_ONLY]
KINDS = {
    "vcf/": "vCards",
    "csv/linkedin_": "LinkedIn connections",
    "csv/google_shared": "Google Contacts (shared)",
    "csv/thunderbird_": "Thunderbird address book",
    "csv/salesforce_": "Salesforce contacts",
}


def read(real_data, name: str) -> tuple[str, list[Entry]]:
    file = read_file((real_data / name).read_bytes(), file_name=name)
    return file.kind, [make_entry(found) for found in file.found]


@pytest.mark.parametrize("name", READ)
def test_every_entry_of_the_file_is_accounted_for(real_data, name):
    kind, entries = read(real_data, name)

    assert kind == next(kind for start, kind in KINDS.items() if name.startswith(start))
    assert len(entries) == int(FILES[name]["data_rows"])
    people = [entry for entry in entries if not entry.problem]
    assert len(people) == (0 if name.startswith("csv/salesforce_") else len(entries))
    assert all(entry.name for entry in people)


FIELDS = {"fn": "name", "email": "email", "tel": "phone", "org": "employer", "title": "job_title"}
CARDS = [name for name in READ if FILES[name]["tricky_cell"] == "card"]


@pytest.mark.parametrize("name", CARDS)
def test_cards_say_what_the_manifest_says(real_data, name):
    """“fn2=Jane Doe;title=…”: a number counts the cards."""
    _, entries = read(real_data, name)
    for said in FILES[name]["tricky_value"].split(";"):
        key, _, wanted = said.partition("=")
        entry = entries[int(key[-1]) - 1 if key[-1].isdigit() else 0]
        field = FIELDS[key.rstrip("0123456789")]

        if field == "employer":
            # The company is the employer; its departments stand among the details.
            wanted, *departments = wanted.split(" / ")
            line = f"Department: {' / '.join(departments)}"
            assert not departments or line in entry.values["other_details"]
        assert entry.values[field] == wanted


TABLES = [name for name in READ if FILES[name]["tricky_cell"].startswith("data row")]


@pytest.mark.parametrize("name", TABLES)
def test_the_tricky_cell_of_a_table_reaches_its_entry(real_data, name):
    row = FILES[name]
    number = int(row["tricky_cell"].replace(",", " ").split()[2])
    _, entries = read(real_data, name)

    values = entries[number - 1].values
    texts = [*values.values(), *values["other_details"]]
    assert any(row["tricky_value"] in str(text) for text in texts)


@pytest.mark.skipif(not FILES, reason="the folder of real files is not beside the project")
def test_headings_without_rows_are_recognized(real_data):
    with pytest.raises(UnreadableFile) as problem:
        read(real_data, HEADER_ONLY)

    assert "Google Contacts" in str(problem.value)
    assert "no rows" in str(problem.value)


def test_linkedin_row_without_an_email_is_a_person_with_work_and_profile(real_data):
    _, entries = read(real_data, "csv/linkedin_connections_bom_notes.csv")

    assert entries[0].values == {
        "emails": [],
        "employer": "Acme, Inc.",
        "name": "José García",
        "job_title": "Senior Engineer",
        "website": "https://www.linkedin.com/in/josegarcia",
        "source": "ONLINE",
        "other_details": ["Connected on LinkedIn 15 Jan 2024"],
    }
    assert entries[0].remarks == []
