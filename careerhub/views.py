"""The front door, and what a load balancer asks."""

from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from advising.views.board import caseload
from alumni.views import office
from careerhub import broker
from careerhub.celery import app
from careerhub.metrics import CONTENT_TYPE, metrics_text
from reminders.post import BOXES, LATE_AFTER, oldest_owed
from reminders.views import today


@require_safe
def home(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Today, the board or the office, by role."""
    if request.user.is_student:
        return today(request)
    if request.user.is_advisor:
        return caseload(request)
    return office(request)


@require_safe
def admin_login(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One log-in for all, with one limit of tries: whoever gets here has passed it."""
    if not request.user.is_staff:
        raise PermissionDenied
    return redirect("admin:index")


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and broker are there, 503 with what is missing otherwise.

    Late mail is told and keeps nobody out: pages work without it, and a proxy that took the web
    away for a mail server's sake would make two troubles of one.
    """
    missing = [name for name, is_there in CHECKS.items() if not is_there()]
    mail = None if "database" in missing else _mail()
    answer = {"ready": not missing, "missing": missing, "mail": mail}
    return JsonResponse(answer, status=503 if missing else 200)


@require_safe
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, with the token of the settings; without one there is no such page."""
    token = settings.METRICS_TOKEN
    if not token:
        raise Http404("No token is set.")
    said = request.headers.get("Authorization", "").encode()
    if not compare_digest(said, f"Bearer {token}".encode()):
        headers = {"WWW-Authenticate": "Bearer"}
        return HttpResponse("Unauthorized\n", "text/plain", status=401, headers=headers)
    return HttpResponse(metrics_text(at=timezone.now()), content_type=CONTENT_TYPE)


def _mail() -> dict[str, Any]:
    owed = oldest_owed(at=timezone.now())
    ages = {box: int(owed.age(owed.oldest_in(box)).total_seconds()) for box in BOXES}
    return {
        "is_late": owed.is_late,
        "late_after_seconds": int(LATE_AFTER.total_seconds()),
        "oldest_waiting_seconds": ages,
    }


def _database_is_migrated() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # Whatever the reason, the answer is "not ready"; the log has the rest.
        return False


def _broker_answers() -> bool:
    return broker.answers(app)


CHECKS = {"database": _database_is_migrated, "broker": _broker_answers}
