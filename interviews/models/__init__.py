"""Informational interviews: the talk, what is asked in it, and what it left behind."""

from interviews.models.debrief import Advice, Debrief, Insight
from interviews.models.interview import (
    AHEAD,
    ALLOWED_MOVES,
    MET,
    TO_SETTLE,
    UNDERWAY,
    Interview,
    Section,
    State,
)
from interviews.models.questions import PreparedQuestion, Question, Topic

__all__ = [
    "AHEAD",
    "ALLOWED_MOVES",
    "MET",
    "TO_SETTLE",
    "UNDERWAY",
    "Advice",
    "Debrief",
    "Insight",
    "Interview",
    "PreparedQuestion",
    "Question",
    "Section",
    "State",
    "Topic",
]
