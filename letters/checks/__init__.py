"""The checks before a letter goes: pure functions, each in a small file with its relatives.

`examine` asks them all. A check answers for the kinds of letter that it is for, and finds nothing
in the others; none of them raises, whatever was typed.
"""

from __future__ import annotations

from letters.checks.asking import appointment, convenience, minutes
from letters.checks.blanks import blank
from letters.checks.close import call_day, call_promise
from letters.checks.college import college
from letters.checks.greeting import greeting_name
from letters.checks.job import direct_request, of_question
from letters.checks.language import grammar, spelling
from letters.checks.length import length
from letters.checks.news import advice_helped, search_news
from letters.checks.piece import Finding, Kind, Piece
from letters.checks.questions import extra_question, own_question
from letters.checks.referrer import referrer_named, referrer_permission
from letters.checks.registry import Check
from letters.checks.resume import resume
from letters.checks.thanks import advice_used, enjoyed
from letters.checks.writer import background, objective

__all__ = ["CHECKS", "Check", "Finding", "Kind", "Piece", "examine", "of_question"]

# What is missing is told in this order; the rest in the order of the letter.
CHECKS: tuple[Check, ...] = (
    greeting_name, referrer_named, referrer_permission, college, background, objective,
    appointment, convenience, minutes, call_promise, call_day, extra_question, own_question,
    direct_request, resume, enjoyed, advice_used, advice_helped, search_news, blank, spelling,
    grammar, length,
)  # fmt: skip


def examine(piece: Piece) -> list[Finding]:
    """What is missing first, then by position."""
    found = [finding for check in CHECKS for finding in check(piece)]
    return sorted(found, key=lambda one: -1 if one.start is None else one.start)
