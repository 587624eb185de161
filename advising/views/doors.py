"""The one way to a student's pages, and back to where an advisor came from."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import User
from advising.board import Row, rows_of


def get_student(advisor: User, pk: int) -> User:
    """404 for a student of somebody else, 403 for who may see themselves alone."""
    visible = User.objects.visible_to(advisor).select_related("profile", "counters")
    return get_for(advisor, visible, "advising.view_student", pk)


def get_row(advisor: User, pk: int, *, at: datetime) -> Row:
    """The same, with all that the board knows of the student."""
    if not advisor.is_advisor:
        get_student(advisor, pk)
    rows = rows_of(advisor, at=at, only=[pk])
    if not rows:
        raise Http404("Not a student of this caseload.")
    return rows[0]


def student_url(student: User) -> str:
    return reverse("advising:student", args=[student.pk])


def back_to(request: AuthenticatedHttpRequest, student: User) -> str:
    """The page whose form was sent, with its filters; else the student's."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if is_ours else student_url(student)
