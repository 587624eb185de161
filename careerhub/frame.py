"""What stands around every page: the college, the way in for each role, the chosen theme."""

from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from advising.goals import own_progress
from advising.models import Goal, Remark


class Entry(NamedTuple):
    label: str
    icon: str
    url_name: str


STUDENT = [
    Entry("Today", "house", "home"),
    Entry("Alumni", "search", "alumni:list"),
    Entry("Contacts", "users", "contacts:list"),
    Entry("Letters", "mail", "letters:list"),
    Entry("Interviews", "calendar", "interviews:list"),
    Entry("Record", "book-open", "records:search"),
]
ADVISOR = [
    Entry("Caseload", "users", "home"),
    Entry("Letters", "mail", "letters:reviews"),
    Entry("Goals", "target", "advising:goals"),
    Entry("Alumni", "search", "alumni:list"),
    Entry("Advice", "lightbulb", "insights:by_field"),
]
OFFICE = [
    Entry("Office", "house", "home"),
    Entry("Alumni", "users", "alumni:list"),
    Entry("Imports", "upload", "alumni:import_list"),
    Entry("Students", "graduation-cap", "roster:overview"),
    Entry("Reports", "chart-column", "reports:students"),
    Entry("Settings", "settings", "accounts:office_settings"),
]
DEMO_LOG_INS = {
    "student@demo.example": "a student with people at every step",
    "advisor@demo.example": "the advisor who looks after them",
    "staff@demo.example": "imports lists, keeps the directory",
    "admin@demo.example": "people, roles and caseloads",
}
ENTRIES = {
    Role.STUDENT: STUDENT,
    Role.ADVISOR: ADVISOR,
    Role.STAFF: OFFICE,
    Role.ADMINISTRATOR: OFFICE,
}


def frame(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "institution": settings.INSTITUTION,
        "theme": theme if theme in ("light", "dark") else "",
        "nav": _nav(request),
        "mail_page": settings.MAIL_PAGE,
        "demo_log_ins": _demo_log_ins(request),
        # A page that does not speak of it asks nothing.
        "from_advisor": partial(_from_advisor, request),
        "own_goals": partial(_own_goals, request),
    }


def _from_advisor(request: HttpRequest) -> list[Remark]:
    """For a student's front page: what advisors wrote, and they have not read."""
    if not isinstance(request.user, User):
        return []
    unread = Remark.objects.visible_to(request.user).unread()
    return list(unread.select_related("author").newest_first())


def _own_goals(request: HttpRequest) -> list[tuple[Goal, int]]:
    """For a student's front page: each goal of today, and how far it has come."""
    return own_progress(request.user, at=timezone.now()) if isinstance(request.user, User) else []


def _demo_log_ins(request: HttpRequest) -> list[tuple[str, str]]:
    """For the log-in page of the demo alone: who can be tried out."""
    if not settings.EMBEDDED or request.path != reverse("account_login"):
        return []
    people = User.objects.filter(email__in=DEMO_LOG_INS)
    there = set(people.values_list("email", flat=True))
    return [(email, who) for email, who in DEMO_LOG_INS.items() if email in there]


def _nav(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    entries: list[dict[str, Any]] = [
        {"url": reverse(entry.url_name), "label": entry.label, "icon": entry.icon}
        for entry in ENTRIES[Role(user.role)]
    ]
    here = [entry for entry in entries if request.path.startswith(entry["url"])]
    # The longest address that the page begins with is where one is; "/" begins them all.
    current = max(here, key=lambda entry: len(entry["url"]))
    current["is_current"] = current["url"] != "/" or request.path == "/"
    return entries
