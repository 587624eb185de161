"""The write-up. It is the student's own: no switch shares it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from contacts.models import Contact
from core.forms import posted
from core.localtime import local_date
from interviews import actions, debriefing
from interviews.actions.debrief import WriteUp, write_up
from interviews.forms.debrief import DebriefForm
from interviews.models import Interview
from interviews.views.talks import get_interview

NOTHING_YET = "Write down one thing at least: what you enjoyed, or one piece of advice."


@require_http_methods(["GET", "HEAD", "POST"])
def debrief(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    form = DebriefForm(posted(request), so_far=debriefing.written(interview))
    finish = "finish" in request.POST
    if form.is_valid():
        if finish and form.is_blank:
            form.add_error("enjoyed", NOTHING_YET)
        elif (response := _keep(request, interview, form, finish=finish)) is not None:
            return response
    named = Contact.objects.visible_to(request.user).filter(referred_by=interview.contact_id)
    context = {
        "interview": interview,
        "name": interview.contact.name,
        "form": form,
        "boxes_with_notes": [box for box in form.so_far.boxes if box.notes],
        "named": named.by_name(),
        "today": local_date(timezone.now(), request.user.time_zone),
    }
    status = 422 if form.is_bound else 200
    return render(request, "interviews/debrief.html", context, status=status)


def _keep(
    request: AuthenticatedHttpRequest, interview: Interview, form: DebriefForm, *, finish: bool
) -> HttpResponse | None:
    """None where the talk refuses: the form is shown again with all that was typed."""
    written = WriteUp(
        fields=form.fields_of_debrief,
        insights=form.insights,
        interest_before=form.cleaned_data["interest_before"],
        advice=form.advice,
        new_advice=form.new_advice,
        people=form.people,
        permission=form.cleaned_data["permission"],
    )
    try:
        named = write_up(interview, written, finish=finish, at=timezone.now())
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    if named:
        messages.success(request, f"On your list: {', '.join(map(str, named))}.")
    if finish:
        messages.success(request, "Written up. You can change it whenever you like.")
        return redirect(interview)
    messages.success(request, "Saved as it stands.")
    page = reverse("interviews:debrief", args=[interview.pk])
    more = request.POST.get("more", "")
    return redirect(f"{page}#{more}" if more in ("advice", "names") else page)
