"""What must be written down even while PostgreSQL restarts: that something went out."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

# Seconds between the tries.
PATIENCE = (1, 2, 4, 8, 16)


def insist(write: Callable[[], object]) -> None:
    """A mail that is out and not written down would go out again: wait for PostgreSQL."""
    for seconds in PATIENCE:
        try:
            write()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(seconds)
        else:
            return
    write()
