"""A college in which everybody met somebody yesterday, and owes a thank-you this morning."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import OfficeSettings, User
from chaos.posting import BAD, GOOD
from contacts.models import Contact
from core.localtime import local_date
from interviews import actions
from interviews.models import Interview
from reminders.actions import reconcile
from reminders.models import Reminder

# One address in a hundred is refused by the server for good.
ONE_BAD_IN = 100
# It is eleven there: no quiet hour, and no midnight while a run lasts.
ELEVEN = 11
# What happens to each row, in the order in which it happened: a row's own lock keeps it.
LOG = """
CREATE TABLE chaos_log (
    id bigserial PRIMARY KEY, reminder_id bigint NOT NULL, what text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE FUNCTION chaos_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.claim IS NOT NULL AND NEW.claim IS DISTINCT FROM OLD.claim THEN
        INSERT INTO chaos_log (reminder_id, what) VALUES (NEW.id, 'CLAIMED');
    END IF;
    IF NEW.state <> OLD.state THEN
        INSERT INTO chaos_log (reminder_id, what) VALUES (NEW.id, NEW.state);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER chaos_note AFTER UPDATE ON reminders_reminder
FOR EACH ROW EXECUTE FUNCTION chaos_note();
"""


def zone_where_it_is_eleven(now: datetime) -> str:
    ahead = ELEVEN - now.hour
    # The sign of these names is the wrong way round by tradition.
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def fill(reminders: int) -> None:
    """Each person owes one thank-you, and one reminder of it is due since this morning."""
    now = timezone.now()
    zone = zone_where_it_is_eleven(now)
    OfficeSettings.current()
    people = User.objects.bulk_create(
        User(email=_address(number), name=f"Student {number}", time_zone=zone)
        for number in range(reminders)
    )
    contacts = Contact.objects.bulk_create(
        Contact(student=person, name="Dana Whitcomb") for person in people
    )
    yesterday = now - timedelta(days=1)
    pattern = actions.begin(contacts[0], at=yesterday)
    actions.hold(pattern, held_on=local_date(yesterday, zone), at=yesterday)
    pattern.refresh_from_db()
    Interview.objects.bulk_create(_like(pattern, contact) for contact in contacts[1:])
    while reconcile(at=yesterday):
        pass
    with connection.cursor() as cursor:
        cursor.execute(LOG)


def spread(*, seconds: float, seed: int) -> int:
    """Let the reminders of this morning fall due one after the other, from now on."""
    due = Reminder.objects.due(at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [seed % 1000 / 1000])
        cursor.execute(
            "UPDATE reminders_reminder SET due_at = now() + random() * %s * interval '1 second' "
            "WHERE id = ANY(%s)",
            [seconds, list(due.values_list("pk", flat=True))],
        )
        return cursor.rowcount


def _address(number: int) -> str:
    return f"{BAD if number % ONE_BAD_IN == 0 else GOOD}.{number}@students.example"


def _like(pattern: Interview, contact: Contact) -> Interview:
    dates = {
        field.attname: getattr(pattern, field.attname)
        for field in Interview._meta.concrete_fields
        if field.attname.endswith("_on")
    }
    return Interview(contact=contact, state=pattern.state, **dates)
