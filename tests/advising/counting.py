"""The counters once more, in Python and a person at a time: what the triggers must agree with."""

from __future__ import annotations

from datetime import UTC

from advising.models import StudentCounters
from contacts.models import Contact, Interaction
from interviews.models import Debrief, Interview

YES = {"ACCEPTED", "CONFIRMED", "HELD", "DEBRIEFED", "CLOSED", "CANCELLED", "NO_SHOW"}
ASKED = YES | {"ASKED", "DECLINED", "NO_RESPONSE"}
FIELDS = [
    field.name for field in StudentCounters._meta.get_fields() if field.name != "student"
]  # fmt: skip


def newest(days):
    return max((day for day in days if day is not None), default=None)


def of_person(person: Contact) -> dict:
    talks, log = (
        list(Interview.objects.filter(contact=person)),
        list(Interaction.objects.filter(contact=person)),
    )
    held = [talk for talk in talks if talk.held_on]
    thanked = [talk for talk in held if talk.thanked_on]
    outcomes, states = {entry.outcome for entry in log}, {talk.state for talk in talks}
    named = any(
        debrief.asked_for_names for debrief in Debrief.objects.filter(interview__in=talks)
    ) or Contact.objects.filter(referred_by=person, student=person.student).exists()  # fmt: skip
    yes = [entry.happened_on for entry in log if entry.outcome == "AGREED"]
    yes += [
        talk.held_on or talk.updated_at.astimezone(UTC).date()
        for talk in talks
        if talk.state in YES
    ]  # fmt: skip
    said_no = [entry.happened_on for entry in log if entry.outcome == "DECLINED"]
    clicked_no = [
        talk.updated_at.astimezone(UTC).date() for talk in talks if talk.state == "DECLINED"
    ]
    days = [day for entry in log for day in (entry.happened_on, entry.called_on)]
    days += [day for talk in talks for day in (talk.held_on, talk.thanked_on, talk.followed_up_on)]
    return {
        "asked": bool(outcomes & {"ASKED", "AGREED", "DECLINED"} or states & ASKED),
        "agreed": "AGREED" in outcomes or bool(states & YES),
        "met": bool(held),
        "thanked": bool(thanked),
        "kept": any(talk.followed_up_on for talk in thanked),
        "talks_held": len(held),
        "asked_for_names": bool(held) and named,
        "yes_on": newest(yes),
        "no_on": newest(said_no or clicked_no),
        "last_deed_on": newest(days),
        "last_touch_at": newest([person.created_at, *(talk.updated_at for talk in talks)]),
    }


def counted_by_hand(student) -> dict:
    people = [of_person(person) for person in Contact.objects.filter(student=student)]
    yes_on = newest(one["yes_on"] for one in people)
    noes = [one["no_on"] for one in people if one["no_on"]]
    steps = ("asked", "agreed", "met", "thanked", "kept", "talks_held", "asked_for_names")
    return {
        "identified": len(people),
        **{step: sum(one[step] for one in people) for step in steps},
        "noes_in_a_row": sum(yes_on is None or no > yes_on for no in noes),
        "last_deed_on": newest(one["last_deed_on"] for one in people),
        "last_touch_at": newest(one["last_touch_at"] for one in people),
    }


def counted_by_the_database(student) -> dict:
    found = StudentCounters.objects.filter(student=student).first()
    found = found or StudentCounters(student=student)
    return {name: getattr(found, name) for name in FIELDS}
