"""Who is still inside of the server of a test, as its browser closes."""

from __future__ import annotations

import threading

from django.core.signals import request_finished, request_started

LONGEST = 30  # Seconds that an answer may take on a busy machine.


class Doorkeeper:
    """Counts the requests that are being answered, and lets nobody in after closing.

    Requests of the test's own thread come from the test itself and are none of its business.
    """

    def __init__(self) -> None:
        self.inside, self.closed = 0, True
        self.changed = threading.Condition()
        request_started.connect(self.let_in)
        request_finished.connect(self.let_out)

    def open(self) -> None:
        with self.changed:
            self.inside, self.closed = 0, False

    def let_in(self, **_) -> None:
        self._change(1)

    def let_out(self, **_) -> None:
        self._change(-1)

    def close(self) -> None:
        """Wait until everybody has gone; TimeoutError if somebody stays."""
        with self.changed:
            self.closed = True
            if not self.changed.wait_for(lambda: not self.inside, LONGEST):
                raise TimeoutError(f"{self.inside} requests were not answered in {LONGEST} s.")

    def _change(self, by: int) -> None:
        if threading.current_thread() is threading.main_thread():
            return
        with self.changed:
            if self.closed and by > 0:
                # The server takes this for a browser that hung up.
                raise ConnectionAbortedError("The test is over.")
            self.inside += by
            self.changed.notify_all()
