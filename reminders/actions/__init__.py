"""Keeps the post book true, and sends what is due (docs/adr/0002, 0003 and 0007)."""

from reminders.actions.choosing import NotOffered, choose, snooze, unsubscribe
from reminders.actions.following import drop_break, follow_rules, keep_break, rules_changed
from reminders.actions.sending import drain, look, try_again
from reminders.actions.writing import reconcile, reschedule

__all__ = [
    "NotOffered",
    "choose",
    "drain",
    "drop_break",
    "follow_rules",
    "keep_break",
    "look",
    "reconcile",
    "reschedule",
    "rules_changed",
    "snooze",
    "try_again",
    "unsubscribe",
]
