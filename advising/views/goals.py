"""Goals of an advisor and of the office: set, looked at, changed, and taken away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import User
from advising.forms import GoalForm
from advising.goals import Progress, goals_in_sight, progress_of
from advising.models import Goal
from core.forms import posted
from core.localtime import local_date

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def goal_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The office sees how many reached its own goals, and nobody by name."""
    _check_may_set(request.user)
    found = goals_in_sight(request.user, at=timezone.now())
    today = local_date(timezone.now(), request.user.time_zone)
    context = {"goals": _for_reader(request.user, found), "today": today}
    return render(request, "advising/goals.html", context)


@require_safe
def goal(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """How each student of the caseload stands; for the office, how many there are."""
    of_group = _goal_for(request, "advising.view_goal", pk)
    (progress,) = _for_reader(request.user, [of_group])
    students = User.objects.visible_to(request.user).filter(pk__in=progress.counts)
    lines = [(student, progress.of(student)) for student in students.order_by("name", "pk")]
    context = {
        "goal": of_group,
        "progress": progress,
        "lines": sorted(lines, key=lambda line: -line[1]),
        "today": local_date(timezone.now(), request.user.time_zone),
        "may_change": request.user.has_perm("advising.change_goal", of_group),
    }
    return render(request, "advising/goal.html", context)


@page_with_form
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    _check_may_set(request.user)
    advisor = request.user if request.user.is_advisor else None
    asked = request.POST if request.method == "POST" else request.GET
    wanted = [int(pk) for pk in asked.getlist("to") if pk.isascii() and pk.isdecimal()]
    # A student of somebody else is not picked, whatever the address says.
    students = User.objects.visible_to(request.user).filter(pk__in=wanted) if advisor else []
    picked = list(students)
    made = Goal(advisor=advisor, picked=[student.pk for student in picked])
    made.from_on = local_date(timezone.now(), request.user.time_zone)
    return _write(request, made, picked=picked)


@page_with_form
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _write(request, _goal_for(request, "advising.change_goal", pk))


@require_POST
def delete(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    _goal_for(request, "advising.change_goal", pk).delete()
    messages.success(request, "The goal is taken away. What students did stays as it is.")
    return redirect("advising:goals")


def _write(
    request: AuthenticatedHttpRequest, of_group: Goal, *, picked: list[User] | None = None
) -> HttpResponse:
    form = GoalForm(posted(request), instance=of_group)
    if form.is_valid():
        form.save()
        messages.success(request, "It is set. Students of the group see it on their front page.")
        return redirect("advising:goal", of_group.pk)
    context = {"form": form, "goal": of_group, "picked": picked or []}
    status = 422 if form.errors else 200
    return render(request, "advising/goal_form.html", context, status=status)


def _for_reader(reader: User, goals: list[Goal]) -> list[Progress]:
    """An advisor sees of the office's goals what the own students did of them."""
    own = User.objects.visible_to(reader) if reader.is_advisor else None
    return progress_of(goals, among=own)


def _goal_for(request: AuthenticatedHttpRequest, permission: str, pk: int) -> Goal:
    visible = Goal.objects.visible_to(request.user).select_related("advisor")
    return get_for(request.user, visible, permission, pk)


def _check_may_set(user: User) -> None:
    if not (user.is_advisor or user.is_office_staff):
        raise PermissionDenied
