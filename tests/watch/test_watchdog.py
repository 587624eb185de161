"""The real worker and the real beat, as they hang and end; `hanging.py` is their application."""

import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

from careerhub import watchdog
from careerhub.celery import app
from careerhub.embedded import process, urls
from careerhub.embedded.keeping import Kept
from careerhub.embedded.servers import REPOSITORY
from chaos.trouble import wipe

PYTHON = [sys.executable, "-W", "ignore"]
WORKER = ["worker", "--concurrency=1", "--without-gossip", "--without-mingle"]
BEAT = ["beat", "--pidfile="]


@pytest.fixture
def celery(var, valkey):
    """Start one of them; its log is `celery.log`."""
    ours = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    environment = ours | {"CAREERHUB_VAR": str(var)}
    log, started = var / "log", []
    for name in ("hang", "sent", "log"):
        (var / name).unlink(missing_ok=True)

    def start(*arguments):
        def popen():
            with log.open("ab") as file:
                child = subprocess.Popen(
                    [*PYTHON, "-m", "celery", "-A", "tests.watch.hanging", "--quiet", *arguments],
                    cwd=REPOSITORY, env=environment, stdout=file, stderr=file,
                    **process.bound_to_us(farewell=signal.SIGKILL),
                )  # fmt: skip
            started.append(child)
            return child

        return Kept(arguments[0], popen, print)

    def ask(number, seconds=0):
        call = f"from tests.watch.hanging import write; write.delay({number}, {seconds})"
        subprocess.run([*PYTHON, "-c", call], cwd=REPOSITORY, env=environment, check=True)

    start.ask, start.log, start.var = ask, log, var
    yield start
    for child in started:
        process.wait_and_kill(child, seconds=0)


def wait_for(happened, *, seconds=60):
    give_up_at = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < give_up_at, "It did not happen."
        time.sleep(0.05)


def was_written(celery, number):
    sent = celery.var / "sent"
    return sent.exists() and f"{number}\n" in sent.read_text()


def is_ready(celery):
    return celery.log.exists() and "ready." in celery.log.read_text()


def test_worker_that_hangs_ends_and_the_next_one_works(celery):
    worker = celery(*WORKER)
    wait_for(lambda: is_ready(celery))
    first, senders = worker.child, psutil.Process(worker.child.pid).children()

    (celery.var / "hang").touch()
    first.wait(60)

    assert first.returncode == watchdog.EXIT_CODE
    assert "The loop has not turned for 1 seconds" in celery.log.read_text()
    assert "hang_if_told" in celery.log.read_text()
    assert psutil.wait_procs(senders, timeout=5)[1] == []
    celery.ask(1)
    wait_for(lambda: worker.look() or was_written(celery, 1))
    assert worker.child is not first


def test_worker_that_was_asked_to_end_finishes_its_task(celery):
    worker = celery(*WORKER)
    wait_for(lambda: is_ready(celery))
    celery.ask(2, seconds=3)  # Several times what a loop may hang.
    wait_for(lambda: "received" in celery.log.read_text())

    worker.child.terminate()

    assert worker.child.wait(60) == 0
    assert was_written(celery, 2)


def test_loop_is_silent_only_while_its_queue_answers(valkey, var, monkeypatch):
    monkeypatch.setattr(app.conf, "broker_write_url", urls.broker_url(var))
    dog = watchdog.Watchdog(app)

    assert dog._is_silent()
    dog.turned()
    assert not dog._is_silent()
    valkey._server.kill()
    valkey._server.wait()
    assert not dog._is_silent()
    wipe(valkey)
    assert dog._is_silent()


def test_only_the_loop_itself_can_say_that_it_turned():
    dog = watchdog.Watchdog(app)

    another = threading.Thread(target=dog.turned)
    another.start()
    another.join()

    assert not dog._has_turned.is_set()


def test_beat_that_hangs_ends(celery):
    beat = celery(*BEAT)
    wait_for(lambda: celery.log.exists() and "beat: Starting" in celery.log.read_text())
    time.sleep(1.5)
    assert beat.child.poll() is None

    (celery.var / "hang").touch()

    assert beat.child.wait(60) == watchdog.EXIT_CODE
