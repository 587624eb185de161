"""Icons as inline SVG. Each is put together once: it takes as long as five rows of a list."""

from functools import lru_cache

from django import template
from lucide.templatetags.lucide import lucide as put_together

register = template.Library()
lucide = lru_cache(maxsize=1000)(put_together)
register.simple_tag(lucide, name="lucide")
