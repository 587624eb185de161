"""A call as its page shows it: what is known of both people, was written and was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import OfficeSettings
from contacts.models import Contact, Interaction
from core.localtime import local_date
from core.phones import tel
from interviews import preparing
from interviews.models import UNDERWAY, Interview
from interviews.preparing import Item
from letters import scripts
from letters.facts import profile_of
from letters.models import Letter

Channel, Outcome = Interaction.Channel, Interaction.Outcome
WRITTEN = {Channel.LETTER: "letter", Channel.EMAIL: "e-mail", Channel.LINKEDIN: "message"}
# Offices are open; anybody else is at breakfast, or at home.
FIRST_HOUR, LAST_HOUR = 8, 18


@dataclass(frozen=True)
class Call:
    contact: Contact
    facts: scripts.Facts
    # The wall clock of the contact.
    there: datetime
    # The call that is owed to them, where one was promised.
    promise: Interaction | None
    ready: list[Item]

    @property
    def script(self) -> list[scripts.Line]:
        return scripts.call_script(self.facts)

    @property
    def voicemail(self) -> list[scripts.Line]:
        return scripts.voicemail_script(self.facts)

    @property
    def greeting(self) -> str:
        return scripts.greeting(self.facts)

    @property
    def tel(self) -> str:
        return tel(self.contact.phone)

    @property
    def wrote(self) -> bool:
        return any(line.heading == "Your letter" for line in self.script)

    @property
    def hour_there(self) -> str:
        """In words here: a template would show the moment by the student's clock."""
        return date_format(self.there, "P")

    @property
    def day_there(self) -> str:
        return date_format(self.there, "l")

    @property
    def is_open_there(self) -> bool:
        return FIRST_HOUR <= self.there.hour < LAST_HOUR

    @property
    def is_another_day_there(self) -> bool:
        here = self.there.astimezone(ZoneInfo(self.contact.student.time_zone))
        return here.date() != self.there.date()


def call_to(contact: Contact, *, at: datetime) -> Call:
    """In five queries; the contact came with its student and their profile."""
    promises = Interaction.objects.filter(contact=contact).awaiting_call()
    promise = promises.order_by("promised_call_on", "id").first()
    if promise is not None:
        promise.contact = contact
    talks = list(contact.interviews.order_by("id"))
    under_way = next((talk for talk in talks if talk.state in UNDERWAY), None)
    return Call(
        contact,
        facts=_facts(contact, talks, promise, at=at),
        there=at.astimezone(ZoneInfo(contact.zone)),
        promise=promise,
        ready=_ready(contact, under_way),
    )


def _facts(
    contact: Contact, talks: list[Interview], promise: Interaction | None, *, at: datetime
) -> scripts.Facts:
    student, profile = contact.student, profile_of(contact.student)
    office = OfficeSettings.current()
    written = _request(contact, talks)
    letter: Letter | None = getattr(written, "letter", None)
    said = (letter.blocks if letter else {}).get("objective")
    called_before = promise is not None and promise.outcome == Outcome.BAD_TIME
    return scripts.Facts(
        student=student.name,
        institution=settings.INSTITUTION,
        contact=contact.name,
        is_graduate=profile.is_graduate(on=local_date(at, student.time_zone)),
        is_alum=contact.alum_id is not None,
        class_year=profile.class_year,
        majors=tuple(profile.majors),
        phone=profile.phone,
        source=contact.source,
        referrer=contact.referred_by.name if contact.referred_by else "",
        permission=contact.name_permission.lower(),  # type: ignore[arg-type]
        field=contact.field,
        reason=said if isinstance(said, str) else "",
        objective=letter.objective if letter else "",
        minutes_by_phone=office.minutes_by_phone,
        minutes_in_person=office.minutes_in_person,
        letter_on=written.happened_on if written else None,
        letter_is=WRITTEN[Channel(written.channel)] if written else "",
        called_on=promise.happened_on if promise and called_before else None,
    )


def _request(contact: Contact, talks: list[Interview]) -> Interaction | None:
    """The last letter that asked to meet, if they have not met since (G20)."""
    asking = Q(outcome=Outcome.ASKED) | Q(promised_call_on__isnull=False)
    written = contact.interactions.filter(
        asking, channel__in=WRITTEN, direction=Interaction.Direction.OUT
    )
    last = written.select_related("letter").newest_first().first()
    met_on = max((talk.held_on for talk in talks if talk.held_on), default=None)
    return None if last is None or (met_on and met_on >= last.happened_on) else last


def _ready(contact: Contact, talk: Interview | None) -> list[Item]:
    """What is at hand before one dials (G23, G24, G25)."""
    profile, me = profile_of(contact.student), reverse("accounts:profile")
    if talk is None:
        has_five, page = False, reverse("interviews:create", args=[contact.pk])
    else:
        has_five = preparing.is_ready(talk)
        page = reverse("interviews:questions", args=[talk.pk])
    return [
        Item(has_five, "Five questions, in case they can talk now", page),
        Item(bool(profile.phone.strip()), "Your own number, to leave on a voicemail", me),
        Item(profile.greeting_is_ready, "A voicemail greeting fit for callers", me),
    ]
