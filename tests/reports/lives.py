"""Students with a past of chance: at the borders of terms and years, in three time zones."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from accounts.models import OfficeSettings
from contacts.models import Contact, Interaction
from interviews.models import Debrief, Interview
from letters.models import LetterReview
from reports import actions
from reports.models import Sheet
from tests.factories import (
    AlumFactory,
    ContactFactory,
    DebriefFactory,
    InteractionFactory,
    InterviewFactory,
    LetterFactory,
    StudentProfileFactory,
    UserFactory,
)

ZONES = ("Pacific/Honolulu", "America/New_York", "Pacific/Auckland")
MAJORS = ("English", "Physics", "Classics", "history ")
FIELDS = ("Law", "Film", "")
# Around the borders of a year and of its terms.
DAYS = (
    date(2025, 6, 30), date(2025, 7, 1), date(2025, 8, 23), date(2025, 8, 24), date(2025, 10, 9),
    date(2025, 12, 18), date(2025, 12, 19), date(2026, 1, 20), date(2026, 3, 3), date(2026, 5, 10),
    date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 20),
)  # fmt: skip
NOW = datetime(2026, 6, 24, 16, tzinfo=UTC)
# Just before and just after midnight, by the student's clock.
CLOCKS = (time(0, 0, 1), time(12), time(23, 59, 59))


def live(seed: int, *, students: int = 40, deeds: int = 6, days=DAYS, campus="mixed") -> None:
    """On a "tied" campus a major tells the field and the class; on a "woven" one, one of two."""
    random = Random(seed)
    alumni = AlumFactory.create_batch(12)
    for number in range(students):
        student = UserFactory(time_zone=ZONES[number % 3])
        major = random.choices(range(len(MAJORS)), (9, 6, 2, 1))[0]
        field, year = {
            "mixed": (random.randrange(len(FIELDS)), random.randrange(4)),
            "tied": (major // 2, major),
            "woven": ((major + random.randrange(2)) % 3, (major + random.randrange(2)) % 2),
        }[campus]
        StudentProfileFactory(
            student=student,
            class_year=(2026, 2027, 2028, None)[year],
            majors=[MAJORS[major], "Second"],
            fields_of_interest=[FIELDS[field]],
        )
        for _ in range(random.randint(0, deeds)):
            _meet(student, random, days, random.choice([None, *alumni]))


def count_all() -> int:
    """What a worker does each minute. The office's settings are made by whoever asks first."""
    OfficeSettings.current()
    return actions.keep_fresh(at=NOW)


def sheet_of(period) -> Sheet:
    count_all()
    return actions.sheet_of(period)


def at(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _meet(student, random: Random, days, alum) -> None:
    if alum is not None and student.contacts.filter(alum=alum).exists():
        alum = None
    day = random.choice(days)
    contact = ContactFactory(
        student=student, alum=alum, source=random.choice(("", Contact.Source.REFERRAL))
    )
    moment = at(day, random.choice(CLOCKS), student.time_zone)
    Contact.objects.filter(pk=contact.pk).update(created_at=moment)
    for _ in range(random.randint(0, 3)):
        InteractionFactory(
            contact=contact,
            happened_on=random.choice(days),
            outcome=random.choice(("ASKED", "ASKED", "", "AGREED", "BAD_TIME")),
            direction=random.choice(Interaction.Direction.values),
        )
    if random.random() < 0.6:
        _talk(contact, random, days)
    if random.random() < 0.3:
        asked_at = at(random.choice(days), random.choice(CLOCKS), student.time_zone)
        answered_at = asked_at + timedelta(hours=random.randint(1, 99), seconds=0.7)
        is_answered = random.random() < 0.7
        LetterReview.objects.create(
            letter=LetterFactory(contact=contact),
            asked_at=asked_at,
            text="Dear",
            answered_at=answered_at if is_answered else None,
            verdict="APPROVED" if is_answered else "",
        )


def _talk(contact: Contact, random: Random, days) -> Interview:
    held_on = random.choice(days)
    thanked = random.choice((None, 1, 3, 4))
    kept = random.choice((None, 40))
    talk = InterviewFactory(
        contact=contact,
        state="HELD",
        held_on=held_on,
        thank_you_due_on=held_on + timedelta(days=2),
        thank_you_last_on=held_on + timedelta(days=3),
        follow_up_due_on=held_on + timedelta(days=45),
        thanked_on=thanked and held_on + timedelta(days=thanked),
        followed_up_on=kept and held_on + timedelta(days=kept),
        interest_before=random.choice((None, 1, 2, 3)),
    )
    if random.random() < 0.7:
        debrief: Debrief = DebriefFactory(interview=talk)
        debrief.interest_after = random.choice((None, 3, 4, 5))
        debrief.save()
    return talk
