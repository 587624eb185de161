"""The values that narrow a search, each as a link to the search with it, or without it."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, QueryDict

from alumni.filters import DirectoryForm
from alumni.searching.search import Results

LABELS = {"field": "Field of work", "major": "Major", "employer": "Employer", "place": "Place",
          "decade": "Class of the"}  # fmt: skip


class FacetValue(NamedTuple):
    label: str
    people: int
    url: str


class FacetGroup(NamedTuple):
    label: str
    values: list[FacetValue]
    # There are at least so many: the counts are those of the first few hundred people.
    is_at_least: bool


class Chip(NamedTuple):
    label: str
    url: str


def facet_groups(request: HttpRequest, results: Results) -> list[FacetGroup]:
    """A facet whose value is chosen already says nothing more."""
    groups = []
    for kind, label in LABELS.items():
        used = ("since", "until") if kind == "decade" else (kind,)
        values = results.facets.get(kind, [])
        if values and not any(request.GET.get(name) for name in used):
            shown = [_value(request, kind, value, count) for value, count in values]
            groups.append(FacetGroup(label, shown, results.is_sampled))
    return groups


def _value(request: HttpRequest, kind: str, value: str, count: int) -> FacetValue:
    if kind == "decade":
        decade = int(value)
        url = _url(request, since=str(decade), until=str(decade + 9))
        return FacetValue(f"{decade}s", count, url)
    return FacetValue(value, count, _url(request, **{kind: value}))


def chips(request: HttpRequest, form: DirectoryForm) -> list[Chip]:
    return [Chip(label, _url(request, **{name: ""})) for name, label in form.in_use]


def _url(request: HttpRequest, **changed: str) -> str:
    """This search with something changed, from its first page."""
    asked: QueryDict = request.GET.copy()
    for name in ("after", "before"):
        asked.pop(name, None)
    for name, value in changed.items():
        asked[name] = value
    kept = QueryDict(mutable=True)
    for name in asked:
        if value := str(asked[name]):
            kept[name] = value
    return f"?{kept.urlencode()}"
