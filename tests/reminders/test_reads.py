"""A mail is written for ten thousand people: what it says has been read with the claim."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact
from reminders import wording
from reminders.actions.sending import Office, _mail
from reminders.mail_rules import MailRules
from tests.reminders.conftest import MET_ON, take_one
from tests.reminders.test_every_kind import STEPS, rows_of
from tests.reminders.worlds import WORLDS


@pytest.mark.parametrize(("key", "number"), STEPS)
def test_who_is_written_to_is_not_read_again(key, number):
    """Nor whose clock a contact without one goes by."""
    WORLDS[key].begin(MET_ON, "America/New_York")
    Contact.objects.update(time_zone="")
    row = rows_of(key)[number]
    office, claim = Office(MailRules.current(), wording.by_kind()), take_one(at=row.due_at)

    with CaptureQueriesContext(connection) as read:
        _mail(claim, office=office, refused={}, at=row.due_at)

    assert [asked for asked in read if 'FROM "accounts_user" WHERE' in asked["sql"]] == []
