"""The people of one student, by the steps of the guide, and what comes next with each.

Computed from contacts, talks and obligations themselves, never from reminders: it is the truth
even on a day when no mail can be sent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import User
from contacts.models import Contact, ContactQuerySet, Interaction
from interviews.begun import WITH_BEGUN
from interviews.models import AHEAD, MET, Interview, State
from interviews.steps import NextStep, next_step_with
from interviews.thanked import with_thanks
from interviews.through import with_requests
from reminders.obligations import Obligation
from reminders.schedule import obligations_of

Outcome = Interaction.Outcome
ASKING = (Outcome.ASKED, Outcome.AGREED, Outcome.DECLINED)


class Stage(Enum):
    IDENTIFY = "identify", "Identify", "Pick someone from your list"
    ASK = "ask", "Ask", "Write or call to ask for a short talk"
    PREPARE = "prepare", "Prepare", "Choose your questions and settle where and when"
    MEET = "meet", "Meet", "Listen, and ask who else you should talk to"
    THANK = "thank", "Thank", "Send a note within three days"
    KEEP = "keep", "Keep in touch", "Write again in a month or two"

    def __init__(self, key: str, label: str, hint: str) -> None:
        self.key, self.label, self.hint = key, label, hint


@dataclass(frozen=True)
class Conversation:
    contact: Contact
    stage: Stage
    owed: list[Obligation]
    # Calls that are promised for a day to come.
    planned: list[Obligation]
    step: NextStep

    @property
    def order(self) -> tuple:
        """What is owed first, what is latest first; then the nearer step."""
        latest = (0, self.owed[0].last_on.toordinal()) if self.owed else (1, self.step.urgency)
        return *latest, self.contact.name.casefold(), self.contact.pk


@dataclass(frozen=True)
class StageCount:
    stage: Stage
    count: int
    owed: int


@dataclass(frozen=True)
class Network:
    """Everybody in a student's list, what is owed first; `owed` is all that can be done now."""

    conversations: list[Conversation]
    owed: list[Obligation]
    next_talk: Interview | None

    @property
    def stages(self) -> list[StageCount]:
        people = Counter(each.stage for each in self.conversations)
        owing = Counter(each.stage for each in self.conversations if each.owed)
        return [StageCount(stage, people[stage], owing[stage]) for stage in Stage]

    def at(self, stage: Stage | None) -> list[Conversation]:
        return [each for each in self.conversations if stage in (None, each.stage)]


def network_of(student: User, *, at: datetime) -> Network:
    """In five queries, however many people there are."""
    everything = obligations_of([student], at=at)
    by_contact: dict[int, list[Obligation]] = defaultdict(list)
    for obligation in everything:
        by_contact[obligation.subject.contact_id].append(obligation)
    people = list(_people_of(student))
    found = [_conversation(contact, by_contact[contact.pk], at=at) for contact in people]
    talks = (talk for contact in people for talk in contact.interviews.all())
    owed = [each for each in everything if each.is_open]
    return Network(sorted(found, key=lambda each: each.order), owed, _next_talk(talks, at=at))


def _people_of(student: User) -> ContactQuerySet:
    """Each with `is_asked`: the log says so, whether or not an interview was begun for it."""
    asking = Q(outcome__in=ASKING) | Q(promised_call_on__isnull=False)
    log = Interaction.objects.filter(asking, contact=OuterRef("pk"))
    contacts = Contact.objects.of(student).with_people().annotate(is_asked=Exists(log))
    talks = Prefetch("interviews", with_requests(with_thanks(Interview.objects.all())))
    return contacts.prefetch_related(talks, WITH_BEGUN)


def _conversation(contact: Contact, owed: list[Obligation], *, at: datetime) -> Conversation:
    talks = contact.interviews.all()
    return Conversation(
        contact,
        stage=_stage(talks, is_asked=contact.is_asked, at=at),  # type: ignore[attr-defined]
        owed=[each for each in owed if each.is_open],
        planned=[each for each in owed if not each.is_open and each.kind == "PROMISED_CALL"],
        step=next_step_with(contact, talks, at=at),
    )


def _stage(talks: Iterable[Interview], *, is_asked: bool, at: datetime) -> Stage:
    """With several talks, the one that asks for more attention decides."""
    if any(talk.is_awaiting_thank_you for talk in talks):
        return Stage.THANK
    if any(talk.is_over(at=at) for talk in talks):
        return Stage.MEET
    if any(talk.state in AHEAD for talk in talks):
        return Stage.PREPARE
    if any(talk.state in MET for talk in talks):
        return Stage.KEEP
    is_asked = is_asked or any(talk.state not in (State.IDEA, State.WITHDRAWN) for talk in talks)
    return Stage.ASK if is_asked else Stage.IDENTIFY


def _next_talk(talks: Iterable[Interview], *, at: datetime) -> Interview | None:
    ahead = [talk for talk in talks if talk.has_agreed_time and not talk.is_over(at=at)]
    return min(ahead, key=lambda talk: (talk.starts_at, talk.pk), default=None)
