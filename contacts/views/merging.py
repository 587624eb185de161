"""Who may be on the list twice: to look at, to merge, and to take apart again."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from contacts import actions
from contacts.duplicates import Pair, pairs_of
from contacts.merging import parts_of, what_hangs_on
from contacts.models import Contact, ContactMerge, NotTheSame
from contacts.views.common import check_student, get_contact, page_with_form, today_of
from core.forms import MergeForm, posted

PAIRS_PER_PAGE = 10


class Look(NamedTuple):
    """Two that look alike, as the page shows them."""

    one: Contact
    other: Contact
    reasons: tuple[str, ...]


@require_GET
def duplicates(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    apart = NotTheSame.objects.visible_to(request.user).select_related("one", "other")
    page = Paginator(pairs_of(request.user), PAIRS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "looks": _looks(request, list(page)),
        "apart": apart.order_by("-id"),
        "today": today_of(request),
    }
    return render(request, "contacts/duplicates.html", context)


def _looks(request: AuthenticatedHttpRequest, pairs: list[Pair]) -> list[Look]:
    wanted = {pk for pair in pairs for pk in (pair.one, pair.other)}
    people = Contact.objects.visible_to(request.user).with_last_talked().in_bulk(wanted)
    return [Look(people[pair.one], people[pair.other], pair.reasons) for pair in pairs]


@require_POST
def not_the_same(request: AuthenticatedHttpRequest, pk: int, other_pk: int) -> HttpResponse:
    one, other = _both(request, pk, other_pk)
    actions.say_two_people(one, other)
    messages.success(request, f"{one} and {other} stay two people. You can change your mind below.")
    return redirect("contacts:duplicates")


@require_POST
def maybe_the_same(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    check_student(request.user)
    apart = get_object_or_404(NotTheSame.objects.visible_to(request.user), pk=pk)
    actions.say_maybe_one(apart)
    messages.success(request, "You will be asked about the two again.")
    return redirect("contacts:duplicates")


@page_with_form
def merge(request: AuthenticatedHttpRequest, pk: int, other_pk: int) -> HttpResponse:
    kept, merged = _both(request, pk, other_pk)
    parts = parts_of(kept, merged)
    form = MergeForm(posted(request), parts=parts)
    if form.is_valid():
        try:
            actions.merge(kept, merged, choices=form.cleaned_data, at=timezone.now())
        except (actions.OneIsGone, actions.TooMuch) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, f"{kept} and {merged} are one now. You can take them apart on this page."
            )
            return redirect(kept)
    context = {
        "kept": kept,
        "merged": merged,
        "form": form,
        "settled": [part for part in parts if part.settled_text and not part.is_open],
        "moves": [each.in_words for each in what_hangs_on(merged)],
        "today": today_of(request),
    }
    return render(request, "contacts/merge.html", context, status=422 if form.is_bound else 200)


@require_POST
def undo_merge(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    check_student(request.user)
    done = get_object_or_404(ContactMerge.objects.visible_to(request.user), pk=pk)
    try:
        kept, back = actions.undo_merge(done, at=timezone.now())
    except actions.CannotUndo as reason:
        messages.error(request, str(reason))
        return redirect("contacts:detail", pk=done.kept_id)
    messages.success(request, f"They are two again: {kept} and {back}.")
    return redirect(back)


def _both(request: AuthenticatedHttpRequest, pk: int, other_pk: int) -> tuple[Contact, Contact]:
    if pk == other_pk:
        raise Http404("Nobody can be merged with themselves.")
    return get_contact(request.user, pk), get_contact(request.user, other_pk)
