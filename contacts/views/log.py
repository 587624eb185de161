"""The dated log of every exchange."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import User
from contacts import actions
from contacts.forms import InteractionForm
from contacts.models import Contact, Interaction
from contacts.views.common import form_page, get_contact, page_with_form, today_of
from core.forms import posted


def get_interaction(user: User, pk: int) -> Interaction:
    visible = Interaction.objects.visible_to(user).select_related("contact__student")
    return get_for(user, visible, "contacts.change_interaction", pk)


@page_with_form
def log(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(request.user, pk)
    today = today_of(request)
    channel = request.GET.get("channel", "")
    initial = {"happened_on": today, "channel": channel, "direction": Interaction.Direction.OUT}
    form = InteractionForm(
        posted(request), instance=Interaction(contact=contact), initial=initial, today=today
    )
    return _save_interaction(request, form, contact)


@page_with_form
def edit_interaction(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interaction = get_interaction(request.user, pk)
    form = InteractionForm(posted(request), instance=interaction, today=today_of(request))
    return _save_interaction(request, form, interaction.contact)


@require_POST
def delete_interaction(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interaction = get_interaction(request.user, pk)
    actions.delete_interaction(interaction, at=timezone.now())
    messages.success(request, "That entry is gone from the log.")
    return redirect(interaction.contact)


@require_POST
def call_made(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interaction = get_interaction(request.user, pk)
    try:
        actions.record_call(interaction, on=today_of(request), at=timezone.now())
    except actions.NoPromise:
        messages.info(request, "That call was written down before.")
    else:
        messages.success(request, "You kept your promise to call. Log what came of it.")
    return redirect(interaction.contact)


def _save_interaction(request, form: InteractionForm, contact: Contact) -> HttpResponse:
    if form.is_valid():
        actions.save_interaction(form.instance, at=timezone.now())
        messages.success(request, "It is in the log.")
        return redirect(contact)
    context = {"form": form, "contact": contact}
    return form_page(request, "contacts/interaction_form.html", context)
