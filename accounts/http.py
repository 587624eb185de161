"""The request as views get it, and the one way to fetch a row for a verb."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import User
from core.htmx import HtmxHttpRequest

Row = TypeVar("Row", bound=Model)


class AuthenticatedHttpRequest(HtmxHttpRequest):
    """LoginRequiredMiddleware has turned the others away."""

    user: User


def get_for(user: User, visible: QuerySet[Row], permission: str, pk: int) -> Row:
    """The row of `visible`, which the caller made with visible_to(user).

    404 for a row that the user may not see, 403 for one they may only read.
    """
    row = get_object_or_404(visible, pk=pk)
    if not user.has_perm(permission, row):
        raise PermissionDenied
    return row
