"""What a program that stays has loaded is not looked through for garbage; asked in a process of its
own, as it could not be taken back in this one."""

import os
import subprocess
import sys

import pytest

from careerhub.embedded.servers import REPOSITORY

BEGINS = {
    "web": "import careerhub.wsgi",
    # What is there before it forks.
    "worker": "from careerhub.celery import app; app.Worker()",
}
ASKS = "import gc, sys\nprint(gc.get_freeze_count(), len(gc.get_objects()), *sys.modules)"


@pytest.mark.parametrize("program", BEGINS)
def test_collector_leaves_alone_what_was_loaded(program):
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"{BEGINS[program]}\n{ASKS}"],
        cwd=REPOSITORY, env=os.environ, stdout=subprocess.PIPE, text=True, check=True,
    ).stdout  # fmt: skip

    left_alone, looked_at, *modules = said.split()
    assert int(left_alone) > 100_000
    assert int(looked_at) < 10_000
    assert "alumni.views" in modules
