"""Lives a student's past through the same actions that the pages call, at the hours they fell on.

Days are counted from today in the student's zone: `ago=2` is the day before yesterday.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from accounts.models import User
from alumni.models import Alum
from contacts import actions as contacts
from contacts.models import Contact, Interaction
from core.localtime import local_date, moment
from interviews import actions as interviews
from interviews.models import Interview

Channel, Direction, Outcome = Interaction.Channel, Interaction.Direction, Interaction.Outcome


class Life:
    def __init__(self, student: User, *, now: datetime) -> None:
        self.student = student
        self.now = now
        self.today = local_date(now, student.time_zone)

    def on(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int) -> datetime:
        """Six in the evening of that day; today's evening may not have come yet."""
        return min(moment(self.on(ago), time(18), self.student.time_zone), self.now)

    def knows(self, name: str, *, ago: int, **fields) -> Contact:
        return self._dated(contacts.add_contact(self.student, name=name, **fields), ago)

    def finds(self, alum: Alum, *, ago: int) -> Contact:
        return self._dated(contacts.add_from_alum(self.student, alum=alum), ago)

    def logs(
        self, contact: Contact, channel: Interaction.Channel, *, ago: int, **fields
    ) -> Interaction:
        return contacts.log_interaction(
            contact,
            at=self.at(ago),
            happened_on=self.on(ago),
            channel=channel,
            **{"direction": Direction.OUT, **fields},
        )

    def asks(self, contact: Contact, *, ago: int, channel=Channel.EMAIL, **fields) -> Interview:
        self.logs(contact, channel, ago=ago, outcome=Outcome.ASKED, **fields)
        talk = interviews.begin(contact, at=self.at(ago))
        interviews.ask(talk, at=self.at(ago))
        return self._touched(talk, ago)

    def agrees(
        self, talk: Interview, *, ago: int, meets_ago: int, clock: time, **fields
    ) -> Interview:
        """They said yes; the day of the talk is counted like all days, so -2 is still ahead."""
        self.logs(
            talk.contact,
            Channel.EMAIL,
            ago=ago,
            direction=Direction.IN,
            outcome=Outcome.AGREED,
            said=fields.pop("said", ""),
        )
        starts_at = moment(self.on(meets_ago), clock, self.student.time_zone)
        format_ = fields.pop("format", Interview.Format.IN_PERSON)
        interviews.agree(
            talk, starts_at=starts_at, format=format_, at=self.at(ago), **{"minutes": 30, **fields}
        )
        return self._touched(talk, ago)

    def holds(self, talk: Interview, *, ago: int, notes: str = "", shared=False) -> Interview:
        interviews.hold(talk, held_on=self.on(ago), at=self.at(ago))
        return self._touched(talk, ago, notes=notes, is_shared=shared)

    def thanks(self, talk: Interview, *, ago: int) -> Interview:
        interviews.record_thank_you(talk, mailed_on=self.on(ago), at=self.at(ago))
        return self._touched(talk, ago)

    def writes_again(self, talk: Interview, *, ago: int) -> Interview:
        interviews.record_follow_up(talk, written_on=self.on(ago), at=self.at(ago))
        return self._touched(talk, ago)

    def moves(self, talk: Interview, to, *, ago: int) -> Interview:
        interviews.move(talk, to=to, at=self.at(ago))
        return self._touched(talk, ago)

    def _dated(self, contact: Contact, ago: int) -> Contact:
        """The clock of the row itself cannot be passed in, and the caseload reads it."""
        Contact.objects.filter(pk=contact.pk).update(created_at=self.at(ago))
        return contact

    def _touched(self, talk: Interview, ago: int, **fields) -> Interview:
        Interview.objects.filter(pk=talk.pk).update(updated_at=self.at(ago), **fields)
        return talk
