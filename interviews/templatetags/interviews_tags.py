"""Talks on pages of other apps, and times as the student's clock shows them."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import capfirst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contacts.models import Contact
from core.localtime import local_date, zone_in_words
from core.templatetags.ui import day_in_words
from interviews import steps
from interviews.letters import letters
from interviews.models import Interview
from interviews.times import span as span_of

register = template.Library()


@register.inclusion_tag("interviews/_of_contact.html")
def interviews_of(contact: Contact, today: date | None = None) -> dict[str, Any]:
    """The talks with one person: one query, if the contact came with its student."""
    now = timezone.now()
    talks = contact.interviews.newest_first()
    return {
        "contact": contact,
        "today": today or local_date(now, contact.student.time_zone),
        "talks": [(talk, steps.next_step(talk, at=now)) for talk in talks],
    }


@register.simple_tag
def next_step_of(contact: Contact) -> steps.NextStep:
    """Use as `{% next_step_of contact as step %}`: step.headline, .lede, .label, .url, .icon."""
    return steps.next_step_with(contact, contact.interviews.all(), at=timezone.now())


@register.inclusion_tag("interviews/_letters.html")
def letters_of(interview: Interview, today: date) -> dict[str, Any]:
    return {
        "today": today,
        "letters": [(letter, letter.standing(today)) for letter in letters(interview)],
    }


@register.inclusion_tag("interviews/_letters_in_brief.html")
def letters_in_brief(interview: Interview, today: date) -> dict[str, Any]:
    """The letter that comes next, where one is left to write."""
    left = [letter for letter in letters(interview) if letter.done_on is None]
    return {"today": today, "letters": [(letter, letter.standing(today)) for letter in left[:1]]}


@register.filter
def when(interview: Interview, today: date) -> SafeString | str:
    """From when to when by the student's clock: “Thursday, 10:30 to 11 a.m.”."""
    if interview.starts_at is None or interview.ends_at is None:
        return ""
    zone = interview.student.time_zone
    span = span_of(interview.starts_at, interview.ends_at, zone)
    day = capfirst(day_in_words(local_date(interview.starts_at, zone), today))
    at = interview.starts_at.isoformat()
    return format_html('<time datetime="{}">{}, {}</time>', at, day, span)


@register.filter
def when_there(interview: Interview) -> str:
    """The same hours by the clock of the contact, where that is another one."""
    there, here = interview.contact.zone, interview.student.time_zone
    if interview.starts_at is None or interview.ends_at is None:
        return ""
    begins = interview.starts_at.astimezone(ZoneInfo(there))
    if begins.utcoffset() == interview.starts_at.astimezone(ZoneInfo(here)).utcoffset():
        return ""
    span = span_of(interview.starts_at, interview.ends_at, there)
    return f"{date_format(begins, 'l')}, {span} ({zone_in_words(there)})"
