r"""A list against \copy of a clean file into a twin of the table: the same columns and indexes.

Ours starts from the uploaded list: read, check, compare with the directory, write, keep what became
of each row so that it can be undone, learn the words, count the facets. \copy does one of these.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from alumni import actions
from alumni.importing.mapping import Mapping
from alumni.models import Import
from benchmarks.database import copy_file, execute, fetch, make_log_files, settle
from benchmarks.lists import CLEAN, write_lists
from benchmarks.machine import memory_of_python
from benchmarks.measuring import Figure, Scale, Spent, Wrong, speed, spent_on

SAID = [name for name in CLEAN if not name.endswith("_at")]
LARGE = 1_000_000
MEGABYTE = 1 << 20
# What one row and its index entries write to the log, in bytes, on either side.
LOGGED = 2_000
Counts = tuple[int, int, int, int]


def run(scale: Scale) -> list[Figure]:
    with TemporaryDirectory(prefix="careerhub-bench-") as folder:
        return _Rounds(Path(folder), scale).figures()


class _Rounds:
    def __init__(self, folder: Path, scale: Scale) -> None:
        self.scale = scale
        self.lists = [(folder / f"{n}.csv", folder / f"{n}.copy") for n in range(2)]
        for number, (messy, clean) in enumerate(self.lists):
            first = 1 + number * scale.rows
            write_lists(messy, clean, first=first, count=scale.rows, at=timezone.now())
        self.ours: dict[str, list[Spent]] = {"check": [], "first": [], "again": [], "live": []}
        self.copied: dict[str, list[Spent]] = {"first": [], "live": []}
        self.memory: list[float] = []

    def figures(self) -> list[Figure]:
        make_log_files(self.scale.rows * LOGGED)
        for number in range(self.scale.runs):
            self._round(ours_first=number % 2 == 0)
        first, live = self.copied["first"], self.copied["live"]
        figure = partial(speed, from_rows=LARGE)
        of_memory = Figure(
            "memory of the importer and its readers",
            self.memory,
            unit="MB",
            goal=512,
            floor=512,
            less_is_better=True,
        )
        return [
            figure("into an empty directory", self.ours["first"], first, goal=1.3, floor=0.5),
            figure("new people into live indexes", self.ours["live"], live, goal=0.9, floor=0.4),
            figure("the same file again", self.ours["again"], first, goal=1.9, floor=0.5),
            figure("checked before anything is written", self.ours["check"], first),
            of_memory,
        ]

    def _round(self, *, ours_first: bool) -> None:
        """Each time into a directory as empty as on the first day."""
        execute("DROP TABLE IF EXISTS twin")
        empty_the_directory()
        execute("CREATE TABLE twin (LIKE alumni_alum INCLUDING ALL)")
        (first, _), _ = self.lists
        self._check(first)
        self._pair("first", self.lists[0], ours_first=ours_first)
        self._import("again", first, (0, 0, self.scale.rows, 0))
        self._pair("live", self.lists[1], ours_first=ours_first)

    def _pair(self, case: str, files: tuple[Path, Path], *, ours_first: bool) -> None:
        messy, clean = files
        sides = [
            partial(self._import, case, messy, (self.scale.rows, 0, 0, 0)),
            partial(self._copy, case, clean),
        ]
        for side in sides if ours_first else reversed(sides):
            side()
        _refuse_difference()

    def _check(self, path: Path) -> None:
        of_import = _uploaded(path)
        self._timed("check", partial(actions.check_import, of_import.pk, at=timezone.now()))

    def _import(self, case: str, path: Path, expected: Counts) -> None:
        of_import = looked_over(path)
        self._timed(case, partial(actions.run_import, of_import.pk, at=timezone.now()))
        of_import.refresh_from_db()
        counts = (
            of_import.created_count, of_import.updated_count, of_import.unchanged_count,
            of_import.rejected_count,
        )  # fmt: skip
        if counts != expected:
            raise Wrong(f"{case}: {counts} instead of {expected}. {of_import.problem}")

    def _timed(self, case: str, work: Callable[[], None]) -> None:
        settle()
        with memory_of_python() as most:
            self.ours[case].append(spent_on(work))
        self.memory.append(most[0] / MEGABYTE)

    def _copy(self, case: str, path: Path) -> None:
        settle()
        self.copied[case].append(spent_on(partial(copy_file, path, "twin", CLEAN)))


def empty_the_directory() -> None:
    execute("TRUNCATE alumni_alum, alumni_import, alumni_searchterm, alumni_facetcounts CASCADE")


def _uploaded(path: Path) -> Import:
    at = timezone.now()
    with path.open("rb") as file:
        of_import = actions.upload_list(
            by=None, file_name=path.name, content=iter(lambda: file.read(1 << 20), b""), at=at
        )
    actions.set_mapping(of_import, mapping=Mapping.from_json(of_import.mapping))
    return of_import


def looked_over(path: Path) -> Import:
    """Staff saw the check before; what it costs has a line of its own."""
    of_import = _uploaded(path)
    Import.objects.filter(pk=of_import.pk).update(state=Import.State.CHECKED)
    return of_import


def _refuse_difference() -> None:
    """Both tables hold the same people, and can find them by the same words."""
    row = f"ROW({', '.join([*SAID, 'search::text'])})::text"
    ours, theirs = (
        fetch(f"SELECT count(*), sum(hashtextextended({row}, 0)) FROM {table}")
        for table in ("alumni_alum", "twin")
    )
    if ours != theirs:
        raise Wrong(f"The directory holds {ours[0]}, and the twin of it {theirs[0]}.")
