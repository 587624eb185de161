"""The pipeline from a shell."""

import csv
import json
import re
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from alumni.models import Alum, ExportLog, Import
from careerhub.embedded.servers import REPOSITORY
from tests.factories import AlumFactory


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("Name,E-mail,Class year\nAnn Lee,a@x.edu,2011\nBen Ray,b@x.edu,189\n")
    return path


def call(*args) -> str:
    out = StringIO()
    call_command(*map(str, args), stdout=out)
    return out.getvalue()


def test_import_alumni_says_as_json_what_became_of_each_row(people):
    result = json.loads(call("import_alumni", people, "--json"))

    keys = ("rows", "created", "updated", "unchanged", "rejected")
    assert [result[key] for key in keys] == [2, 1, 0, 0, 1]
    assert result["seconds"] >= 0
    assert result["errors"][0]["row"] == 3
    assert "“189” is not a class year" in result["errors"][0]["problem"]


def test_import_alumni_says_it_in_words_and_how_to_take_it_back(people):
    said = call("import_alumni", people)

    assert said.startswith("2 rows: 1 were new, 0 were changed, 0 were the same, 1 were left out.")
    assert "Row 3: “189”" in said

    assert "was undone" in call("undo_import", said.split()[-1])
    assert not Alum.objects.exists()


def test_import_alumni_dry_run_writes_nothing(people):
    assert "would be new" in call("import_alumni", people, "--dry-run")
    assert not Import.objects.exists()
    assert not Alum.objects.exists()


def test_import_alumni_takes_a_mapping(people, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"header_row": 1, "columns": {"0": "full_name"}, "consent": "YES"}')

    assert json.loads(call("import_alumni", people, "--mapping", mapping, "--json"))["created"] == 2
    assert set(Alum.objects.values_list("email", "consent")) == {("", "YES")}


@pytest.mark.parametrize("mapping", ["{", '{"columns": {"0": "shoe_size"}}', "[]", "\x80"])
def test_import_alumni_with_a_wrong_mapping_is_answered_in_words(people, tmp_path, mapping):
    path = tmp_path / "mapping.json"
    path.write_bytes(mapping.encode("latin-1"))

    with pytest.raises(CommandError, match=r"\.$"):
        call("import_alumni", people, "--mapping", path, "--json")

    assert not Alum.objects.exists()


def test_import_alumni_with_a_mapping_of_another_list_leaves_every_row_out(people, tmp_path):
    path = tmp_path / "mapping.json"
    path.write_text('{"columns": {"99": "full_name"}}')

    assert json.loads(call("import_alumni", people, "--mapping", path, "--json"))["rejected"] == 2


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"Name\n", None])
def test_import_alumni_answers_an_unreadable_file_in_one_sentence(tmp_path, content):
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    out = StringIO()

    with pytest.raises(CommandError) as refusal:
        call_command("import_alumni", str(path), "--json", stdout=out)

    result = json.loads(out.getvalue())
    assert result["problem"] == str(refusal.value)
    assert result["rows"] == result["rejected"] == 0


def test_undo_import_of_what_is_not_there_or_not_done_is_answered_in_words(people):
    with pytest.raises(CommandError, match="no import with this id"):
        call("undo_import", uuid4())
    undone = json.loads(call("import_alumni", people, "--json"))["import"]
    call("undo_import", undone)
    with pytest.raises(CommandError, match="cannot be undone: undone"):
        call("undo_import", undone)


def test_import_alumni_says_which_file_is_not_there(tmp_path):
    with pytest.raises(
        CommandError, match=r"^alumni\.csv cannot be read: no such file or directory\.$"
    ):
        call("import_alumni", tmp_path / "alumni.csv")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_exported_directory_comes_back_unchanged(tmp_path, kind):
    AlumFactory(
        name="José García", given_name="José", family_name="García", email="j@x.edu",
        phone="+442079460018", majors=["Art", "Film, Video"], fields_of_work=["Media"],
        employer="=cmd()", city="Paris", external_id="0042",
        note_to_students="Write first.\nThen call.",
    )  # fmt: skip
    path = tmp_path / f"export.{kind}"

    assert call("export_alumni", path) == f"1 alumni were written to export.{kind}.\n"

    assert path.read_bytes().startswith(b"PK" if kind == "xlsx" else b"\xef\xbb\xbfName,")
    assert kind == "xlsx" or "'=cmd()" in path.read_text()
    log = ExportLog.objects.get()
    assert (log.format, log.row_count, log.exported_by) == (kind.upper(), 1, None)
    result = json.loads(call("import_alumni", path, "--json"))
    assert (result["unchanged"], result["errors"]) == (1, [])


def test_strict_import_ends_with_a_number_of_its_own_when_rows_are_left_out(people):
    with pytest.raises(SystemExit) as ended:
        call("import_alumni", people, "--json", "--strict")

    assert ended.value.code == 3
    assert Alum.objects.count() == 1


def test_strict_import_without_trouble_ends_well(people):
    people.write_text("Name,E-mail\nAnn Lee,a@x.edu\n")

    assert json.loads(call("import_alumni", people, "--json", "--strict"))["rejected"] == 0


def registrars_format() -> list[tuple[str, str]]:
    """(heading, example) of each row of the table of alumni in the registrar's page."""
    page = (REPOSITORY / "docs" / "registrar.md").read_text()
    of_alumni, _ = page.split("## The list of students")
    return re.findall(r"^\| `([^`]+)` \|[^|]*\| `([^`]+)` \|$", of_alumni, re.MULTILINE)


def test_registrars_format_is_that_of_the_export_and_its_examples_are_read_as_said(tmp_path):
    headings, examples = zip(*registrars_format(), strict=True)
    path = tmp_path / "alumni.csv"
    path.write_text(f"{','.join(headings)}\n{','.join(examples)}\n")

    result = json.loads(call("import_alumni", path, "--json"))

    assert (result["created"], result["errors"]) == (1, [])
    exported = tmp_path / "out.csv"
    call("export_alumni", exported)
    with exported.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert set(row) == set(headings)
    # The apostrophe keeps a spreadsheet from taking the number for a formula.
    said = dict(zip(headings, examples, strict=True)) | {"Phone": "'+14135550123"}
    assert row == said
