"""Deeds that these tests need often, done by the actions themselves."""

from datetime import UTC, date, datetime, time

from accounts.models import Caseload
from advising.board import Row, rows_of
from contacts.models import Contact
from core.localtime import moment
from interviews import actions
from interviews.models import Interview

# Noon on Tuesday, 10 March 2026 in New York.
AT = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)


def hold_talk(contact: Contact, *, on: date) -> Interview:
    evening = moment(on, time(18), contact.student.time_zone)
    interview = actions.begin(contact, at=evening)
    actions.hold(interview, held_on=on, at=evening)
    return interview


def thank(interview: Interview, *, on: date) -> None:
    evening = moment(on, time(18), interview.student.time_zone)
    actions.record_thank_you(interview, mailed_on=on, at=evening)


def write_again(interview: Interview, *, on: date) -> None:
    evening = moment(on, time(18), interview.student.time_zone)
    actions.record_follow_up(interview, written_on=on, at=evening)


def row_of(student, *, at: datetime = AT) -> Row:
    """The student's line on the board of their own advisor."""
    advisor = Caseload.objects.open().get(student=student).advisor
    (row,) = rows_of(advisor, at=at, only=[student.pk])
    return row
