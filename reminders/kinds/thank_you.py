"""G38: a thank-you within two or three days of a talk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from core.paths import path_to
from interviews import actions as interviews
from interviews.models import Interview
from reminders.kinds import register
from reminders.kinds.declaration import Kind, NotSettled, Words
from reminders.kinds.steps import OnDay
from reminders.models import Way
from reminders.obligations import Dates, Obligation, on_day

# Days after the last day on which a mail says that it is late. Then the mails end, and Today and
# the advisor's board go on saying it: nothing owed is dropped in silence (G38).
LATE, LATE_AGAIN = 1, 8


class LetterAfterTalk(Kind):
    """A letter that a talk owes: its dates stand on the talk, under the letter's name."""

    subject = Interview
    is_deed = True
    can_be_settled = True
    steps = (
        OnDay("OPENS", "opens_on"),
        OnDay("DUE", "due_on"),
        OnDay("LAST", "last_on", unless="due_on"),
        OnDay("LATE", "last_on", days=LATE),
        OnDay("LATE", "last_on", days=LATE_AGAIN),
    )
    prefix: str
    page: str

    def dates(self, subject: Interview, recipient: User, *, at: datetime) -> Dates:
        # The database demands the due day alone; without the others the day itself is all there is.
        due_on = getattr(subject, f"{self.prefix}_due_on")
        opens_on = getattr(subject, f"{self.prefix}_opens_on") or due_on
        last_on = getattr(subject, f"{self.prefix}_last_on") or due_on
        held_on: date = subject.held_on  # type: ignore[assignment]  # is_owed() says so
        return Dates(held_on, opens_on, due_on, last_on)

    def record(self, subject: Interview, *, on: date, at: datetime) -> None:
        raise NotImplementedError

    def settle(self, subject: Interview, *, on: date, at: datetime) -> None:
        try:
            self.record(subject, on=on, at=at)
        except interviews.Refused as reason:
            raise NotSettled(str(reason)) from reason

    def has_last_row(self) -> dict:
        last_on = Coalesce(OuterRef(f"{self.prefix}_last_on"), OuterRef(f"{self.prefix}_due_on"))
        return {"step": "LATE", "due_on": last_on + timedelta(days=LATE_AGAIN)}

    def since_in_words(self, owed: Obligation) -> str:
        return f"You met {on_day(owed.since, owed.today)}"

    def url(self, owed: Obligation) -> str:
        return path_to(self.page, owed.subject.pk)


@register
class ThankYou(LetterAfterTalk):
    key = "THANK_YOU"
    label = "Thank-yous that you owe"
    # G38 holds for everybody: it can be kept out of the mail, and not out of sight.
    ways = (Way.MAIL, Way.IN_APP)
    # Owed from the moment of the talk.
    opens_at_once = True
    prefix, page = "thank_you", "interviews:thank"
    words = Words(
        "A thank-you to {name}",
        "Thank {name} for the talk",
        "Name a part of it that you liked, and the advice that you will use.",
        "Send a thank-you note",
        "Send a thank-you",
        "mail",
    )

    def source(self, *, at: datetime) -> QuerySet[Interview]:
        return Interview.objects.awaiting_thank_you()

    def is_owed(self, subject: Interview, *, at: datetime) -> bool:
        return subject.is_awaiting_thank_you

    def record(self, subject: Interview, *, on: date, at: datetime) -> None:
        interviews.record_thank_you(subject, mailed_on=on, at=at)
