"""Who may stand in the directory twice: to look at side by side, to merge, to take apart again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from accounts.http import AuthenticatedHttpRequest
from alumni import actions, tasks
from alumni.merging import parts_of, terms_in_words, terms_of_both, what_hangs_on
from alumni.models import AlumMerge, DuplicatePair, Import
from core.forms import MergeForm, posted

PER_PAGE = 20
LATEST = 10
page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def pair_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    _check(request)
    visible = DuplicatePair.objects.visible_to(request.user)
    of_import = _import(request)
    shows_apart = "apart" in request.GET
    pairs = visible.apart() if shows_apart else visible.open()
    if of_import is not None:
        pairs = pairs.filter(of_import=of_import)
    found = pairs.with_people().likeliest_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    merges = AlumMerge.objects.visible_to(request.user).standing()
    merges = merges.select_related("kept", "merged_by").defer("kept__search")
    context = {
        "page_obj": page,
        "of_import": of_import,
        "shows_apart": shows_apart,
        "apart_count": visible.apart().count(),
        "merges": [] if shows_apart or of_import else list(merges[:LATEST]),
    }
    return render(request, "alumni/duplicates.html", context)


@require_POST
def find(request: AuthenticatedHttpRequest) -> HttpResponse:
    _check(request)
    try:
        tasks.find_duplicates.delay()
    except OperationalError:
        messages.error(request, "The workers cannot be reached. Try again in some minutes.")
    else:
        messages.success(
            request, "We are looking through the whole directory. Come back in a minute or two."
        )
    return redirect("alumni:duplicates")


@page_with_form
def pair(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    pair = _get_pair(request, pk)
    kept, merged = pair.one, pair.other
    parts = parts_of(kept, merged)
    form = MergeForm(posted(request), parts=parts)
    if form.is_valid():
        try:
            actions.merge(
                kept, merged, choices=form.cleaned_data, by=request.user, at=timezone.now()
            )
        except actions.CannotMerge as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request,
                f"The two records of {merged.name} are one now. You can take them apart again, "
                "under “Merged lately”.",
            )
            return redirect("alumni:duplicates")
    context = {
        "pair": pair,
        "kept": kept,
        "merged": merged,
        "form": form,
        "settled": [part for part in parts if part.settled_text and not part.is_open],
        "terms": terms_in_words(terms_of_both(kept, merged)),
        "hangs": [(alum, what_hangs_on(alum)) for alum in (kept, merged)],
    }
    return render(request, "alumni/duplicate.html", context, status=422 if form.is_bound else 200)


@require_POST
def apart(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    pair = _get_pair(request, pk)
    actions.say_two_people(pair, by=request.user, at=timezone.now())
    messages.success(
        request,
        f"{pair.one} and {pair.other} stay two people. You can change your mind under "
        "“Not the same person”.",
    )
    return redirect("alumni:duplicates")


@require_POST
def again(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    pair = _get_pair(request, pk)
    actions.say_maybe_one(pair)
    messages.success(request, f"{pair.one} and {pair.other} are on the list again.")
    return redirect("alumni:duplicates")


@require_POST
def undo(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    _check(request)
    done = get_object_or_404(AlumMerge.objects.visible_to(request.user), pk=pk)
    try:
        kept, back = actions.undo_merge(done, by=request.user, at=timezone.now())
    except actions.CannotUndo as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"They are two records again: {kept} and {back}.")
    return redirect("alumni:duplicates")


def _check(request: AuthenticatedHttpRequest) -> None:
    if not request.user.has_perm("alumni.merge_alumni"):
        raise PermissionDenied


def _get_pair(request: AuthenticatedHttpRequest, pk: int) -> DuplicatePair:
    _check(request)
    visible = DuplicatePair.objects.visible_to(request.user)
    return get_object_or_404(visible.with_people(), pk=pk)


def _import(request: AuthenticatedHttpRequest) -> Import | None:
    """What is no list of ours filters nothing."""
    try:
        key = UUID(request.GET.get("import", ""))
    except ValueError:
        return None
    return Import.objects.visible_to(request.user).filter(pk=key).first()
