"""A list against django-import-export, as quick as its settings make it.

Theirs takes clean rows and looks nothing over: bulk writes, people found by one question and held
in memory. Ours is the import as it runs, from the uploaded list on.
"""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from tablib import Dataset

from alumni import actions
from alumni.models import Alum
from benchmarks.database import fetch, settle
from benchmarks.importing import empty_the_directory, looked_over
from benchmarks.lists import CLEAN, write_lists
from benchmarks.measuring import Figure, Scale, Spent, Wrong, speed, spent_on

# Writing them again takes minutes for a hundred thousand.
LARGE = 100_000
SAID = [name for name in CLEAN if not name.endswith("_at")]
ARRAYS = ("majors", "fields_of_work")


class _Settings:
    model = Alum
    fields = SAID
    import_id_fields = ("external_id",)
    instance_loader_class = CachedInstanceLoader
    use_bulk = True
    use_transactions = True
    skip_html_diff = True


class _Writing(ModelResource):
    """The quickest first load."""

    class Meta(_Settings):
        skip_diff = True


class _Skipping(ModelResource):
    """The quickest second one: rows without a difference are left alone."""

    class Meta(_Settings):
        skip_unchanged = True


def run(scale: Scale) -> list[Figure]:
    rows = min(scale.rows, LARGE)
    spent: dict[str, list[Spent]] = {}
    with TemporaryDirectory(prefix="careerhub-bench-") as folder:
        messy, clean = Path(folder, "people.csv"), Path(folder, "people.copy")
        write_lists(messy, clean, first=1, count=rows, at=timezone.now())
        for _ in range(scale.runs):
            for name, took in _round(messy, clean).items():
                spent.setdefault(name, []).append(took)
    figure = partial(speed, from_rows=LARGE)
    return [
        figure("first load", spent["first"], spent["their first"], goal=10, floor=4),
        figure("again, theirs writing", spent["again"], spent["writing"], goal=200, floor=30),
        figure("again, theirs skipping", spent["again"], spent["skipping"]),
    ]


def _round(messy: Path, clean: Path) -> dict[str, Spent]:
    spent = {}
    empty_the_directory()
    for case in ("first", "again"):
        of_import = looked_over(messy)
        settle()
        spent[case] = spent_on(partial(actions.run_import, of_import.pk, at=timezone.now()))
    ours = _everybody()
    empty_the_directory()
    for case, resource in (
        ("their first", _Writing), ("writing", _Writing), ("skipping", _Skipping)
    ):  # fmt: skip
        settle()
        spent[case] = spent_on(partial(_load, resource(), clean))
        if _everybody() != ours:
            raise Wrong(f"{case}: theirs holds other people than ours.")
    return spent


def _load(resource: ModelResource, clean: Path) -> None:
    with clean.open(newline="") as file:
        rows = [_said(line) for line in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    resource.import_data(Dataset(*rows, headers=SAID), raise_errors=True)


def _said(line: list[str]) -> list[str]:
    """Arrays as its widget reads them: “{"English","History"}” is “English,History”."""
    row = dict(zip(CLEAN, line, strict=True))
    words = {name: row[name].strip("{}").replace('"', "") for name in ARRAYS}
    return [(row | words)[name] for name in SAID]


def _everybody() -> tuple[Any, ...]:
    row = f"ROW({', '.join(SAID)})::text"
    return fetch(f"SELECT count(*), sum(hashtextextended({row}, 0)) FROM alumni_alum")[0]
