"""One file that holds the database and the uploaded files, and the way back.

The dump is PostgreSQL's own (pg_dump, custom format), read in one snapshot. Uploads are copied
after it, so that every file which the dump names is there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import User
from careerhub.embedded import binaries
from careerhub.embedded.process import ServerFailed

ABOUT, DUMP, UPLOADS = "about.json", "database.dump", "uploads"


class BackupFailed(Exception):
    """Its sentence is for whoever ran the command."""


def back_up(target: Path) -> None:
    """Write the file whole or not at all, readable by its owner alone.

    Raises BackupFailed where the file is there already or pg_dump does not succeed.
    """
    if target.exists():
        raise BackupFailed(f"{target} is there already. Choose another name; nothing was written.")
    if not target.parent.is_dir():
        raise BackupFailed(f"There is no folder {target.parent}.")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        dump, about, whole = (Path(folder, name) for name in (DUMP, ABOUT, "whole"))
        _run("pg_dump", "--format=custom", f"--file={dump}")
        about.write_text(json.dumps({"migrations": sorted(_applied())}))
        with tarfile.open(whole, "w") as archive:
            archive.add(about, ABOUT)
            archive.add(dump, DUMP)
            if Path(settings.MEDIA_ROOT).is_dir():
                archive.add(settings.MEDIA_ROOT, UPLOADS)
        whole.chmod(0o600)
        os.link(whole, target)  # Fails where a second backup took the name meanwhile.


def restore(source: Path, *, replace: bool) -> None:
    """Put back database and uploads; `replace` says that the people of today may go.

    Raises BackupFailed, with everything as it was, for a file that is no backup, one from a
    newer CareerHub, or a database with people in it.
    """
    if not replace and _has_people():
        raise BackupFailed(
            "This database has people in it. Restore into an empty one, or say --replace and lose "
            "what it holds."
        )
    with tempfile.TemporaryDirectory(prefix="careerhub-restore-") as folder:
        _unpack(source, Path(folder))
        _refuse_the_future(Path(folder, ABOUT))
        connection.close()
        _put_back_database(Path(folder, DUMP))
        _put_back_uploads(Path(folder, UPLOADS))


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source, "r:") as archive:
            # No link, no path that leads out of the folder.
            archive.extractall(folder, filter="data")
    except FileNotFoundError:
        raise BackupFailed(f"There is no file {source}.") from None
    except (tarfile.TarError, OSError) as error:
        raise BackupFailed(f"{source} is not a backup of CareerHub, or not all of it.") from error
    if not (Path(folder, ABOUT).is_file() and Path(folder, DUMP).is_file()):
        raise BackupFailed(f"{source} is not a backup of CareerHub, or not all of it.")


def _refuse_the_future(about: Path) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if not set(json.loads(about.read_text())["migrations"]) <= known:
        raise BackupFailed(
            "This backup was made by a newer CareerHub. Update this one first; nothing was changed."
        )


def _put_back_database(dump: Path) -> None:
    """In one transaction: whoever reads meanwhile sees the people of before, or those of after."""
    # Tables younger than the backup would hold on to those it has: all of them go.
    empty, script = dump.with_name("empty.sql"), dump.with_name("script.sql")
    empty.write_text(
        "SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    )
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    stop_at_errors = ("--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
    _run("psql", *stop_at_errors, "--single-transaction", f"--file={empty}", f"--file={script}")


def _put_back_uploads(uploads: Path) -> None:
    """First the files of the backup, then away with those it does not have."""
    today = Path(settings.MEDIA_ROOT)
    today.mkdir(parents=True, exist_ok=True)
    if uploads.is_dir():
        shutil.copytree(uploads, today, dirs_exist_ok=True)
    for path in today.rglob("*"):
        if path.is_file() and not (uploads / path.relative_to(today)).exists():
            path.unlink()


def _applied() -> list[str]:
    return [f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()]


def _has_people() -> bool:
    is_there = User._meta.db_table in connection.introspection.table_names()
    return is_there and User.objects.exists()


def _run(program: str, *arguments: str) -> None:
    """The password goes by the environment: what a command line says, everybody can read."""
    server = connection.settings_dict
    names = {
        "PGHOST": server["HOST"],
        "PGPORT": server["PORT"],
        "PGUSER": server["USER"],
        "PGPASSWORD": server["PASSWORD"],
        "PGDATABASE": server["NAME"],
        **{f"PG{name.upper()}": value for name, value in _tls(server["OPTIONS"])},
    }
    environment = {**os.environ, **{name: str(value) for name, value in names.items() if value}}
    try:
        subprocess.run([_path_of(program), *arguments], env=environment, check=True)
    except subprocess.CalledProcessError as error:
        raise BackupFailed(
            f"{program} did not succeed; what it wrote above says why. Nothing was changed."
        ) from error


def _tls(options: dict) -> Sequence[tuple[str, object]]:
    return [(name, value) for name, value in options.items() if name.startswith("ssl")]


def _path_of(program: str) -> str:
    """Of the embedded server where it is in use, else the one that is installed here."""
    if settings.EMBEDDED:
        try:
            return str(binaries.of_the_wheel() / program)
        except ServerFailed as error:
            raise BackupFailed(str(error)) from error
    found = shutil.which(program)
    if found is None:
        raise BackupFailed(
            f"{program} is not on this machine. It comes with PostgreSQL's client programs "
            "(on Debian: apt install postgresql-client), in the server's version or a newer one."
        )
    return found
