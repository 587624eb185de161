"""Deeds that these tests need often, done by the actions themselves."""

from datetime import date, time

from contacts.models import Contact
from core.localtime import moment
from interviews import actions
from interviews.models import Interview


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
