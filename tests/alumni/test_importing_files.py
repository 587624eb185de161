"""Every file that other people made: what MANIFEST.tsv says of it is what the reader finds.

Skipped where the folder of real lists is not beside the project.
"""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alumni.importing.proposal import propose_mapping
from alumni.importing.reader import UnreadableFile, read_table
from alumni.models import Alum, Import
from tests.conftest import REAL_DATA

DELIMITERS = {"comma": ",", "semicolon": ";", "pipe": "|", "-": ""}
# windows-1252 is latin-1 with letters where that has control characters.
SAME_ENCODING = {"latin-1": "cp1252"}
PEOPLE = {
    "csv/linkedin_connections_bom_notes.csv": (2, 0),
    "csv/linkedin_connections_notes.csv": (10, 0),
    "csv/google_shared_contacts_sample1.csv": (16, 0),
    "csv/thunderbird_addressbook.csv": (2, 0),
    "csv/thunderbird_semicolon.csv": (2, 0),
    "csv/thunderbird_utf16.csv": (1, 0),
    "csv/tb_no_header.csv": (2, 0),
    "csv/alumni_mock_iitm.csv": (50, 0),
    "csv/alumni_astronauts_alma_mater.csv": (357, 0),
    "csv/salesforce_npsp_import_template.csv": (0, 1),
    "xlsx/readxl_deaths_preamble_footer.xlsx": (10, 4),
    "xlsx/calamine_people_empty_style.xlsx": (4, 0),
    "xlsx/roo_nbsp_name.xlsx": (1, 0),
}


def manifest() -> list[dict[str, str]]:
    path = REAL_DATA / "MANIFEST.tsv"
    if not path.is_file():
        return []
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


FILES = {row["file"]: row for row in manifest()}
REFUSED = [name for name in FILES if name.startswith("vcf/")] + [
    "xlsx/calamine_password.xlsx",
    "xlsx/calamine_error_cells.xlsx",
]
READ = [name for name in FILES if name not in REFUSED]


def read(real_data: Path, name: str):
    return read_table((real_data / name).read_bytes(), file_name=name)


def import_(real_data: Path, name: str) -> dict:
    out = StringIO()
    with suppress(CommandError):
        call_command("import_alumni", str(real_data / name), "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("name", READ)
def test_reader_finds_what_the_manifest_says(real_data, name):
    row = FILES[name]
    header_row = row["header_row"].split()[-1]

    table = read(real_data, name)

    assert table.header_row == (0 if header_row == "none" else int(header_row))
    assert table.delimiter == DELIMITERS[row["delimiter"]]
    assert len(table.records) == int(row["data_rows"])
    if row["columns"]:
        assert len(table.columns) == int(row["columns"])
    if row["encoding"] != "-":
        assert table.encoding == SAME_ENCODING.get(row["encoding"], row["encoding"])


@pytest.mark.parametrize("name", [name for name in READ if FILES[name]["tricky_value"]])
def test_reader_reads_the_tricky_cell(real_data, name):
    row = FILES[name]
    words = row["tricky_cell"].replace(",", " ").split()
    number, column = int(words[2]), int(words[4])
    wanted = row["tricky_value"].replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\n")

    table = read(real_data, name)

    if words[0] == "sheet":
        cells = {record.number: record.cells for record in table.records}
        cell = (
            table.columns[column - 1].heading
            if number == table.header_row
            else cells[number][column - 1]
        )
        assert cell.split() == wanted.split()
    else:
        assert table.records[number - 1].cells[column - 1] == wanted.strip()


@pytest.mark.parametrize("name", REFUSED if FILES else [])
def test_reader_refuses_in_one_sentence(real_data, name):
    with pytest.raises(UnreadableFile, match=r"^[A-Z].*\.$"):
        read(real_data, name)


def test_reader_says_that_a_workbook_is_password_protected(real_data):
    with pytest.raises(UnreadableFile, match="password-protected"):
        read(real_data, "xlsx/calamine_password.xlsx")


def test_reader_reports_ragged_rows_by_number(real_data):
    table = read(real_data, "csv/csvkit_leading_blank_lines_ragged.csv")

    assert [r.number for r in table.records if r.problem] == [5, 6]


def test_reader_offers_hidden_sheets_last_and_charts_never(real_data):
    table = read(real_data, "xlsx/calamine_hidden_sheets.xlsx")

    assert table.sheets == ["Visible", "Hidden", "VeryHidden"]


def test_reader_reads_the_sheet_that_was_chosen(real_data):
    content = (real_data / "xlsx/mesa_three_sheets.xlsx").read_bytes()

    table = read_table(content, file_name="sales.xlsx", sheet="Feb")

    assert (table.sheet, table.sheets) == ("Feb", ["Jan", "Feb", "Mar"])


def test_reader_keeps_duplicate_headings_apart_and_names_blank_ones(real_data):
    headings = [c.heading for c in read(real_data, "csv/fl_duplicate_headers.csv").columns]
    assert headings == ["id", "name", "id", "age", "id"]
    assert read(real_data, "csv/fl_blank_header.csv").columns[1].heading == "Column 2"


def test_reader_counts_blank_rows(real_data):
    assert read(real_data, "csv/fl_blank_rows.csv").blank_count == 11


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_every_file_is_accounted_for_and_a_second_run_changes_nothing(real_data, name):
    first = import_(real_data, name)
    second = import_(real_data, name)

    assert first["rows"] == int(FILES[name]["data_rows"] or 0) or name in REFUSED
    for run in (first, second):
        assert run["rows"] == sum(
            run[key] for key in ("created", "updated", "unchanged", "rejected")
        )
        assert run["rows"] or run["problem"].endswith(".")
    assert (second["created"], second["updated"]) == (0, 0)
    assert Alum.objects.count() == first["created"]


@pytest.mark.parametrize("name", PEOPLE)
def test_lists_of_people_bring_the_people_in_them(real_data, name):
    result = import_(real_data, name)

    assert (result["created"], result["rejected"]) == PEOPLE[name]
    assert Import.objects.get().state == Import.State.DONE


def test_astronauts_are_imported_as_a_careful_office_would(real_data):
    import_(real_data, "csv/alumni_astronauts_alma_mater.csv")

    bluford = Alum.objects.get(family_name="Bluford")
    assert bluford.name == "Guion S. Bluford Jr."
    # NASA's "Year" is the year of selection, so nobody gets it as a class year.
    assert not Alum.objects.exclude(class_year=None).exists()
    assert Alum.objects.get(family_name="Acton").majors == ["Engineering Physics", "Solar Physics"]


def test_headings_of_known_systems_are_matched(real_data):
    fields = {}
    with (real_data / "HEADERS.tsv").open(newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            header = ",".join(h for h in row["header"].split(",") if h != "...")
            people = header + "\n" + ",".join("x" for _ in header.split(",")) + "\n"
            mapping = propose_mapping(read_table(people.encode(), file_name=row["system"]))
            fields[row["system"]] = set(mapping.columns.values())

    for system, found in fields.items():
        assert {"given_name", "family_name"} <= found or "full_name" in found, system
        assert (
            "email" in found
            or "Raiser" in system
            or "Salesforce" in system
            or ("classic" in system)
        ), system
