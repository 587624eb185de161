"""A post book of any size: what is due comes from real talks, and the rest lies in the future."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import connection, transaction

from accounts.models import User
from benchmarks.database import execute
from contacts.models import Contact
from interviews import actions as interviews
from reminders.models import Reminder

HELD_ON = date(2026, 3, 2)
EVENING = datetime(2026, 3, 2, 23, tzinfo=UTC)
# The thank-you of every talk is due on this morning.
MORNING = datetime(2026, 3, 3, 14, tzinfo=UTC)
# A smaller post book with the same due rows, for the same statements on another search path.
SMALL = "small_post"
SMALL_ROWS = 10_000

# Reminders of later years, each once: who, of which talk, on which day.
LATER = """
INSERT INTO reminders_reminder (recipient_id, interview_id, kind, step, due_on, due_at, state,
    attempts, failure, server_words, message_id, created_at, updated_at)
SELECT people.ids[1 + n %% people.many], talks.ids[1 + n / people.many %% talks.many],
    'THANK_YOU', 'OPENS', DATE '2030-01-01' + n / (people.many * talks.many),
    TIMESTAMPTZ '2030-01-01 13:00Z' + n * INTERVAL '1 minute', 'PENDING', 0, '', '', '', now(),
    now()
FROM generate_series(%s::int, %s::int) AS n,
    (SELECT array_agg(id ORDER BY id) AS ids, count(*)::int AS many FROM accounts_user) AS people,
    (SELECT array_agg(id ORDER BY id) AS ids, count(*)::int AS many FROM interviews_interview)
        AS talks
"""
# Each of them has some fifty reminders in the book, as a student has who keeps in touch for years.
STUDENTS = """
INSERT INTO accounts_user (password, is_superuser, email, name, role, is_active, time_zone,
    created_at, updated_at)
SELECT '', false, 'later' || n || '@example.edu', 'Later ' || n, 'STUDENT', true,
    'America/New_York', now(), now()
FROM generate_series(1, %s) AS n
"""
REMINDERS_OF_EACH = 50


def fill(*, mails: int, rows: int) -> None:
    with transaction.atomic():
        for number in range(mails):
            _talk(number)
    execute(STUDENTS, [rows // REMINDERS_OF_EACH])
    standing = Reminder.objects.count()
    small = max(min(SMALL_ROWS, rows) - standing, 0)
    execute(LATER, [1, small])
    execute(f"CREATE SCHEMA {SMALL}")
    execute(f"CREATE TABLE {SMALL}.reminders_reminder (LIKE reminders_reminder INCLUDING ALL)")
    columns = ", ".join(field.column for field in Reminder._meta.concrete_fields)
    execute(
        f"INSERT INTO {SMALL}.reminders_reminder ({columns}) OVERRIDING SYSTEM VALUE "
        f"SELECT {columns} FROM reminders_reminder"
    )
    execute(LATER, [small + 1, max(rows - standing, small)])
    execute(f"VACUUM ANALYZE reminders_reminder, {SMALL}.reminders_reminder")


def _talk(number: int) -> None:
    student = User.objects.create(name=f"Maya Oyelaran {number}", email=f"s{number}@example.edu")
    contact = Contact.objects.create(student=student, name=f"Dana Whitcomb {number}")
    interview = interviews.begin(contact, at=EVENING)
    interviews.hold(interview, held_on=HELD_ON, at=EVENING)


def look_into(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET search_path TO {schema}, public")


def unsend() -> None:
    """As if no mail had gone out."""
    Reminder.objects.filter(state=Reminder.State.SENT).update(
        state=Reminder.State.PENDING, sent_at=None, message_id="", attempts=0
    )
    execute("VACUUM ANALYZE reminders_reminder")
