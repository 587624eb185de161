"""Thinking of names, circle by circle."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from contacts import actions
from contacts.brainstorm import CIRCLES, Circle, Thought, progress_in_words
from contacts.duplicates import pairs_of
from contacts.forms import ThoughtForm
from contacts.models import Contact, Interaction
from contacts.views.common import check_student, page_with_form
from contacts.whom import Origin, known_to, suggested_from


class Card(NamedTuple):
    """One circle on the page: its form if something is wrong with it, and what was just done."""

    thought: Thought
    form: ThoughtForm | None = None
    said: str = ""


@page_with_form
def brainstorm(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    if request.method != "POST":
        return _page(request)
    circle = next((c for c in CIRCLES if c.source == request.POST.get("circle")), None)
    if circle is None:
        raise Http404("There is no such circle.")
    form = ThoughtForm(request.POST, student=request.user, circle=circle.source)
    if not form.is_valid():
        return _page(request, circle=circle, form=form, status=422)
    said = _do(request, circle, form)
    if request.htmx:
        return _page(request, circle=circle, said=said)
    messages.success(request, said)
    return redirect(f"{reverse('contacts:brainstorm')}#id_names_{circle.source.lower()}")


def _do(request: AuthenticatedHttpRequest, circle: Circle, form: ThoughtForm) -> str:
    """Add, or write down that they know nobody (G9). Returned: what was done, in words."""
    names, meant, student = form.cleaned_data["names"], form.cleaned_data["meant"], request.user
    if form.cleaned_data["deed"] != ThoughtForm.KNOWS_NOBODY:
        added, there_already = actions.add_names(
            student,
            names=[meant[name].name if name in meant else name for name in names],
            origin=Origin(source=circle.source),
        )
        on_list = f"On your list: {', '.join(map(str, added))}." if added else ""
        there = f"There already: {', '.join(there_already)}." if there_already else ""
        return " ".join(filter(None, [on_list, there]))
    entries = actions.log_know_nobody(
        student,
        names=names,
        meant={name: person.pk for name, person in meant.items()},
        circle=circle.source,
        at=timezone.now(),
    )
    asked = " and ".join(entry.contact.name for entry in entries)
    return f"In the log: you asked {asked}, and they know nobody. It was worth asking."


def _page(
    request: AuthenticatedHttpRequest,
    *,
    circle: Circle | None = None,
    form: ThoughtForm | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole page, or for htmx the card of the one circle."""
    thoughts = _thoughts(request.user)
    cards = [
        Card(thought, form, said) if thought.circle is circle else Card(thought)
        for thought in thoughts
    ]
    context: dict[str, Any] = {"progress": progress_in_words(thoughts), "form": form}
    if request.htmx and circle:
        context |= {"card": next(card for card in cards if card.thought.circle is circle)}
        return render(request, "contacts/brainstorm.html#card", context, status=status)
    context |= {"cards": cards, "suggested": suggested_from(known_to(request.user))}
    return render(request, "contacts/brainstorm.html", context, status=status)


def _thoughts(student: User) -> list[Thought]:
    people: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rows = Contact.objects.visible_to(student).exclude(source="").order_by("-id")
    for pk, name, source in rows.values_list("pk", "name", "source"):
        people[source].append((pk, name))
    nobody = Interaction.objects.visible_to(student).filter(outcome="KNOWS_NOBODY")
    asked = set(nobody.values_list("contact__source", "contact"))
    in_vain = Counter(source for source, _ in asked)
    return [Thought(c, people[c.source], in_vain[c.source]) for c in CIRCLES]


def say_who_looks_alike(request: AuthenticatedHttpRequest, added: list[Contact]) -> None:
    """A word after saving, never a hurdle before it."""
    pairs = pairs_of(request.user, about={contact.pk for contact in added}) if added else []
    if not pairs:
        return
    one, other = pairs[0].one, pairs[0].other
    both = Contact.objects.visible_to(request.user).in_bulk([one, other])
    words = '<span>{} looks like {}. <a href="{}">Are they one person?</a></span>'
    url = reverse("contacts:merge", args=[one, other])
    messages.info(request, format_html(words, both[other], both[one], url))
