"""G15: the advisor has read a letter that was sent to them for review."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from core.paths import path_to
from letters.models import LetterReview
from reminders.kinds import register
from reminders.kinds.declaration import Words
from reminders.kinds.news import FRESH, News
from reminders.obligations import Obligation


@register
class LetterReviewed(News):
    key = "LETTER_REVIEWED"
    label = "Your advisor has read a letter of yours"
    example = "good to go"
    subject = LetterReview
    recipient_path = "letter__contact__student"
    moment = "answered_at"
    words = Words(
        "Your letter to {name}",
        "Your advisor has read your letter to {name}",
        "",
        "Read what your advisor says",
        "Read what they say",
        "mail",
    )

    def source(self, *, at: datetime) -> QuerySet[LetterReview]:
        return LetterReview.objects.filter(answered_at__gt=at - FRESH).exclude(letter__state="SENT")

    def is_owed(self, subject: LetterReview, *, at: datetime) -> bool:
        """A letter that is sent needs no more advice."""
        return self.is_fresh(subject, at=at) and not subject.letter.is_sent

    def name_of(self, subject: LetterReview) -> str:
        return subject.letter.contact.name

    def when(self, owed: Obligation) -> str:
        """“good to go”. What they wrote stays in CareerHub: mail is read over shoulders."""
        return owed.subject.get_verdict_display().lower()

    def url(self, owed: Obligation) -> str:
        return path_to("letters:detail", owed.subject.letter_id)
