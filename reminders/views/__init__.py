"""Today, what could not be delivered, and what is chosen and done from the mail."""

from reminders.views.post import act, choices, unsubscribe
from reminders.views.today import today, try_again, undeliverable

__all__ = ["act", "choices", "today", "try_again", "undeliverable", "unsubscribe"]
