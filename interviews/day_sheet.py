"""The one page that a student takes along: what was agreed, what to bring, what to ask (G29).

Pure: the page and the PDF are both made from what `day_sheet()` answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from accounts.models import OfficeSettings
from contacts.models import Contact, Interaction
from interviews import preparing
from interviews.models import Interview, PreparedQuestion
from interviews.times import clock_times
from letters.models import Resume

# As many as half an hour has room for; the rest of the list stays at home.
MOST_QUESTIONS = 8
CLOSE_WITH = (
    "Thank them for their time.",
    "Ask whom else you could talk with, and for their phone or e-mail.",
    "Ask whether you may use their name.",
)
SAID_SHOWN = 200
# The scripts that the PDF's own fonts know: Latin, Greek, Cyrillic, and common signs. Others
# depend on the fonts of the machine.
PRINTED = ((0x0, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x214F))


class Fact(NamedTuple):
    label: str
    words: str
    # What is asked for when the time is confirmed, and not known yet (G26).
    is_missing: bool = False


@dataclass(frozen=True)
class DaySheet:
    name: str
    work: str
    day: str
    hours: str
    hours_there: str
    leave_by: str
    headline: str
    facts: list[Fact]
    known: list[str]
    bring: list[str]
    questions: list[str]
    left_out: int
    close_with: Sequence[str] = field(default=CLOSE_WITH)


def day_sheet(
    interview: Interview,
    *,
    office: OfficeSettings,
    questions: Sequence[PreparedQuestion],
    last_exchange: Interaction | None,
    resume: Resume | None,
) -> DaySheet:
    contact = interview.contact
    times = clock_times(interview)
    leave_by = preparing.leave_by(interview, office)
    return DaySheet(
        name=contact.name,
        work=contact.work,
        day=times.day if times else "",
        hours=times.hours if times else "",
        hours_there=times.hours_there if times else "",
        leave_by=_clock(leave_by, interview),
        headline=_headline(interview, leave_by=_clock(leave_by, interview)),
        facts=_facts(interview),
        known=_known(contact, last_exchange),
        bring=preparing.bring(interview, resume),
        questions=[question.text for question in questions[:MOST_QUESTIONS]],
        left_out=max(0, len(questions) - MOST_QUESTIONS),
    )


def _clock(at: datetime | None, interview: Interview) -> str:
    """The hour, with its day where one sets out on the day before."""
    if at is None or interview.starts_at is None:
        return ""
    zone = ZoneInfo(interview.student.time_zone)
    here, begins = at.astimezone(zone), interview.starts_at.astimezone(zone)
    return date_format(here, "g:i a" if here.date() == begins.date() else "l, g:i a")


def _headline(interview: Interview, *, leave_by: str) -> str:
    """What to do first on the day."""
    name, begins = interview.contact.name, _clock(interview.starts_at, interview)
    if clock_times(interview) is None:
        return f"Get ready for {name}"
    if interview.format == Interview.Format.IN_PERSON:
        return f"Leave by {leave_by} to meet {name}" if leave_by else f"Meet {name} at {begins}"
    if interview.format == Interview.Format.VIDEO:
        return f"Open the link for {name} before {begins}"
    if interview.who_dials == Interview.WhoDials.ME:
        return f"Call {name} at {begins}"
    return f"Be by your phone for {name} at {begins}"


def _facts(interview: Interview) -> list[Fact]:
    is_in_person = interview.format == Interview.Format.IN_PERSON
    how = f"{interview.get_format_display()}, {interview.minutes} minutes"
    # Before it is confirmed, a number may stand where the place does.
    number = interview.number_or_link or interview.place
    asked = [
        ("who_dials", "Who calls", _who_dials(interview)),
        ("place", "Where", interview.place if is_in_person else ""),
        ("number_or_link", "Number or link", "" if is_in_person else number),
        ("attire", "Wear", interview.attire),
        ("parking", "Parking, the way", interview.parking),
    ]
    needed = interview.unsettled
    return [Fact("How", how)] + [
        Fact(label, words, is_missing=not words)
        for name, label, words in asked
        if words or name in needed
    ]


def _who_dials(interview: Interview) -> str:
    name, who = interview.contact.name, interview.who_dials
    if interview.format == Interview.Format.PHONE:
        return {"ME": f"You call {name}", "THEM": f"{name} calls you"}.get(who, "")
    if interview.format == Interview.Format.VIDEO:
        return {"ME": "You send the link", "THEM": f"{name} sends the link"}.get(who, "")
    return ""


def _known(contact: Contact, last: Interaction | None) -> list[str]:
    """How they came to be a contact (G11), and the last exchange (G42)."""
    lines = []
    if contact.referred_by:
        lines.append(f"{contact.referred_by.name} gave you the name.")
    elif contact.source:
        note = f": {contact.source_note}" if contact.source_note else ""
        lines.append(f"{contact.get_source_display()}{note}.".replace("..", "."))
    if last is not None:
        what = " · ".join(
            words for words in (last.get_channel_display(), last.get_outcome_display()) if words
        )
        lines.append(f"Last, on {date_format(last.happened_on, 'F j')}: {what}.")
        if last.said:
            lines.append(_short(last.said))
    return lines


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SAID_SHOWN else f"{words[: SAID_SHOWN - 1].rstrip()}…"


def for_paper(sheet: DaySheet, *, paper: str) -> dict[str, Any]:
    """What templates/pdf/day_sheet.typ reads."""
    return {"paper": paper, **asdict(sheet), "facts": [fact._asdict() for fact in sheet.facts]}


def lacking(sheet: DaySheet) -> str:
    """The first few letters of the sheet that the PDF may have no picture of."""
    facts = (fact.words for fact in sheet.facts)
    words = "".join((sheet.name, sheet.work, *facts, *sheet.known, *sheet.questions))
    strange = [
        letter for letter in words if not any(low <= ord(letter) <= high for low, high in PRINTED)
    ]
    return "".join(dict.fromkeys(strange))[:5]
