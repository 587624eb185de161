"""The processes of a run: workers, beats, the mail server. Each dies with us.

Who ends is started again by the hand that does it for users, too (careerhub/embedded/keeping.py).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psutil

from careerhub.embedded import process
from careerhub.embedded.keeping import Kept
from careerhub.embedded.servers import REPOSITORY

WORKERS, SENDERS_EACH = 2, 3
BEATS = 2
# One line for each round that ended in an error of our own (chaos/hurried.py).
MISTAKES = "mistakes.txt"
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


@dataclass
class Programs:
    """`var` holds their logs and the server's book."""

    var: Path
    app: str = "chaos.hurried"
    children: dict[str, Kept] = field(default_factory=dict)
    killed: int = 0

    def start_post_office(self, seed: int, *, only: str = "") -> None:
        """Of many moods by the seed, or of one alone."""
        self.port = _free_port()
        self.book = self.var / f"book-{seed}.jsonl"
        self.mistakes = self.var / MISTAKES
        for file in (self.book, self.mistakes):
            file.unlink(missing_ok=True)
        self._open(str(seed), only)

    def let_the_post_office(self, mood: str) -> None:
        """It comes back at the same door, and knows one mood."""
        self.children["post"].child.kill()
        self.children["post"].child.wait()
        self._open("0", mood)

    def _open(self, seed: str, only: str) -> None:
        self._start("post", "-m", "chaos.posting", str(self.port), seed, str(self.book), only)
        give_up_at = time.monotonic() + 15
        while not _answers(self.port) and time.monotonic() < give_up_at:
            time.sleep(0.05)

    def start_all(self, *, workers: int = WORKERS, beats: int = BEATS) -> None:
        for number in range(workers):
            self.start_worker(f"worker{number}")
        for number in range(beats):
            # Two beats, each with a memory of its own.
            memory = str(self.var / f"beat{number}.schedule")
            self._start(f"beat{number}", *self._celery, "beat", "--pidfile=", "-s", memory)

    def start_worker(self, name: str) -> None:
        senders = ["--concurrency", str(SENDERS_EACH), "-n", f"{name}@chaos"]
        self._start(name, *self._celery, "worker", *senders, *ALONE)

    def keep_for(self, seconds: float) -> None:
        """Let time pass, and start again who ends meanwhile."""
        ends_at = time.monotonic() + seconds
        while (left := ends_at - time.monotonic()) > 0:
            for kept in self.children.values():
                kept.look()
            time.sleep(min(0.25, left))

    @property
    def ended_by_themselves(self) -> int:
        """Nobody killed them, so they excuse no second copy."""
        return sum(kept.ends for kept in self.children.values()) - self.killed

    @property
    def broken_rounds(self) -> int:
        return len(self.mistakes.read_text().splitlines()) if self.mistakes.exists() else 0

    @property
    def workers(self) -> list[str]:
        return sorted(name for name in self.children if name.startswith("worker"))

    def senders_of(self, name: str) -> list[psutil.Process]:
        try:
            return psutil.Process(self.children[name].child.pid).children()
        except psutil.NoSuchProcess:
            return []

    def kill_worker(self, name: str) -> int:
        """With all that send for it, at once. How many processes that were: none if it was gone."""
        worker, senders = self.children[name].child, self.senders_of(name)
        if worker.poll() is not None:
            return 0
        worker.kill()
        for sender in senders:
            _kill(sender)
        worker.wait()
        self.killed += 1
        return 1 + len(senders)

    def stop(self) -> None:
        for kept in self.children.values():
            kept.child.terminate()
        for kept in self.children.values():
            process.wait_and_kill(kept.child, seconds=15)
        self.children.clear()

    @property
    def _celery(self) -> list[str]:
        return ["-m", "celery", "-A", self.app, "--quiet"]

    def _start(self, name: str, *arguments: str) -> None:
        self.children[name] = Kept(name, partial(self._popen, name, *arguments), _unsaid)

    def _popen(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{self.port}"}
        with (self.var / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-W", "ignore", *arguments],
                cwd=REPOSITORY,
                env=os.environ | mail,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **process.bound_to_us(farewell=signal.SIGKILL),
            )


def _unsaid(sentence: str) -> None:
    """How many ended is said at the end of a run, and why in their logs."""


def _kill(one: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        one.kill()


def kill_one(one: psutil.Process) -> int:
    """How many processes that ended: none if it was gone already."""
    was_there = one.is_running()
    _kill(one)
    return int(was_there)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
