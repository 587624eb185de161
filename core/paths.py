"""The paths of pages, each pattern looked up once: for what is written ten thousand times."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse

# What stands in a path for a number, a key, or the signed words of one mail: letters, digits, “.”,
# “-”, “_” and “+” need no quoting.
PLACES: dict[type, int | UUID | str] = {
    int: 9_090_909_090_909_090,
    UUID: UUID("90909090-9090-4090-9090-909090909090"),
    str: "-place-",
}


def path_to(name: str, about: int | UUID | str | None = None) -> str:
    if about is None:
        return _path(name)
    place = PLACES[type(about)]
    return _path(name, place).replace(str(place), str(about))


@cache
def _path(name: str, *args: int | UUID | str) -> str:
    return reverse(name, args=args)
