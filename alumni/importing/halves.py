"""A long list is cleaned by two processes, because nearly every machine has two processors.

Each splits all lines into cells, which is a tenth of the work, and cleans every other block of
rows. Both write to the same pipes, one at a time.
"""

from __future__ import annotations

import fcntl
import json
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alumni.importing.table import UnreadableFile

# A shorter list is read before a second process would be ready.
LONG_BYTES = 4_000_000
BLOCK = 5_000
NO_MEMORY = 3


class Half:
    """Which rows are ours: those of every other block, or all of them."""

    def __init__(self, which: int | None = None) -> None:
        self.which = which
        self._lock = -1

    @property
    def of(self) -> int:
        return 1 if self.which is None else 2

    def has(self, number: int) -> bool:
        return self.which is None or number // BLOCK % 2 == self.which

    def lock_by(self, path: Path) -> None:
        """Both open the file themselves: a lock belongs to who opened it."""
        if self.which is not None:
            self._lock = os.open(path, os.O_RDONLY)

    @contextmanager
    def alone(self) -> Iterator[None]:
        if self._lock < 0:
            yield
            return
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._lock, fcntl.LOCK_UN)


WHOLE = Half()


class Other:
    """The process with the second half. What it returns, as JSON, is heard at the end."""

    def __init__(self, work: Callable[[Half], Any]) -> None:
        self._told, telling = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os._exit(_work(work, telling))
        os.close(telling)

    def heard(self) -> Any:
        """MemoryError when a limit ended it."""
        with os.fdopen(self._told) as told:
            said = told.read()
        _, status = os.waitpid(self._pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if code < 0 or code == NO_MEMORY:
            raise MemoryError
        if code:
            raise RuntimeError("The second half was not read.")
        return json.loads(said) if said else None


def _work(work: Callable[[Half], Any], telling: int) -> int:
    """Never returns into the code of the first: the two would end the job twice."""
    try:
        said = work(Half(1))
        with os.fdopen(telling, "w") as file:
            json.dump(said, file)
    except UnreadableFile:
        return 0  # The first sees the same lines, and says so.
    except MemoryError:
        return NO_MEMORY
    except BaseException:
        traceback.print_exc()
        return 1
    return 0
