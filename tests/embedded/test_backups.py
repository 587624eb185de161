"""A backup with PostgreSQL's own programs, and its way into another database."""

import io
import json
import tarfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from tests.factories import ResumeFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

OTHER = "careerhub_restored"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "careerhub.backup"


@pytest.fixture
def elsewhere():
    """What follows happens in an empty database; hands out a way to ask it."""
    here = connection.settings_dict["NAME"]

    def execute(database, statement, *names):
        place = {**connection.get_connection_params(), "dbname": database}
        for option in ("context", "cursor_factory", "prepare_threshold"):
            place.pop(option, None)
        with psycopg.connect(**place, autocommit=True) as line:
            names = map(sql.Identifier, names)
            found = line.execute(sql.SQL(statement).format(*names))
            return found.fetchall() if found.description else []

    connection.close()
    execute(here, "DROP DATABASE IF EXISTS {}", OTHER)
    execute(here, "CREATE DATABASE {}", OTHER)
    connection.settings_dict["NAME"] = OTHER
    yield lambda statement: execute(OTHER, statement)
    connection.close()
    connection.settings_dict["NAME"] = here
    execute(here, "DROP DATABASE {} WITH (FORCE)", OTHER)


@pytest.fixture
def backup(file):
    """Of one student with a résumé; the files of today are others by then."""
    resume = ResumeFactory(student=UserFactory(name="Zoë Őri", email="zoe@example.edu"))
    call_command("backup", str(file), stdout=io.StringIO())
    kept = Path(resume.file.path)
    kept.write_bytes(b"of a later day")
    kept.with_name("later.pdf").write_bytes(b"of somebody else")
    return file


def test_people_and_files_come_back(backup, elsewhere):
    call_command("restore", str(backup), stdout=io.StringIO())

    assert elsewhere("SELECT name, email FROM accounts_user") == [("Zoë Őri", "zoe@example.edu")]
    path, *others = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert not others
    assert path.read_bytes() != b"of a later day"


def test_a_table_that_is_younger_than_the_backup_goes(backup, elsewhere):
    call_command("restore", str(backup), stdout=io.StringIO())
    elsewhere("CREATE TABLE younger (student bigint REFERENCES accounts_user)")
    call_command("restore", str(backup), "--replace", stdout=io.StringIO())

    assert elsewhere("SELECT count(*) FROM accounts_user") == [(1,)]
    assert elsewhere("SELECT to_regclass('younger')") == [(None,)]


def test_people_are_not_replaced_unless_one_says_so(backup, elsewhere):
    call_command("restore", str(backup), stdout=io.StringIO())
    elsewhere("UPDATE accounts_user SET name = 'Of today'")

    with pytest.raises(CommandError, match="This database has people in it"):
        call_command("restore", str(backup))
    assert elsewhere("SELECT name FROM accounts_user") == [("Of today",)]


def test_half_a_backup_changes_nothing(backup, elsewhere):
    call_command("restore", str(backup), stdout=io.StringIO())
    whole = backup.read_bytes()
    for length in (0, 1000, len(whole) // 2, len(whole) - 30_000):
        backup.write_bytes(whole[:length])
        with pytest.raises(CommandError):
            call_command("restore", str(backup), "--replace")
        assert elsewhere("SELECT count(*) FROM accounts_user") == [(1,)]


def test_a_backup_from_the_future_is_refused(backup, elsewhere):
    about = json.dumps({"migrations": ["accounts.9999_next_year"]}).encode()
    member = tarfile.TarInfo("about.json")
    member.size = len(about)
    with tarfile.open(backup, "a") as archive:  # The later one of a name is taken.
        archive.addfile(member, io.BytesIO(about))

    with pytest.raises(CommandError, match="newer CareerHub"):
        call_command("restore", str(backup))
    assert elsewhere("SELECT to_regclass('accounts_user')") == [(None,)]


def test_a_path_that_leads_out_is_refused(file, tmp_path):
    with tarfile.open(file, "w") as archive:
        archive.addfile(tarfile.TarInfo("../../out"), io.BytesIO())

    with pytest.raises(CommandError, match="not a backup"):
        call_command("restore", str(file))


def test_nothing_is_written_over(file):
    file.write_text("kept")

    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(file))
    assert file.read_text() == "kept"


def test_only_the_owner_reads_it(backup):
    assert backup.stat().st_mode & 0o077 == 0
    assert list(backup.parent.glob(".backup-*")) == []
