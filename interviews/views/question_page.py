"""What stands on the page of a student's questions, and on the part of it that htmx swaps."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from accounts.http import AuthenticatedHttpRequest
from interviews import bank, coverage, preparing
from interviews.actions.questions import NotOnTheList
from interviews.forms.preparing import OwnQuestionForm
from interviews.models import Interview, PreparedQuestion, Question

# The question taken off last: kept on the server until the next deed, so that a click undoes it.
REMOVED = "removed_question"
EARLIER_SHOWN = 20


def chosen(
    request: AuthenticatedHttpRequest, interview: Interview, *, focus: str, said: str
) -> dict[str, Any]:
    listed = questions_of(request, interview)
    part = {"interview": interview, "questions": listed, "focus": focus, "said": said}
    return {**part, "top": preparing.TOP}


def whole(
    request: AuthenticatedHttpRequest, interview: Interview, *, form: OwnQuestionForm
) -> dict[str, Any]:
    listed = list(questions_of(request, interview))
    taken = {one.source_id for one in listed}
    words, ticked = request.POST.get("words", "")[:100], ticked_in(request)
    offered = bank.offered(offered_by_bank(request), taken=taken, ticked=ticked, words=words)
    found = bank.shelves(offered)
    return {
        "interview": interview,
        "name": interview.contact.name,
        "questions": listed,
        "top": preparing.TOP,
        "missing": max(0, preparing.TOP - len(listed)),
        "focus": request.GET.get("focus", ""),
        "form": form,
        "words": words,
        "ticked": ticked,
        "shelves": found,
        "found": f"{len(offered) or 'Nothing'} found" if request.htmx else "",
        "coverage": coverage.coverage(listed),
        "time": coverage.TimeMeter(len(listed), interview.minutes),
        "readiness": preparing.readiness(
            interview, getattr(request.user, "profile", None), questions=len(listed)
        ),
        "earlier": earlier_talks(request, interview),
        "removed": removed_from(request, interview),
    }


def questions_of(request: AuthenticatedHttpRequest, interview: Interview) -> QuerySet:
    mine = PreparedQuestion.objects.visible_to(request.user)
    return mine.filter(interview=interview).in_order()


def listed_question(
    request: AuthenticatedHttpRequest, interview: Interview, chosen: str
) -> PreparedQuestion:
    """The question of this list whose id was posted."""
    for question in questions_of(request, interview):
        if str(question.pk) == chosen:
            question.interview = interview
            return question
    raise NotOnTheList


def offered_by_bank(request: AuthenticatedHttpRequest) -> list[Question]:
    return list(Question.objects.visible_to(request.user).in_order())


def ticked_in(request: AuthenticatedHttpRequest) -> set[int]:
    return {
        int(one) for one in request.POST.getlist("question") if one.isdecimal() and len(one) < 10
    }


def earlier_talks(request: AuthenticatedHttpRequest, interview: Interview) -> list[Interview]:
    """The student's other talks that have a list."""
    others = Interview.objects.visible_to(request.user).exclude(pk=interview.pk)
    listed = others.with_people().annotate(asked=Count("questions")).filter(asked__gt=0)
    return list(listed.newest_first()[:EARLIER_SHOWN])


def removed_from(request: AuthenticatedHttpRequest, interview: Interview) -> dict[str, Any] | None:
    kept = request.session.get(REMOVED)
    return kept if kept and kept["interview"] == interview.pk else None
