"""What a claim asks of the database and writes into it: once for each mail, so it is prepared.

Every moment that a lease is measured by is the database's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from core.statements import Columns, Reader, change, fetch
from reminders.models import Reminder
from reminders.models.post_book import COLUMNS, PATHS

PEOPLE, ROWS = Columns(User), Columns(Reminder)
READERS = {
    owner: Reader(model, *PATHS[owner]) for model, owner in COLUMNS.items() if owner in PATHS
}


# By their keys, too: the token has no index, and looking for it reads the whole post book.
MARK = """
    UPDATE reminders_reminder
    SET state = 'SENT', sent_at = %(sent_at)s, message_id = %(message_id)s, claim = NULL,
        claimed_until = NULL, failure = '', server_words = '', attempts = attempts + 1
    WHERE id = ANY(%(rows)s::bigint[]) AND claim = %(token)s"""


class Mark(NamedTuple):
    """What went out, if anything did."""

    rows: Sequence[int] = ()
    token: UUID | None = None
    message_id: str = ""
    sent_at: datetime | None = None

    def values(self) -> dict[str, Any]:
        return self._asdict() | {"rows": list(self.rows)}


class Due(NamedTuple):
    """A row, and what is to be known of it before it goes out."""

    row: Reminder
    is_being_sent: bool
    # How its recipient wants to hear of its kind; None is by mail.
    chosen_way: str | None
    # When they last got a morning's mail.
    last_mail_at: datetime | None


def mark_and_lock_next(sent: Mark, *, at: datetime, but_not_of: Collection[int]) -> User | None:
    """Mark what went out; and lock who has something due that is not held back, and may log in.

    Nobody whom another worker has locked. What is marked here was claimed until now, so it is not
    found as due.
    """
    about = {"at": at, "passed_over": list(but_not_of)}
    found = fetch(_next_person(), sent.values() | about)
    return PEOPLE.row(found[0]) if found else None


@cache
def _next_person() -> str:
    return f"""
        WITH marked AS ({MARK})
        SELECT {PEOPLE.of("person")}
        FROM reminders_reminder AS row JOIN accounts_user AS person ON person.id = row.recipient_id
        WHERE row.state = 'PENDING' AND row.due_at <= %(at)s
            AND (row.claimed_until IS NULL OR row.claimed_until <= statement_timestamp())
            AND person.is_active AND row.recipient_id <> ALL(%(passed_over)s::bigint[])
        ORDER BY row.due_at, row.recipient_id
        LIMIT 1
        FOR NO KEY UPDATE OF person SKIP LOCKED"""  # noqa: S608 - columns of our own model


def lock_due_rows(
    person: User, *, at: datetime, mornings: Sequence[str], mailed_until: datetime
) -> list[Due]:
    """All that is due for them, with what it is about, but what a deed is changing right now.

    The mails of this person are looked up by their key: through the moments of all mails, the
    longer a day is, the longer it would take.
    """
    about = {"person": person.pk, "at": at, "mornings": list(mornings)}
    found = fetch(_due_rows(), about | {"mailed_until": mailed_until})
    due = [Due(ROWS.row(values[:-3]), *values[-3:]) for values in found]
    _tell_what_about([each.row for each in due], person)
    return due


@cache
def _due_rows() -> str:
    return f"""
        WITH mail AS MATERIALIZED (
            SELECT sent_at FROM reminders_reminder
            WHERE recipient_id = %(person)s AND kind = ANY(%(mornings)s))
        SELECT {ROWS.of("row")},
            row.claim IS NOT NULL AND row.claimed_until > statement_timestamp(),
            (SELECT way FROM reminders_reminderchoice AS choice
                WHERE choice.user_id = %(person)s AND choice.kind = row.kind),
            (SELECT max(sent_at) FROM mail WHERE sent_at <= %(mailed_until)s)
        FROM reminders_reminder AS row
        WHERE row.recipient_id = %(person)s AND row.state = 'PENDING' AND row.due_at <= %(at)s
        ORDER BY row.id
        FOR UPDATE OF row SKIP LOCKED"""  # noqa: S608 - columns of our own model


def claim(rows: Sequence[Reminder], token: UUID, *, lease: timedelta) -> None:
    statement = """
        UPDATE reminders_reminder
        SET claim = %(token)s, claimed_until = statement_timestamp() + %(lease)s
        WHERE id = ANY(%(rows)s)"""
    change(statement, {"token": token, "lease": lease, "rows": [row.pk for row in rows]})


def mark(sent: Mark) -> None:
    change(MARK, sent.values())


def _tell_what_about(rows: Sequence[Reminder], person: User) -> None:
    """One question for each table that one of them is about."""
    for owner, reader in READERS.items():
        keys = {row.pk: key for row in rows if (key := getattr(row, f"{owner}_id")) is not None}
        found = reader.read(keys.values()) if keys else {}
        for row in rows:
            if row.pk in keys:
                setattr(row, owner, found[keys[row.pk]])
    for row in rows:
        row.recipient = person
