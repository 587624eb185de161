"""What is filled in afterwards reads as if the template had been told."""

from html import escape

import pytest
from django.template import engines
from django.template.loader import render_to_string

from core import shapes
from core.shapes import Fixed, Words

TEMPLATE = "shapes_test.html"
SOURCE = (
    '<p class="{{ tone }}">{{ name }}{% if more %}, {{ more }}{% endif %}</p>'
    "{% for heading, lines in lists %}<b>{{ heading }}</b>{% for line in lines %}<i>{{ line }}</i>"
    '{% endfor %}{% endfor %}{% if is_late %}!{% endif %}<a href="{{ owed.url }}">{{ name }}</a>'
)


@pytest.fixture(autouse=True)
def template(tmp_path, settings):
    (tmp_path / TEMPLATE).write_text(SOURCE)
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    shapes._pieces.cache_clear()
    yield
    shapes._pieces.cache_clear()
    engines._templates = None


TOLD = {
    "plain": {"name": "Dana"},
    "markup and quotes": {"name": "<b>\"Dana\" & 'Sons'</b>", "more": "&amp;"},
    "a template": {"name": "{{ more }}{% now 'Y' %}", "more": "\\1 %s {0}"},
    "a mark": {"name": "\ue0000\ue001", "more": "\ue0001\ue001"},
    "lists": {"name": "x", "lists": [("Ask", ["a", "<b>"]), ("Bring", [])]},
    "nothing in a list": {"name": "x", "lists": [["", ["", "b"]]]},
    "what decides": {"name": "x", "is_late": True, "tone": Fixed("late")},
    "lists in a list": {"name": "x", "lists": [("a", ["b", "c"]), ("d", ["e"]), ("f", [])]},
    "inner": {"name": "", "owed": {"url": "/a/?b=1&c=2"}},
}


@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
def test_filled_in_is_what_django_renders(told):
    assert Words(told).put_into(TEMPLATE, escape=escape) == render_to_string(TEMPLATE, told)


def test_same_shape_is_rendered_once():
    for name in ("Dana", "Priya", "Tomás"):
        assert name in Words({"name": name, "lists": [("a", ["b"])]}).put_into(TEMPLATE)
    assert shapes._pieces.cache_info().misses == 1
    Words({"name": "Dana", "lists": [("a", ["b", "c"])]}).put_into(TEMPLATE)
    assert shapes._pieces.cache_info().misses == 2


def test_what_is_finished_once_holds_for_all():
    def louder(text: str) -> str:
        return text.replace("<p", "<h1")

    assert Words({"name": "<p"}).put_into(TEMPLATE, finish=louder) == (
        '<h1 class=""><p</p><a href=""><p</a>'
    )
