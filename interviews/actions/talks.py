"""What happens to an interview. Each deed locks the row and asks what state it leaves.

The row that the caller passes is read afresh under the lock, so it is true when the action is done.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format

from accounts.models import OfficeSettings
from contacts.models import Contact
from core.localtime import local_date
from core.obligations import obligations_changed
from interviews.actions.calendars import store
from interviews.models import AHEAD, UNDERWAY, Interview, State

EARLIEST_YEAR = 1950
ARRANGEMENTS = ("place", "attire", "parking", "who_dials", "number_or_link", "not_applicable")

# Each day of a letter, and the office's setting that counts it from the day of the talk.
DAYS_OF_LETTERS = {
    "thank_you_opens_on": "thank_you_nudge_days",
    "thank_you_due_on": "thank_you_due_days",
    "thank_you_last_on": "thank_you_last_days",
    "follow_up_opens_on": "follow_up_open_days",
    "follow_up_due_on": "follow_up_due_days",
    "follow_up_last_on": "follow_up_last_days",
}


class Refused(Exception):
    """The deed cannot be; its text is a sentence for the person who tried."""


class NotAllowed(Refused):
    """ALLOWED_MOVES has no such move from the state that the interview is in."""


class Unsettled(NotAllowed):
    """A talk is confirmed when each of its arrangements has a value or does not apply (G26)."""

    def __init__(self) -> None:
        super().__init__("Some of what you need for the day is still open. Fill it in first.")


class TimeHasPassed(Refused):
    def __init__(self) -> None:
        super().__init__("That time has passed. If you have already met, say that you met.")


class StillAhead(Refused):
    """A deed is dated after the student's today, or a talk has not begun."""


class BeforeTheTalk(Refused):
    """A letter cannot be older than the talk that it is about."""


class StillOwed(Refused):
    """A thank-you or a follow-up is never dropped by closing its talk (G38, G45)."""


class YearIsWrong(Refused):
    def __init__(self) -> None:
        super().__init__("Check the year: that is too long ago.")


@transaction.atomic
def begin(contact: Contact, *, at: datetime) -> Interview:
    """An idea to meet `contact`; the one that is under way already, if there is one."""
    # A second click waits here, and then finds what the first one made.
    Contact.objects.select_for_update().get(pk=contact.pk)
    under_way = Interview.objects.filter(contact=contact, state__in=UNDERWAY).order_by("id")
    return under_way.first() or Interview.objects.create(
        contact=contact, minutes=OfficeSettings.current().minutes_in_person
    )


def ask(interview: Interview, *, at: datetime) -> None:
    move(interview, to=State.ASKED, at=at)


@transaction.atomic
def agree(
    interview: Interview,
    *,
    starts_at: datetime,
    minutes: int,
    format: str,
    place: str,
    at: datetime,
) -> None:
    """Write down the time they agreed on, or the new one. A new time or place is unconfirmed."""
    lock(interview)
    if interview.state not in AHEAD:
        check_move(interview, to=State.ACCEPTED)
    if starts_at < at:
        raise TimeHasPassed
    before = (interview.starts_at, interview.format, interview.place)
    if interview.state != State.CONFIRMED or before != (starts_at, format, place):
        interview.state = State.ACCEPTED
    interview.starts_at, interview.minutes = starts_at, minutes
    interview.format, interview.place = format, place
    store(interview, "state", "starts_at", "minutes", "format", "place")
    announce(interview, at=at)


@transaction.atomic
def keep_arrangements(interview: Interview, *, at: datetime, **known) -> None:
    """What is known so far of place, dress and way, or who calls whom (G26).

    A confirmed talk of which something is open again is no longer confirmed.
    """
    lock(interview)
    if interview.state not in AHEAD:
        raise NotAllowed("Write down the time that you agreed on first.")
    for field in ARRANGEMENTS:
        setattr(interview, field, known.get(field, getattr(interview, field)))
    if interview.unsettled:
        interview.state = State.ACCEPTED
    store(interview, *ARRANGEMENTS, "state")
    announce(interview, at=at)


@transaction.atomic
def confirm(interview: Interview, *, at: datetime, **known) -> None:
    """The last of it is settled; see keep_arrangements() for what may be known."""
    keep_arrangements(interview, at=at, **known)
    if interview.state != State.CONFIRMED:
        move(interview, to=State.CONFIRMED, at=at)


@transaction.atomic
def count_the_way(interview: Interview, *, minutes: int | None, at: datetime) -> None:
    """So long is the way there; with it moves the alarm that says when to leave (G30)."""
    lock(interview)
    interview.travel_minutes = minutes
    store(interview, "travel_minutes")


@transaction.atomic
def move(interview: Interview, *, to: State, at: datetime) -> None:
    """A move that needs no more than a click; the others have actions of their own."""
    lock(interview)
    check_move(interview, to=to)
    _check_click_is_enough(interview, to=to, at=at)
    interview.state = to
    store(interview, "state")
    announce(interview, at=at)


@transaction.atomic
def hold(interview: Interview, *, held_on: date, at: datetime) -> None:
    """They met: from this day on a thank-you (G38) and a follow-up (G45) are owed.

    Said again, it corrects the day, and all that hangs on it.
    """
    lock(interview)
    if not interview.is_held:
        check_move(interview, to=State.HELD)
    _check_day_of_talk(interview, held_on=held_on, at=at)
    if not interview.is_held:
        interview.state = State.HELD
    interview.held_on = held_on
    for field, days in days_of_letters(OfficeSettings.current()).items():
        setattr(interview, field, held_on + timedelta(days=days))
    store(interview, "state", "held_on", *DAYS_OF_LETTERS)
    announce(interview, at=at)


@transaction.atomic
def take_back_hold(interview: Interview, *, at: datetime) -> None:
    """They have not met after all, so nothing is owed."""
    lock(interview)
    if not interview.is_held:
        raise NotAllowed("You have not said yet that you met.")
    if interview.thanked_on or interview.followed_up_on:
        raise NotAllowed("You have written to them about this talk. Take that date back first.")
    interview.state = State.ACCEPTED if interview.starts_at else State.ASKED
    interview.held_on = None
    for field in DAYS_OF_LETTERS:
        setattr(interview, field, None)
    store(interview, "state", "held_on", *DAYS_OF_LETTERS)
    announce(interview, at=at)


@transaction.atomic
def record_thank_you(interview: Interview, *, mailed_on: date, at: datetime) -> None:
    """The thank-you went into the mail: it is owed no longer. Said again, it corrects the date."""
    lock(interview)
    _check_day_of_letter(interview, written_on=mailed_on, at=at)
    interview.thanked_on = mailed_on
    interview.save(update_fields=["thanked_on", "updated_at"])
    announce(interview, at=at)


@transaction.atomic
def take_back_thank_you(interview: Interview, *, at: datetime) -> None:
    """It was not mailed after all, so it is owed again, and a closed talk is open again."""
    lock(interview)
    interview.thanked_on = None
    _reopen(interview)
    interview.save(update_fields=["thanked_on", "state", "updated_at"])
    announce(interview, at=at)


@transaction.atomic
def record_follow_up(interview: Interview, *, written_on: date, at: datetime) -> None:
    """The second letter is written: it is owed no longer. Said again, it corrects the date."""
    lock(interview)
    _check_day_of_letter(interview, written_on=written_on, at=at)
    interview.followed_up_on = written_on
    interview.save(update_fields=["followed_up_on", "updated_at"])
    announce(interview, at=at)


@transaction.atomic
def take_back_follow_up(interview: Interview, *, at: datetime) -> None:
    """It was not written after all, so it is owed again, and a closed talk is open again."""
    lock(interview)
    interview.followed_up_on = None
    _reopen(interview)
    interview.save(update_fields=["followed_up_on", "state", "updated_at"])
    announce(interview, at=at)


def lock(interview: Interview) -> None:
    rows = Interview.objects.with_people().select_for_update(of=("self",))
    interview.refresh_from_db(from_queryset=rows)


def announce(interview: Interview, *, at: datetime) -> None:
    obligations_changed.send(sender=Interview, owner=interview, at=at)


def _reopen(interview: Interview) -> None:
    if interview.state == State.CLOSED:
        interview.state = State.HELD


def days_of_letters(office: OfficeSettings) -> dict[str, int]:
    return {field: getattr(office, days) for field, days in DAYS_OF_LETTERS.items()}


def check_move(interview: Interview, *, to: State) -> None:
    if not interview.may_become(to):
        is_now = interview.get_state_display().lower()
        raise NotAllowed(
            f"This talk stands at “{is_now}”, and “{to.label.lower()}” does not follow from that."
        )


def _check_click_is_enough(interview: Interview, *, to: State, at: datetime) -> None:
    if to == State.HELD and not interview.is_held:
        raise NotAllowed("Say on which day you met.")
    if to == State.ACCEPTED and (interview.starts_at is None or interview.starts_at < at):
        raise NotAllowed("Write down the time that you agreed on.")
    if to == State.CONFIRMED and interview.unsettled:
        raise Unsettled
    if to == State.NO_SHOW and interview.starts_at and interview.starts_at > at:
        raise StillAhead("This talk is still ahead. They may come yet.")
    if to == State.CLOSED and (interview.is_awaiting_thank_you or interview.is_awaiting_follow_up):
        raise StillOwed("Close this talk when the thank-you and the follow-up are both written.")


def _check_day_of_talk(interview: Interview, *, held_on: date, at: datetime) -> None:
    zone = interview.student.time_zone
    if held_on.year < EARLIEST_YEAR:
        raise YearIsWrong
    if held_on > local_date(at, zone):
        raise StillAhead("This talk is still ahead. Come back when you have met.")
    # A time that was called off stays on the row, and stops nobody.
    begins = interview.starts_at if interview.state in AHEAD else None
    if begins and at < begins and local_date(begins, zone) <= held_on:
        raise StillAhead("This talk is still ahead. If you met earlier, change its time first.")
    letters = [on for on in (interview.thanked_on, interview.followed_up_on) if on]
    if letters and min(letters) < held_on:
        mailed_on = date_format(min(letters), "F j, Y")
        raise BeforeTheTalk(
            f"You wrote to them about this talk on {mailed_on}. Correct that date first."
        )


def _check_day_of_letter(interview: Interview, *, written_on: date, at: datetime) -> None:
    if interview.held_on is None:
        raise NotAllowed("Say first that you met. A letter about a talk comes after it.")
    if written_on < interview.held_on:
        met_on = date_format(interview.held_on, "F j, Y")
        raise BeforeTheTalk(f"You met on {met_on}. A letter about that cannot be older.")
    if written_on > local_date(at, interview.student.time_zone):
        raise StillAhead("That day is still ahead. Write it down when the letter is on its way.")
