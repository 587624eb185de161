"""The three programs that `up` runs on top of the servers."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from careerhub.embedded import process, terminal
from careerhub.embedded.keeping import Kept
from careerhub.embedded.servers import REPOSITORY

# Celery warns of root in six lines. In a container or a demo that is who runs it.
ROOT_MAY_RUN_A_DEMO = "ignore:You're running the worker"


class Program(NamedTuple):
    name: str
    arguments: list[str]
    # What it gets when we are killed: an end at once, as the broker goes too.
    farewell: signal.Signals


def programs(port: int) -> list[Program]:
    web = ["gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8"]
    web += ["--graceful-timeout", "10", "--no-control-socket"]
    web += ["--logger-class", "careerhub.access_log.AccessLog", "careerhub.wsgi"]
    celery = ["celery", "-A", "careerhub", "--quiet"]
    # One worker has nobody to gossip with.
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", *alone]
    # A file with a process id would stand in the way after a crash; the lock on var/ does its work.
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile="]
    return [
        Program("web", web, farewell=signal.SIGQUIT),
        # Celery's own end may hang: the signal comes once for each thread of ours that is killed.
        Program("worker", worker, farewell=signal.SIGKILL),
        Program("beat", beat, farewell=signal.SIGTERM),
    ]


@contextmanager
def running(wanted: list[Program]) -> Iterator[list[Kept]]:
    """Start them all, and stop them all: asked together, waited for one after the other."""
    started: list[Kept] = []
    try:
        for program in wanted:
            started.append(Kept(program.name, partial(_start, program), terminal.say))
        yield started
    finally:
        terminal.say("Stopping …")
        for kept in started:
            kept.child.terminate()
        for kept in started:
            process.wait_and_kill(kept.child, seconds=20)


def _start(program: Program) -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        [sys.executable, "-u", "-W", ROOT_MAY_RUN_A_DEMO, "-m", *program.arguments],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **process.bound_to_us(farewell=program.farewell),
    )
    # Threads of others may run while one is forked: until it is another program it takes no lock.
    terminal.follow(program.name, child)
    return child
