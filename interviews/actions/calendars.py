"""A calendar takes one entry for a newer one of another by its SEQUENCE (RFC 5545, 3.8.7.4)."""

from __future__ import annotations

from interviews.calendar_file import status_of
from interviews.models import Interview

# What stands in calendars of a talk that has a time, beside how sure it is.
OF_TALK = (
    "starts_at", "minutes", "format", "place", "attire", "parking", "who_dials", "number_or_link",
    "travel_minutes",
)  # fmt: skip
OF_LETTERS = ("thank_you_due_on", "follow_up_due_on")


def store(interview: Interview, *fields: str) -> None:
    """Saves `fields`; the sequence rises when calendars have to show the talk otherwise.

    The caller holds the lock of the row, so two deeds at once are two steps.
    """
    before = Interview.objects.get(pk=interview.pk)
    if _shown(before) != _shown(interview):
        interview.calendar_sequence = before.calendar_sequence + 1
        fields = (*fields, "calendar_sequence")
    interview.save(update_fields=[*fields, "updated_at"])


def _shown(interview: Interview) -> list:
    letters = [getattr(interview, name) for name in OF_LETTERS]
    if interview.starts_at is None:
        return letters
    return [status_of(interview), *(getattr(interview, name) for name in OF_TALK), *letters]
