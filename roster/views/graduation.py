"""A class moves on; and each of its members says what the directory may have of them."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from alumni.forms.desk import TermsForm
from alumni.models import Alum
from core.forms import posted
from reminders.schedule import obligations_of
from roster import actions
from roster.forms import GraduateRecordForm
from roster.models import Graduate, Graduation
from roster.people import students_for, without_advisor
from roster.turns import office_day
from roster.views.door import for_the_office, page_with_form

PER_PAGE = 50


@require_GET
@for_the_office
def classes(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Classes that study, the oldest first, and those that moved on."""
    students = students_for(request.user).exclude(profile__class_year=None)
    years = students.order_by().values("profile__class_year").annotate(people=Count("pk"))
    past = Graduation.objects.visible_to(request.user).with_answers()
    context = {
        "classes": [
            (one["profile__class_year"], one["people"])
            for one in years.order_by("profile__class_year")
        ],
        "this_year": office_day(timezone.now()).year,
        "past": list(past.select_related("made_by")),
    }
    return render(request, "roster/classes.html", context)


@require_GET
@for_the_office
def preview(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """Who would move on, and how much each still owes: a number, and never to whom."""
    at = timezone.now()
    members = students_for(request.user).filter(profile__class_year=year)
    page = Paginator(members.order_by("name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    owed = Counter(one.student.pk for one in obligations_of(list(page), at=at) if one.is_open)
    context = {
        "year": year,
        "page_obj": page,
        "people": [(student, owed[student.pk]) for student in page],
        "with_advisor": page.paginator.count - without_advisor(members).count(),
        "is_too_early": year > office_day(at).year,
    }
    return render(request, "roster/class.html", context)


@require_POST
@for_the_office
def move_on(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    try:
        graduation = actions.graduate_class(year, by=request.user, at=timezone.now())
    except actions.GraduationRefused as reason:
        messages.info(request, str(reason))
        return redirect("roster:classes")
    messages.success(request, f"The class of {year} has moved on.")
    return redirect(graduation)


@require_GET
@for_the_office
def past(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    graduations = Graduation.objects.visible_to(request.user).with_answers()
    graduation = get_object_or_404(graduations.select_related("made_by"), pk=pk)
    members = graduation.members.select_related("student").order_by("student__name", "pk")
    page = Paginator(members, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "roster/graduation.html", {"graduation": graduation, "page_obj": page})


@require_POST
@for_the_office
def undo(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    graduation = get_object_or_404(Graduation.objects.visible_to(request.user), pk=pk)
    try:
        actions.undo_graduation(graduation, at=timezone.now())
    except actions.GraduationRefused as reason:
        messages.info(request, str(reason))
    else:
        messages.success(request, f"The class of {graduation.class_year} are students again.")
    return redirect(graduation)


@page_with_form
def after(request: AuthenticatedHttpRequest) -> HttpResponse:
    """For a graduate alone: the record to take along, and the directory."""
    rows = Graduate.objects.visible_to(request.user).select_related("student__profile", "alum")
    graduate = rows.defer("alum__search").order_by("-pk").first()
    if graduate is None:
        raise PermissionDenied
    if "no" in request.POST:
        actions.decline(graduate, at=timezone.now())
        messages.success(request, "Nobody will ask you. You can change your mind here at any time.")
        return redirect("roster:after")
    return _record_page(request, graduate, actions.own_record(graduate))


def _record_page(request: AuthenticatedHttpRequest, graduate: Graduate, alum: Alum) -> HttpResponse:
    record = GraduateRecordForm(posted(request), instance=alum)
    terms = TermsForm(posted(request), alum=alum)
    if record.is_valid() and terms.is_valid():
        try:
            actions.agree(graduate, record=record.said(), terms=terms.changes(), at=timezone.now())
        except actions.GraduationRefused as reason:
            record.add_error(None, str(reason))
        else:
            messages.success(request, "You are in the directory. Thank you.")
            return redirect("roster:after")
    context = {
        "graduate": graduate,
        "forms": [record, terms],
        "has_errors": any(form.errors for form in (record, terms)),
    }
    status = 422 if record.is_bound else 200
    return render(request, "roster/after.html", context, status=status)
