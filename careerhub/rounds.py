"""The rounds that beat rings for. A bell carries nothing, and may be lost, doubled or late.

They tick by interval: an hourly crontab skips an hour when the clocks go back.
"""

from typing import Any


def _rung(task: str, *, every: float, expires: int) -> dict[str, Any]:
    """Both in seconds."""
    return {"task": task, "schedule": every, "options": {"expires": expires}}


SCHEDULE = {
    # What is due, every five seconds: one query when there is nothing. So an hour that was agreed
    # is kept, and what a killed worker left is taken up as soon as its lease is over.
    "send-due-reminders": _rung("reminders.tasks.look", every=5.0, expires=300),
    "drain-reminders": _rung("reminders.tasks.drain", every=60.0, expires=300),
    "deliver-letters": _rung("letters.tasks.deliver", every=60.0, expires=300),
    "look-after-requests": _rung("alumni.tasks.look", every=60.0, expires=300),
    "deliver-roster-mail": _rung("roster.tasks.deliver", every=60.0, expires=300),
    # A list whose bell was lost, or whose worker died, is taken up again.
    "resume-imports": _rung("alumni.tasks.resume_imports", every=300.0, expires=600),
    "resume-student-lists": _rung("roster.tasks.resume_lists", every=60.0, expires=300),
    # Whoever reads a report counts what changed since; so there is never much left to count.
    "keep-reports-fresh": _rung("reports.tasks.keep_fresh", every=60.0, expires=300),
    # What calendars were told of deleted talks is kept for a month, and not longer.
    "forget-gone-entries": _rung(
        "reminders.tasks.forget_gone_entries", every=86400.0, expires=3600
    ),
    # What staff and alumni edited may make two records alike, or no longer so.
    "find-duplicates": _rung("alumni.tasks.find_duplicates", every=86400.0, expires=3600),
}
