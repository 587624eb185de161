"""Asking many alumni whether students may write to them: choose, read the mail, start, watch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from alumni import emails
from alumni.actions import campaigns as actions
from alumni.actions import post
from alumni.forms.campaigns import CampaignForm
from alumni.models import Alum, AlumniMail, Campaign
from core.forms import posted

PER_PAGE = 25
MOST_BOUNCES = 100
# Nobody's record: the links in the mail that staff read first open no desk.
SOMEBODY = {"pk": 0, "name": "Imani Brooks", "email": "imani@example.org"}


def _campaigns(request: AuthenticatedHttpRequest):
    if not request.user.has_perm("alumni.run_campaigns"):
        raise PermissionDenied
    return Campaign.objects.visible_to(request.user)


@require_safe
def campaign_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    rows = _campaigns(request).with_counts().order_by("-created_at")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    mails = AlumniMail.objects.visible_to(request.user).filter(failed_at__isnull=False)
    returned = mails.filter(request__isnull=False).with_subjects().order_by("-failed_at")
    context = {"page_obj": page, "returned": list(returned[:PER_PAGE])}
    return render(request, "alumni/campaign_list.html", context)


@require_POST
def mail_again(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    _campaigns(request)
    mail = get_object_or_404(AlumniMail.objects.visible_to(request.user), pk=pk)
    post.try_again(mail, at=timezone.now())
    messages.success(request, "It is on its way again.")
    return redirect("alumni:campaign_list")


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    _campaigns(request)
    form = CampaignForm(posted(request), instance=Campaign())
    if form.is_valid():
        return redirect(actions.draft(by=request.user, campaign=form.save(commit=False)))
    status = 422 if form.is_bound else 200
    return render(request, "alumni/campaign_form.html", {"form": form}, status=status)


@require_safe
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(_campaigns(request).with_counts(), pk=pk)
    now = timezone.now()
    mails = AlumniMail.objects.visible_to(request.user).filter(campaign=campaign)
    context = {"campaign": campaign, "waiting": campaign.total - campaign.sent - campaign.failed}
    if campaign.state == Campaign.State.DRAFT:
        people = actions.recipients(campaign, at=now)[: campaign.most].count()
        context |= {"people": people, "duration": _in_words(people * campaign.gap)}
        context["mail"] = emails.campaign_mail(Alum(**SOMEBODY), campaign, now)
    else:
        bounced = mails.filter(failed_at__isnull=False).select_related("alum")
        context["bounces"] = bounced.defer("alum__search").order_by("-failed_at")[:MOST_BOUNCES]
    return render(request, "alumni/campaign_detail.html", context)


def _in_words(duration: timedelta) -> str:
    minutes = round(duration.total_seconds() / 60)
    if minutes <= 1:
        return "within a minute or two"
    return f"in about {minutes} minutes" if minutes < 120 else f"in about {minutes // 60} hours"


@require_POST
def start(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda campaign: actions.start(campaign, at=timezone.now()))


@require_POST
def pause(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.pause)


@require_POST
def go_on(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda campaign: actions.go_on(campaign, at=timezone.now()))


@require_POST
def stop(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.stop)


def _do(request: AuthenticatedHttpRequest, pk: int, deed: Callable[[Campaign], object]):
    campaign = get_object_or_404(_campaigns(request), pk=pk)
    try:
        deed(campaign)
    except actions.CampaignRefused as refusal:
        messages.info(request, str(refusal))
    return redirect(campaign)
