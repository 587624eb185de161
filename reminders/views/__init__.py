"""Today, what could not be delivered, what is chosen and done from the mail, and the calendar."""

from reminders.views.calendar import breaks, drop_break
from reminders.views.post import act, choices, notices, unsubscribe
from reminders.views.today import today, try_again, undeliverable

__all__ = [
    "act",
    "breaks",
    "choices",
    "drop_break",
    "notices",
    "today",
    "try_again",
    "undeliverable",
    "unsubscribe",
]
