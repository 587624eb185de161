"""A program that ends is started again, and one that always ends is given up."""

import subprocess
import sys
import time

import pytest

from careerhub.embedded import process
from careerhub.embedded.keeping import KeepsEnding, Kept


def kept(what, said):
    def start():
        return subprocess.Popen([sys.executable, "-c", what], start_new_session=True)

    return Kept("worker", start, said.append)


def test_program_that_was_killed_is_started_again_after_a_second():
    said = []
    worker = kept("import time; time.sleep(60)", said)
    first = worker.child
    worker.look()
    assert worker.child is first

    first.kill()
    first.wait()
    began = time.monotonic()
    while worker.child is first:
        worker.look()
        time.sleep(0.02)

    assert time.monotonic() - began >= 1
    assert worker.child.poll() is None
    assert said == ["worker ended with code -9 and is started again."]
    process.wait_and_kill(worker.child, seconds=0)


def test_program_that_never_comes_up_is_given_up():
    said = []
    worker = kept("raise SystemExit(3)", said)
    pauses = []
    for _ in range(4):
        worker.child.wait()
        pauses.append(worker._pause())
        worker.child = worker._start()
    worker.child.wait()

    with pytest.raises(KeepsEnding) as given_up:
        worker.look()

    assert pauses == [1, 2, 4, 8]
    assert str(given_up.value).startswith("worker ended 5 times within a minute, the last time")
    assert worker.ends == 5
