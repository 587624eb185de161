"""What a student sent for review, and who led them to whom."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions import note_look
from accounts.http import AuthenticatedHttpRequest
from advising.views.doors import get_student
from core.localtime import local_date
from letters.models import LetterReview
from records.drawing import Drawing, draw
from records.network import Network, in_a_row, network_of

PEOPLE_A_BRANCH = 40
MOST_BRANCHES = 20


@require_safe
def letters(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    student, at = get_student(request.user, pk), timezone.now()
    note_look(request.user, student, page="Letters sent for review", at=at)
    reviews = LetterReview.objects.visible_to(request.user).filter(letter__contact__student=student)
    context = {
        "student": student,
        "reviews": reviews.select_related("letter__contact", "reviewer").order_by("-asked_at"),
        "today": local_date(at, request.user.time_zone),
    }
    return render(request, "advising/letters.html", context)


@require_safe
def people(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Names and who named whom; what a student knows of a person is the student's own."""
    student, at = get_student(request.user, pk), timezone.now()
    note_look(request.user, student, page="Who led to whom", at=at)
    network = network_of(request.user, student=student)
    branches = network.branches(most=PEOPLE_A_BRANCH)
    drawings = [
        draw(network, network.people[branch.root].source, [branch])
        for branch in branches[:MOST_BRANCHES]
    ]
    context = {
        "student": student,
        "drawings": [(drawing, list(_led(network, drawing))) for drawing in drawings],
        "more": max(len(branches) - MOST_BRANCHES, 0),
        "singles": network.singles(),
        "generous": network.most_generous(),
    }
    return render(request, "advising/people.html", context)


def _led(network: Network, drawing: Drawing) -> Iterator[tuple[str, str]]:
    """The drawing in words: “Dana Whitcomb”, “Wen Li and Omar Haddad”."""
    for pk in drawing.shown:
        if named := [person.name for person in network.led_to(pk)]:
            yield network.people[pk].name, in_a_row(named)
