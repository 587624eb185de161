"""The office says how long before a talk or a call a mail comes; each number moves its own mail."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.forms import model_to_dict
from django.urls import reverse

from accounts import actions as accounts
from accounts.models import OfficeSettings
from accounts.office_form import OfficeSettingsForm
from core.localtime import local_date
from interviews.models import Interview
from reminders import actions, kinds
from reminders.foresight import foresee
from reminders.models import Reminder
from tests.reminders.conftest import MET_ON, THAT_EVENING
from tests.reminders.test_every_kind import DAYS
from tests.reminders.worlds import WORLDS

NEW_YORK = "America/New_York"
# The number, another than its default, the kind that it moves, and the step.
NUMBERS = [
    ("confirmation_first_days", 5, "CONFIRM", "DUE"),
    ("confirmation_last_days", 1, "CONFIRM", "LAST"),
    ("promised_call_days", 3, "PROMISED_CALL", "BEFORE"),
    ("call_back_minutes", 40, "CALL_BACK", "SOON"),
    ("talk_soon_minutes", 90, "TALK_SOON", "SOON"),
]
each_number = pytest.mark.parametrize(("name", "number", "key", "step"), NUMBERS)


def office(**changes) -> OfficeSettings:
    found = OfficeSettings.current()
    for name, value in changes.items():
        setattr(found, name, value)
    return found


def change(**changes) -> None:
    accounts.save_office(office(**changes), at=THAT_EVENING)


def waiting(key: str) -> Reminder:
    return Reminder.objects.pending().filter(kind=key).order_by("due_at")


def is_right(row: Reminder, name: str, number: int) -> bool:
    """By the days and minutes themselves, and no code of the reminders."""
    if name.endswith("_minutes"):
        at = row.interview.starts_at if row.interview else row.interaction.call_back_at
        return at - row.due_at == timedelta(minutes=number)
    zone = row.recipient.time_zone
    on = (
        local_date(row.interview.starts_at, zone)
        if row.interview
        else row.interaction.promised_call_on
    )
    return row.due_on == on - timedelta(days=number)


@each_number
@pytest.mark.parametrize("where", DAYS)
def test_number_is_kept_by_every_clock(name, number, key, step, where):
    zone, on = DAYS[where]
    office(**{name: number}).save()

    WORLDS[key].begin(on, zone)

    row = waiting(key).get(step=step)
    assert is_right(row, name, number)
    if name.endswith("_days"):
        local = row.due_at.astimezone(ZoneInfo(zone))
        # A day that a calendar left out begins with the next one.
        assert (local.date(), local.hour) == (row.due_on, 8) or row.due_on == date(2011, 12, 30)


@each_number
def test_mail_that_waits_follows_a_new_number(name, number, key, step):
    WORLDS[key].begin(MET_ON, NEW_YORK)
    before = {row.pk for row in waiting(key)}

    change(**{name: number})
    actions.follow_rules(at=THAT_EVENING)

    assert is_right(waiting(key).get(step=step), name, number)
    assert len(before) == waiting(key).count()


@each_number
def test_other_kinds_stay_where_they_are(name, number, key, step):
    for other in set(WORLDS) - {"DIGEST"}:  # Its student owes what was missed weeks ago.
        WORLDS[other].begin(MET_ON, NEW_YORK)
    others = Reminder.objects.pending().exclude(kind=key).order_by("pk")
    before = list(others.values_list("pk", "due_at"))

    change(**{name: number})
    while actions.follow_rules(at=THAT_EVENING):
        pass

    assert list(others.values_list("pk", "due_at")) == before


@each_number
def test_new_number_is_foreseen_for_its_kind_alone(name, number, key, step):
    for other in WORLDS:
        WORLDS[other].begin(MET_ON, NEW_YORK)

    found = foresee(office(**{name: number}), at=THAT_EVENING)

    theirs = waiting(key)
    assert found.mails == theirs.count()
    assert found.people == theirs.values("recipient").distinct().count()
    assert {moved.what for moved in found.first} <= {kinds.get(key).words.what.format(name="…")}
    assert found.talks == 0


@each_number
def test_saving_does_what_was_foreseen(name, number, key, step, mailoutbox):
    """The next mail of the matter, in the post book, before and after."""
    WORLDS[key].begin(MET_ON, NEW_YORK)
    # What comes before it has gone out.
    earlier = timedelta(minutes=50)
    if name.endswith("_days"):  # In the evening, which is not quiet yet.
        earlier = timedelta(days=number - 1, hours=12)
    at = waiting(key).get(step=step).due_at - earlier
    actions.look(at=at)
    before = waiting(key).first().due_at

    new = office(**{name: number})
    (moved,) = foresee(new, at=at).first
    accounts.save_office(new, at=at)
    actions.follow_rules(at=at)

    assert moved.due_before == moved.due_after
    assert (moved.mail_before, moved.mail_after) == (before, waiting(key).first().due_at)
    assert before != waiting(key).first().due_at


def test_mail_whose_new_minute_has_passed_goes_out_at_once(mailoutbox):
    """An hour and a half before: at the old number it would wait for half an hour."""
    WORLDS["TALK_SOON"].begin(MET_ON, NEW_YORK)
    Reminder.objects.exclude(kind="TALK_SOON").delete()
    at = Interview.objects.get().starts_at - timedelta(minutes=90)
    new = office(talk_soon_minutes=120)

    (moved,) = foresee(new, at=at).first
    accounts.save_office(new, at=at)
    actions.follow_rules(at=at)
    actions.look(at=at)

    assert moved.mail_after == at
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("key", "name", "minutes"),
    [("CALL_BACK", "call_back_minutes", 45), ("TALK_SOON", "talk_soon_minutes", 100)],
)
def test_lost_row_is_written_again_by_the_new_number(key, name, minutes):
    """Until its moment, and not looked for after that."""
    office(**{name: minutes}).save()
    WORLDS[key].begin(MET_ON, NEW_YORK)
    due_at = waiting(key).get().due_at
    Reminder.objects.filter(kind=key).delete()

    assert actions.reconcile(at=due_at + timedelta(minutes=1)) == 0
    actions.reconcile(at=due_at - timedelta(minutes=1))

    assert waiting(key).get().due_at == due_at
    assert actions.reconcile(at=due_at - timedelta(minutes=1)) == 0


def test_promised_call_can_be_mailed_about_on_its_day_alone():
    change(promised_call_days=0)
    WORLDS["PROMISED_CALL"].begin(MET_ON, NEW_YORK)

    steps = waiting("PROMISED_CALL").values_list("step", flat=True)
    assert list(steps) == ["DUE", "LATE", "LATE"]


def test_mail_before_a_talk_is_right_whatever_the_number_is(mailoutbox):
    """G31: it says the hour of the talk, and no length of time that the office could change."""
    change(talk_soon_minutes=120)
    WORLDS["TALK_SOON"].begin(MET_ON, NEW_YORK)
    row = waiting("TALK_SOON").get()
    Reminder.objects.exclude(pk=row.pk).delete()

    actions.look(at=row.due_at)

    assert "today at 10:30 a.m." in mailoutbox[0].subject
    assert "hour" not in mailoutbox[0].body.split("You get this")[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"confirmation_first_days": 15}, "Two weeks before a talk is early enough"),
        ({"confirmation_last_days": 0}, "on the day before it at the latest"),
        ({"confirmation_first_days": 1}, "the first reminder comes no later than the last"),
        ({"promised_call_days": 8}, "A week before a promised call"),
        ({"call_back_minutes": 4}, "five minutes to get ready"),
        ({"call_back_minutes": 61}, "An hour before a call"),
        ({"talk_soon_minutes": 14}, "a quarter of an hour to get there"),
        ({"talk_soon_minutes": 121}, "Two hours before a talk"),
        ({"request_reminder_days": 0}, "Leave alumni a day"),
        ({"request_reminder_days": 9}, "for the first time on an earlier day"),
    ],
    ids=str,
)
def test_number_out_of_bounds_or_order_gets_a_sentence(client, staff, changes, words):
    client.force_login(staff)
    now = model_to_dict(OfficeSettings.current())

    answer = client.post(reverse("accounts:office_settings"), now | changes)

    assert answer.status_code == 422
    assert words in answer.text
    assert model_to_dict(OfficeSettings.current()) == now


@pytest.mark.parametrize(
    "changes",
    [
        {"confirmation_first_days": 14, "confirmation_last_days": 14},
        {"confirmation_first_days": 1, "confirmation_last_days": 1},
        {"promised_call_days": 7}, {"promised_call_days": 0},
        {"call_back_minutes": 5}, {"call_back_minutes": 60},
        {"talk_soon_minutes": 15}, {"talk_soon_minutes": 120},
        {"request_reminder_days": 1, "request_last_reminder_days": 2},
    ],
    ids=str,
)  # fmt: skip
def test_numbers_at_the_bounds_are_taken(changes):
    now = OfficeSettings.current()

    assert OfficeSettingsForm(model_to_dict(now) | changes, instance=now).is_valid()


@pytest.mark.parametrize(
    "changes", [{"confirmation_first_days": 1}, {"request_last_reminder_days": 4}], ids=str
)
def test_the_database_keeps_the_order_too(changes):
    OfficeSettings.current()
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeSettings.objects.update(**changes)


def test_every_number_of_the_office_is_on_its_page():
    of_the_office = {field.name for field in OfficeSettings._meta.fields} - {"id"}
    form = OfficeSettingsForm(instance=OfficeSettings.current())

    assert set(form.fields) == of_the_office
    assert {pointer.name for pointer in form.helper.layout.get_field_names()} == of_the_office
