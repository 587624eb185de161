"""What is searched of a student's record, and where each thing keeps its words and its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db.models import Expression, F, Func, QuerySet, TextField, Value

from accounts.models import User
from contacts.models import Contact, Interaction
from interviews.models import Advice, Debrief, Insight, Interview, PreparedQuestion
from letters.models import Letter


class Source(NamedTuple):
    rows: Callable[[User], QuerySet[Any]]
    person: str
    on: Sequence[str]
    texts: Sequence[str | Expression]
    label: Expression | F = Value("")
    page: str = "pk"
    twin: str = ""


def _insights(user: User) -> QuerySet[Insight]:
    return Insight.objects.filter(debrief__in=Debrief.objects.visible_to(user))


# Every string in the blocks of a letter.
WORDS_OF_LETTER = Func(
    F("blocks"),
    template="(SELECT string_agg(word #>> '{}', E'\\n') FROM jsonb_path_query(%(expressions)s,"
    " 'strict $.**') AS word WHERE jsonb_typeof(word) = 'string')",
    output_field=TextField(),
)
# 4135550136 finds (413) 555-0136.
DIGITS_OF_PHONE = Func(
    F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace",
    output_field=TextField(),
)  # fmt: skip
OF_TALK = "interview__contact_id"
DAY_OF_TALK = ("interview__held_on", "interview__starts_at", "created_at")
SOURCES = {
    "contact": Source(
        Contact.objects.visible_to, "pk", ["created_at"],
        ["name", "job_title", "employer", "field", "email", "phone", "address", "website",
         "source_note", "why", "other_details", DIGITS_OF_PHONE],
    ),
    "log": Source(
        Interaction.objects.visible_to, "contact_id", ["happened_on"], ["said"], F("channel"),
        "contact_id", twin="letter__pk",
    ),
    "letter": Source(
        Letter.objects.visible_to, "contact_id", ["sent_on", "updated_at"],
        ["subject", WORDS_OF_LETTER], F("kind"),
    ),
    "talk": Source(
        Interview.objects.visible_to, "contact_id", ["held_on", "starts_at", "created_at"],
        ["place", "notes", "attire", "parking", "number_or_link"],
    ),
    "answer": Source(
        PreparedQuestion.objects.visible_to, OF_TALK, DAY_OF_TALK, ["answer"], F("text"),
        "interview_id",
    ),
    "debrief": Source(
        Debrief.objects.visible_to, OF_TALK, DAY_OF_TALK,
        ["enjoyed", "next_steps", "decision", "resume_feedback", "lead"], page="interview_id",
    ),
    "insight": Source(
        _insights, "debrief__interview__contact_id",
        ["debrief__interview__held_on", "debrief__interview__starts_at", "created_at"],
        ["text"], F("topic"), "debrief__interview_id",
    ),
    "advice": Source(
        Advice.objects.visible_to, OF_TALK, DAY_OF_TALK, ["text", "note"], page="interview_id",
    ),
}  # fmt: skip
