"""Makes the accounts of the demo college: four to log in with, and the rest of a small campus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from accounts.models import Caseload, Role, StudentProfile, User
from careerhub.demo.words import FAMILY_NAMES, GIVEN_NAMES, TRADES
from roster.models import AssignmentRule

PASSWORD = "careerhub-demo"  # noqa: S105 - printed on the log-in page of every demo

BACKGROUNDS = (
    "I spent last summer {verb} and came back with more questions than I left with.",
    "Second in my family to go to college, first to think about {field}.",
    "I like work where I meet people. So far I have tried it by {verb}.",
    "My thesis touches {field}; I would like to see what the days are like.",
)
SUMMERS = (
    "running a farm stand",
    "tutoring at the town library",
    "working the desk of a small hotel",
    "sorting an archive of letters",
    "repairing bicycles",
    "counting birds for the county",
)


@dataclass(frozen=True)
class Campus:
    student: User
    others: list[User]


def make_people(student_count: int, *, seed: int, today: date) -> Campus:
    """One student has the log-in student@demo.example; two thirds of the others, her advisor."""
    staff = [
        _user("Ruth Halloran", "advisor@demo.example", Role.ADVISOR),
        _user("Noel Adeyinka", "noel@demo.example", Role.ADVISOR),
        _user("Jo Petrakis", "staff@demo.example", Role.STAFF),
        _user("Ada Quist", "admin@demo.example", Role.ADMINISTRATOR, is_superuser=True),
    ]
    random = Random(seed + 1)  # noqa: S311 - a demo must repeat itself
    maya = _user("Maya Oyelaran", "student@demo.example", Role.STUDENT)
    others = [_student(number, random) for number in range(2, student_count + 1)]
    _set_passwords([*staff, maya], others)
    User.objects.bulk_create([*staff, maya, *others])
    since, share = today - timedelta(days=90), 2 * len(others) // 3
    _look_after([maya, *others[:share]], staff[0], since=since)
    _look_after(others[share:], staff[1], since=since)
    _write_rules(staff[0], staff[1])
    StudentProfile.objects.bulk_create(
        [_mayas_profile(maya, today), *(_profile(student, random, today) for student in others)]
    )
    return Campus(student=maya, others=others)


def _user(name: str, email: str, role: Role, **fields) -> User:
    return User(name=name, email=email, role=role, **fields)


def _student(number: int, random: Random) -> User:
    name = f"{random.choice(GIVEN_NAMES)} {random.choice(FAMILY_NAMES)}"
    # Some study away, and their days begin and end at other hours.
    zone = random.choices(
        ("America/New_York", "America/Chicago", "Pacific/Honolulu", "Europe/London"), (12, 2, 1, 1)
    )[0]
    return _user(name, f"student-{number}@demo.example", Role.STUDENT, time_zone=zone)


def _set_passwords(known: list[User], others: list[User]) -> None:
    """One slow hash for the few with a password to print; nobody logs in as the others."""
    hashed = make_password(PASSWORD)
    for user in known:
        user.password = hashed
    for user in others:
        user.set_unusable_password()


def _look_after(students: list[User], advisor: User, *, since: date) -> None:
    Caseload.objects.bulk_create(
        Caseload(advisor=advisor, student=student, since=since) for student in students
    )


def _write_rules(first: User, second: User) -> None:
    """What staff see when they open the rules; they have moved nobody so far."""
    AssignmentRule.objects.create(rank=1, advisor=first, majors=["English", "Journalism"])
    AssignmentRule.objects.create(rank=2, advisor=second)


def _mayas_profile(maya: User, today: date) -> StudentProfile:
    return StudentProfile(
        student=maya,
        class_year=today.year + 1,
        majors=["English", "Environmental science"],
        fields_of_interest=["Journalism", "Publishing"],
        phone="(413) 555-0142",
        background="I edit the features pages of the student paper and grew up beside a river "
        "that floods.\nLast summer I recorded interviews for a town archive.\nI want to know how "
        "people make a living from telling true stories.",
    )


def _profile(student: User, random: Random, today: date) -> StudentProfile:
    trade = random.choice(TRADES)
    background = random.choice(BACKGROUNDS).format(
        verb=random.choice(SUMMERS), field=trade.field.lower()
    )
    return StudentProfile(
        student=student,
        class_year=today.year + random.randint(0, 3),
        majors=[random.choice(trade.majors)],
        fields_of_interest=[trade.field],
        phone=f"(413) 555-{random.randint(1000, 9999)}" if random.random() < 0.7 else "",
        background=background if random.random() < 0.8 else "",
    )
