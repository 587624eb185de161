"""Servers for a test run, in a folder of their own beside that of a running `up`.

They start before pytest-django reads the settings, and only those that the environment does not name.
"""

import os
from contextlib import ExitStack

import pytest

from careerhub.embedded import lock
from careerhub.embedded.process import ServerFailed
from careerhub.embedded.servers import servers, var_folder

_running = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # Workers inherit the environment of the process that started the servers.
    var = var_folder() / "test"
    os.environ["CAREERHUB_VAR"] = str(var)
    try:
        # A second run in the same folder waits for the first to end.
        _running.enter_context(lock.owning(var, wait=True))
        _running.enter_context(servers(var, volatile=True))
    except ServerFailed as failure:
        raise pytest.UsageError(str(failure)) from failure


def pytest_unconfigure() -> None:
    _running.close()
