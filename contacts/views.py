"""A student's own pages. An advisor reads a student's activity on the advisor's page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import User
from alumni.models import Alum
from contacts import actions
from contacts.forms import ContactForm, InteractionForm, QuickAddForm
from contacts.models import Contact, Interaction
from core.forms import posted
from core.localtime import local_date

PER_PAGE = 25
page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def get_contact(user: User, pk: int) -> Contact:
    visible = Contact.objects.visible_to(user).with_people()
    return get_for(user, visible, "contacts.change_contact", pk)


def get_interaction(user: User, pk: int) -> Interaction:
    visible = Interaction.objects.visible_to(user).select_related("contact__student")
    return get_for(user, visible, "contacts.change_interaction", pk)


def check_student(user: User) -> None:
    if not user.is_student:
        raise PermissionDenied


def today_of(request: AuthenticatedHttpRequest):
    return local_date(timezone.now(), request.user.time_zone)


@require_GET
def contact_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    words = request.GET.get("q", "").replace("\x00", "").strip()
    people = Contact.objects.visible_to(request.user).search(words).with_last_talked().by_name()
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "q": words, "today": today_of(request), "form": QuickAddForm()}
    return render(request, "contacts/contact_list.html", context)


@require_POST
def quick_add(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    form = QuickAddForm(request.POST)
    if not form.is_valid():
        page = Paginator(Contact.objects.visible_to(request.user).none(), PER_PAGE).get_page(1)
        context = {"page_obj": page, "form": form, "today": today_of(request)}
        return render(request, "contacts/contact_list.html", context, status=422)
    added, there_already = actions.add_names(request.user, names=form.cleaned_data["names"])
    if added:
        messages.success(request, f"On your list: {', '.join(map(str, added))}.")
    if there_already:
        messages.info(request, f"There already: {', '.join(there_already)}.")
    return redirect(added[0] if len(added) == 1 else "contacts:list")


@page_with_form
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    initial = {"referred_by": request.GET.get("referred_by"), "source": request.GET.get("source")}
    contact = Contact(student=request.user)
    form = ContactForm(posted(request), instance=contact, initial=initial)
    if form.is_valid():
        contact = form.save()
        messages.success(request, f"{contact} is on your list.")
        return redirect(contact)
    return _form_page(request, "contacts/contact_form.html", {"form": form})


@page_with_form
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(request.user, pk)
    form = ContactForm(posted(request), instance=contact)
    if form.is_valid():
        messages.success(request, "Saved.")
        return redirect(form.save())
    return _form_page(request, "contacts/contact_form.html", {"form": form, "contact": contact})


@require_POST
def from_alum(request: AuthenticatedHttpRequest, alum_pk: int) -> HttpResponse:
    check_student(request.user)
    alum = get_object_or_404(Alum.objects.visible_to(request.user), pk=alum_pk)
    contact = actions.add_from_alum(request.user, alum=alum)
    messages.success(request, f"{contact} is among your contacts.")
    return redirect(contact)


@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(request.user, pk)
    context = {
        "contact": contact,
        "timeline": list(contact.interactions.newest_first()),
        "referrals": list(contact.referrals.by_name()),
        "today": today_of(request),
    }
    return render(request, "contacts/contact_detail.html", context)


@page_with_form
def delete(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(request.user, pk)
    if request.method == "POST":
        contact.delete()
        messages.success(request, f"{contact.name} is off your list.")
        return redirect("contacts:list")
    return render(request, "contacts/contact_delete.html", {"contact": contact})


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
    actions.delete_interaction(interaction)
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
    return _form_page(request, "contacts/interaction_form.html", context)


def _form_page(request, template: str, context: dict) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context, status=status)
