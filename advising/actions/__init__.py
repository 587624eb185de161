"""What an advisor does for a student, and a student about it."""

from advising.actions.remarks import AlreadyMailed, nudge, read, remark, reword, take_away
from advising.actions.speaking import speak, take_back

__all__ = [
    "AlreadyMailed",
    "nudge",
    "read",
    "remark",
    "reword",
    "speak",
    "take_away",
    "take_back",
]
