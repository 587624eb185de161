"""Advice that students of the demo share, so that a field stands there, and one piece to read."""

from __future__ import annotations

from accounts.models import Role, User
from careerhub.demo.words import TRADES
from insights import actions
from insights.sources import NEEDED
from interviews.models import Advice, Interview, State

PIECES = (
    "Ask to sit in for a day before you decide. The title says little of it.",
    "Keep a folder of what you made, also of what nobody asked for.",
    "Write to one person well instead of to ten in a hurry.",
    "Learn to explain your work to somebody who has five minutes.",
    "The first job may be dull. Look at who sits at the next desk.",
    "Read what the trade reads for a month, then ask.",
)
HELD = [State.HELD, State.DEBRIEFED, State.CLOSED]


def share_all(students: list[User]) -> None:
    """One talk a student; the last piece waits for the office."""
    staff = User.objects.filter(role=Role.STAFF).first()
    talks = Interview.objects.filter(state__in=HELD, contact__student__in=students).order_by(
        "contact__student", "pk"
    )
    by_student = {talk.contact.student_id: talk for talk in talks.select_related("contact")}
    chosen = list(by_student.values())[: NEEDED + 1]
    for number, talk in enumerate(chosen):
        advice = Advice.objects.create(interview=talk, text=PIECES[number % len(PIECES)])
        shared = actions.share(advice, text=advice.text, field=TRADES[0].field)
        if number < NEEDED and staff is not None:
            actions.publish(shared, seen=shared.text, left=shared.text, by=staff)
