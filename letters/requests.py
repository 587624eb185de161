"""The words of a request to an alum: begun from the record, and examined before they go.

The alum answers by a click, so here nobody promises a call: the two checks of that are left out.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from accounts.models import StudentProfile, User
from alumni.models import Alum
from contacts.models import Contact
from core.localtime import local_date
from letters.blocks import assemble
from letters.checks import Finding, Piece, examine
from letters.facts import profile_of
from letters.models import Letter
from letters.openings import Facts, objective, openings

OF_A_CALL = ("call_promise", "call_day")
ASK = "May I talk with you for a short while, at a time that is convenient for you?"
CLOSE = "If you think of somebody else whom I should ask, I would be glad to hear that, too."


def first_words(student: User, *, alum: Alum, at: datetime) -> str:
    """`alum` is the copy that the student sees: what is hidden never comes into their words."""
    profile = profile_of(student)
    field = _field_in_common(profile, alum)
    blocks = openings(
        Letter.Kind.REQUEST,
        Facts(
            contact=alum.name,
            student=student.name,
            institution=settings.INSTITUTION,
            phone=profile.phone,
            is_graduate=profile.is_graduate(on=local_date(at, student.time_zone)),
            is_alum=True,
            class_year=profile.class_year,
            majors=tuple(profile.majors),
            background=profile.background,
            source=Contact.Source.ALUMNI,
            field=field,
        ),
    )
    starting = objective(Letter.Objective.STARTING, field=field)
    blocks |= {"objective": starting, "ask": ASK, "close": CLOSE}
    return assemble(Letter.Kind.REQUEST, blocks).text


def findings_in(
    words: str, student: User, *, alum: Alum, most_minutes: int, at: datetime
) -> list[Finding]:
    """What must be put right first, then the rest in the order of the words."""
    profile = profile_of(student)
    piece = Piece(
        text=words,
        kind="request",
        contact_name=alum.name,
        contact_is_alum=True,
        writer_is_graduate=profile.is_graduate(on=local_date(at, student.time_zone)),
        writer_name=student.name,
        institution=settings.INSTITUTION,
        most_minutes=most_minutes,
        known_words=_known_words(student, profile, alum),
    )
    found = [one for one in examine(piece) if one.check not in OF_A_CALL]
    return sorted(found, key=lambda one: not one.stops)


def _field_in_common(profile: StudentProfile, alum: Alum) -> str:
    """What both care for; else what the alum does; blank where neither is known."""
    theirs = {field.casefold(): field for field in alum.fields_of_work}
    both = [
        theirs[mine.casefold()] for mine in profile.fields_of_interest if mine.casefold() in theirs
    ]
    return next(iter([*both, *alum.fields_of_work]), "")


def _known_words(student: User, profile: StudentProfile, alum: Alum) -> frozenset[str]:
    said = [
        alum.name, alum.employer, alum.job_title, alum.place, *alum.fields_of_work, *alum.majors,
        *profile.majors, *profile.fields_of_interest, student.name, settings.INSTITUTION,
    ]  # fmt: skip
    words = (word.strip(".,;:()“”\"'") for text in said for word in text.split())
    return frozenset(word for word in words if word)
