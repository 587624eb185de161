"""Small components. No style attributes: the policy forbids them, SVG attributes carry the data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.localtime import zone_in_words
from core.phones import tel
from core.templatetags.icons import lucide

register = template.Library()
register.filter(zone_in_words)


@register.simple_tag
def bar(value: float, total: float) -> SafeString:
    """A share as a bar; the number itself stands beside it in words."""
    percent = round(100 * value / total, 1) if total else 0
    return format_html(
        '<svg class="bar" width="100%" height="12" aria-hidden="true" focusable="false">'
        '<rect class="track" width="100%" height="12" rx="3"/>'
        '<rect class="fill" width="{}%" height="12" rx="3"/></svg>',
        percent,
    )


@register.simple_tag
def spark(values: Sequence[int], words: str) -> SafeString:
    """Counts side by side as columns, the last of them the strongest; `words` say the same."""
    width, height, gap = 112, 28, 3
    most, column = max([*values, 1]), (width - gap * (len(values) - 1)) / max(len(values), 1)
    columns = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>',
        (
            (
                "zero" if not value else "last" if place == len(values) - 1 else "col",
                f"{place * (column + gap):.1f}",
                f"{height - max(2, value / most * height):.1f}",
                f"{column:.1f}",
                f"{max(2, value / most * height):.1f}",
            )
            for place, value in enumerate(values)
        ),
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
        'aria-label="{2}">{3}</svg>',
        width,
        height,
        words,
        columns,
    )


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "users", level: int = 3) -> SafeString:
    """An empty page teaches the step and offers the first action."""
    picture = SafeString(lucide(icon, size=28, aria_hidden="true"))
    heading = format_html("<h{0}>{1}</h{0}>", level, title)
    return format_html('<div class="empty">{}{}{}</div>', picture, heading, content)


@register.filter
def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return (words[0][0] + words[-1][0]).upper() if words else "?"


@register.filter
def day(on: date | None, today: date) -> SafeString | str:
    """A date as people say it, with the date itself for machines: “tomorrow”, “Thursday”."""
    if on is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), day_in_words(on, today))


def day_in_words(on: date, today: date) -> str:
    distance = (on - today).days
    words = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if distance in words:
        return words[distance]
    if 1 < distance < 7:
        return date_format(on, "l")
    return date_format(on, "l, F j" if on.year == today.year else "F j, Y")


@register.filter
def clock(at: datetime | None) -> SafeString | str:
    """A moment in the zone of the reader: “Thursday, November 26, 10:30 a.m.”."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(), date_format(local, "l, F j, g:i a")
    )


@register.filter
def phone_link(phone: str) -> SafeString | str:
    """To be dialed by a touch, where there is a number in it."""
    address = tel(phone)
    return format_html('<a href="{}">{}</a>', address, phone) if address else phone


@register.filter
def filled(cells: Sequence[str]) -> list[str]:
    """Of a row of a list, what a reader would see."""
    return [cell for cell in cells if cell.strip()]


@register.filter
def full_stop(words: str) -> str:
    """Words of others at the end of a sentence: they may bring its full stop along."""
    words = str(words).rstrip()
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a link in the error summary leads to; the first choice of a group of radios."""
    widget_id = field.id_for_label or field.auto_id
    is_group = hasattr(field.field.widget, "option_template_name") and not widget_id.endswith("_0")
    use_first = is_group and field.field.widget.input_type in ("radio", "checkbox")
    return f"{widget_id}_0" if use_first else widget_id


@register.inclusion_tag("error_summary.html")
def error_summary(form: Form) -> dict[str, Any]:
    return {"form": form}
