"""What became of each reminder: by the rows, and by the book of the mail server."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from chaos.posting import GOOD
from reminders.models import Reminder

State = Reminder.State
# A row that was claimed after its deed was written down was sent for nothing.
CLAIMED_TOO_LATE = """
SELECT count(DISTINCT claimed.reminder_id) FROM chaos_log claimed JOIN chaos_log over
ON over.reminder_id = claimed.reminder_id AND over.what = 'CANCELLED' AND over.id < claimed.id
WHERE claimed.what = 'CLAIMED'
"""
NEVER_CLAIMED = """
SELECT count(*) FROM reminders_reminder r JOIN accounts_user u ON u.id = r.recipient_id
WHERE u.email = ANY(%s) AND r.id = ANY(%s)
AND NOT EXISTS (SELECT FROM chaos_log WHERE reminder_id = r.id AND what = 'CLAIMED')
"""


@dataclass(frozen=True)
class Verdict:
    sent: int
    cancelled: int
    refused: int
    lost: int
    falsely_sent: int
    dead_good: int
    living_bad: int
    duplicates: int
    unsaid: int
    processes_killed: int
    two_ids: int
    # They ended in an error that no trouble explains.
    broken_rounds: int

    @property
    def holds(self) -> bool:
        wrong = (self.lost, self.falsely_sent, self.dead_good, self.living_bad, self.two_ids)
        is_right = not any(wrong) and not self.broken_rounds
        return is_right and self.duplicates <= self.processes_killed + self.unsaid


def judge(
    reminders: list[int], book: Path, *, processes_killed: int, broken_rounds: int
) -> Verdict:
    """`reminders` are the rows that were due in this run."""
    rows = Reminder.objects.filter(pk__in=reminders).values_list("recipient__email", "state")
    taken = _taken(book)
    states: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    lost = 0
    for address, state in rows:
        states[_is_good(address)][state] += 1
        went_out = address in taken
        lost += _is_good(address) and state not in (State.CANCELLED, State.DEAD) and (
            state != State.SENT or not went_out
        )  # fmt: skip
    mails = [mail for mails in taken.values() for mail in mails]
    return Verdict(
        sent=states[True][State.SENT],
        cancelled=states[True][State.CANCELLED],
        refused=states[False][State.DEAD],
        lost=lost,
        falsely_sent=_count(CLAIMED_TOO_LATE) + _count(NEVER_CLAIMED, list(taken), reminders),
        dead_good=states[True][State.DEAD],
        living_bad=states[False].total()
        - states[False][State.DEAD]
        - states[False][State.CANCELLED],
        duplicates=len(mails) - len(taken),
        unsaid=sum(not mail["is_said"] for mail in mails),
        processes_killed=processes_killed,
        broken_rounds=broken_rounds,
        two_ids=sum(len({mail["id"] for mail in mails}) > 1 for mails in taken.values()),
    )


def _taken(book: Path) -> dict[str, list[dict]]:
    taken = defaultdict(list)
    for line in book.read_text().splitlines():
        entry = json.loads(line)
        if entry["what"] == "taken":
            taken[entry["to"]].append(entry)
    return taken


def _is_good(address: str) -> bool:
    return address.startswith(f"{GOOD}.")


def _count(query: str, *parameters: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        return cursor.fetchone()[0]
