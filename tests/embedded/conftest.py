"""Servers of a test's own, in folders with short names that the user of PostgreSQL may enter."""

import shutil
import tempfile
from pathlib import Path

import pytest

from careerhub.embedded import lock


@pytest.fixture(scope="module")
def var():
    folder = Path(tempfile.mkdtemp(prefix="careerhub-test-"))
    folder.chmod(0o755)
    (folder / "var").mkdir()
    yield folder / "var"
    shutil.rmtree(folder)


@pytest.fixture
def owned_var(var):
    with lock.owning(var):
        yield var
