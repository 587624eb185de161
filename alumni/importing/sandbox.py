"""A list is read by a child process with limits on memory and time: a bomb takes only that."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from alumni.importing.table import UnreadableFile

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 900
# As much as a pipe may hold without a privilege: the child writes a block of rows at once, and
# goes on with the next while the database takes it in.
PIPE_BYTES = 1 << 20
# Said in place of the child, when a limit ended it.
DAMAGED = (
    "This file cannot be read: it is damaged or of an unknown kind. Open it in your spreadsheet "
    "program, save it as .xlsx or as CSV, and upload that."
)
LARGE = (
    "This file is too large to read. Often a stray cell far below or far to the right is the "
    "cause: copy your list to a new sheet, or save it as CSV, and upload that."
)

# ("rows", bytes of some rows) or ("said", what the child says of them).
Event = tuple[str, Any]


class Child:
    """Starts at once, and reads the list when it is told to."""

    # Where the list is.
    path: Path

    def __init__(self) -> None:
        self._messages, self._told = os.pipe()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the end of the block
        self._process = subprocess.Popen(
            [sys.executable, "-E", "-s", "-m", "alumni.importing.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=PIPE_BYTES,
            stderr=self._errors,
            cwd=ROOT,
            pass_fds=[self._told],
        )
        os.close(self._told)
        self._rest = b""
        self._has_ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        # The process closes its pipes, and waits for its end.
        with self._process:
            self._process.kill()
        os.close(self._messages)
        self._errors.close()

    def read(self, job: dict[str, Any]) -> Iterator[Event]:
        """What it writes, as it comes. UnreadableFile when the list is refused or kills it."""
        ends_at = monotonic() + SECONDS
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("The child has no pipes.")
        told = {"path": str(self.path), **job, "messages": self._told}
        stdin.write(json.dumps(told).encode() + b"\n")
        stdin.close()
        with selectors.DefaultSelector() as waiting:
            waiting.register(stdout, selectors.EVENT_READ, self._rows)
            waiting.register(self._messages, selectors.EVENT_READ, self._said)
            while waiting.get_map():
                ready = waiting.select(max(0, ends_at - monotonic()))
                if not ready:
                    raise UnreadableFile(LARGE)
                for key, _ in ready:
                    piece = os.read(key.fd, PIPE_BYTES)
                    if not piece:
                        waiting.unregister(key.fileobj)
                    yield from key.data(piece)
        if not self._has_ended:
            raise UnreadableFile(self._why_it_died())

    def _rows(self, piece: bytes) -> Iterator[Event]:
        if piece:
            yield "rows", piece

    def _said(self, piece: bytes) -> Iterator[Event]:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            said = json.loads(line)
            if "refused" in said:
                raise UnreadableFile(said["refused"])
            self._has_ended = self._has_ended or "end" in said
            yield "said", said

    def _why_it_died(self) -> str:
        """SIGKILL and SIGXCPU are limits; a library that cannot get memory aborts."""
        self._errors.seek(0)
        errors = self._errors.read(10_000)
        is_limit = self._process.wait() in (-9, -24) or b"memory allocation" in errors
        return LARGE if is_limit else DAMAGED


@contextmanager
def child_with(pieces: Iterable[bytes]) -> Iterator[Child]:
    """A child starts while the list is written to a file for it."""
    with Child() as child, _kept_as_file(pieces) as child.path:
        yield child


@contextmanager
def _kept_as_file(pieces: Iterable[bytes]) -> Iterator[Path]:
    """Gone afterwards."""
    with tempfile.NamedTemporaryFile(prefix="careerhub-list-") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        yield Path(file.name)
