"""For each registered kind: how it comes to be owed, and what ends it.

A kind without a row here fails tests/reminders/test_every_kind.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from accounts.models import Role, User
from advising import actions as advising
from alumni.actions import answers, post
from alumni.actions.requests import take_time
from alumni.models import Import, Request
from contacts import actions as contacts
from core.localtime import local_date, moment
from core.obligations import obligations_changed
from interviews import actions as interviews
from interviews.models import Interview, State
from letters.models import Letter, LetterReview
from tests.factories import (
    CaseloadFactory,
    ContactFactory,
    LetterReviewFactory,
    RequestFactory,
    UserFactory,
)
from tests.reminders.conftest import talk_with


class World(NamedTuple):
    """`begin` makes it owed, in the evening of a day in a zone, and gives what `end` ends."""

    begin: Callable[[date, str], object]
    end: Callable[[object, datetime], None]


def contact_in(zone: str):
    return ContactFactory(student=UserFactory(time_zone=zone), name="Dana Whitcomb")


def evening(on: date, zone: str) -> datetime:
    return moment(on, time(18), zone)


def _held(on: date, zone: str) -> Interview:
    return talk_with(UserFactory(time_zone=zone), on=on)


def _thank(talk: Interview, at: datetime) -> None:
    interviews.record_thank_you(talk, mailed_on=local_date(at, talk.student.time_zone), at=at)


def _write_again(talk: Interview, at: datetime) -> None:
    interviews.record_follow_up(talk, written_on=local_date(at, talk.student.time_zone), at=at)


def _promised(on: date, zone: str, **promise):
    return contacts.log_interaction(
        contact_in(zone), at=evening(on, zone), happened_on=on, channel="EMAIL", direction="OUT",
        **promise,
    )  # fmt: skip


def _called(call, at: datetime) -> None:
    contacts.record_call(call, on=local_date(at, call.contact.student.time_zone), at=at)


def _agreed(on: date, zone: str) -> Interview:
    at, starts_at = evening(on, zone), moment(on + timedelta(days=7), time(10, 30), zone)
    talk = interviews.begin(contact_in(zone), at=at)
    where = {"minutes": 30, "format": "IN_PERSON", "place": "The bakery on Foundry Street"}
    interviews.agree(talk, starts_at=starts_at, at=at, **where)
    return talk


def _confirmed(on: date, zone: str) -> Interview:
    talk = _agreed(on, zone)
    _confirm(talk, evening(on, zone))
    return talk


def _confirm(talk: Interview, at: datetime) -> None:
    interviews.confirm(talk, at=at, attire="Jackets", parking="Lot A")


def _call_off(talk: Interview, at: datetime) -> None:
    interviews.move(talk, to=State.CANCELLED, at=at)


def _reviewed(on: date, zone: str) -> LetterReview:
    """In the quiet hours, so that something can happen before the mail."""
    at = moment(on, time(23), zone)
    review = LetterReviewFactory(letter__contact=contact_in(zone))
    LetterReview.objects.filter(pk=review.pk).update(answered_at=at, verdict="APPROVED")
    review.refresh_from_db()
    obligations_changed.send(sender=LetterReview, owner=review, at=at)
    return review


def _send_letter(review: LetterReview, at: datetime) -> None:
    Letter.objects.filter(pk=review.letter_id).update(state="SENT", sent_on=at.date())


def _imported(on: date, zone: str) -> Import:
    at = moment(on, time(23), zone)
    by = UserFactory(role=Role.STAFF, time_zone=zone)
    listed = Import.objects.create(uploaded_by=by, file_name="alumni.csv", state="DONE")
    times = {"started_at": at - timedelta(minutes=9), "finished_at": at, "updated_at": at}
    Import.objects.filter(pk=listed.pk).update(created_count=1200, rejected_count=3, **times)
    listed.refresh_from_db()
    obligations_changed.send(sender=Import, owner=listed, at=at)
    return listed


def _undo_import(listed: Import, at: datetime) -> None:
    Import.objects.filter(pk=listed.pk).update(state="UNDONE")


def _asked(on: date, zone: str) -> Request:
    """Some days ago, and answered at night, so that something can happen before the mail."""
    at = moment(on, time(23), zone)
    times = {"asked_at": at - timedelta(days=14), "expires_at": at}
    return RequestFactory(student=UserFactory(time_zone=zone), alum__name="Imani Brooks", **times)


def _accepted(on: date, zone: str) -> Request:
    asked = _asked(on, zone)
    at = asked.expires_at - timedelta(minutes=1)
    return answers.accept(asked, times=[at + timedelta(days=3)], reply="", at=at)


def _take_time(asked: Request, at: datetime) -> None:
    take_time(asked, starts_at=asked.offered_times[0], at=at)


def _not_answered(on: date, zone: str) -> Request:
    asked = _asked(on, zone)
    post.close_expired(at=asked.expires_at)
    return asked


def _ask_again(asked: Request, at: datetime) -> None:
    RequestFactory(student=asked.student, alum=asked.alum, asked_at=at)


def _needing_a_word(on: date, zone: str) -> Interview:
    """A student whose thank-you is late, and an advisor in the zone."""
    talk = _held(on - timedelta(days=9), zone)
    advisor = UserFactory(role=Role.ADVISOR, time_zone=zone)
    CaseloadFactory(advisor=advisor, student=talk.student, since=on - timedelta(days=9))
    obligations_changed.send(sender=User, owner=advisor, at=evening(on, zone))
    return talk


def _wrote(on: date, zone: str):
    advisor = UserFactory(role=Role.ADVISOR)
    student = UserFactory(time_zone=zone)
    (written,) = advising.nudge(
        advisor, [student], subject="Your note", text="Mail it.", at=evening(on, zone)
    )
    return written


def _take_away(written, at: datetime) -> None:
    advising.take_away(written, at=at)


def _promise(on: date, zone: str):
    return _promised(on, zone, promised_call_on=on + timedelta(days=7))


def _promise_an_hour(on: date, zone: str):
    return _promised(on, zone, call_back_at=moment(on + timedelta(days=3), time(15), zone))


WORLDS = {
    "THANK_YOU": World(_held, _thank),
    "FOLLOW_UP": World(_held, _write_again),
    "PROMISED_CALL": World(_promise, _called),
    "CALL_BACK": World(_promise_an_hour, _called),
    "TALK": World(_confirmed, _call_off),
    "TALK_SOON": World(_confirmed, _call_off),
    "CONFIRM": World(_agreed, _confirm),
    "LETTER_REVIEWED": World(_reviewed, _send_letter),
    "IMPORT_FINISHED": World(_imported, _undo_import),
    "REQUEST_ANSWERED": World(_accepted, _take_time),
    "TIMES_PASS": World(_accepted, _take_time),
    "REQUEST_CLOSED": World(_not_answered, _ask_again),
    "DIGEST": World(_needing_a_word, _thank),
    "ADVISOR_WROTE": World(_wrote, _take_away),
}
