"""What an advisor sees: the board, and one student's record. Both are read-only."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions import note_look
from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import User
from advising.board import rows_of
from advising.filters import BY_NEED, BoardFilter
from advising.funnel import funnel_of
from advising.record import record_of

STUDENTS_A_PAGE = 50
ENTRIES_A_PAGE = 50
WORDS_FROM_YOU = 5


def caseload(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The front page of an advisor: whom to talk to first, then everybody."""
    rows = rows_of(User.objects.visible_to(request.user), at=timezone.now())
    chosen = BoardFilter.read(request.GET)
    in_need = [row for row in BY_NEED.apply(rows) if row.needs_a_word]
    context = {
        "rows": rows,
        "recent_count": sum(row.is_recent for row in rows),
        "in_need": in_need,
        "first_in_need": in_need[:WORDS_FROM_YOU],
        "funnel": funnel_of(row.reach for row in rows),
        "filter": chosen,
        "page": Paginator(chosen.apply(rows), STUDENTS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "advising/caseload.html", context)


@require_safe
def student(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One student's record. That it was opened is the one thing a look writes down."""
    visible = User.objects.visible_to(request.user).select_related("profile")
    whom = get_for(request.user, visible, "advising.view_student", pk)
    at = timezone.now()
    note_look(request.user, whom, page="Activity", at=at)
    record = record_of(whom, reader=request.user, at=at)
    page = Paginator(record.entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "advising/student.html", {"record": record, "page": page})
