"""One's own account, and the office's days."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions
from accounts.forms import AccountForm, ProfileForm
from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import OfficeSettings, RecordLook, StudentProfile
from accounts.office_form import OfficeSettingsForm
from core import addresses
from core.forms import posted
from core.models import MarkedAddress

A_YEAR = 365 * 24 * 3600
PER_PAGE = 50
page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@page_with_form
def profile(request: AuthenticatedHttpRequest) -> HttpResponse:
    user = request.user
    account = AccountForm(posted(request), instance=user)
    forms: list = [account]
    if user.is_student:
        own = getattr(user, "profile", None) or StudentProfile(student=user)
        forms.append(ProfileForm(posted(request), instance=own))
    # Every form is asked, so that every error is shown.
    are_valid = [form.is_valid() for form in forms]
    if all(are_valid):
        said = forms[1].instance if len(forms) > 1 else None
        actions.save_account(user, profile=said, at=timezone.now())
        messages.success(request, "Your profile is saved.")
        return redirect("accounts:profile")
    user.refresh_from_db(fields=["name", "time_zone"])
    context = {"forms": forms, "has_errors": account.is_bound}
    status = 422 if account.is_bound else 200
    return render(request, "accounts/profile.html", context, status=status)


@require_GET
def looks(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.is_student:
        raise PermissionDenied
    seen = RecordLook.objects.visible_to(request.user).select_related("viewer")
    page = Paginator(seen.order_by("-looked_at"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/looks.html", {"page_obj": page})


@require_POST
@login_not_required
def theme(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if chosen in ("light", "dark"):
        secure = request.is_secure()
        response.set_cookie("theme", chosen, A_YEAR, samesite="Lax", httponly=True, secure=secure)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_POST
def address_works(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Its owner says so, or staff who heard it from them."""
    marked = MarkedAddress.objects.visible_to(request.user).standing()
    row = get_for(request.user, marked, "core.clear_markedaddress", pk)
    addresses.clear(row, at=timezone.now())
    messages.success(request, f"Mail goes to {row.email} again.")
    return redirect("home" if row.email == request.user.email else "reminders:undeliverable")


@page_with_form
def office_settings(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.has_perm("accounts.change_officesettings"):
        raise PermissionDenied
    form = OfficeSettingsForm(posted(request), instance=OfficeSettings.current())
    if form.is_valid():
        actions.save_office(form.instance, at=timezone.now())
        messages.success(request, "Saved. What is still owed follows these days and hours.")
        return redirect("accounts:office_settings")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/office_settings.html", {"form": form}, status=status)
