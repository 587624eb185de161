"""Headings that are questions, as forms export them: “What is your first name?”.

As fields.normalised() leaves them.
"""

from __future__ import annotations

import re

_WHAT = r"(?:what|which|who|please|enter|your)\b.*\byour (?:\w+ )?"
# The first that fits is meant.
QUESTIONS = [
    (name, re.compile(pattern))
    for name, pattern in {
        "consent": r"^(?:may|can|could|would|are|is it)\b.*\bstudents?\b",
        "given_name": r"\byour (?:\w+ )?first name\b",
        "family_name": r"\byour (?:\w+ )?(?:last|family) name\b",
        "full_name": r"\byour (?:full )?name\b",
        "email": rf"{_WHAT}e ?mail\b",
        "phone": rf"{_WHAT}(?:tele)?(?:phone|mobile|cell)\b",
        "class_year": r"\b(?:when|year)\b.*\byou graduate|\byour (?:class year|year of graduation"
        r"|graduation year)\b",
        "majors": r"^(?:what|which) (?:was|is|were|are) your (?:\w+ )?majors?\b"
        r"|^what did you study\b",
        "place": r"\bwhere (?:do|are) you (?:currently |now )?(?:live|living|located|based)\b",
        "job_title": rf"{_WHAT}(?:job title|title|position|role)\b",
        "employer": r"^(?:where|who) do you (?:currently )?work\b"
        rf"|{_WHAT}(?:employer|company|organi[sz]ation)\b",
    }.items()
]
# About somebody else, or about what somebody thinks.
OF_OTHERS = re.compile(
    r"\b(?:spouse|partner|parents?|mother|father|child(?:ren)?|emergency|supervisor|manager"
    r"|friends?|colleagues?|maiden|former|previous|first job|how|why|(?:do|did) you like|newsletter"
    r"|describe|tell)\b"
)


def field_asked_for(words: str) -> str | None:
    """None for two questions in one as well: “Where do you work, and what is your title?”"""
    if "you" not in words or OF_OTHERS.search(words):
        return None
    asked = [name for name, pattern in QUESTIONS if pattern.search(words)]
    if " and " in words and {"employer", "job_title"} <= set(asked):
        return None
    return next(iter(asked), None)
