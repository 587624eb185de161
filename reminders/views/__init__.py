"""Today, the office's pages, what is chosen and done from the mail, and the calendar."""

from reminders.views.calendar import break_preview, breaks, drop_break
from reminders.views.office import (
    rules_preview,
    wording_edit,
    wording_list,
    wording_restore,
)
from reminders.views.post import act, choices, notices, unsubscribe
from reminders.views.today import today, try_again, undeliverable

__all__ = [
    "act",
    "break_preview",
    "breaks",
    "choices",
    "drop_break",
    "notices",
    "rules_preview",
    "today",
    "try_again",
    "undeliverable",
    "unsubscribe",
    "wording_edit",
    "wording_list",
    "wording_restore",
]
