"""What others read: by field, from five sources on, in an order that tells nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import NamedTuple

from insights.models import SharedAdvice
from insights.sources import NEEDED, Talk, keys_of, number_of_sources

CONTACT = "advice__interview__contact"


class Field(NamedTuple):
    name: str
    pieces: list[str]


def fields_shown() -> list[Field]:
    """By name. No day, no number of sources, nobody's name; a field with fewer is not there."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    talks: dict[str, list[Talk]] = defaultdict(list)
    rows = SharedAdvice.objects.published().values_list(
        "pk", "field", "published_text", f"{CONTACT}__student", f"{CONTACT}__alum",
        f"{CONTACT}__email", f"{CONTACT}__name",
    )  # fmt: skip
    for pk, field, text, student, alum, email, name in rows:
        found[field].append((pk, text))
        talks[field].append(Talk(student, keys_of(alum=alum, email=email, name=name)))
    return [
        Field(field, [text for _, text in sorted(pieces, key=_by_chance)])
        for field, pieces in sorted(found.items())
        if number_of_sources(talks[field]) >= NEEDED
    ]


def _by_chance(piece: tuple[int, str]) -> str:
    """The same at each look, and neither by day nor by student."""
    return hashlib.sha256(f"{piece[0]} {piece[1]}".encode()).hexdigest()
