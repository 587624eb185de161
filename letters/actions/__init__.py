"""What happens to a letter: it is written, read by an advisor, sent, and mailed."""

from letters.actions.delivery import deliver_due, try_again
from letters.actions.refusals import AlreadySent, NotReady, Refused, WrongDay
from letters.actions.reviewing import (
    answer_review,
    ask_review,
    say_about,
    say_no_more,
    take_back_review,
)
from letters.actions.sending import send, take_back
from letters.actions.writing import Words, check_may_go, delete, draft, mark_ready, save

__all__ = [
    "AlreadySent",
    "NotReady",
    "Refused",
    "Words",
    "WrongDay",
    "answer_review",
    "ask_review",
    "check_may_go",
    "delete",
    "deliver_due",
    "draft",
    "mark_ready",
    "save",
    "say_about",
    "say_no_more",
    "send",
    "take_back",
    "take_back_review",
    "try_again",
]
