"""The counters are exact after every statement, of whatever kind and however many rows."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from advising.models import StudentCounters
from contacts import actions as contacts
from contacts.actions import own_imports as own_people
from contacts.models import Contact, Interaction
from interviews.models import Debrief, Interview, State
from tests.advising.counting import counted_by_hand, counted_by_the_database
from tests.advising.deeds import hold_talk, thank, write_again
from tests.factories import (
    ContactFactory,
    DebriefFactory,
    InteractionFactory,
    InterviewFactory,
    UserFactory,
)

AT = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
FIRST = date(2026, 1, 5)
OUTCOMES = [*Interaction.Outcome]
STATES = [State.IDEA, State.ASKED, State.ACCEPTED, State.DECLINED, State.NO_RESPONSE]


class Life:
    """Deeds drawn by chance among some students: single ones, and those of many rows at once."""

    def __init__(self, seed: int, students) -> None:
        self.chance = random.Random(seed)
        self.students = students

    def day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange(60))

    def one(self, rows):
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.get(pk=self.chance.choice(keys)) if keys else None

    def some(self, rows):
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.filter(pk__in=self.chance.sample(keys, k=len(keys) // 3))

    def do(self) -> None:
        deeds = [getattr(self, name) for name in sorted(dir(self)) if name.startswith("deed_")]
        self.chance.choice(deeds)()

    def deed_add(self):
        someone = self.one(Contact.objects.all())
        student = someone.student if someone else self.students[0]
        ContactFactory(student=student, referred_by=self.chance.choice([None, someone]))

    def deed_add_many(self):
        Contact.objects.bulk_create(
            Contact(student=self.chance.choice(self.students), name="Wen Li") for _ in range(4)
        )

    def deed_log_many(self):
        people = list(self.some(Contact.objects.all()))
        Interaction.objects.bulk_create(
            Interaction(
                contact=person, happened_on=self.day(), channel="EMAIL",
                outcome=self.chance.choice(OUTCOMES),
            )
            for person in people
        )  # fmt: skip

    def deed_change_the_log(self):
        self.some(Interaction.objects.all()).update(outcome=self.chance.choice(OUTCOMES))

    def deed_begin(self):
        if someone := self.one(Contact.objects.all()):
            InterviewFactory(contact=someone, state=self.chance.choice(STATES))

    def deed_hold(self):
        if someone := self.one(Contact.objects.filter(interviews=None)):
            talk = hold_talk(someone, on=FIRST)
            if self.chance.random() < 0.6:
                thank(talk, on=FIRST)
            if self.chance.random() < 0.4:
                write_again(talk, on=FIRST + timedelta(days=40))

    def deed_debrief(self):
        if talk := self.one(Interview.objects.filter(held_on__isnull=False, debrief=None)):
            DebriefFactory(interview=talk, asked_for_names=self.chance.choice([None, True, False]))

    def deed_change_debriefs(self):
        self.some(Debrief.objects.all()).update(asked_for_names=self.chance.choice([True, False]))

    def deed_change_talks(self):
        open_ones = self.some(Interview.objects.filter(held_on__isnull=True))
        when = AT - timedelta(days=self.chance.randrange(60))
        open_ones.update(state=self.chance.choice(STATES), updated_at=when)

    def deed_delete_people(self):
        self.one_of_three(Contact.objects.all())

    def deed_delete_entries(self):
        self.one_of_three(Interaction.objects.all())

    def deed_delete_talks(self):
        self.one_of_three(Interview.objects.all())

    def one_of_three(self, rows):
        if found := self.one(rows):
            found.delete()

    def deed_give_away(self):
        """No action does so; the counters would follow all the same."""
        self.some(Contact.objects.all()).update(student=self.chance.choice(self.students))

    def deed_merge(self):
        someone = self.one(Contact.objects.all())
        other = someone and self.one(
            Contact.objects.filter(student=someone.student).exclude(pk=someone.pk)
        )
        if other:
            merge = contacts.merge(someone, other, choices={}, at=AT)
            if self.chance.random() < 0.5:
                contacts.undo_merge(merge, at=AT)


@pytest.mark.parametrize("seed", range(6))
def test_counters_equal_an_independent_count_after_every_deed(seed):
    students = UserFactory.create_batch(3)
    life = Life(seed, students)
    life.deed_add_many()
    for _ in range(40):
        life.do()
        for student in students:
            assert counted_by_the_database(student) == counted_by_hand(student)
    assert StudentCounters.objects.exists()


def test_counters_follow_an_import_and_its_undo(student):
    brought = own_people.read_own_people(
        student, file_name="people.csv", content=b"Name\nWen Li\nAnn Lee\n", at=AT
    )
    own_people.add_chosen(brought, at=AT)
    with_them = counted_by_the_database(student)
    own_people.undo_own_people(brought, at=AT)

    assert with_them["identified"] == 2
    assert counted_by_the_database(student) == counted_by_hand(student)
    assert counted_by_the_database(student)["identified"] == 0


def test_counters_go_with_their_student(student):
    InteractionFactory(contact__student=student)
    student.delete()

    assert not StudentCounters.objects.exists()


def test_counters_of_others_stay_as_they_are(student, other_student):
    ContactFactory(student=other_student)
    ContactFactory.create_batch(2, student=student)

    assert counted_by_the_database(other_student)["identified"] == 1


@pytest.mark.parametrize(
    ("answers", "noes"),
    [
        ([("DECLINED", 1), ("DECLINED", 2), ("DECLINED", 3)], 3),
        ([("DECLINED", 1), ("AGREED", 2), ("DECLINED", 3)], 1),
        ([("DECLINED", 1), ("DECLINED", 2), ("AGREED", 3)], 0),
        ([("DECLINED", 2), ("AGREED", 2)], 0),
        ([("NO_ANSWER", 1), ("LEFT_MESSAGE", 2)], 0),
    ],
    ids=["three noes", "one since a yes", "a yes last", "on one day", "no answers"],
)
def test_noes_in_a_row_begin_after_the_last_yes(student, answers, noes):
    for outcome, day in answers:
        InteractionFactory(
            contact__student=student, outcome=outcome, happened_on=date(2026, 3, day)
        )

    assert counted_by_the_database(student)["noes_in_a_row"] == noes


@pytest.mark.parametrize(
    ("zone", "on"),
    [("Pacific/Honolulu", 5), ("America/New_York", 5), ("Pacific/Auckland", 6)],
)
def test_last_activity_is_a_day_of_the_student(zone, on):
    """Three in the morning of the sixth in London."""
    contact = ContactFactory(student=UserFactory(time_zone=zone))
    night = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
    Contact.objects.filter(pk=contact.pk).update(created_at=night)

    counters = StudentCounters.objects.get()

    assert counters.last_active_on(zone) == date(2026, 3, on)


def test_what_is_not_counted_touches_no_counter(student):
    """Typing notes must not make two pages of one student wait for each other."""
    entry = InteractionFactory(contact__student=student)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin FROM advising_studentcounters")
        before = cursor.fetchone()
        Interaction.objects.filter(pk=entry.pk).update(said="New words.")
        cursor.execute("SELECT xmin FROM advising_studentcounters")
        assert cursor.fetchone() == before


@pytest.mark.django_db(transaction=True)
def test_counters_count_two_deeds_of_one_moment():
    """Without the lock, the one that ends last would not have seen the other."""
    student = UserFactory()

    def add() -> None:
        try:
            with transaction.atomic():
                ContactFactory(student=student)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        for work in [pool.submit(add) for _ in range(40)]:
            work.result()

    assert counted_by_the_database(student)["identified"] == 40
