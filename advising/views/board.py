"""The front page of an advisor: whom to talk to first, then everybody."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from advising.activity import active_in, every_term, in_words, weeks_of
from advising.board import rows_of
from advising.filters import BY_NEED, BoardFilter
from advising.funnel import funnel_of
from advising.goals import goals_in_sight, progress_of

STUDENTS_A_PAGE = 50
WORDS_FROM_YOU = 5


def caseload(request: AuthenticatedHttpRequest) -> HttpResponse:
    """`careerhub.views.home` shows it to advisors."""
    at = timezone.now()
    everybody = rows_of(request.user, at=at)
    chosen = BoardFilter.read(request.GET, terms=every_term())
    students = [row.student for row in everybody]
    active = active_in(chosen.term, students) if chosen.term else None
    rows = chosen.among(everybody, active=active)
    in_need = [row for row in BY_NEED.apply(rows) if row.needs_a_word]
    page = Paginator(chosen.apply(rows), STUDENTS_A_PAGE).get_page(request.GET.get("page"))
    weeks = weeks_of([row.student for row in page], at=at)
    context = {
        "everybody": everybody,
        "rows": rows,
        "recent_count": sum(row.is_recent for row in rows),
        "in_need": in_need,
        "first_in_need": in_need[:WORDS_FROM_YOU],
        "spoken_with": [row for row in rows if row.spoken_of],
        "funnel": funnel_of(row.reach for row in rows),
        "filter": chosen,
        "choices": chosen.choices(everybody),
        "reasons": chosen.reasons(rows),
        "goals": progress_of(
            goals_in_sight(request.user, at=at), among=User.objects.visible_to(request.user)
        ),
        "page": page,
        "lines": [(row, weeks[row.student.pk], in_words(weeks[row.student.pk])) for row in page],
        "every_why": chosen.without("why"),
        "everyone": chosen.without("q", "why"),
        "paging": f"{chosen.query()}&" if chosen.asked else "?",
    }
    return render(request, "advising/caseload.html", context)
