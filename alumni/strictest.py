"""What two records of one person agreed to, as one: the strictest answer wins. Pure.

Nobody chooses here: somebody who said no on one of the two said no.
"""

from __future__ import annotations

from typing import Any

from alumni.models import HIDEABLE, Alum, AskBy, Consent

# Somebody whom nobody asked is seen by staff alone: that is stricter than a yes.
STRICTEST_FIRST = (Consent.NO, Consent.UNKNOWN, Consent.YES)
TERMS = (
    "consent", "ask_by", "hidden_fields", "paused_until", "requests_per_month",
    "days_between_requests",
)  # fmt: skip


def strictest(one: Alum, other: Alum, *, per_month: int, days_between: int) -> dict[str, Any]:
    """`per_month` and `days_between` are the office's: they count where nothing was said."""
    hidden = {*one.hidden_fields, *other.hidden_fields}
    return {
        "consent": min((one.consent, other.consent), key=STRICTEST_FIRST.index),
        "ask_by": _ask_by(one.ask_by, other.ask_by),
        "hidden_fields": [name for name in HIDEABLE if name in hidden],
        "paused_until": max(filter(None, (one.paused_until, other.paused_until)), default=None),
        "requests_per_month": _cap(
            one.requests_per_month, other.requests_per_month, usual=per_month, strict=min
        ),
        "days_between_requests": _cap(
            one.days_between_requests, other.days_between_requests, usual=days_between, strict=max
        ),
    }


def _ask_by(one: str, other: str) -> str:
    """Two ways that exclude each other leave the one that gives no address to a student."""
    ways = {one, other} - {AskBy.ANY}
    if len(ways) > 1:
        return AskBy.CAREERHUB
    return ways.pop() if ways else AskBy.ANY


def _cap(one: int | None, other: int | None, *, usual: int, strict) -> int | None:
    if one is None and other is None:
        return None
    said = strict(usual if one is None else one, usual if other is None else other)
    return None if None in (one, other) and said == usual else said
