"""What a student's network has come to, counted by the database itself."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from accounts.models import User
from core.localtime import local_date


class StudentCounters(models.Model):
    """One row for each student who has ever known anybody; never written by this code.

    Triggers keep it exact in the statement that changes a person, an entry, a talk or a debrief
    (docs/adr/0013, migration 0002_counting). The database deletes it together with its student.
    """

    student = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="counters",
    )
    # People at each step of the guide; each step holds the people of the next one.
    identified = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    agreed = models.PositiveIntegerField(default=0)
    met = models.PositiveIntegerField(default=0)
    thanked = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    talks_held = models.PositiveIntegerField(default=0)
    # Those met who were asked for another name, or gave one (G36).
    asked_for_names = models.PositiveIntegerField(default=0)
    # People who said no after the last day on which anybody said yes.
    noes_in_a_row = models.PositiveIntegerField(default=0)
    # The newest day that the student wrote down, and the newest moment of their own clicks.
    last_deed_on = models.DateField(null=True)
    last_touch_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "student counters"

    def __str__(self) -> str:
        return f"Counters of student {self.student_id}"

    def last_active_on(self, zone: str) -> date | None:
        """A day of the student's own calendar, who may have moved since."""
        touched = local_date(self.last_touch_at, zone) if self.last_touch_at else None
        return max(filter(None, (self.last_deed_on, touched)), default=None)


def counters_of(student: User) -> StudentCounters:
    """Who never knew anybody has no row."""
    return getattr(student, "counters", None) or StudentCounters(student=student)
