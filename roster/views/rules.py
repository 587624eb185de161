"""Rules, what they would do, and doing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.forms import posted
from roster import actions
from roster.forms import RuleForm
from roster.matching import Move, digest, sizes_after
from roster.models import AssignmentRule
from roster.people import CAPACITY, Advisor, advisors, students_for, without_advisor
from roster.views.door import for_the_office, page_with_form

PER_PAGE = 50


@require_GET
@for_the_office
def rule_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    rules = AssignmentRule.objects.visible_to(request.user).in_order().select_related("advisor")
    context = {"rules": list(rules), "focus": request.GET.get("focus", "")}
    return render(request, "roster/rule_list.html", context)


@page_with_form
@for_the_office
def rule_add(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _form(request, AssignmentRule())


@page_with_form
@for_the_office
def rule(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _form(request, _get(request, pk))


def _form(request: AuthenticatedHttpRequest, rule: AssignmentRule) -> HttpResponse:
    form = RuleForm(posted(request), instance=rule)
    if form.is_valid():
        actions.keep_rule(form.instance)
        messages.success(request, "The rule is kept. Nobody has moved yet.")
        return redirect("roster:rules")
    context = {"form": form, "rule": rule}
    return render(request, "roster/rule_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_the_office
def rule_move(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    way = "up" if "up" in request.POST else "down"
    actions.move_rule(_get(request, pk), up=way == "up")
    return redirect(f"{reverse('roster:rules')}?focus={way}-{pk}#rule-{pk}")


@require_POST
@for_the_office
def rule_drop(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    actions.drop_rule(_get(request, pk))
    messages.success(request, "The rule is gone. Whoever it brought to somebody stays there.")
    return redirect("roster:rules")


def _get(request: AuthenticatedHttpRequest, pk: int) -> AssignmentRule:
    return get_object_or_404(AssignmentRule.objects.visible_to(request.user), pk=pk)


@require_GET
@for_the_office
def preview(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who would move; nothing does."""
    return _preview(request, request.GET, status=200)


@require_POST
@for_the_office
def apply(request: AuthenticatedHttpRequest) -> HttpResponse:
    try:
        number = actions.apply_rules(
            previewed=request.POST.get("previewed", ""),
            also_decided="also_decided" in request.POST,
            at=timezone.now(),
        )
    except actions.HasChanged as reason:
        messages.info(request, str(reason))
        return _preview(request, request.POST, status=409)
    messages.success(request, f"{number:,} student{'' if number == 1 else 's'} moved.")
    return redirect("roster:overview")


def _preview(request: AuthenticatedHttpRequest, said: Any, *, status: int) -> HttpResponse:
    also_decided = "also_decided" in said
    moves = actions.moves_by_rule(also_decided=also_decided)
    everybody = advisors()
    names = {one.user.pk: one.user.name for one in everybody}
    page = Paginator(moves, PER_PAGE).get_page(said.get("page"))
    context = {
        "moves": [(move, names.get(move.from_id or 0, "")) for move in page],
        "page_obj": page,
        "sizes": _sizes(moves, everybody),
        "newly": sum(1 for move in moves if move.from_id is None),
        "alone": _left_alone(request, moves),
        "also_decided": also_decided,
        "previewed": digest(moves),
        "has_rules": AssignmentRule.objects.visible_to(request.user).exists(),
        "capacity": CAPACITY,
    }
    return render(request, "roster/preview.html", context, status=status)


def _sizes(moves: list[Move], everybody: list[Advisor]) -> list[dict[str, Any]]:
    names = {move.to_id: move.rule.advisor.name for move in moves}
    names |= {one.user.pk: one.user.name for one in everybody}
    before = {one.user.pk: one.size for one in everybody}
    return [
        {"name": names[size.advisor_id], "size": size, "over": size.after > CAPACITY}
        for size in sizes_after(before, moves)
    ]


def _left_alone(request: AuthenticatedHttpRequest, moves: list[Move]) -> int:
    """Whom no rule fits, and nobody looks after."""
    alone = without_advisor(students_for(request.user)).count()
    return alone - sum(1 for move in moves if move.from_id is None)
