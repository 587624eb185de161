"""What a student does next, for the page of a talk, the list, a contact's card and Today alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.urls import reverse

from contacts.models import Contact
from core.localtime import local_date
from interviews import begun
from interviews.letters import letters
from interviews.models import MET, Interview, State
from interviews.step_words import Words
from interviews.thanked import is_no_thanked
from interviews.through import step_through
from letters.models import Letter


@dataclass(frozen=True)
class NextStep:
    headline: str
    lede: str
    label: str
    url: str
    icon: str
    urgency: int
    # Where a click on the talk's own page is the whole step: the state it moves to, and its word.
    to: State | None = None

    @property
    def click(self) -> str:
        return CLICKS[self.to] if self.to else ""


DETAIL = "interviews:detail"

BY_STATE = {
    State.IDEA: Words(
        "Ask {name} to meet",
        "Call or write. Say who gave you the name, and ask for a short talk when it suits them.",
        "Write to them", "letters:create", "send", 60,
    ),
    State.ASKED: Words(
        "Agree a time with {name}",
        "You have asked. As soon as you have a yes, write down when and where.",
        "Write down the time", "interviews:agree", "calendar-plus", 50,
    ),
    State.ACCEPTED: Words(
        "Confirm the time with {name}",
        "Repeat the day, the time and the place. Ask how people dress there and where to park.",
        "Confirm the time", "interviews:confirm", "check", 40,
    ),
    State.CONFIRMED: Words(
        "Get ready to meet {name}",
        "Choose the questions that matter most to you, and bring them along.",
        "Choose your questions", "interviews:questions", "list-checks", 45,
    ),
    State.CLOSED: Words(
        "Keep {name} in mind",
        "You met, said thank you and wrote again. That is a contact who will remember you.",
        "Meet again", "interviews:create", "rotate-ccw", 90,
    ),
    State.DECLINED: Words(
        "Thank {name} for answering",
        "A kind word after a no is remembered. Perhaps they know whom else to ask.",
        "Log your thanks", "contacts:log", "mail", 70,
    ),
    State.NO_RESPONSE: Words(
        "Try {name} once more",
        "People are busy. One more call or letter is no trouble to anybody.",
        "Call them", "interviews:call", "phone", 70,
    ),
    State.CANCELLED: Words(
        "Find a new time with {name}",
        "It was called off, not refused. Offer two or three other days.",
        "Write down the new time", "interviews:agree", "calendar-plus", 50,
    ),
    State.NO_SHOW: Words(
        "Find a new time with {name}",
        "Something came between. Write a friendly line and offer another day.",
        "Write down the new time", "interviews:agree", "calendar-plus", 50,
    ),
    State.WITHDRAWN: Words(
        "Ask {name} when you are ready",
        "You let this one rest. You can take it up again whenever you like.",
        "Write to them", "letters:create", "send", 80,
    ),
}  # fmt: skip

LEFT_WELL = Words(
    "Leave the door open with {name}",
    "They could not, and you thanked them. If things change for them, you can ask once more.",
    "Plan another talk", "interviews:create", "calendar-plus", 88,
)  # fmt: skip
HOW_DID_IT_GO = Words(
    "Did you meet {name}?",
    "The time you agreed on has come. Once you say that you met, CareerHub keeps the dates "
    "of your letters.",
    "Say that you met", "interviews:hold", "message-circle", 10,
)  # fmt: skip
SHEET = Words(
    "Get ready to meet {name}",
    "Look at where and when once more, and print your sheet if you like paper.",
    "Open your sheet for the day", "interviews:day", "file-text", 30,
)  # fmt: skip
BEGIN_TALK = Words(
    "You are about to meet {name}",
    "Your questions, room for the answers and a quiet clock wait on one page.",
    "Open the page for the talk", "interviews:live", "message-circle", 5,
)  # fmt: skip
DEBRIEF = Words(
    "Write down what {name} told you",
    "While it is fresh. Your thank-you begins with what you write here.",
    "Write it up", "interviews:debrief", "pencil", 0,
)  # fmt: skip
THANK = Words(
    "Thank {name}",
    "Name a part of the talk that you liked, and the advice that you will use.",
    "Send a thank-you", "interviews:thank", "mail", 0,
)  # fmt: skip
WRITE_AGAIN = Words(
    "Tell {name} how it is going",
    "Say what you did with their advice, and where your search stands now.",
    "Write to them again", "interviews:follow_up", "mail", 20,
)  # fmt: skip
KEEP = Words(
    "Keep what {name} told you",
    "Your thank-you is on its way. Write down what you learned while it is fresh.",
    "Write it up", "interviews:debrief", "pencil", 54,
)  # fmt: skip
TRY_IT = Words(
    "Try what {name} advised",
    "In a month or two you write to them again. Then you will have something to tell.",
    "What became of their advice", "interviews:advice", "check", 55,
)  # fmt: skip
FINISH = Words(
    "Keep in touch with {name}",
    "Both letters are written. Close this talk, and come back whenever there is news.",
    "Close this talk", DETAIL, "check", 85, State.CLOSED,
)  # fmt: skip
BEGIN = Words(
    "Ask {name} to meet",
    "Half an hour with somebody who does the work tells you more than a week of reading.",
    "Write to them", "letters:create", "send", 65,
)  # fmt: skip

CLICKS = {
    State.IDEA: "I have not asked yet",
    State.ASKED: "I have asked",
    State.ACCEPTED: "It stands, but is not confirmed",
    State.CONFIRMED: "I have confirmed it",
    State.HELD: "Open it again",
    State.DEBRIEFED: "I have written it up",
    State.CLOSED: "Close this talk",
    State.DECLINED: "They declined",
    State.NO_RESPONSE: "Nobody answered",
    State.CANCELLED: "It was called off",
    State.NO_SHOW: "They did not come",
    State.WITHDRAWN: "I no longer want to meet",
}

# Pages of a person; the others are pages of the talk.
OF_CONTACT = ("interviews:create", "interviews:call", "letters:create", "contacts:log")
# How long before a talk its sheet, and then its own page, is what one needs.
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


def next_step(interview: Interview, *, at: datetime) -> NextStep:
    if through := step_through(interview, at=at):
        words, pk = through
        return _filled(words, name=interview.contact.name, pk=pk)
    words = _words(interview, at=at)
    pk = interview.contact_id if words.url_name in OF_CONTACT else interview.pk
    return _filled(words, name=interview.contact.name, pk=pk)


def next_step_with(contact: Contact, interviews: Iterable[Interview], *, at: datetime) -> NextStep:
    """The most urgent step of all the talks with one person; to plan one where there is none."""
    steps = [next_step(interview, at=at) for interview in interviews]
    first = _filled(BEGIN, name=contact.name, pk=contact.pk)
    step = min(steps, key=lambda step: step.urgency, default=first)
    is_to_write = step.url == first.url
    letter = begun.begun_with(contact) if is_to_write else None
    if letter is None:
        return step
    words = begun.BY_STATE[Letter.State(letter.state)]
    return _filled(words, name=contact.name, pk=letter.pk)


def _words(interview: Interview, *, at: datetime) -> Words:
    if interview.is_over(at=at):
        return HOW_DID_IT_GO
    if interview.state in MET and interview.state != State.CLOSED:
        return _after_it(interview, today=local_date(at, interview.student.time_zone))
    if interview.state == State.CONFIRMED and interview.starts_at:
        return _before_it(interview.starts_at - at)
    if interview.state == State.DECLINED and is_no_thanked(interview):
        return LEFT_WELL
    return BY_STATE[State(interview.state)]


def _before_it(left: timedelta) -> Words:
    if left <= AN_HOUR:
        return BEGIN_TALK
    return SHEET if left <= A_DAY else BY_STATE[State.CONFIRMED]


def _after_it(interview: Interview, *, today: date) -> Words:
    """The write-up comes first, as the thank-you draws on it; once that is due, it comes first."""
    is_written_up = interview.state != State.HELD
    if not interview.is_awaiting_thank_you and not interview.is_awaiting_follow_up:
        return FINISH
    thank_you, follow_up = letters(interview)
    if interview.is_awaiting_thank_you:
        return THANK if is_written_up or today >= thank_you.due_on else DEBRIEF
    if interview.is_awaiting_follow_up and follow_up.is_open(today):
        return WRITE_AGAIN
    return TRY_IT if is_written_up else KEEP


def _filled(words: Words, *, name: str, pk: int | str) -> NextStep:
    return NextStep(
        headline=words.headline.format(name=name),
        lede=words.lede,
        label=words.label,
        url=reverse(words.url_name, args=[pk]),
        icon=words.icon,
        urgency=words.urgency,
        to=words.to,
    )


class Turn(NamedTuple):
    """Another way on from here: a click when there is a state, a page of its own otherwise."""

    label: str
    to: State | None = None
    url: str = ""


def other_turns(interview: Interview, *, at: datetime) -> list[Turn]:
    """Every allowed move that is not the next step, in the order of the states."""
    step = next_step(interview, at=at)
    turns = [_turn(interview, to, at=at) for to in State if interview.may_become(to)]
    return [
        turn for turn in turns if turn and (turn.to != step.to if turn.to else turn.url != step.url)
    ]


def _turn(interview: Interview, to: State, *, at: datetime) -> Turn | None:
    has_time_ahead = interview.starts_at is not None and interview.starts_at > at
    if to == State.HELD and not interview.is_held:
        return Turn("We have talked", url=reverse("interviews:hold", args=[interview.pk]))
    if to == State.ACCEPTED and not has_time_ahead:
        return Turn("They said yes", url=reverse("interviews:agree", args=[interview.pk]))
    if to == State.NO_SHOW and has_time_ahead:
        return None
    if to == State.CONFIRMED:
        page = reverse("interviews:confirm", args=[interview.pk])
        return Turn("Confirm the time", url=page) if has_time_ahead else None
    if to == State.CLOSED and (interview.is_awaiting_thank_you or interview.is_awaiting_follow_up):
        return None
    return Turn(CLICKS[to], to=to)
