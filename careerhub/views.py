"""The front door, and what a load balancer asks."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from accounts.http import AuthenticatedHttpRequest
from advising.views import caseload
from alumni.views import office
from careerhub.celery import app
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
    """200 when database, migrations and broker are there, 503 with what is missing otherwise."""
    missing = [name for name, is_there in CHECKS.items() if not is_there()]
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


def _database_is_migrated() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # Whatever the reason, the answer is "not ready"; the log has the rest.
        return False


def _broker_answers() -> bool:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return False
    return True


CHECKS = {"database": _database_is_migrated, "broker": _broker_answers}
