"""What became of each piece of advice (G45)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.forms import posted
from core.localtime import local_date
from interviews.actions.debrief import record_advice
from interviews.forms.debrief import AdviceForm
from interviews.models import Advice
from interviews.views.talks import get_interview


@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    today = local_date(timezone.now(), interview.student.time_zone)
    pieces = list(Advice.objects.visible_to(request.user).filter(interview=interview))
    met_on = interview.held_on or today
    form = AdviceForm(posted(request), advice=pieces, met_on=met_on, today=today)
    if form.is_valid():
        record_advice(interview, became=form.became)
        messages.success(request, "Written down. Your follow-up will say so.")
        return redirect(interview)
    context = {
        "interview": interview,
        "name": interview.contact.name,
        "form": form,
        "pieces": pieces,
        "today": today,
    }
    status = 422 if form.is_bound else 200
    return render(request, "interviews/advice.html", context, status=status)
