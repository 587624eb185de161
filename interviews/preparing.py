"""Whether a student is ready, when to set out, and what to bring. Pure but for what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from accounts.models import OfficeSettings, StudentProfile
from interviews.models import MET, Interview, State
from letters.models import Resume

# The questions that matter most: ready before a call, since people may talk at once (G23).
TOP = 5


@dataclass(frozen=True)
class Item:
    """A line of a checklist, and the page where it is done."""

    done: bool
    words: str
    url: str


def is_ready(interview: Interview) -> bool:
    """Five ranked questions, before one calls (G23)."""
    return interview.questions.count() >= TOP


def readiness(
    interview: Interview, profile: StudentProfile | None, *, questions: int | None = None
) -> list[Item]:
    """Asks for the résumé, and for the number of questions where the caller does not know it."""
    has_five = is_ready(interview) if questions is None else questions >= TOP
    own, me = profile or StudentProfile(), reverse("accounts:profile")
    is_confirmed = interview.state in (State.CONFIRMED, *MET)
    reviewed = Resume.objects.filter(student=interview.student, status=Resume.Status.REVIEWED)
    return [
        Item(has_five, "Five questions, the best first", _page("questions", interview)),
        Item(is_confirmed, "Time and place confirmed", interview.get_absolute_url()),
        Item(bool(own.background.strip()), "A minute about yourself", me),
        Item(bool(own.phone.strip()), "Your phone number, to leave on voicemails", me),
        Item(own.greeting_is_ready, "A voicemail greeting fit for callers", me),
        Item(reviewed.exists(), "Résumé read by your advisor", reverse("letters:resume")),
    ]


def leave_by(interview: Interview, office: OfficeSettings) -> datetime | None:
    """When to set out: the way, and some time to spare (G30). None by phone, or way unknown."""
    is_in_person = interview.format == Interview.Format.IN_PERSON
    if not is_in_person or interview.starts_at is None or interview.travel_minutes is None:
        return None
    ahead = interview.travel_minutes + office.minutes_to_spare
    return interview.starts_at - timedelta(minutes=ahead)


def bring(interview: Interview, resume: Resume | None) -> list[str]:
    """What to have at hand (G29); the résumé only when an advisor has read it (G32)."""
    things = ["These questions", "A pen that works, and paper"]
    if interview.format == Interview.Format.IN_PERSON:
        things += ["Directions, and their number in case you are held up"]
    else:
        things += ["A quiet room, and a charged phone or computer"]
    if resume is not None and resume.status == Resume.Status.REVIEWED:
        things += ["Your résumé, for their advice on it"]
    return things


def _page(name: str, interview: Interview) -> str:
    return reverse(f"interviews:{name}", args=[interview.pk])
