"""G16: a call that was promised in the close of a letter is made on its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import OuterRef, QuerySet

from accounts.models import User
from contacts import actions as contacts
from contacts.models import Interaction
from core.paths import path_to
from reminders.kinds import register
from reminders.kinds.declaration import Kind, NotSettled, Words
from reminders.kinds.steps import Missed, OnDay
from reminders.models import Way
from reminders.obligations import Dates, Obligation, on_day

LATE, LATE_AGAIN = 1, 8
Channel, Direction = Interaction.Channel, Interaction.Direction
# How it came to the promise; whatever is not named here was written.
DID = {
    Channel.PHONE: "called",
    Channel.VOICEMAIL: "called",
    Channel.IN_PERSON: "talked",
    Channel.VIDEO: "talked",
    Channel.NOTE: "noted it",
}
TOGETHER = ("talked", "noted it")


@register
class PromisedCall(Kind):
    key = "PROMISED_CALL"
    label = "Calls that you promised"
    subject = Interaction
    ways = (Way.MAIL, Way.IN_APP)
    is_deed = True
    can_be_settled = True
    keeps_its_day = True
    takes_in = ("CALL_BACK",)
    steps = (
        OnDay("BEFORE", "due_on", ahead="promised_call_days", missed=Missed.DROPPED),
        OnDay("DUE", "due_on"),
        OnDay("LATE", "last_on", days=LATE, is_late=True),
        OnDay("LATE", "last_on", days=LATE_AGAIN, is_late=True),
    )
    words = Words(
        "The call you promised {name}",
        "Call {name}, as you promised",
        "Say who you are, and ask whether this is a good moment.",
        "Make the call you promised",
        "Get ready to call",
        "phone",
    )

    def speaking_of(self, subject: Interaction) -> Kind:
        return ASKED_FOR if subject.direction == Direction.IN else self

    def source(self, *, at: datetime) -> QuerySet[Interaction]:
        return Interaction.objects.awaiting_call()

    def is_owed(self, subject: Interaction, *, at: datetime) -> bool:
        return subject.is_awaiting_call

    def dates(self, subject: Interaction, recipient: User, *, at: datetime) -> Dates:
        on: date = subject.promised_call_on  # type: ignore[assignment]  # is_owed() says so
        return Dates(subject.happened_on, on, on, on)

    def settle(self, subject: Interaction, *, on: date, at: datetime) -> None:
        try:
            contacts.record_call(subject, on=on, at=at)
        except contacts.NotYet:
            raise NotSettled("That day is still ahead. Call them first.") from None
        except contacts.NoPromise:
            raise NotSettled("You have written down this call already.") from None

    def has_last_row(self) -> dict:
        last_on = OuterRef("promised_call_on") + timedelta(days=LATE_AGAIN)
        return {"step": "LATE", "due_on": last_on}

    def when(self, owed: Obligation) -> str:
        """With the hour that they named, by both clocks (G19)."""
        hour = owed.subject.call_back_in_words
        is_ahead = owed.due_on >= owed.today
        return f"{owed.when_owed} at {hour}" if hour and is_ahead else owed.when_owed

    def since_in_words(self, owed: Obligation) -> str:
        verb = DID.get(owed.subject.channel, "wrote")
        is_theirs = owed.subject.direction == Direction.IN and verb not in TOGETHER
        return f"{'They' if is_theirs else 'You'} {verb} {on_day(owed.since, owed.today)}"

    def details(self, owed: Obligation) -> list[str]:
        return [*filter(None, [owed.subject.contact.phone]), *super().details(owed)]

    def url(self, owed: Obligation) -> str:
        return path_to("interviews:call", owed.subject.contact_id)


class CallAskedFor(PromisedCall):
    """They wrote or called first, or would rather be called: perhaps nobody promised anything."""

    words = PromisedCall.words._replace(
        what="Your call to {name}", headline="Call {name}", todo="Call them"
    )


ASKED_FOR = CallAskedFor()
