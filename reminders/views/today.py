"""Today, the front page of a student; and for staff, whom no mail reaches."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.http import AuthenticatedHttpRequest
from alumni.models import AlumniMail
from contacts.forms import QuickAddForm
from core.htmx import page_or_partial
from core.localtime import local_date, moment
from core.models import MarkedAddress
from reminders import actions
from reminders.conversations import Stage, network_of
from reminders.models import Reminder, ReminderQuerySet
from reminders.post import post, unreached

PER_PAGE = 50


# A step's part comes from the address of the page: Back must not show the part alone.
@vary_on_headers("HX-Target")
@require_safe
def today(request: AuthenticatedHttpRequest) -> HttpResponse:
    """`careerhub.views.home` shows it to students."""
    now = timezone.now()
    network = network_of(request.user, at=now)
    if not network.conversations:
        context = {"form": QuickAddForm(), "stages": list(Stage)}
        return render(request, "reminders/today_empty.html", context)
    # An unknown step shows everybody, as no step does.
    stage = next((each for each in Stage if each.key == request.GET.get("step")), None)
    context = {
        "network": network,
        "first": network.owed[0] if network.owed else None,
        "step": network.conversations[0].step,
        "stage": stage,
        "page_obj": Paginator(network.at(stage), PER_PAGE).get_page(request.GET.get("page")),
        "today": local_date(now, request.user.time_zone),
    }
    template = page_or_partial(request, "reminders/today.html", partial="conversations")
    return render(request, template, context)


def undeliverable_for(request: AuthenticatedHttpRequest) -> ReminderQuerySet:
    if not request.user.has_perm("reminders.view_undeliverable"):
        raise PermissionDenied
    return Reminder.objects.visible_to(request.user).undeliverable()


@require_safe
def undeliverable(request: AuthenticatedHttpRequest) -> HttpResponse:
    """How the post stands, and whom it does not reach."""
    rows = undeliverable_for(request)
    now = timezone.now()
    zone = request.user.time_zone
    midnight = moment(local_date(now, zone), datetime.min.time(), zone)
    page = Paginator(unreached(rows), PER_PAGE).get_page(request.GET.get("page"))
    last = rows.in_bulk([person["last"] for person in page])
    returned = AlumniMail.objects.visible_to(request.user).given_up().with_subjects()
    marked = MarkedAddress.objects.visible_to(request.user).standing()
    context = {
        "post": post(at=now, since=midnight),
        "page_obj": page,
        "people": [(person, last.get(person["last"])) for person in page],
        "returned": returned.order_by("-failed_at")[:PER_PAGE],
        "marked": marked.order_by("-marked_at")[:PER_PAGE],
    }
    return render(request, "reminders/undeliverable.html", context)


@require_POST
def try_again(request: AuthenticatedHttpRequest, recipient_pk: int) -> HttpResponse:
    if not actions.try_again(undeliverable_for(request).filter(recipient=recipient_pk)):
        raise Http404("Nothing undeliverable waits for this person.")
    messages.success(request, "The reminders wait for the next mail to this person again.")
    return redirect("reminders:undeliverable")
