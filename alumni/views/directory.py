"""The directory: finding an alum, and keeping their record right."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.http import AuthenticatedHttpRequest, get_for
from alumni import actions
from alumni.availability import as_listed, availability_of, reach, why_not
from alumni.filters import DirectoryForm
from alumni.forms import AlumForm
from alumni.models import HIDEABLE, Alum, Request
from alumni.searching.search import Wish, search
from alumni.views.facets import chips, facet_groups
from core.forms import posted
from core.htmx import page_or_partial


# The live search asks for a part at the address of the page: without this, a browser that goes
# back shows the part alone.
@vary_on_headers("HX-Target")
@require_GET
def alum_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    user = request.user
    form = DirectoryForm(request.GET, is_staff=user.is_office_staff)
    wish, results = Wish(), None
    if form.is_valid():
        turned = {name: request.GET.get(name, "") for name in ("after", "before")}
        wish = form.wish(**turned)
        found = search(user, wish)
        people = as_listed(found.people, to=user, at=timezone.now())
        results = found._replace(people=people)
    context = {
        "form": form,
        "wish": wish,
        "words": wish.words,
        "results": results,
        "facets": facet_groups(request, results) if results else [],
        "chips": chips(request, form) if results else [],
        "my_fields": _fields_of(user),
        "advice": _what_to_try(wish),
        # Who finds nobody by a word sees which words there are: “lawyer” finds nobody, Law many.
        "other_fields": _fields_in_use(user) if results and not results.people else [],
    }
    template = page_or_partial(request, "alumni/alum_list.html", partial="results")
    return render(request, template, context, status=200 if form.is_valid() else 422)


def _what_to_try(wish: Wish) -> str:
    has_filters = bool(wish.filters.in_use())
    if wish.words:
        return "Try fewer words or filters" if has_filters else "Try another word"
    return "Try fewer filters" if has_filters else "Nobody can be asked yet"


def _fields_in_use(user) -> list[str]:
    return [field for field, _ in search(user, Wish(), per_page=1).facets.get("field", [])]


def _fields_of(user) -> list[str]:
    profile = getattr(user, "profile", None) if user.is_student else None
    return profile.fields_of_interest if profile else []


@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    user = request.user
    alum = get_object_or_404(Alum.objects.visible_to(user).without_search(), pk=pk)
    asker = user if user.is_student else None
    standing = availability_of(alum, at=timezone.now(), student=asker)
    asked = Request.objects.visible_to(user).filter(alum=alum, student=user)
    context = {
        "alum": alum.as_seen_by(user),
        "standing": standing,
        "why_not": why_not(alum.name, standing),
        "reach": reach(alum, standing),
        "hidden": [label for name, label in HIDEABLE.items() if name in alum.hidden_fields],
        "my_request": asked.with_return().order_by("-asked_at").first() if asker else None,
    }
    return render(request, "alumni/alum_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.has_perm("alumni.change_alum"):
        raise PermissionDenied
    return _edit(request, Alum())


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    visible = Alum.objects.visible_to(request.user).without_search()
    if request.method == "POST":
        # Nobody changes it between the look at what it says by now and the saving.
        visible = visible.select_for_update(of=("self",), no_key=True)
    return _edit(request, get_for(request.user, visible, "alumni.change_alum", pk))


def _edit(request: AuthenticatedHttpRequest, alum: Alum) -> HttpResponse:
    form = AlumForm(posted(request), instance=alum)
    if form.is_valid():
        actions.save_alum(form.save(commit=False), at=timezone.now())
        messages.success(request, f"The record of {alum.name} is saved.")
        return redirect(alum)
    status = 422 if form.is_bound else 200
    return render(request, "alumni/alum_form.html", {"form": form, "alum": alum}, status=status)
