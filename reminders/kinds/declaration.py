"""What a kind of reminder declares: who owes it, since when, at which steps, and what ends it.

A kind is one module of this package, or of an app on a floor above, which registers it when it is
ready. Nothing else has to know of it (docs/adr/0007).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple

from django.db.models import Exists, Model, OuterRef, QuerySet

from accounts.models import Role, User
from core.localtime import local_date
from reminders.kinds.steps import Rhythm, Step
from reminders.models import Reminder, Subject, Way, column_of
from reminders.obligations import Dates, Obligation


class Words(NamedTuple):
    what: str
    headline: str
    advice: str
    todo: str
    action: str
    icon: str


class NotSettled(Exception):
    """The deed cannot be written down like this; its text is a sentence for who tried."""


class Kind:
    """Subclass it, and register the class (reminders/kinds/__init__.py)."""

    key: ClassVar[str]
    # On the page of choices: “Thank-yous that you owe”.
    label: ClassVar[str]
    # Whose row it is about, and how its recipient is reached from there; "" is the row itself.
    subject: ClassVar[type[Model]]
    recipient_path: ClassVar[str] = "contact__student"
    steps: ClassVar[Sequence[Step]]
    words: ClassVar[Words]
    # The guide demands it: Today, the board and the calendar show it until it is done.
    is_deed: ClassVar[bool] = False
    # It can be done from the first moment on; its first mail comes later.
    opens_at_once: ClassVar[bool] = False
    # Who gets it, and may choose whether.
    roles: ClassVar[Sequence[Role]] = (Role.STUDENT,)
    # It can be called done, or put off for some days, from the mail itself.
    can_be_settled: ClassVar[bool] = False
    # Tied to a day that was agreed with somebody: it goes out in a term break, too.
    keeps_its_day: ClassVar[bool] = False
    # Kinds about the same row that need no place of their own beside it in one message: what they
    # know stands in its part.
    takes_in: ClassVar[Sequence[str]] = ()
    # What its recipient may choose; without OFF, nobody unsubscribes from it.
    ways: ClassVar[Sequence[Way]] = (Way.MAIL, Way.IN_APP, Way.OFF)
    # Its subject and its first sentence are ours, and may be the office's; an advisor's are theirs.
    is_worded_by_office: ClassVar[bool] = True
    # What `when` says in an example, where that is not how it is due.
    example: ClassVar[str] = ""
    # Its part of a mail, as .txt and .html.
    template: ClassVar[str] = "reminders/kinds/deed"

    # What each kind says for itself

    def source(self, *, at: datetime) -> QuerySet[Any]:
        """The rows that this may be about at `at`."""
        raise NotImplementedError

    def is_owed(self, subject: Any, *, at: datetime) -> bool:
        """Whether one row of the source is still one: what ends it, ends it here."""
        raise NotImplementedError

    def dates(self, subject: Any, recipient: User, *, at: datetime) -> Dates:
        """Asked only of a subject that owes it."""
        raise NotImplementedError

    def url(self, owed: Obligation) -> str:
        raise NotImplementedError

    # What most kinds leave as it is

    def settle(self, subject: Any, *, on: date, at: datetime) -> None:
        """It was done on the day `on`. Raises NotSettled with a sentence that says why not."""
        raise NotImplementedError

    def has_last_row(self) -> dict[str, Any]:
        """What distinguishes the row that shows that nothing is missing from the post book."""
        return {}

    def is_worth_sending(self, owed: Obligation) -> bool:
        """Asked at the claim, of what is owed: whether there is anything to say."""
        return True

    def speaking_of(self, subject: Any) -> Kind:
        """Itself, or the same in words that fit how this one came to be owed."""
        return self

    def name_of(self, subject: Any) -> str:
        return subject.contact.name

    def action(self, owed: Obligation) -> str:
        return self.words.action

    def when(self, owed: Obligation) -> str:
        return owed.when_owed

    def since_in_words(self, owed: Obligation) -> str:
        return owed.advice.removesuffix(".")

    def details(self, owed: Obligation) -> list[str]:
        """A deed's mail says how it is done well; others say so at the beginning."""
        return [owed.advice] if self.is_deed else []

    def lists(self, owed: Obligation) -> list[tuple[str, list[str]]]:
        """A heading each, and lines below it."""
        return []

    # What the engine asks

    @property
    def rhythm(self) -> Rhythm:
        return self.steps[0].rhythm

    @property
    def late_steps(self) -> set[str]:
        return {step.name for step in self.steps if step.is_late}

    def waits_for_breaks(self, step: str) -> bool:
        """Whether its mail of this step goes out after a term break, and not in it."""
        return not self.keeps_its_day or step in self.late_steps

    def recipient_of(self, subject: Subject) -> User:
        found: Any = subject
        for name in filter(None, self.recipient_path.split("__")):
            found = getattr(found, name)
        return found

    def obligation(self, subject: Subject, *, recipient: User, at: datetime) -> Obligation | None:
        """Nothing when it is not owed, or not any longer."""
        if not self.is_owed(subject, at=at):
            return None
        today = local_date(at, recipient.time_zone)
        dates = self.dates(subject, recipient, at=at)
        return Obligation(self.speaking_of(subject), recipient, subject, dates, today, at)

    def with_people(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.select_related(self.recipient_path) if self.recipient_path else rows

    def of(self, people: Sequence[User], *, at: datetime) -> QuerySet[Any]:
        path = self.recipient_path or "pk"
        return self.source(at=at).filter(**{f"{path}__in": [person.pk for person in people]})

    def without_row(self, *, at: datetime) -> QuerySet[Any]:
        """What is owed and not in the post book: restored, imported, or edited by hand."""
        written = Reminder.objects.exclude(state=Reminder.State.CANCELLED).filter(
            **{"kind": self.key, column_of(self.subject): OuterRef("pk")}, **self.has_last_row()
        )
        return self.source(at=at).filter(~Exists(written))
