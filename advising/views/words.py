"""What advisors wrote to a student, on the student's own page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from advising import actions
from advising.models import Remark

WORDS_A_PAGE = 25


@require_safe
def words(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.is_student:
        raise PermissionDenied
    written = Remark.objects.visible_to(request.user).select_related("author").newest_first()
    page = Paginator(written, WORDS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "has_unread": any(one.read_at is None for one in page)}
    return render(request, "advising/words.html", context)


@require_POST
def read(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.is_student:
        raise PermissionDenied
    actions.read(request.user, at=timezone.now())
    messages.success(request, "Good. It stays here for you to come back to.")
    return redirect("advising:words")
