"""What staff see first: what waits for them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import AuthenticatedHttpRequest
from alumni.models import Alum, Consent, Import

NEWEST = 5


def office(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.has_perm("alumni.import_lists"):
        raise PermissionDenied
    imports = (
        Import.objects.visible_to(request.user)
        .select_related("uploaded_by")
        .order_by("-created_at")
    )
    waiting = imports.filter(state__in=[Import.State.UPLOADED, Import.State.CHECKED])
    context = {
        "counts": Alum.objects.visible_to(request.user).aggregate(
            everybody=Count("pk"),
            agreed=Count("pk", filter=Q(consent=Consent.YES)),
            unasked=Count("pk", filter=Q(consent=Consent.UNKNOWN)),
            declined=Count("pk", filter=Q(consent=Consent.NO)),
        ),
        "waiting": list(waiting[:NEWEST]),
        "imports": list(imports[:NEWEST]),
    }
    return render(request, "alumni/office.html", context)
