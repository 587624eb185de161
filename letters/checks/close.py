"""The close: a call that is promised, on the day that was planned (G16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from letters.checks.piece import Finding, Piece
from letters.checks.reading import any_of, plain, sentences
from letters.checks.registry import at, check, missing

_WILL = (
    r"i(?:'ll| will| shall| plan to| intend to| mean to| hope to| would like to|'d like to|"
    r"(?:'m| am) (?:going|planning) to)(?:, [^,.!?]{1,40},)?"
    r"(?: (?:then|also|gladly|certainly|definitely|simply|just|try to|try and|be sure to|"
    r"follow up and|"
    r"follow up to|therefore|probably|take the liberty to|of course|happily)){0,2}"
)
_PROMISE = any_of(
    rf"{_WILL} (?:call|phone|telephone|ring)\b(?! (?:it|me|myself|upon))",
    rf"{_WILL} give (?:\w+ ){{1,3}}?a (?:\w+ )?(?:call|ring|buzz)\b",
    rf"{_WILL} (?:follow|be following) up (?:with you )?(?:with|by|over) (?:a |an |the )?(?:phone|"
    rf"call|telephone)\b",
    rf"{_WILL} be (?:calling|phoning)\b",
    rf"{_WILL} [^,.!?]{{1,60}} (?:by|over the) (?:tele)?phone\b",
    rf"{_WILL} try (?:to reach you|you|your (?:\w+ )?(?:number|office|phone))\b",
    r"(?:expect|look out for) (?:a|my) (?:phone )?call\b", r"i(?:'m| am) (?:calling|phoning) you\b",
    r"you(?:'ll| will) (?:hear from me by (?:tele)?phone|get a (?:phone )?call from me)\b",
    r"i plan on (?:calling|phoning|giving you a (?:call|ring))\b",
)  # fmt: skip


def promises(text: str) -> Iterator[re.Match[str]]:
    """Where the writer says that they will call; not where they ask to be called."""
    return _PROMISE.finditer(plain(text))


@check("call_promise", clause="G16", kinds=("request",))
def call_promise(piece: Piece) -> Iterator[Finding]:
    if not any(promises(piece.text)):
        on = f"on {_written(piece.call_on)}" if piece.call_on else "next Tuesday"
        yield missing(
            "We found no promise to call",
            "When you call them, nobody has to remember to answer a letter.",
            rewrite=f"I will call you {on} to ask whether that would be possible.",
        )


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAY = "|".join(rf"{day[:3]}(?:{day[3:]}|s|\.)?" for day in _WEEKDAYS)
_MONTH = "|".join(rf"{month[:3]}(?:{month[3:]}|t?\.|t)?" for month in _MONTHS)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:(?P<weekday>{_WEEKDAY})\b,? ?)?"
    rf"(?:(?:the )?(?:(?P<month>{_MONTH}) (?P<day>{_NTH})|"
    rf"(?P<day2>{_NTH}) (?:of )?(?P<month2>{_MONTH})|"
    r"(?P<month3>\d{1,2})/(?P<day3>\d{1,2})|(?<=the )(?P<day4>\d{1,2}(?:st|nd|rd|th)))\b)"
    rf"|\b(?P<alone>{_WEEKDAY})\b"
)
_NEAR = 70


@check("call_day", clause="G16", kinds=("request",))
def call_day(piece: Piece) -> Iterator[Finding]:
    """A vague promise ("next week") agrees with every day."""
    if piece.call_on is None:
        return
    for sentence in sentences(piece.text):
        promise = _PROMISE.search(sentence.plain)
        if promise is None:
            continue
        named = _DATE.search(sentence.plain, promise.end(), promise.end() + _NEAR)
        named = named or _DATE.search(sentence.plain, 0, promise.start())
        if named and not _agrees(named, piece.call_on):
            start, end = (sentence.start + offset for offset in named.span())
            yield at(
                piece.text,
                (start, end),
                "Another day than you planned",
                "They may wait by the phone, so the letter and your plan should name one day.",
                rewrite=_written(piece.call_on),
            )


def _agrees(named: re.Match[str], on: date) -> bool:
    weekday = named["weekday"] or named["alone"]
    if weekday and not _WEEKDAYS[on.weekday()].startswith(weekday.rstrip(".")[:3]):
        return False
    day = next((named[name] for name in ("day", "day2", "day3", "day4") if named[name]), None)
    if day and int(day.rstrip("sthnrd")) != on.day:
        return False
    if named["month3"]:
        return int(named["month3"]) == on.month
    month = named["month"] or named["month2"]
    return not month or _MONTHS[on.month - 1].startswith(month[:3])


def _written(on: date) -> str:
    return f"{on:%A, %B} {on.day}"
