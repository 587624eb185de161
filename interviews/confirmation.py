"""A message that repeats what was agreed, and asks what is still open (G26)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from core.localtime import day_and_hour, zone_in_words
from interviews.models import Interview

OPEN = {
    "IN_PERSON": {
        "place": "Where shall we meet?",
        "attire": "How do people dress where you work?",
        "parking": "Where is the best place to park, or how do people get there?",
    },
    "PHONE": {
        "who_dials": "Shall I call you, or would you rather call me?",
        "number_or_link": "Which number shall we use?",
    },
    "VIDEO": {
        "who_dials": "Shall I send the link, or will you?",
        "number_or_link": "Which link shall we use?",
    },
}
SETTLED = {"place": "Place", "attire": "Dress", "parking": "Parking"}


@dataclass(frozen=True)
class Message:
    to: str
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        if not self.to:
            return ""
        body = self.body.replace("\n", "\r\n")
        return f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject)}&body={quote(body)}"


def confirmation_of(interview: Interview, *, phone: str) -> Message:
    """Ready to send, whatever is known: nothing in it is left to fill in."""
    contact, student = interview.contact, interview.student
    lines = [
        f"Dear {contact.name},",
        "",
        "Thank you for making time for me. I would like to confirm what we agreed:",
        "",
        *(f"  {line}" for line in [*_when(interview), *_how(interview)]),
        "",
    ]
    if questions := _open_questions(interview):
        lines += ["May I ask you one more thing?" if len(questions) == 1 else "May I ask you:", ""]
        lines += [*(f"  {question}" for question in questions), ""]
    lines += ["If anything changes, please tell me. I look forward to our talk.", "", student.name]
    lines += [phone] if phone else []
    return Message(contact.email, f"Our talk on {_day(interview)}", "\n".join(lines))


def _when(interview: Interview) -> list[str]:
    """By their clock first: it is they who read it."""
    if interview.starts_at is None:
        return []
    there, here = interview.contact.zone, interview.student.time_zone
    at_theirs, at_mine = (interview.starts_at.astimezone(ZoneInfo(zone)) for zone in (there, here))
    lines = [f"{day_and_hour(at_theirs, 'l, F j, Y')} ({zone_in_words(there)})"]
    if at_theirs.utcoffset() != at_mine.utcoffset():
        lines += [f"For me that is {day_and_hour(at_mine, 'l')} ({zone_in_words(here)})"]
    return lines


def _how(interview: Interview) -> list[str]:
    minutes = f"{interview.minutes} minutes"
    if interview.format == Interview.Format.IN_PERSON:
        known = [(SETTLED[field], getattr(interview, field)) for field in interview.to_settle]
        return [f"In person, {minutes}", *(f"{name}: {value}" for name, value in known if value)]
    is_video = interview.format == Interview.Format.VIDEO
    lines = [f"{'By video' if is_video else 'By phone'}, {minutes}"]
    who, where = interview.who_dials, interview.number_or_link
    if who == Interview.WhoDials.ME:
        lines.append("I send you the link" if is_video else "I call you")
    elif who:
        lines.append("You send me the link" if is_video else "You call me")
    return [*lines, *([f"{'Link' if is_video else 'Number'}: {where}"] if where else [])]


def _open_questions(interview: Interview) -> list[str]:
    return [OPEN[interview.format][field] for field in interview.unsettled]


def _day(interview: Interview) -> str:
    if interview.starts_at is None:
        return "the day that suits you"
    at = interview.starts_at.astimezone(ZoneInfo(interview.contact.zone))
    return date_format(at, "l, F j")
