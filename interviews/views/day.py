"""The day of a talk: one sheet to take along, on paper, on the phone and in the calendar."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.models import OfficeSettings
from contacts.models import Interaction
from core.forms import posted
from core.pdf import typeset
from interviews import actions, page_fit
from interviews.calendar_file import calendar_file
from interviews.day_sheet import DaySheet, day_sheet, for_paper, lacking
from interviews.forms.preparing import TravelForm
from interviews.models import AHEAD, Interview, PreparedQuestion
from interviews.views.talks import get_interview
from letters.models import Resume

PAPERS = {"letter": "us-letter", "a4": "a4"}


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A POST says how long the way is (G30)."""
    interview = get_interview(request.user, pk)
    office = OfficeSettings.current()
    form = TravelForm(posted(request), instance=interview, spare=office.minutes_to_spare)
    if form.is_valid():
        way = form.cleaned_data["travel_minutes"]
        actions.count_the_way(interview, minutes=way, at=timezone.now())
        messages.success(request, "The way is counted in.")
        return redirect("interviews:day", pk)
    if form.is_bound:
        interview.refresh_from_db(fields=["travel_minutes"])
    sheet = _sheet(request, interview, office)
    context = {
        "interview": interview,
        "sheet": sheet,
        "size": page_fit.size_of(sheet),
        "has_long_facts": page_fit.has_long_facts(sheet),
        "lacking": lacking(sheet),
        "form": form,
        "asks_way": interview.format == Interview.Format.IN_PERSON and interview.state in AHEAD,
    }
    status = 422 if form.is_bound else 200
    return render(request, "interviews/day.html", context, status=status)


@require_GET
def day_pdf(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    sheet = _sheet(request, interview, OfficeSettings.current())
    paper = PAPERS.get(request.GET.get("paper", ""), PAPERS["letter"])
    pdf = typeset("day_sheet.typ", for_paper(sheet, paper=paper))
    return _private(HttpResponse(pdf, content_type="application/pdf"), 'inline; filename="day.pdf"')


@require_GET
def calendar(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    if interview.starts_at is None:
        raise Http404
    entry = calendar_file(interview, office=OfficeSettings.current())
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    return _private(response, 'attachment; filename="talk.ics"')


def _private(response: HttpResponse, disposition: str) -> HttpResponse:
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "private, no-store"
    return response


def _sheet(
    request: AuthenticatedHttpRequest, interview: Interview, office: OfficeSettings
) -> DaySheet:
    user = request.user
    talked = Interaction.objects.visible_to(user).filter(contact=interview.contact)
    mine = PreparedQuestion.objects.visible_to(user).filter(interview=interview)
    return day_sheet(
        interview,
        office=office,
        questions=list(mine.in_order()),
        last_exchange=talked.exclude(channel=Interaction.Channel.NOTE).newest_first().first(),
        resume=Resume.objects.visible_to(user).first(),
    )
