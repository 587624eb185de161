"""A server as the office runs it: two processes of eight threads, on loopback, until we end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings as settings_module
from django.db import connection

from benchmarks.measuring import Wrong
from careerhub.embedded.process import bound_to_us, stop
from careerhub.embedded.servers import REPOSITORY

WORKERS, THREADS = 2, 8
SECONDS_TO_START = 30


@contextmanager
def serving(application: str, *, settings: str) -> Iterator[int]:
    """The port of a server of that application with these settings."""
    settings_module.STATIC_ROOT.mkdir(exist_ok=True)  # Or the server complains of its absence.
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
        "--worker-class", "gthread", "--threads", str(THREADS), "--no-control-socket",
        "--log-level", "error", application,
    ]  # fmt: skip
    about = {
        "DJANGO_SETTINGS_MODULE": settings,
        "BENCH_DATABASE": connection.settings_dict["NAME"],
        "LOG_FORMAT": "line",
    }
    process = subprocess.Popen(
        command, cwd=REPOSITORY, env=os.environ | about, **bound_to_us(farewell=signal.SIGQUIT)
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        stop(process, by=signal.SIGTERM, seconds=10)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Wrong("The web server did not start.")
