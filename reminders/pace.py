"""How many people a worker claims at once: what it holds must be sent in a moment.

Whoever stands behind a mail that the server is slow with waits for it, held by a worker that may be
killed. So a burst is short in time, and after trouble there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

MOST_PEOPLE = 100
LONGEST_SECONDS = 0.1


class Pace:
    """Doubles while all goes well and quickly, halves when it is slow, begins anew at trouble."""

    def __init__(self) -> None:
        self.people = 1

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Around the sending of a burst; what is raised in it is trouble."""
        people, began = self.people, monotonic()
        self.people = 1
        yield
        seconds = monotonic() - began
        if seconds > LONGEST_SECONDS:
            self.people = max(people // 2, 1)
        elif 2 * seconds > LONGEST_SECONDS:
            self.people = people
        else:
            self.people = min(2 * people, MOST_PEOPLE)
