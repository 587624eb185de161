"""How alumni fare now: the lengths of the lists that the office keeps goodwill by."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from alumni import goodwill_lists as lists
from reports.suppression import LEAST


def goodwill_of(user: User, *, at: datetime) -> dict[str, int]:
    """What may be said of it: nothing about one to four people."""
    counts = {
        "agreed": lists.agreed(user).count(),
        "never": lists.never_asked(user).count(),
        "worn": len(lists.worn_out(user, at=at)),
        "cap": len(lists.at_cap(user, at=at)),
        "paused": lists.paused(user, at=at).count(),
    }
    return {name: number for name, number in counts.items() if number >= LEAST}
