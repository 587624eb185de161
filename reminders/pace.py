"""How many people a worker claims at once: what it holds must be sent in a moment.

A worker that is killed leaves behind mails that were taken and not yet marked, which go out again
(under the same Message-ID). So a burst is short in time, and after trouble there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

MOST_PEOPLE = 32
LONGEST_SECONDS = 0.05


class Pace:
    """Doubles while all goes well and quickly, halves when it is slow, begins anew at trouble."""

    def __init__(self) -> None:
        self.people = 1
        self._since = monotonic()

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Around the sending of a burst; what is raised in it is trouble."""
        people, began = self.people, monotonic()
        self._since, self.people = began, 1
        yield
        seconds = monotonic() - began
        if seconds > LONGEST_SECONDS:
            self.people = max(people // 2, 1)
        elif 2 * seconds > LONGEST_SECONDS:
            self.people = people
        else:
            self.people = min(2 * people, MOST_PEOPLE)

    @property
    def is_long(self) -> bool:
        """What was taken should be written down before more is."""
        return monotonic() - self._since > LONGEST_SECONDS

    def go_on(self) -> None:
        self._since = monotonic()
