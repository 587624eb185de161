"""How many alumni met students, and how often: once, twice, more often."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.db import connection

from reports.periods import Tiling
from reports.suppression import LEAST

TALKS = """
SELECT contact.alum_id, tile.bit, count(*)
FROM interviews_interview talk JOIN contacts_contact contact ON contact.id = talk.contact_id
JOIN unnest(%(firsts)s::date[], %(lasts)s::date[], %(bits)s::int[])
    AS tile (first_on, last_on, bit) ON talk.held_on BETWEEN tile.first_on AND tile.last_on
WHERE contact.alum_id IS NOT NULL GROUP BY contact.alum_id, tile.bit
"""
# Three times stands for more often, too.
TIMES = ("1", "2", "3")


def helped_by_period(tiling: Tiling) -> dict[str, dict[str, Any]]:
    values: dict[str, Any] = {
        "firsts": [tile.first_on for tile in tiling.tiles],
        "lasts": [tile.last_on for tile in tiling.tiles],
        "bits": [tile.bit for tile in tiling.tiles],
    }
    talks: dict[int, Counter[int]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(TALKS, values)
        for alum, bit, number in cursor:
            talks[alum][bit] += number
    return {
        period.key: may_be_said(_times(talks, tiling.bits(period)))
        for period in (tiling.year, *tiling.terms)
    }


def _times(talks: dict[int, Counter[int]], bits: int) -> Counter[str]:
    often = (sum(n for bit, n in one.items() if bit & bits) for one in talks.values())
    return Counter(str(min(number, 3)) for number in often if number)


def may_be_said(times: Counter[str]) -> dict[str, Any]:
    """Alumni are people, too: fewer than five are not told, nor what they could be told from."""
    helped = sum(times.values())
    if helped < LEAST:
        return {"times": {}}
    shown = [one for one in TIMES if times[one] >= LEAST]
    while hidden := [one for one in TIMES if one not in shown]:
        together = sum(times[one] for one in hidden)
        if not shown or (len(hidden) > 1 and together >= LEAST):
            break
        shown.remove(min(shown, key=lambda one: times[one]))
    return {"helped": helped, "times": {one: times[one] for one in shown}}
