"""Keeps the post book true, and sends what is due (docs/adr/0002, 0003 and 0007)."""

from reminders.actions.choosing import NotOffered, choose, snooze, unsubscribe
from reminders.actions.following import follow_rules, rules_changed
from reminders.actions.sending import drain, look, try_again
from reminders.actions.writing import reconcile, reschedule

__all__ = [
    "NotOffered",
    "choose",
    "drain",
    "follow_rules",
    "look",
    "reconcile",
    "reschedule",
    "rules_changed",
    "snooze",
    "try_again",
    "unsubscribe",
]
