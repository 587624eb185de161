"""To whom the students of a plan go; written beside each, so that it can be undone."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Greatest

from accounts.models import Caseload
from roster.importing.plan import Outcome, Planned
from roster.turns import office_day


def apply_caseloads(plan: list[Planned], *, at: datetime) -> None:
    """Whoever leaves or goes to somebody else ends with the one they had."""
    going = {one.student_id: one for one in plan if one.student_id and one.to is not None}
    leaving = {one.student_id: one for one in plan if one.outcome == Outcome.LEAVING}
    now = Caseload.objects.open().filter(student__in=[*going, *leaving]).select_for_update()
    ending, kept = [], []
    for caseload in now:
        one = going.get(caseload.student_id) or leaving[caseload.student_id]
        if one.to == caseload.advisor_id:
            one.caseloads = {"kept": caseload.pk, "source": caseload.source}
            kept.append(caseload.pk)
            going.pop(caseload.student_id)
        else:
            one.caseloads = {"ended": caseload.pk}
            ending.append(caseload.pk)
    # Only the list itself confirms somebody whom a rule had brought.
    Caseload.objects.filter(pk__in=kept).update(source=Caseload.Source.LIST, updated_at=at)
    until = Greatest("since", Value(office_day(at)))
    Caseload.objects.filter(pk__in=ending).update(until=until, updated_at=at)
    began = Caseload.objects.bulk_create(
        [
            Caseload(student_id=pk, advisor_id=one.to, since=office_day(at), source=one.source)
            for pk, one in going.items()
            if one.to is not None
        ],
        batch_size=1000,
    )
    for caseload in began:
        going[caseload.student_id].caseloads["began"] = caseload.pk
