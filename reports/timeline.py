"""Which terms and years there is something to tell of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max, Min

from reports.models import Fact
from reports.periods import Period, year_from, year_of

# A slip of the pen in a date must not make a list of a century.
YEARS_BACK, YEARS_AHEAD = 15, 1


def periods_known(today: date, terms: Sequence[Period]) -> list[Period]:
    """The terms, and the years from the first deed or term to the last; the latest first."""
    found = Fact.objects.aggregate(first=Min("part_on"), last=Max("part_on"))
    days = [today, *filter(None, found.values()), *(term.first_on for term in terms)]
    this = year_of(today).first_on.year
    starts = range(this - YEARS_BACK, this + YEARS_AHEAD + 1)
    known = [year_of(day).first_on.year for day in days]
    years = [year_from(start) for start in starts if min(known) <= start <= max(known)]
    return sorted([*years, *terms], key=lambda one: (one.last_on, one.first_on), reverse=True)
