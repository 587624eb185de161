"""A template rendered once for each shape of what it is told, and filled in from then on.

Mails of one kind differ in names, days and links, and hardly ever in what is there at all. So the
template is rendered, and its styles put onto the elements, with a mark in place of each text; what
lies between the marks is kept, and the texts of this mail are put between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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
    # Of the text that goes to each of these places.
    numbers: list[int]


class Words:
    """Texts, dictionaries and lists of them, and what else a template asks about.

    A template must not look into the texts: it sees marks, and “” where there is nothing.
    """

    def __init__(self, words: dict[str, Any]) -> None:
        self._texts: list[str] = []
        shape: list[Any] = []
        _read([words], shape, self._texts)
        self._shape = tuple(shape)

    def put_into(
        self,
        template: str,
        *,
        escape: Callable[[str], str] = str,
        finish: Callable[[str], str] = str,
    ) -> str:
        """Texts are escaped by `escape`; `finish` works on what the template makes around them."""
        pieces = _pieces(template, self._shape, finish)
        escaped = [escape(text) for text in self._texts]
        texts = pieces.texts.copy()
        texts[1::2] = [escaped[number] for number in pieces.numbers]
        return "".join(texts)


def _read(values: Iterable[Any], shape: list[Any], told: list[str]) -> None:
    """Lay down their texts in `told`, and in `shape`, as they come, what is left without them:
    a flat list, which is quicker to look up than one of lists."""
    for value in values:
        kind = type(value)
        if kind is dict:
            shape += dict, tuple(value)
            _read(value.values(), shape, told)
        elif kind is list or kind is tuple:
            shape += list, len(value)
            _read(value, shape, told)
        elif not value or kind is Fixed or not isinstance(value, str):
            shape.append(value)
        else:
            shape.append(str)
            told.append(value)


@lru_cache(maxsize=MOST_SHAPES)
def _pieces(template: str, shape: tuple[Any, ...], finish: Callable[[str], str]) -> Pieces:
    texts = MARK.split(finish(render_to_string(template, _marked(iter(shape), count()))))
    return Pieces(texts, [int(number) for number in texts[1::2]])


def _marked(shape: Iterator[Any], numbers: Iterator[int]) -> Any:
    one = next(shape)
    if one is str:
        return f"\ue000{next(numbers)}\ue001"
    if one is dict:
        return {name: _marked(shape, numbers) for name in next(shape)}
    if one is list:
        return [_marked(shape, numbers) for _ in range(next(shape))]
    return one
