"""Students of some years with all that they did: rows written at once, for a college of any size.

A student has eight contacts, five talks (held, declined or still open) and twenty lines in the
log. The same for the same seed and day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import StudentProfile, Term, User
from careerhub.demo.filling import Rows
from careerhub.demo.words import FAMILY_NAMES, GIVEN_NAMES, TRADES
from contacts.models import Contact, Interaction
from core.localtime import moment
from interviews.models import Debrief, Interview, State
from letters.models import Letter, LetterReview
from reports.periods import year_of

ZONES = ("America/New_York", "America/Chicago", "Pacific/Honolulu", "Europe/London")
DAYS_BACK = 850
CONTACTS, TALKS, LINES = 8, 5, 20
STUDENTS_AT_ONCE = 1000
# In the order in which their rows lean on each other.
TABLES = (
    User, StudentProfile, Contact, Interaction, Interview, Debrief, Letter, LetterReview,
)  # fmt: skip
# First and last days of a college year's terms: month, day, years after its July.
CALENDAR = (
    ("Fall", (8, 24, 0), (12, 18, 0)),
    ("Spring", (1, 20, 1), (5, 10, 1)),
    ("Summer", (6, 1, 1), (7, 31, 1)),
)


def make_terms(today: date) -> None:
    """Of the year that is running and the two before it."""
    this = year_of(today).first_on.year
    for start in range(this - 2, this + 1):
        for name, (month, day, later), (last_month, last_day, last_later) in CALENDAR:
            Term.objects.create(
                name=f"{name} {start + later}",
                first_on=date(start + later, month, day),
                last_on=date(start + last_later, last_month, last_day),
            )


def make_history(
    students: int, *, seed: int, now: datetime, today: date, alumni: Sequence[int] = ()
) -> list[int]:
    """Returns the keys of the students. Some of their contacts are of `alumni`."""
    random = Random(f"history-{seed}")  # noqa: S311 - a demo must repeat itself
    nobodys, keys = make_password(None), []
    for first in range(0, students, STUDENTS_AT_ONCE):
        rows = Rows()
        numbers = range(first, min(first + STUDENTS_AT_ONCE, students))
        made = [_student(number, random, rows, today, nobodys) for number in numbers]
        for key, zone, trade in made:
            _live(_Life(key, zone, trade, random, rows, today, alumni))
        rows.write(TABLES, at=now)
        keys += [key for key, _, _ in made]
    return keys


def _student(
    number: int, random: Random, rows: Rows, today: date, nobodys: str
) -> tuple[int, str, Any]:
    trade, zone = random.choice(TRADES), random.choices(ZONES, (12, 2, 1, 1))[0]
    key = rows.add(
        User,
        name=f"{random.choice(GIVEN_NAMES)} {random.choice(FAMILY_NAMES)}",
        email=f"past-{number + 1}@demo.example",
        password=nobodys,
        time_zone=zone,
    )
    rows.add(
        StudentProfile,
        student_id=key,
        class_year=today.year + random.choice((0, 1, 1, 2, 2, 3)),
        # Most choose the usual one; a college has its rare majors all the same.
        majors=[*dict.fromkeys(random.choices(trade.majors, (12, 3, 1), k=2))],
        fields_of_interest=[trade.field],
    )
    return key, zone, trade


@dataclass
class _Life:
    student: int
    zone: str
    trade: Any
    random: Random
    rows: Rows
    today: date
    alumni: Sequence[int]
    lines: int = 0

    def on(self, day: date, days: int) -> date | None:
        later = day + timedelta(days=days)
        return later if later <= self.today else None

    def log(self, contact: int, day: date, **line: Any) -> None:
        self.lines += 1
        self.rows.add(
            Interaction, contact_id=contact, happened_on=day, **{"channel": "EMAIL", **line}
        )


def _live(life: _Life) -> None:
    contacts = []
    for number in range(CONTACTS):
        day = life.today - timedelta(days=life.random.randint(1, DAYS_BACK))
        contact = _finds(life, day)
        contacts.append((contact, day))
        if number < TALKS:
            _asks_to_talk(life, contact, day)
        elif number < CONTACTS - 1:
            life.log(contact, day, outcome="ASKED")
    _has_a_letter_read(life, *contacts[0])
    while life.lines < LINES:
        contact, day = life.random.choice(contacts)
        later = life.random.randint(0, (life.today - day).days)
        life.log(
            contact, day + timedelta(days=later), channel=life.random.choice(("NOTE", "PHONE"))
        )


def _finds(life: _Life, day: date) -> int:
    random, trade = life.random, life.trade
    alum = random.choice(life.alumni) if life.alumni and random.random() < 0.5 else None
    return life.rows.add(
        Contact,
        student_id=life.student,
        # Twice the same alum is once too often.
        alum_id=None if alum is None or not _is_new(life, alum) else alum,
        name=f"{random.choice(GIVEN_NAMES)} {random.choice(FAMILY_NAMES)}",
        job_title=random.choice(trade.titles),
        employer=random.choice(trade.employers),
        field=trade.field,
        source=random.choices(("ALUMNI", "REFERRAL", "PROFESSOR", "FRIEND"), (4, 3, 2, 2))[0],
        created_at=moment(day, time(random.randint(0, 23), 30), life.zone),
    )


def _is_new(life: _Life, alum: int) -> bool:
    own = life.rows.rows.get(Contact, [])[-CONTACTS:]
    return not any(c["alum_id"] == alum and c["student_id"] == life.student for c in own)


def _asks_to_talk(life: _Life, contact: int, day: date) -> None:
    random = life.random
    life.log(contact, day, outcome="ASKED")
    replied_on = life.on(day, random.randint(1, 9)) if random.random() < 0.8 else None
    if replied_on is None:
        life.rows.add(Interview, contact_id=contact, state=State.ASKED)
        return
    agreed = random.random() < 0.85
    life.log(contact, replied_on, direction="IN", outcome="AGREED" if agreed else "DECLINED")
    held_on = life.on(replied_on, random.randint(3, 14))
    if not agreed or held_on is None:
        state = State.ACCEPTED if agreed else State.DECLINED
        life.rows.add(Interview, contact_id=contact, state=state)
        return
    _holds(life, contact, held_on)


def _holds(life: _Life, contact: int, held_on: date) -> None:
    random = life.random
    thanked_on = (
        life.on(held_on, random.choice((1, 1, 2, 2, 3, 5))) if random.random() < 0.9 else None
    )
    kept_on = life.on(held_on, random.randint(31, 58)) if random.random() < 0.45 else None
    before = random.randint(2, 4)
    talk = life.rows.add(
        Interview,
        contact_id=contact,
        state=State.DEBRIEFED,
        held_on=held_on,
        thank_you_opens_on=held_on + timedelta(days=1),
        thank_you_due_on=held_on + timedelta(days=2),
        thank_you_last_on=held_on + timedelta(days=3),
        follow_up_opens_on=held_on + timedelta(days=30),
        follow_up_due_on=held_on + timedelta(days=45),
        follow_up_last_on=held_on + timedelta(days=60),
        thanked_on=thanked_on,
        followed_up_on=kept_on,
        interest_before=before,
    )
    if random.random() < 0.8:
        after = min(5, max(1, before + random.choice((-1, 0, 1, 1, 2))))
        life.rows.add(Debrief, interview_id=talk, interest_after=after)
    if thanked_on:
        life.log(contact, thanked_on, outcome="THANKED")


def _has_a_letter_read(life: _Life, contact: int, day: date) -> None:
    letter = life.rows.add(
        Letter, contact_id=contact, kind="REQUEST", state="SENT", sent_on=day, sent_by="OWN"
    )
    asked_at = moment(day, time(10), life.zone) - timedelta(days=3)
    life.rows.add(
        LetterReview,
        letter_id=letter,
        asked_at=asked_at,
        answered_at=asked_at + timedelta(minutes=life.random.randint(90, 5000)),
        verdict="APPROVED",
        text="Dear",
    )
