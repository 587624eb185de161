"""A person's record on pages of other apps."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from contacts.models import Contact
from core.localtime import local_date
from records import card, completeness, timeline, whole
from records.drawing import Drawing
from records.network import Network

register = template.Library()


@register.inclusion_tag("records/_timeline.html")
def timeline_of(contact: Contact) -> dict[str, Any]:
    """All that happened with one person: five queries, if the contact came with its student."""
    zone = contact.student.time_zone
    happenings = timeline.timeline_of(contact, zone=zone)
    today = local_date(timezone.now(), zone)
    return {"contact": contact, "happenings": happenings, "today": today}


@register.inclusion_tag("records/_completeness.html")
def completeness_of(contact: Contact) -> dict[str, Any]:
    """A meter of the card's facts (G44); no query more where the timeline stands on the page."""
    whole.load([contact], whole.TIMELINE)
    return {"contact": contact, "meter": completeness.completeness(card.card_of(contact))}


@register.filter
def sentences_of(drawing: Drawing, network: Network) -> list[str]:
    return list(network.sentences(drawing.shown))


@register.simple_tag
def nested_list(drawing: Drawing, network: Network) -> SafeString:
    """The drawing as lists within lists; deep ones are no trouble, nothing calls itself."""
    shown = set(drawing.shown)
    pieces: list[str] = []
    waiting: list[int | str] = [branch.root for branch in reversed(drawing.branches)]
    while waiting:
        step = waiting.pop()
        if isinstance(step, str):
            pieces.append(step)
            continue
        person = network.people[step]
        work = format_html(", {}", person.work) if person.work else ""
        pieces.append(
            format_html(
                '<li><a href="{}">{}</a>{} ({})', person.url, person.name, work, person.reach
            )
        )
        below = [one.pk for one in network.led_to(step) if one.pk in shown]
        waiting.append("</ul></li>" if below else "</li>")
        waiting.extend(reversed(below))
        if below:
            pieces.append("<ul>")
    # Words came through format_html; the rest is markup from here.
    return mark_safe("".join(pieces))  # noqa: S308
