"""A template rendered once for each shape of what it is told, and filled in from then on.

Mails of one kind differ in names, days and links, and hardly ever in what is there at all. So the
template is rendered, and its styles put onto the elements, with a mark in place of each text; what
lies between the marks is kept, and the texts of this mail are put between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from django.template.loader import render_to_string

# No text ever passes through a template, so none can be taken for a mark.
MARK = re.compile("\ue000([0-9]+)\ue001")
# Some kilobytes each. Who has many things to do this morning has a shape of their own.
MOST_SHAPES = 256


class Fixed(str):
    """Not put in afterwards: it decides what is rendered, or is the same in every mail."""

    __slots__ = ()


class Pieces(NamedTuple):
    # Every second one is the place of a text.
    texts: list[str]
    # Which text goes to which place.
    places: list[tuple[int, int]]


class Words:
    """Texts, dictionaries and lists of them, and what else a template asks about.

    A template must not look into the texts: it sees marks, and “” where there is nothing.
    """

    def __init__(self, words: dict[str, Any]) -> None:
        self._texts: list[str] = []
        self._shape = _shape(words, self._texts)

    def put_into(
        self,
        template: str,
        *,
        escape: Callable[[str], str] = str,
        finish: Callable[[str], str] = str,
    ) -> str:
        """Texts are escaped by `escape`; `finish` works on what the template makes around them."""
        pieces = _pieces(template, self._shape, finish)
        texts = pieces.texts.copy()
        for place, number in pieces.places:
            texts[place] = escape(self._texts[number])
        return "".join(texts)


def _shape(value: Any, told: list[str]) -> Any:
    """What is left of it without its texts, which are laid down in `told`."""
    kind = type(value)
    if kind is dict:
        return dict, *[(name, _shape(one, told)) for name, one in value.items()]
    if kind is list or kind is tuple:
        return list, *[_shape(one, told) for one in value]
    if not value or kind is Fixed or not isinstance(value, str):
        return value
    told.append(value)
    return str


@lru_cache(maxsize=MOST_SHAPES)
def _pieces(template: str, shape: Any, finish: Callable[[str], str]) -> Pieces:
    texts = MARK.split(finish(render_to_string(template, _marked(shape, count()))))
    return Pieces(texts, [(place, int(texts[place])) for place in range(1, len(texts), 2)])


def _marked(shape: Any, numbers: Iterator[int]) -> Any:
    if shape is str:
        return f"\ue000{next(numbers)}\ue001"
    if isinstance(shape, tuple):
        kind, *inner = shape
        if kind is dict:
            return {name: _marked(one, numbers) for name, one in inner}
        return [_marked(one, numbers) for one in inner]
    return shape
