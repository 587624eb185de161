"""Who comes in: the office alone."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.http import AuthenticatedHttpRequest


def admit(request: AuthenticatedHttpRequest, permission: str = "reports.view_reports") -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied
