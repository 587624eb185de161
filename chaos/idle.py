"""Two promises of an hour in which nothing else happens, with CareerHub's own beats and leases.

Redis wiped: sending goes on within a minute. A sender killed: its row is taken again within its
lease and five seconds more.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone

from careerhub.embedded.valkey import Valkey
from chaos.programs import Programs, kill_one
from chaos.trouble import wipe
from reminders import claims
from reminders.models import Reminder

SECONDS_TO_RESUME = 60
SECONDS_MORE_THAN_LEASE = 5


class Late(Exception):
    """It did not happen in time."""


def seconds_to_resume(programs: Programs, valkey: Valkey, rows: list[int]) -> float:
    """From the wipe until the mail server has the mail of a reminder that fell due then."""
    wipe(valkey)
    began = time.monotonic()
    _fall_due(rows[0])
    _wait_for(lambda: _has_taken(programs), seconds=SECONDS_TO_RESUME + 30)
    return time.monotonic() - began


def seconds_to_take_again(programs: Programs, row: int) -> float:
    """Between the two claims of a row whose sender was killed while it sent."""
    _fall_due(row)
    _wait_for(lambda: len(_claims_of(row)) == 1, seconds=SECONDS_TO_RESUME + 30)
    for name in programs.workers:
        for sender in programs.senders_of(name):
            kill_one(sender)
    lease = claims.LEASE.total_seconds()
    _wait_for(lambda: len(_claims_of(row)) > 1, seconds=lease + SECONDS_TO_RESUME)
    first, again = _claims_of(row)[:2]
    return (again - first).total_seconds()


def _fall_due(row: int) -> None:
    Reminder.objects.filter(pk=row).update(due_at=timezone.now())


def _has_taken(programs: Programs) -> bool:
    lines = programs.book.read_text().splitlines() if programs.book.exists() else []
    return any(json.loads(line)["what"] == "taken" for line in lines)


def _claims_of(row: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at FROM chaos_log WHERE reminder_id = %s AND what = 'CLAIMED' ORDER BY id",
            [row],
        )
        return [at for (at,) in cursor.fetchall()]


def _wait_for(happened: Callable[[], bool], *, seconds: float) -> None:
    give_up_at = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > give_up_at:
            raise Late(f"Not within {seconds:.0f} seconds.")
        time.sleep(0.1)
