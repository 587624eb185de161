"""How alumni fare now: the lengths of the lists that the office keeps goodwill by."""

from __future__ import annotations

from datetime import datetime

from alumni import goodwill_lists as lists
from alumni.models import Alum
from reports.suppression import LEAST


def goodwill_of(*, at: datetime) -> dict[str, int]:
    """What may be said of it: nothing about one to four people."""
    agreed = lists.agreed(Alum.objects.all())
    counts = {
        "agreed": agreed.count(),
        "never": lists.never_asked(agreed).count(),
        "worn": len(lists.worn_out(agreed, at=at)),
        "cap": len(lists.at_cap(agreed, at=at)),
        "paused": lists.paused(agreed, at=at).count(),
    }
    return {name: number for name, number in counts.items() if number >= LEAST}
