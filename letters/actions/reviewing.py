"""An advisor reads a letter because the student asked (G15)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.obligations import obligations_changed
from letters.actions.refusals import AlreadySent, Answered, NobodyToAsk, NoSuchWords, NotReady
from letters.actions.writing import check_words, lock
from letters.facts import advisor_of, text_of
from letters.models import Letter, LetterReview, Passage


@transaction.atomic
def ask_review(letter: Letter, *, question: str, at: datetime) -> LetterReview:
    """The words of this moment go to the advisor; asked twice, it is asked once."""
    lock(letter)
    if letter.is_sent:
        raise AlreadySent
    if not text_of(letter):
        raise NotReady("There is nothing in this letter yet.")
    if advisor_of(letter.student) is None:
        raise NobodyToAsk
    if waiting := letter.reviews.filter(answered_at__isnull=True).first():
        return waiting
    letter.state = Letter.State.IN_REVIEW
    letter.save(update_fields=["state", "updated_at"])
    return letter.reviews.create(asked_at=at, question=question, text=text_of(letter))


@transaction.atomic
def take_back_review(letter: Letter) -> None:
    """The student would rather go on writing."""
    lock(letter)
    if letter.state != Letter.State.IN_REVIEW:
        raise Answered
    letter.reviews.filter(answered_at__isnull=True).delete()
    letter.state = Letter.State.DRAFT
    letter.save(update_fields=["state", "updated_at"])


@transaction.atomic
def answer_review(
    review: LetterReview, *, by: User, verdict: str, comment: str, at: datetime
) -> None:
    """“Good to go” makes a letter ready that may go; a wish for changes gives it back."""
    letter = review.letter
    lock(letter)
    try:
        review.refresh_from_db(fields=["answered_at"])
    except LetterReview.DoesNotExist:
        raise Answered from None
    if review.answered_at is not None:
        raise Answered
    review.reviewer, review.answered_at = by, at
    review.verdict, review.comment = verdict, comment
    review.save()
    if letter.state == Letter.State.IN_REVIEW:
        is_good = verdict == LetterReview.Verdict.APPROVED and _may_go(letter, at=at)
        letter.state = Letter.State.READY if is_good else Letter.State.DRAFT
        letter.save(update_fields=["state", "updated_at"])
    obligations_changed.send(sender=LetterReview, owner=review, at=at)


@transaction.atomic
def say_about(review: LetterReview, *, start: int, end: int, comment: str) -> Passage:
    """Until the answer, about words that are there; said twice, it is said once."""
    _check_open(review)
    start, end = max(start, 0), min(end, len(review.text))
    if not review.text[start:end].strip():
        raise NoSuchWords
    said, _ = review.passages.get_or_create(start=start, end=end, comment=comment)
    return said


@transaction.atomic
def say_no_more(passage: Passage) -> None:
    _check_open(passage.review)
    passage.delete()


def _check_open(review: LetterReview) -> None:
    """The answer waits for this transaction, or this one sees it."""
    locked = LetterReview.objects.select_for_update().filter(pk=review.pk).first()
    if locked is None or locked.answered_at is not None:
        raise Answered


def _may_go(letter: Letter, *, at: datetime) -> bool:
    try:
        check_words(letter, at=at)
    except NotReady:
        return False
    return True
