"""To whom the students of a plan go; written beside each, so that it can be undone."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Caseload
from roster.importing.plan import Outcome, Planned
from roster.turns import office_day


def apply_caseloads(plan: list[Planned], *, at: datetime) -> None:
    """Whoever leaves or goes to somebody else ends with the one they had."""
    going = {one.student_id: one for one in plan if one.student_id and one.to is not None}
    leaving = {one.student_id: one for one in plan if one.outcome == Outcome.LEAVING}
    now = Caseload.objects.open().filter(student__in=[*going, *leaving]).select_for_update()
    ending = []
    for caseload in now:
        one = going.get(caseload.student_id) or leaving[caseload.student_id]
        if one.to == caseload.advisor_id:
            one.caseloads = {"kept": caseload.pk, "source": caseload.source}
            caseload.source = one.source
            going.pop(caseload.student_id)
        else:
            one.caseloads = {"ended": caseload.pk}
            caseload.until = max(caseload.since, office_day(at))
            ending.append(caseload)
        caseload.updated_at = at
    Caseload.objects.bulk_update(now, ["until", "source", "updated_at"], batch_size=1000)
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
