"""A long list of alumni was imported, or stopped, while whoever uploaded it did something else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from accounts.models import Role
from alumni.models import Import
from core.paths import path_to
from core.templatetags.ui import full_stop
from reminders.kinds import register
from reminders.kinds.declaration import Words
from reminders.kinds.news import FRESH, News
from reminders.obligations import Obligation

DONE, FAILED = Import.State.DONE, Import.State.FAILED
# Who waited less than that has seen it on the page.
LONG = timedelta(minutes=1)


@register
class ImportFinished(News):
    key = "IMPORT_FINISHED"
    label = "A long import has finished"
    example = "imported"
    subject = Import
    recipient_path = "uploaded_by"
    roles = (Role.STAFF, Role.ADMINISTRATOR)
    moment = "finished_at"
    words = Words(
        "Your list {name}",
        "Your list {name}",
        "",
        "See what became of the list",
        "See each row",
        "upload",
    )

    def source(self, *, at: datetime) -> QuerySet[Import]:
        took_long = Q(state=DONE, updated_at__gte=F("started_at") + LONG)
        fresh = Import.objects.filter(finished_at__gt=at - FRESH, uploaded_by__isnull=False)
        return fresh.filter(took_long | Q(state=FAILED))

    def is_owed(self, subject: Import, *, at: datetime) -> bool:
        if subject.uploaded_by is None or not self.is_fresh(subject, at=at):
            return False
        if subject.state == FAILED:
            return True
        began = subject.started_at
        # The last thing that was written to it is that it was done.
        return subject.state == DONE and began is not None and subject.updated_at - began >= LONG

    def name_of(self, subject: Import) -> str:
        return subject.file_name

    def when(self, owed: Obligation) -> str:
        return "imported" if owed.subject.state == DONE else "nothing was imported"

    def details(self, owed: Obligation) -> list[str]:
        if owed.subject.state != DONE:
            return [owed.subject.problem]
        outcome = owed.subject.outcome_in_words
        return [full_stop(outcome)] if outcome else []

    def action(self, owed: Obligation) -> str:
        return "See each row" if owed.subject.state == DONE else "See what stood in the way"

    def url(self, owed: Obligation) -> str:
        return path_to("alumni:import_detail", owed.subject.pk)
