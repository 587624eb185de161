"""A program that is started again when it ends: not at once each time, and not for ever."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from typing import Any

from careerhub.embedded import process

# Whoever ends so often within a minute will not come up by being started once more.
MOST_ENDS = 5
SECONDS_REMEMBERED = 60.0


class KeepsEnding(process.ServerFailed):
    """The message says which program, and how it last ended."""


class Kept:
    """`start` begins the program; `say` tells whoever watches that it is started again."""

    def __init__(
        self,
        name: str,
        start: Callable[[], subprocess.Popen[Any]],
        say: Callable[[str], None],
    ) -> None:
        self.name, self._start, self._say = name, start, say
        self.child = start()
        self.ends = 0
        self._recent: list[float] = []
        self._again_at: float | None = None

    def look(self) -> None:
        """Ask often whether it still runs. Raises KeepsEnding."""
        if self.child.poll() is None:
            return
        if self._again_at is None:
            self._again_at = time.monotonic() + self._pause()
        if time.monotonic() >= self._again_at:
            self._again_at = None
            self.child = self._start()

    def _pause(self) -> float:
        """One second, and twice as long after each end within the last minute."""
        process.wait_and_kill(self.child, seconds=0)  # What it left behind may hold its port.
        self.ends += 1
        now = time.monotonic()
        self._recent = [at for at in self._recent if now - at < SECONDS_REMEMBERED] + [now]
        how = f"with code {self.child.returncode}"
        if len(self._recent) >= MOST_ENDS:
            raise KeepsEnding(
                f"{self.name} ended {MOST_ENDS} times within a minute, "
                f"the last time {how}; its lines stand above."
            )
        self._say(f"{self.name} ended {how} and is started again.")
        return 2.0 ** (len(self._recent) - 1)
