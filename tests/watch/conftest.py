"""A queue of a test's own, which may be killed."""

import shutil
import tempfile
from pathlib import Path

import pytest

from careerhub.embedded.valkey import Valkey


@pytest.fixture(scope="module")
def var():
    folder = Path(tempfile.mkdtemp(prefix="careerhub-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def valkey(var):
    server = Valkey(var)
    server.start()
    yield server
    server.stop()
