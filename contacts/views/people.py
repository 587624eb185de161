"""A student's list of people. An advisor reads a student's activity on the advisor's page."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from alumni.availability import availability_of
from alumni.models import Alum
from alumni.models import Request as AlumRequest
from contacts import actions
from contacts.duplicates import pairs_of
from contacts.forms import ContactForm, QuickAddForm
from contacts.merging import what_hangs_on
from contacts.models import Contact
from contacts.views.common import check_student, form_page, get_contact, page_with_form, today_of
from contacts.views.identify import say_who_looks_alike
from core.forms import posted

PER_PAGE = 25


@require_GET
def contact_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    return _list_page(request, QuickAddForm(student=request.user))


@require_POST
def quick_add(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    form = QuickAddForm(request.POST, student=request.user)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    said = form.cleaned_data
    added, there_already = actions.add_names(
        request.user, names=said["names"], origin=said["heard_from"]
    )
    if added:
        messages.success(request, f"On your list: {', '.join(map(str, added))}.")
    if there_already:
        messages.info(request, f"There already: {', '.join(there_already)}.")
    say_who_looks_alike(request, added)
    return redirect(added[0] if len(added) == 1 else "contacts:list")


def _list_page(request, form: QuickAddForm, status: int = 200) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()
    people = Contact.objects.visible_to(request.user).search(words).with_last_talked().by_name()
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "q": words,
        "today": today_of(request),
        "form": form,
        "alike": 0 if words or page.number > 1 else len(pairs_of(request.user)),
    }
    return render(request, "contacts/contact_list.html", context, status=status)


@page_with_form
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    initial = {"referred_by": request.GET.get("referred_by"), "source": request.GET.get("source")}
    contact = Contact(student=request.user)
    form = ContactForm(posted(request), instance=contact, initial=initial)
    if form.is_valid():
        contact = form.save()
        messages.success(request, f"{contact} is on your list.")
        say_who_looks_alike(request, [contact])
        return redirect(contact)
    return form_page(request, "contacts/contact_form.html", {"form": form})


@page_with_form
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(request.user, pk)
    form = ContactForm(posted(request), instance=contact)
    if form.is_valid():
        messages.success(request, "Saved.")
        return redirect(form.save())
    return form_page(request, "contacts/contact_form.html", {"form": form, "contact": contact})


@require_POST
def from_alum(request: AuthenticatedHttpRequest, alum_pk: int) -> HttpResponse:
    check_student(request.user)
    alum = get_object_or_404(Alum.objects.visible_to(request.user).without_search(), pk=alum_pk)
    standing = availability_of(alum, at=timezone.now(), student=request.user)
    contact = actions.add_from_alum(request.user, alum=alum, ways=standing)
    messages.success(request, f"{contact} is among your contacts.")
    return redirect(contact)


@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(request.user, pk)
    asked = _last_request(request.user, contact)
    context = {
        "contact": contact,
        "merge": contact.merges.standing().first(),
        "referrals": list(contact.referrals.by_name()),
        "today": today_of(request),
        "asked": asked,
        "times": asked.times_ahead(at=timezone.now()) if asked else [],
    }
    return render(request, "contacts/contact_detail.html", context)


def _last_request(user: User, contact: Contact) -> AlumRequest | None:
    """The student's newest request to the alum that the contact is."""
    if contact.alum_id is None:
        return None
    mine = AlumRequest.objects.visible_to(user).filter(alum=contact.alum_id, student=user)
    return mine.with_return().order_by("-asked_at").first()


@page_with_form
def delete(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    contact = get_contact(request.user, pk)
    if request.method == "POST":
        actions.delete_contact(contact, at=timezone.now())
        messages.success(request, f"{contact.name} is off your list.")
        return redirect("contacts:list")
    hanging = what_hangs_on(contact)
    context = {
        "contact": contact,
        "goes": [each.in_words for each in hanging if each.goes_with_it],
        "named": sum(each.number for each in hanging if each.is_referral),
    }
    return render(request, "contacts/contact_delete.html", context)


@require_POST
def name_permission(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One click, from the contact's own page or from the page of a call to them."""
    contact = get_contact(request.user, pk)
    answer = request.POST.get("permission", "")
    if answer in Contact.NamePermission.values:
        actions.set_name_permission(contact, permission=answer)
        messages.success(request, f"Written down: {contact.get_name_permission_display()}.")
    else:
        messages.error(request, "Choose one of the three answers.")
    if request.POST.get("back") == "call":
        return redirect("interviews:call", contact_pk=contact.pk)
    return redirect(contact)
