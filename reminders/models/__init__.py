"""The post book, what people chose to hear, and the days that are kept free."""

from reminders.feed.models import CalendarFeed, FeedEntry, GoneEntry
from reminders.models.choices import ReminderChoice, Way
from reminders.models.free_days import Reckoning, TermBreak
from reminders.models.post_book import (
    OWNERS,
    Reminder,
    ReminderQuerySet,
    Subject,
    column_of,
)
from reminders.models.wording import Wording

__all__ = [
    "OWNERS",
    "CalendarFeed",
    "FeedEntry",
    "GoneEntry",
    "Reckoning",
    "Reminder",
    "ReminderChoice",
    "ReminderQuerySet",
    "Subject",
    "TermBreak",
    "Way",
    "Wording",
    "column_of",
]
