"""Sharing a piece of advice: the student's word first and last, the office's in between."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from alumni.importing.folding import FIELDS_OF_WORK, key_of
from alumni.vocabulary import as_dict
from contacts.models import Contact
from insights.models import SharedAdvice
from insights.names_out import Known, what_is_left
from insights.striking import struck
from interviews.models import Advice

State = SharedAdvice.State


class Refused(Exception):
    """The text is for whoever pressed the button."""


class StillNames(Refused):
    def __init__(self, words: list[str]) -> None:
        listed = ", ".join(f"“{word}”" for word in words[:5])
        super().__init__(f"This still says {listed}. Take it out, or say it in another way.")


class NotAsSeen(Refused):
    def __init__(self) -> None:
        super().__init__(
            "The student changed it or took it back meanwhile. Here is what waits now."
        )


class NothingLeft(Refused):
    def __init__(self) -> None:
        super().__init__("Nothing would be left of it. Send it back instead.")


def known_to(student: User, advice: Advice) -> Known:
    """Everybody in the student's address book, the student, and where all of them work."""
    people = list(Contact.objects.of(student).values_list("name", "employer"))
    contact = advice.interview.contact
    names = [contact.name, student.name, *(name for name, _ in people)]
    return Known(tuple(names), tuple(filter(None, {employer for _, employer in people})))


def field_in_office_words(said: str) -> str:
    """“broadcasting ” is Radio and TV, where the office says so."""
    plain = " ".join(said.split())
    return as_dict().get(FIELDS_OF_WORK, {}).get(key_of(FIELDS_OF_WORK, plain), plain)


@transaction.atomic
def share(advice: Advice, *, text: str, field: str) -> SharedAdvice:
    """As the student saw it. A change waits for the office again. Raises StillNames."""
    student = advice.interview.contact.student
    if left := what_is_left(text, known_to(student, advice)):
        raise StillNames(left)
    Advice.objects.select_for_update().get(pk=advice.pk)
    said = {
        "text": text, "field": field_in_office_words(field), "state": State.WAITING,
        "published_text": "", "office_word": "", "reviewed_by": None,
    }  # fmt: skip
    shared, _ = SharedAdvice.objects.update_or_create(advice=advice, defaults=said)
    return shared


@transaction.atomic
def take_back(advice: Advice) -> None:
    """From this moment nobody reads it."""
    SharedAdvice.objects.filter(advice=advice).delete()


@transaction.atomic
def publish(shared: SharedAdvice, *, seen: str, left: str, by: User) -> None:
    """What staff left of what they saw. Raises NotAsSeen, NothingLeft, striking.NotAStrike."""
    row = _waiting(shared, seen)
    text = struck(row.text, left)
    if not text:
        raise NothingLeft
    row.published_text, row.state, row.reviewed_by = text, State.PUBLISHED, by
    row.save()


@transaction.atomic
def send_back(shared: SharedAdvice, *, seen: str, word: str, by: User) -> None:
    """Raises NotAsSeen."""
    row = _waiting(shared, seen)
    row.published_text, row.state = "", State.SENT_BACK
    row.office_word, row.reviewed_by = word, by
    row.save()


def _waiting(shared: SharedAdvice, seen: str) -> SharedAdvice:
    """Also one that was published: the office may strike more, or send it back, later on."""
    rows = SharedAdvice.objects.select_for_update().exclude(state=State.SENT_BACK)
    row = rows.filter(pk=shared.pk).first()
    if row is None or row.text.split() != seen.split():
        raise NotAsSeen
    return row
