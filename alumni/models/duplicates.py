"""Two records that may be one person, and two that became one."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from alumni.models.directory import Alum
from alumni.models.imports import Import

LIKELY, VERY_LIKELY = 70, 85


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_office_staff else self.none()

    def open(self) -> Self:
        """Nobody has said yet whether they are one."""
        return self.filter(apart_at__isnull=True)

    def apart(self) -> Self:
        return self.filter(apart_at__isnull=False)

    def with_people(self) -> Self:
        return self.select_related("one", "other").defer("one__search", "other__search")

    def likeliest_first(self) -> Self:
        return self.order_by("-score", "id")

    def newcomers(self, of_import: Import) -> int:
        """How many people of this list may have been in the directory before it."""
        return self.open().filter(of_import=of_import).values("other").distinct().count()


class DuplicatePair(models.Model):
    """The older record first. Said to be two people, the row stays and is not shown again."""

    # An import is taken back by SQL of its own: the database lets a pair go with either (0009).
    one = models.ForeignKey(Alum, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    other = models.ForeignKey(Alum, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    # 0 to 100, and each reason in words that stand alone.
    score = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=300), default=list)
    found_at = models.DateTimeField()
    # The list that brought the other of the two.
    of_import = models.ForeignKey(
        Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="duplicates"
    )
    apart_at = models.DateTimeField(null=True, blank=True)
    apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="duplicatepair_once", fields=["one", "other"]),
            # Each pair has one order, so that it is found whichever way it is asked.
            models.CheckConstraint(name="duplicatepair_in_order", condition=Q(one__lt=F("other"))),
        ]
        indexes = [
            # Serves the office's list, the likeliest first.
            models.Index(
                "score", F("id").desc(), name="duplicatepair_open", condition=Q(apart_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"

    def get_absolute_url(self) -> str:
        return reverse("alumni:duplicate", args=[self.pk])

    @property
    def how_likely(self) -> str:
        if self.score >= VERY_LIKELY:
            return "Very likely one person"
        return "Likely one person" if self.score >= LIKELY else "Perhaps one person"


class AlumMergeQuerySet(models.QuerySet["AlumMerge"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_office_staff else self.none()

    def standing(self) -> Self:
        """Not taken back, the newest first: they come apart in this order."""
        return self.filter(undone_at__isnull=True).order_by("-id")


class AlumMerge(models.Model):
    """One record went into another: by whom, and what each was, so that it can be undone.

    Once undone, it says who did what and when, and keeps nothing of either person.
    """

    kept = models.ForeignKey(Alum, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    # The key of the one that went; it gets it back.
    merged_pk = models.BigIntegerField()
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True
    )
    # Links that went out to the one that went lead to the kept one, while both versions hold.
    merged_version = models.PositiveIntegerField()
    kept_version = models.PositiveIntegerField()
    # {"kept": {…}, "merged": {…}, "after": {…}, "moved": {"app.Model.field": [pk, …]},
    # "dropped": [mail, …], "pairs": [pair, …], "made_pairs": [pk, …], "told": {…}}
    before = models.JSONField(default=dict)

    objects = AlumMergeQuerySet.as_manager()

    class Meta:
        indexes = [
            # Serves links to the desk of somebody who went into another.
            models.Index(name="alummerge_merged", fields=["merged_pk"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} into alum {self.kept_id}"

    @property
    def merged_name(self) -> str:
        return self.before.get("merged", {}).get("name", "")
