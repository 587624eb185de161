"""What a claim asks of the database and writes into it: once for each mail, so it is prepared.

Every moment that a lease is measured by is the database's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from uuid import UUID

from accounts.models import User
from core.pipeline import Pipeline
from core.statements import Columns, Reader, array, change, fetch, tie
from reminders.models import Reminder, Subject
from reminders.models.post_book import COLUMNS, PATHS

PEOPLE = Columns(User, without=("password", "last_login", "is_superuser"))
ROWS = Columns(Reminder)
READERS = {
    owner: Reader(model, *PATHS[owner]) for model, owner in COLUMNS.items() if owner in PATHS
}


# By their keys, too: the token has no index, and looking for it reads the whole post book.
# What it commits waits for the next flush (reminders/marks.py).
MARK = """
    UPDATE reminders_reminder
    SET state = 'SENT', sent_at = $3, message_id = $4, claim = NULL, claimed_until = NULL,
        failure = '', server_words = '', attempts = attempts + 1
    FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unflushed
    WHERE id = ANY($1::bigint[]) AND claim = $2"""


class Due(NamedTuple):
    """A row, and what is to be known of it before it goes out."""

    row: Reminder
    is_being_sent: bool
    # How its recipient wants to hear of its kind; None is by mail.
    chosen_way: str | None
    # When they last got a morning's mail.
    last_mail_at: datetime | None


def lock_next(*, at: datetime, but_not_of: Collection[int], most: int) -> list[User]:
    """Lock people who have something due that is not held back, and may log in: those who have
    waited longest, and nobody whom another worker has locked.

    Who has several things due is found as often, so it may be fewer people than `most`.
    """
    found = fetch(_next_people(most), {"at": at, "passed_over": array(but_not_of)})
    people = {person.pk: person for person in map(PEOPLE.row, dict.fromkeys(found))}
    return list(people.values())


@cache
def _next_people(most: int) -> str:
    return f"""
        SELECT {PEOPLE.of("person")}
        FROM reminders_reminder AS row JOIN accounts_user AS person ON person.id = row.recipient_id
        WHERE row.state = 'PENDING' AND row.due_at <= %(at)s
            AND (row.claimed_until IS NULL OR row.claimed_until <= statement_timestamp())
            AND person.is_active AND row.recipient_id <> ALL(%(passed_over)s::bigint[])
        ORDER BY row.due_at, row.recipient_id
        LIMIT {most:d}
        FOR NO KEY UPDATE OF person SKIP LOCKED"""  # noqa: S608 - a number, and columns of our own model


def lock_due_rows(
    people: Sequence[User], *, at: datetime, mornings: Sequence[str], mailed_until: datetime
) -> dict[int, list[Due]]:
    """All that is due for each of them, with what it is about, but what a deed is changing right
    now.

    The mails of a person are looked up by their key, which OFFSET sees to: through the moments of
    all mails, the longer a day is, the longer it would take.
    """
    by_key = {person.pk: person for person in people}
    about = {"people": array(by_key), "at": at, "mornings": list(mornings)}
    found = fetch(_due_rows(), about | {"mailed_until": mailed_until})
    due: dict[int, list[Due]] = {key: [] for key in by_key}
    for values in found:
        row = ROWS.row(values[:-3])
        tie(row, "recipient", by_key[row.recipient_id])
        due[row.recipient_id].append(Due(row, *values[-3:]))
    _tell_what_about([each.row for theirs in due.values() for each in theirs])
    return due


@cache
def _due_rows() -> str:
    return f"""
        SELECT {ROWS.of("row")},
            row.claim IS NOT NULL AND row.claimed_until > statement_timestamp(),
            (SELECT way FROM reminders_reminderchoice AS choice
                WHERE choice.user_id = row.recipient_id AND choice.kind = row.kind),
            mail.last_at
        FROM unnest(%(people)s::bigint[]) AS person (id)
        CROSS JOIN LATERAL (
            SELECT max(sent_at) AS last_at FROM (
                SELECT sent_at FROM reminders_reminder
                WHERE recipient_id = person.id AND kind = ANY(%(mornings)s)
                    AND state = 'SENT' OFFSET 0) AS theirs
            WHERE sent_at <= %(mailed_until)s) AS mail
        JOIN reminders_reminder AS row ON row.recipient_id = person.id
        WHERE row.state = 'PENDING' AND row.due_at <= %(at)s
        ORDER BY row.id
        FOR UPDATE OF row SKIP LOCKED"""  # noqa: S608 - columns of our own model


def claim(rows: Sequence[Reminder], token: UUID, *, lease: timedelta) -> None:
    statement = """
        UPDATE reminders_reminder
        SET claim = %(token)s, claimed_until = statement_timestamp() + %(lease)s
        WHERE id = ANY(%(rows)s)"""
    change(statement, {"token": token, "lease": lease, "rows": array(row.pk for row in rows)})


def marking() -> Pipeline:
    return Pipeline("mark_sent", MARK)


def mark(
    pipeline: Pipeline, rows: Sequence[int], token: UUID, *, message_id: str, sent_at: datetime
) -> None:
    """That they went out, whatever became of them meanwhile."""
    pipeline.tell(array(rows), str(token), _as_text(sent_at), message_id)


@lru_cache(maxsize=1)
def _as_text(at: datetime) -> str:
    """The same for all mails of a round."""
    return at.isoformat()


def flush() -> None:
    """Have on the disk what was committed so far: a commit that writes sees to it."""
    change("SELECT pg_logical_emit_message(true, 'careerhub', '')", {})


def release(rows: Sequence[int], token: UUID) -> None:
    """Its lease is over, and the token stays: these rows remain the same message."""
    statement = """
        UPDATE reminders_reminder SET claimed_until = statement_timestamp()
        WHERE id = ANY(%(rows)s) AND claim = %(token)s"""
    change(statement, {"rows": array(rows), "token": token})


def _tell_what_about(rows: Sequence[Reminder]) -> None:
    """One question for each table that one of them is about."""
    for owner, reader in READERS.items():
        about = [(row, key) for row in rows if (key := getattr(row, f"{owner}_id")) is not None]
        found = reader.read([key for _, key in about]) if about else {}
        for row, key in about:
            tie(row, owner, found[key])
            _tie_student(row, found[key])


def _tie_student(row: Reminder, subject: Subject) -> None:
    """Whoever is written to about a contact of theirs is its student, and known."""
    contact = getattr(subject, "contact", None)
    if contact is not None and contact.student_id == row.recipient_id:
        tie(contact, "student", row.recipient)
