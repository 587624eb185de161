"""Servers for a test run, in a folder of their own beside that of a running `up`.

They start before pytest-django reads the settings. A server that the environment names is used as
it is.
"""

import hashlib
import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from careerhub.embedded import lock
from careerhub.embedded.process import ServerFailed
from careerhub.embedded.servers import REPOSITORY, servers, var_folder

_running = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    if _is_xdist_worker():
        return  # Workers inherit the environment of the process that started the servers.
    var = var_folder() / "test"
    os.environ["CAREERHUB_VAR"] = str(var)
    try:
        # A second run in the same folder waits for the first to end.
        _running.enter_context(lock.owning(var, wait=True))
        _running.enter_context(servers(var, volatile=True))
    except ServerFailed as failure:
        raise pytest.UsageError(str(failure)) from failure


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """--reuse-db applies new migrations, but does not see that an old one was rewritten."""
    stamp, fingerprint = _migrations_stamp(), _fingerprint_of_migrations()
    if not (stamp.exists() and stamp.read_text() == fingerprint):
        config.option.create_db = True


def pytest_sessionstart() -> None:
    if settings.configured and not _is_xdist_worker():
        from careerhub.embedded import static_files

        static_files.collect_if_changed()


def pytest_sessionfinish(session: pytest.Session) -> None:
    # A run of a test or more has made the database, whatever came of them. One that only hands out
    # tests to workers has none.
    hands_out = session.config.pluginmanager.hasplugin("dsession")
    if session.testscollected and not session.config.option.collectonly and not hands_out:
        _migrations_stamp().write_text(_fingerprint_of_migrations())


def pytest_unconfigure() -> None:
    _running.close()


def _is_xdist_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _migrations_stamp() -> Path:
    """Each worker has a database of its own, and so has a run without workers."""
    return var_folder() / f"migrations.{os.environ.get('PYTEST_XDIST_WORKER', 'one')}.fingerprint"


def _fingerprint_of_migrations() -> str:
    digest = hashlib.sha256()
    for path in sorted(REPOSITORY.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
