"""The registrar's list of students, and what became of each of its rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from core.models import TimeStampedModel


class StudentListQuerySet(models.QuerySet["StudentList"]):
    def visible_to(self, user: User) -> StudentListQuerySet:
        return self if user.is_office_staff else self.none()


class StudentList(TimeStampedModel):
    """An uploaded file; nobody is touched before staff say so."""

    class State(models.TextChoices):
        UPLOADED = "UPLOADED", "Columns to be matched"
        CHECKED = "CHECKED", "Checked, not applied yet"
        RUNNING = "RUNNING", "Being brought in"
        DONE = "DONE", "Applied"
        UNDOING = "UNDOING", "Being undone"
        UNDONE = "UNDONE", "Undone"

    file_name = models.CharField(max_length=255)
    # Gone once it was applied: the rows say what is needed then.
    content = models.BinaryField()
    # Nobody when the nightly command brought it.
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.UPLOADED)
    # How a person said that the file is to be read: the fields of a Reading.
    reading = models.JSONField(default=dict)
    # Heading, as alumni.importing.mapping.headings_of() has it, to what it holds.
    columns = models.JSONField(default=dict)
    # The same headings in any order; a list without headings has none.
    fingerprint = models.CharField(max_length=64, blank=True)
    headings = models.JSONField(default=list)
    # Whoever is in no row has left, but for those who stay.
    leave = models.BooleanField(default=False)
    # Of the work that is under way.
    started_at = models.DateTimeField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    stop_wanted = models.BooleanField(default=False)
    # A sentence for staff, when the last try came to nothing.
    problem = models.TextField(blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = StudentListQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            # Serves the next list with the same headings.
            models.Index(name="studentlist_same_headings", fields=["fingerprint", "-id"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("roster:list", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.UPLOADED, self.State.CHECKED)

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.RUNNING, self.State.UNDOING)


class StudentListRowQuerySet(models.QuerySet["StudentListRow"]):
    def tallies(self) -> dict[str, int]:
        """All but those who are leaving add up to the rows of the list."""
        outcomes = StudentListRow.Outcome
        counts = {
            name: Count("id", filter=Q(outcome=outcome))
            for name, outcome in (
                ("created", outcomes.CREATED), ("updated", outcomes.UPDATED),
                ("unchanged", outcomes.UNCHANGED), ("rejected", outcomes.REJECTED),
                ("leaving", outcomes.LEAVING),
            )
        }  # fmt: skip
        return self.aggregate(rows=Count("id", filter=Q(number__isnull=False)), **counts)

    def left_out(self) -> StudentListRowQuerySet:
        return self.filter(outcome=StudentListRow.Outcome.REJECTED).order_by("number")

    def leaving(self) -> StudentListRowQuerySet:
        return self.filter(outcome=StudentListRow.Outcome.LEAVING).order_by("name", "id")

    def staying(self) -> StudentListRowQuerySet:
        """In no row, and staff said that they have not left."""
        return self.leaving().filter(stays=True)

    def still_brought(self) -> StudentListRowQuerySet:
        """Of an undone list: whom it brought, and who stayed."""
        brought = self.filter(outcome=StudentListRow.Outcome.CREATED, student__isnull=False)
        return brought.order_by("name", "id")


class StudentListRow(models.Model):
    class Outcome(models.TextChoices):
        CREATED = "CREATED", "New"
        UPDATED = "UPDATED", "Changed"
        UNCHANGED = "SAME", "The same"
        REJECTED = "REJECTED", "Left out"
        # No row of the list: a student who stands in none.
        LEAVING = "LEAVING", "Not in the list"

    of_list = models.ForeignKey(StudentList, on_delete=models.CASCADE, related_name="rows")
    # As the file counts, the heading included.
    number = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    name = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=list)
    # Sentences, beside the row.
    problems = models.JSONField(default=list)
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # In no row, and has not left.
    stays = models.BooleanField(default=False)
    # For each field what it held and what it holds, and the caseloads made and ended: for the undo.
    changes = models.JSONField(default=dict)

    objects = StudentListRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="studentlistrow_once", fields=["of_list", "number"]),
        ]

    def __str__(self) -> str:
        return f"#{self.of_list_id}/{self.number} {self.outcome}"
