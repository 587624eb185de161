"""Who is here and with whom; some of them are given to somebody by hand."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import Caseload, User
from roster import actions
from roster.forms import NOBODY, HandForm, StudentFilter
from roster.models import AssignmentRule
from roster.people import (
    CAPACITY,
    advisors,
    anyone_for,
    counts,
    looked_after_by,
    students_for,
    who_may_advise,
    without_advisor,
)
from roster.views.door import for_the_office

PER_PAGE = 50


@require_GET
@for_the_office
def overview(request: AuthenticatedHttpRequest) -> HttpResponse:
    everybody = advisors()
    context = {
        "counts": counts(),
        "advisors": everybody,
        "over": [one for one in everybody if one.over],
        "capacity": CAPACITY,
        "rule_count": AssignmentRule.objects.visible_to(request.user).count(),
    }
    return render(request, "roster/overview.html", context)


@require_GET
@for_the_office
def student_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    asked = StudentFilter(request.GET)
    found = _found(students_for(request.user), asked).order_by("name", "pk")
    context = {
        "filter": asked,
        "words": asked.said.get("q", ""),
        "year": asked.said.get("year", ""),
        "advisor": asked.advisor_said,
        "nobody": NOBODY,
        "advisors": list(who_may_advise()),
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": urlencode(asked.said),
    }
    return render(request, "roster/student_list.html", context)


def _found(students: QuerySet[User], asked: StudentFilter) -> QuerySet[User]:
    said = asked.said
    for word in said.get("q", "").replace("\x00", "").split():
        students = students.filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(profile__student_number=word)
        )
    if "year" in said:
        students = students.filter(profile__class_year=said["year"])
    if asked.advisor_said == NOBODY:
        return without_advisor(students)
    if asked.advisor_said:
        return looked_after_by(int(asked.advisor_said), students)
    return students


@require_GET
@for_the_office
def student(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(anyone_for(request.user), pk=pk)
    history = Caseload.objects.visible_to(request.user).filter(student=person)
    context = {
        "student": person,
        "profile": getattr(person, "profile", None),
        "history": history.select_related("advisor").order_by("-since", "-pk"),
        "advisors": list(who_may_advise()),
        "nobody": NOBODY,
    }
    return render(request, "roster/student.html", context)


@require_POST
@for_the_office
def assign(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Whoever is ticked goes to the advisor, and back to the page that it was said on."""
    form = HandForm(request.POST)
    if form.is_valid():
        number = actions.assign_by_hand(form.students, form.to, at=timezone.now())
        messages.success(request, _said(number, form.to))
    else:
        for problems in form.errors.values():
            messages.error(request, str(problems[0]))
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else reverse("roster:students"))


def _said(number: int, to: User | None) -> str:
    who = f"{number:,} student{'' if number == 1 else 's'}"
    if to is None:
        return f"{who} without an advisor from today."
    stays = "Rules leave them there."
    return f"{who} now with {to.name}. {stays}" if number else f"All with {to.name}. {stays}"
